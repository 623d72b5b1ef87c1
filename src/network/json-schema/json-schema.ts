/** The published JSON Schemas: what an editor completes a file from. Made from the same zod schemas that check a file. */
import * as z from "zod/mini";
import { networkSchema, stateSchema } from "../schema.js";

/**
 * JSON Schema (draft 2020-12) of a network file.
 *
 * @example
 * networkJsonSchema().required; // ["units", "nodes", "links"]
 */
export function networkJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(networkSchema, { io: "input" });
}

/**
 * JSON Schema (draft 2020-12) of a state file.
 *
 * @example
 * Object.keys(stateJsonSchema().properties).includes("inflows"); // true
 */
export function stateJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(stateSchema, { io: "input" });
}
