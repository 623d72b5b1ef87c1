/** The published JSON Schemas: what an editor completes a file from. Made from the same zod schemas that check a file. */
import * as z from "zod/mini";
import { networkSchema, stateSchema } from "../schema.js";

/** JSON Schema (draft 2020-12) of a network file. */
export function networkJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(networkSchema, { io: "input" });
}

/** JSON Schema (draft 2020-12) of a state file. */
export function stateJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(stateSchema, { io: "input" });
}
