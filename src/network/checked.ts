/** Tells a network that `loadNetwork` made from anything else. */
import { error, NetworkError } from "./issues.js";
import type { Network, NetworkLink, NetworkNode } from "./types.js";

/** Shared by all copies of the package that a program may hold (ESM beside CJS), which a WeakSet would not be. */
const CHECKED: unique symbol = Symbol.for("trunkflow.network");

/** What is kept with a checked network once it has been asked for, by name. */
type Kept = Record<string, unknown>;

/** Leaves no trace in JSON, and a copy of the network doesn't carry it. */
export function markChecked<T extends object>(data: T): T {
  return Object.defineProperty(data, CHECKED, { value: {} satisfies Kept });
}

/** What is kept with a checked network by this name; made when it is first asked for. */
export function keep<T>(network: Network, name: string, make: () => T): T {
  const kept = (network as Network & { [CHECKED]: Kept })[CHECKED];
  if (!Object.hasOwn(kept, name)) kept[name] = make();
  return kept[name] as T;
}

/** All nodes and links of a checked network by id. */
export function elementsOf(network: Network): ReadonlyMap<string, NetworkNode | NetworkLink> {
  return keep(
    network,
    "elements",
    () => new Map([...network.nodes, ...network.links].map((element) => [element.id, element])),
  );
}

export function isChecked(input: unknown): input is Network {
  return typeof input === "object" && input !== null && Object.hasOwn(input, CHECKED);
}

/** Refuses what didn't come from `loadNetwork`, with a word on the remedy. */
export function assertNetwork(input: unknown): asserts input is Network {
  if (isChecked(input)) return;
  throw new NetworkError([error("value", "", { is: "notLoaded" })]);
}
