import { expect, test } from "vitest";
import { networkJsonSchema, stateJsonSchema } from "../../src/index.js";

const text = (schema: unknown) => `${JSON.stringify(schema, null, 2)}\n`;

// The published schemas stand beside the source; `npx vitest run json-schema --update` writes them anew.
test("the published network schema is the one the checks are made of", async () => {
  await expect(text(networkJsonSchema())).toMatchFileSnapshot("../../src/network/json-schema/network.schema.json");
});

test("the published state schema is the one the checks are made of", async () => {
  await expect(text(stateJsonSchema())).toMatchFileSnapshot("../../src/network/json-schema/state.schema.json");
});
