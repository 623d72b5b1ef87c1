/**
 * What hinders a link to carry more, once the objectives before evening out are kept: its capacity, an outage, a lock, or one of those
 * objectives. By complementary slackness an arc of non-zero reduced cost can't change in any flow that is as good.
 */
import type { LinearProof } from "../plan/certificate.js";
import { reachedFrom } from "../flow/adjacency.js";
import { linkFlow } from "../problem/flows.js";
import type { CostName, LinearObjective } from "../problem/policy.js";
import { mostOf, type FlowProblem } from "../problem/problem.js";
import type { LinkPart } from "../problem/parts.js";
import { fromQuanta } from "../units/flow.js";
import type { Hold } from "./finding.js";

export type Way = "forth" | "back";
export type Held = LinearObjective | "lock";

export interface Bounds {
  readonly problem: FlowProblem;
  /** Whole quanta per arc. */
  readonly flow: Float64Array;
  /** Per arc, the first objective that holds it, or a lock that asks for flow; undefined where none does. */
  readonly heldBy: readonly (Held | undefined)[];
  /** Links at each node. */
  readonly at: readonly (readonly LinkPart[])[];
}

/** Reduced costs per arc, in whole units of the stage's own. */
export function reducedCosts(problem: FlowProblem, { objectives, factor, potentials }: LinearProof): Float64Array {
  const weights = Object.entries(objectives) as [CostName, number][];
  const { tail, head } = problem;
  return Float64Array.from(tail, (from, a) => {
    let cost = 0;
    for (const [name, weight] of weights) cost += weight * (problem.cost[name][a] ?? 0);
    // The ground has potential 0.
    return Math.round(cost * factor) + (potentials[from] ?? 0) - (potentials[head[a] ?? 0] ?? 0);
  });
}

/** The bounds that some linear stages leave to a flow that is optimal for them. Linear in the network for each. */
export function boundsAfter(problem: FlowProblem, flow: Float64Array, stages: readonly LinearProof[]): Bounds {
  const heldBy = new Array<Held | undefined>(flow.length).fill(undefined);
  for (const stage of stages) {
    const reduced = reducedCosts(problem, stage);
    const names = Object.keys(stage.objectives) as CostName[];
    for (const [a, cost] of reduced.entries()) {
      if (cost === 0 || heldBy[a] !== undefined) continue;
      const name = names.find((one) => problem.cost[one][a] !== 0) ?? names[0];
      heldBy[a] = name === "locks" ? "lock" : name;
    }
  }
  const at: LinkPart[][] = Array.from({ length: problem.nodes }, () => []);
  for (const part of problem.links) {
    at[part.from]?.push(part);
    at[part.to]?.push(part);
  }
  return { problem, flow, heldBy, at };
}

/** Whether a link can carry more one way, or less the other. */
export function hasRoom({ problem, flow, heldBy }: Bounds, part: LinkPart, way: Way): boolean {
  const [more, less] = way === "forth" ? [part.forward, part.backward] : [part.backward, part.forward];
  const isFree = (a: number) => heldBy[a] === undefined;
  return (
    more.some((a) => isFree(a) && (flow[a] ?? 0) < (problem.upper[a] ?? 0)) ||
    less.some((a) => isFree(a) && (flow[a] ?? 0) > 0)
  );
}

/** Why it can't. */
export function holdOn({ problem, flow, heldBy }: Bounds, { part, way }: Pick<Crossing, "part" | "way">): Hold {
  const { arcs, against, capacity } =
    way === "forth"
      ? { arcs: part.forward, against: part.backward, capacity: part.capacity }
      : { arcs: part.backward, against: part.forward, capacity: part.reverseCapacity };
  // Never minus zero.
  const quanta = linkFlow(part, flow) * (way === "forth" ? 1 : -1) + 0;
  const next =
    against.findLast((a) => (flow[a] ?? 0) > 0) ?? arcs.find((a) => (flow[a] ?? 0) < (problem.upper[a] ?? 0));
  const held = quanta === capacity || next === undefined ? undefined : heldBy[next];
  const isLocked = mostOf(part)[way === "forth" ? 0 : 1] < capacity;
  return {
    id: part.link.id,
    flow: fromQuanta(quanta, problem.network.units.flow),
    by: held ?? (part.share === 0 ? "outage" : isLocked ? "lock" : "capacity"),
  };
}

/** A link on the edge of a set of nodes, as water would cross it. */
export interface Crossing {
  readonly part: LinkPart;
  readonly way: Way;
  readonly tail: number;
  readonly head: number;
}

/** Nodes to which what is at some nodes could be led instead (`from` them), or from which something could be led `to` them. */
export function reach(bounds: Bounds, starts: Iterable<number>, direction: "from" | "to"): ReadonlySet<number> {
  return spread(bounds, starts, direction, ({ part, way }) => hasRoom(bounds, part, way));
}

/** Nodes that could be reached if nothing were full or held, without passing through those to be avoided. */
export function leads(
  bounds: Bounds,
  starts: readonly number[],
  direction: "from" | "to",
  avoiding?: ReadonlySet<number>,
): ReadonlySet<number> {
  const isAvoided = (v: number) => avoiding?.has(v) === true;
  return spread(
    bounds,
    starts.filter((v) => !isAvoided(v)),
    direction,
    (one) => isWay(bounds, one) && !isAvoided(one.tail) && !isAvoided(one.head),
  );
}

/** Nodes that links lead to from some nodes, full or not. */
export function downstream(bounds: Bounds, starts: readonly number[]): ReadonlySet<number> {
  return spread(bounds, starts, "from", isBuilt);
}

/** Links by which water would leave a set of nodes, or enter it, if nothing were full or held. */
export function crossings(bounds: Bounds, inside: ReadonlySet<number>, direction: "out" | "in"): Crossing[] {
  return bounds.problem.links
    .filter(({ from, to }) => inside.has(from) !== inside.has(to))
    .flatMap(bothWays)
    .filter((one) => inside.has(one.tail) === (direction === "out") && isWay(bounds, one));
}

function bothWays(part: LinkPart): [Crossing, Crossing] {
  return [
    { part, way: "forth", tail: part.from, head: part.to },
    { part, way: "back", tail: part.to, head: part.from },
  ];
}

/** Whether the file lets water go this way, or it could be held back from the other. */
function isWay({ flow }: Bounds, one: Crossing): boolean {
  return isBuilt(one) || linkFlow(one.part, flow) * (one.way === "forth" ? -1 : 1) > 0;
}

function isBuilt({ part: { link }, way }: Crossing): boolean {
  return way === "forth" ? link.capacity > 0 : link.kind === "gate" && link.reverseCapacity > 0;
}

function spread(
  { at }: Bounds,
  starts: Iterable<number>,
  direction: "from" | "to",
  isOpen: (crossing: Crossing) => boolean,
): ReadonlySet<number> {
  const onward = (v: number) =>
    (at[v] ?? []).flatMap(bothWays).flatMap((one) => {
      const [here, next] = direction === "from" ? [one.tail, one.head] : [one.head, one.tail];
      return here === v && isOpen(one) ? [next] : [];
    });
  return new Set(reachedFrom(starts, onward).keys());
}
