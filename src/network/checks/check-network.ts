/** What is wrong with a network file, or odd about it. Apart from `../load.ts`, which does without the graph algorithms that this takes. */
import { checkStructure } from "./structure.js";
import type { Issue } from "../issues.js";
import { networkFrom } from "../load.js";
import { readInput, withPlaces } from "../reading/read.js";

/**
 * Everything that is wrong with a file (errors) or odd about it (warnings); nothing where all is well.
 *
 * @param input as for `loadNetwork`
 * @example
 * checkNetwork({ units: { flow: "m3/s" }, nodes: [], links: [] })[0].message; // "nodes is an empty list; a network has at least one node."
 */
export function checkNetwork(input: unknown): Issue[] {
  const { made, issues, text } = readInput(input, networkFrom);
  return made === undefined ? issues : [...issues, ...withPlaces(checkStructure(made), text)];
}
