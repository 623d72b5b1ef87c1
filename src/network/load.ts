/** From a file's text or data to a checked, frozen `Network`. */
import { isChecked, markChecked } from "./checked.js";
import { checkFigures, checkIds, unitOf } from "./checks/consistency.js";
import { NetworkError } from "./issues.js";
import { fromZod } from "./checks/schema-faults.js";
import { checkPlainData } from "./reading/plain-data.js";
import { readInput, type Checked } from "./reading/read.js";
import { networkSchema } from "./schema.js";
import type { Network } from "./types.js";

/**
 * A network from a file: its bytes, its text (JSON), or its parsed data.
 *
 * @param input bytes (a Buffer, a Uint8Array) in UTF-8 or UTF-16, text, or what `JSON.parse` made of it; it is neither changed nor kept.
 *   Bytes are safest: what is in another encoding is refused by name, and issues of bytes and text carry the line
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
  if (isChecked(input)) return input;
  const { made, issues } = readInput(input, networkFrom);
  if (made === undefined) throw new NetworkError(issues.filter((issue) => issue.severity === "error"));
  return made;
}

/** What a file's data comes to, and all that is wrong with it. */
export function networkFrom(data: unknown): Checked<Network> {
  const traps = checkPlainData(data);
  // A reserved key is one fault among others; a cycle or a bottomless nest can't be looked into any further.
  if (traps.some((trap) => trap.code !== "reserved-key")) return { issues: traps };
  const parsed = networkSchema.safeParse(data);
  const faults = parsed.success ? [] : fromZod(parsed.error, networkSchema, data, unitOf(data));
  const issues = [...traps, ...faults, ...checkIds(data), ...checkFigures(data)];
  if (!parsed.success || issues.some((issue) => issue.severity === "error")) return { issues };
  return { made: deepFreeze(markChecked(parsed.data)), issues };
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value) as unknown[]) {
    if (typeof child === "object" && child !== null) deepFreeze(child);
  }
  return Object.freeze(value);
}
