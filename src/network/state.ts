/** The state file: what changes from minute to minute, checked against the network it is of. */
import { fromQuanta, MOST_QUANTA, toQuanta, unitLabel } from "../units/flow.js";
import { assertNetwork, elementsOf } from "./checked.js";
import { error, meant, NetworkError, warning, type Fault, type Issue } from "./issues.js";
import { hints } from "../text/nearest.js";
import { pathText, show } from "../text/show.js";
import { fromZod } from "./checks/schema-faults.js";
import { faultInLock, type Lock } from "./locks.js";
import { own } from "./own.js";
import { checkPlainData } from "./reading/plain-data.js";
import { isGarbled, READ_WRONGLY } from "./reading/encoding.js";
import { readInput, type Checked } from "./reading/read.js";
import { stateSchema } from "./schema.js";
import type { FullState, LinkKind, Network, NetworkLink, NetworkNode, NodeKind, State } from "./types.js";

/**
 * A state from a file's bytes, its text, parsed data, or an object written in code; parts that aren't given are filled in empty.
 * Set points beyond the link's capacity are taken as the capacity.
 *
 * @throws NetworkError with every error: ids that aren't in the network, figures out of range, …
 * @example
 * loadState(city, { out: ["east"] }).inflows; // {}
 */
export function loadState(network: Network, input: unknown): FullState {
  assertNetwork(network);
  const { made, issues } = readInput(input, (data) => make(network, data));
  if (made === undefined) throw new NetworkError(issues.filter((issue) => issue.severity === "error"));
  return made;
}

/**
 * Everything that is wrong with a state (errors) or that isn't taken as it is given (warnings); nothing where all is well.
 *
 * @param input as for `loadState`
 * @example
 * checkState(city, { inflows: { nroth: 1 } })[0].message; // "inflows names \"nroth\", which the network doesn't have. Did you mean \"north\"?"
 */
export function checkState(network: Network, input: unknown): Issue[] {
  assertNetwork(network);
  return readInput(input, (data) => make(network, data)).issues;
}

/** A set point that the link can't have. */
export interface ClippedSetPoint {
  readonly id: string;
  /** What the state says, and what is taken instead: the file's capacity, whatever is out. */
  readonly given: number;
  readonly taken: number;
}

/** The set points of a state that are beyond the link's capacity that way, in the state's order. */
export function clippedSetPoints(network: Network, { setPoints = {} }: Pick<State, "setPoints">): ClippedSetPoint[] {
  const elements = elementsOf(network);
  const quanta = (flow: number) => toQuanta(flow, network.units.flow);
  return Object.entries(setPoints).flatMap(([id, given = 0]) => {
    const link = elements.get(id);
    if (link?.kind !== "pump" && link?.kind !== "gate") return [];
    const back = link.kind === "gate" ? -link.reverseCapacity : 0;
    const taken = given < 0 ? back : link.capacity;
    // What isn't a quantum more is what the capacity was rounded from.
    return Math.abs(quanta(given)) > Math.abs(quanta(taken)) ? [{ id, given, taken }] : [];
  });
}

function make(network: Network, data: unknown): Checked<FullState> {
  const traps = checkPlainData(data);
  if (traps.some((trap) => trap.code !== "reserved-key")) return { issues: traps };
  const parsed = stateSchema.safeParse(data);
  const unit = network.units.flow;
  const faults = parsed.success ? [] : fromZod(parsed.error, stateSchema, data, unit);
  const issues = [...traps, ...faults, ...checkParts(network, data)];
  if (!parsed.success || issues.length > 0) return { issues };
  const { inflows, availability, out, volumes, setPoints, locks } = parsed.data;
  for (const { id, given, taken } of clippedSetPoints(network, { setPoints })) {
    setPoints[id] = taken;
    const path = pathText(["setPoints", id]);
    const flow = (value: number) => `${show(value)} ${unitLabel(unit)}`;
    const figures = { given: flow(given), taken: flow(Math.abs(taken)), isBack: given < 0 };
    issues.push(warning("set-point-clipped", path, { is: "clipped", at: path, id: show(id), ...figures }));
  }
  return { made: { inflows, availability, out, volumes, setPoints, locks }, issues };
}

