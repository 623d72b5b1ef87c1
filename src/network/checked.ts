/** Tells a network that `loadNetwork` made from anything else. */
import { error, NetworkError } from "./issues.js";
import type { Network } from "./schema.js";

/** Shared by all copies of the package that a program may hold (ESM beside CJS), which a WeakSet would not be. */
const CHECKED = Symbol.for("trunkflow.network");

/** Leaves no trace in JSON, and a copy of the network doesn't carry it. */
export function markChecked<T extends object>(data: T): T {
  return Object.defineProperty(data, CHECKED, { value: true });
}

export function isChecked(input: unknown): input is Network {
  return typeof input === "object" && input !== null && Object.hasOwn(input, CHECKED);
}

/** Refuses what didn't come from `loadNetwork`, with a word on the remedy. */
export function assertNetwork(input: unknown): asserts input is Network {
  if (isChecked(input)) return;
  throw new NetworkError([
    error("value", "", "this is not a network that loadNetwork returned; call loadNetwork on the file first."),
  ]);
}
