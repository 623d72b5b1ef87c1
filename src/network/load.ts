/** From a file's text or data to a checked, frozen `Network`. */
import { FLOW_UNITS, type FlowUnit } from "../units/flow.js";
import { isChecked, markChecked } from "./checked.js";
import { checkFigures, checkIds } from "./consistency.js";
import { error, fromZod, NetworkError, type Issue } from "./issues.js";
import { checkPlainData } from "./plain-data.js";
import { networkSchema, type Network } from "./schema.js";
import { checkStructure } from "./structure.js";

/**
 * A network from a file's text (JSON) or from its parsed data.
 *
 * @param input the file: text, or what `JSON.parse` made of it; it is neither changed nor kept
 * @returns plain, deeply frozen data in the file's own units, defaults filled in
 * @throws NetworkError with every error of the file, each with its path and a hint
 * @remarks linear in the file
 * @example
 * const city = loadNetwork({
 *   units: { flow: "m3/s" },
 *   nodes: [
 *     { id: "north", kind: "catchment", inflow: 0.35 },
 *     { id: "east", kind: "plant", capacity: 1.74 },
 *   ],
 *   links: [{ id: "a", kind: "conduit", from: "north", to: "east", capacity: 0.8 }],
 * });
 * city.nodes.length; // 2
 */
export function loadNetwork(input: unknown): Network {
  const { network, issues } = inspect(input);
  if (network === undefined) throw new NetworkError(issues.filter((issue) => issue.severity === "error"));
  return network;
}

/**
 * Everything that is wrong with a file (errors) or odd about it (warnings); nothing where all is well.
 *
 * @param input as for `loadNetwork`
 * @example
 * checkNetwork({ units: { flow: "m3/s" }, nodes: [], links: [] })[0].message; // "nodes is a list; …"
 */
export function checkNetwork(input: unknown): Issue[] {
  return inspect(input).issues;
}

function inspect(input: unknown): { network?: Network; issues: Issue[] } {
  if (isChecked(input)) return { network: input, issues: checkStructure(input) };
  const read = readJson(input);
  if (read.issue !== undefined) return { issues: [read.issue] };
  const { data } = read;
  const trap = checkPlainData(data);
  if (trap.length > 0) return { issues: trap };
  const parsed = networkSchema.safeParse(data);
  if (!parsed.success) {
    // What can be said of the structure is said in the same breath, so that one look at the file mends all of it.
    return { issues: [...fromZod(parsed.error, networkSchema, data, unitOf(data)), ...checkIds(data)] };
  }
  const issues = [...checkIds(parsed.data), ...checkFigures(parsed.data)];
  if (issues.some((issue) => issue.severity === "error")) return { issues };
  const network: Network = deepFreeze(markChecked(parsed.data));
  return { network, issues: [...issues, ...checkStructure(network)] };
}

/** Text becomes data; data stays. Shared with the state file. */
export function readJson(input: unknown): { data: unknown; issue?: undefined } | { issue: Issue } {
  if (typeof input !== "string") return { data: input };
  try {
    return { data: JSON.parse(input.replace(/^\ufeff/, "")) as unknown };
  } catch (reason) {
    return { issue: error("json", "", `the file is not JSON: ${(reason as Error).message}.`) };
  }
}

function unitOf(data: unknown): FlowUnit | undefined {
  const unit = (data as { units?: { flow?: unknown } | null } | null)?.units?.flow;
  return FLOW_UNITS.find((known) => known === unit);
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value) as unknown[]) {
    if (typeof child === "object" && child !== null) deepFreeze(child);
  }
  return Object.freeze(value);
}