/** Ids that the network doesn't have or that are of another kind, and figures that don't fit; what is malformed is passed over. */
function checkParts(network: Network, data: unknown): Issue[] {
  const issues: Issue[] = [];
  const elements = elementsOf(network);
  const unit = network.units.flow;
  const hint = hints(elements.keys());
  const parts = (typeof data === "object" ? data : undefined) as
    Partial<Record<keyof FullState, unknown>> | null | undefined;

  const find = (id: string, path: string, part: string, kinds?: readonly (NodeKind | LinkKind)[]) => {
    const element = elements.get(id);
    if (element === undefined) {
      const fault = { is: "notInNetwork", part, id: show(id) } as const;
      issues.push(error("unknown-id", path, fault, isGarbled(id) ? READ_WRONGLY : meant(hint(id))));
      return undefined;
    }
    if (kinds === undefined || kinds.includes(element.kind)) return element;
    issues.push(error("wrong-kind", path, { is: "wrongKind", part, id: show(id), kind: element.kind, kinds }));
    return undefined;
  };
  /** Each figure of a part, with the element it is of. */
  const each = (
    part: "inflows" | "availability" | "volumes" | "setPoints",
    kinds: readonly (NodeKind | LinkKind)[] | undefined,
    look: (value: number, path: string, element: NetworkNode | NetworkLink) => Fault | undefined,
  ) => {
    const record = parts?.[part];
    if (typeof record !== "object" || record === null || Array.isArray(record)) return;
    for (const [id, value] of Object.entries(record) as [string, unknown][]) {
      const path = pathText([part, id]);
      if (id === "__proto__") continue;
      const element = find(id, path, part, kinds);
      if (element === undefined || typeof value !== "number" || !Number.isFinite(value)) continue;
      const fault = look(value, path, element);
      if (fault !== undefined) issues.push(error("range", path, fault));
    }
  };
  const most = `${Math.floor(fromQuanta(MOST_QUANTA, unit))} ${unitLabel(unit)}`;
  const beyond = (value: number, path: string): Fault => ({
    is: "beyond",
    item: "",
    key: path,
    value: show(value),
    most,
  });
  const isHeld = (value: number) => Math.abs(toQuanta(value, unit)) <= MOST_QUANTA;

  each("inflows", ["catchment"], (value, path) => (isHeld(value) ? undefined : beyond(value, path)));
  each("availability", undefined, () => undefined);
  each("volumes", ["storage"], (value, path, element) => {
    if (element.kind !== "storage") return undefined;
    const { min, max } = element.volume;
    return value < 0 || (value >= min && value <= max)
      ? undefined
      : {
          is: "volumeOutside",
          at: path,
          value: show(value),
          id: show(element.id),
          min: `${min}`,
          max: `${max}`,
        };
  });
  each("setPoints", ["pump", "gate"], (value, path, element) => {
    const isTwoWay = element.kind === "gate" && element.reverseCapacity > 0;
    if (value < 0 && !isTwoWay) return { is: "oneWay", at: path, value: show(value), id: show(element.id) };
    const [clipped] = clippedSetPoints(network, { setPoints: { [element.id]: value } });
    return isHeld(clipped?.taken ?? value) ? undefined : beyond(value, path);
  });

  const locks = parts?.locks;
  if (typeof locks === "object" && locks !== null && !Array.isArray(locks)) {
    for (const [id, lock] of Object.entries(locks) as [string, unknown][]) {
      const path = pathText(["locks", id]);
      if (id === "__proto__") continue;
      const element = find(id, path, "locks", ["pump", "gate", "plant"]);
      if (element === undefined || !isLock(lock)) continue;
      const fault = faultInLock(lock, element, unit, path);
      if (fault !== undefined) issues.push(error("range", path, fault));
    }
  }

  const seen = new Set<unknown>();
  const out = Array.isArray(parts?.out) ? (parts.out as unknown[]) : [];
  out.forEach((id, i) => {
    if (typeof id !== "string") return;
    const path = `out[${i}]`;
    find(id, path, "out");
    if (seen.has(id)) issues.push(error("duplicate-id", path, { is: "twice", list: "out", id: show(id) }));
    seen.add(id);
  });
  return issues;
}

/** Whether the schema has nothing against it. */
function isLock(lock: unknown): lock is Lock {
  const bounds = typeof lock === "object" && lock !== null ? Object.values(lock) : [lock];
  return bounds.every((bound) => Number.isFinite(bound));
}

/** A state in which each catchment gives `factor` times what it does. */
export function timesInflow(network: Network, state: FullState, factor: number): FullState {
  const inflows = network.nodes.flatMap((node) =>
    node.kind === "catchment" ? [[node.id, (own(state.inflows, node.id) ?? node.inflow) * factor] as const] : [],
  );
  return { ...state, inflows: Object.fromEntries(inflows) };
}
