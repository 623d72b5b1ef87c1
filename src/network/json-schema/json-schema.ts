/** The published JSON Schemas: what an editor completes a file from. Made from the same zod schemas that check a file. */
import * as z from "zod/mini";
import { build, type Describe } from "../schema.js";
import { DESCRIPTIONS } from "./descriptions.js";

/** A copy, as a part may stand in several places. */
const described: Describe = (part, about) => {
  const copy = z.clone(part);
  // A default behind a transform isn't seen.
  const isLimit = about === "reverseCapacity";
  z.globalRegistry.add(copy, { description: DESCRIPTIONS[about], ...(isLimit && { default: 0 }) });
  return copy;
};

/**
 * JSON Schema (draft 2020-12) of a network file.
 *
 * @example
 * networkJsonSchema().required; // ["units", "nodes", "links"]
 */
export function networkJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(build(described).network, { io: "input" });
}

/**
 * JSON Schema (draft 2020-12) of a state file.
 *
 * @example
 * Object.keys(stateJsonSchema().properties).includes("inflows"); // true
 */
export function stateJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(build(described).state, { io: "input" });
}
