/**
 * The proof that sinks are even: the plants in proportion to capacity and weight, or what floods in proportion to what enters the
 * network there. No edge may lead from a part on to a later one with room left, and the sinks of a part must be level. Ratings are
 * whole numbers of any size, and levels are compared as fractions: nothing is rounded.
 *
 * Source: Fujishige, Math. Oper. Res. 5 (1980).
 */
import { show } from "../text/show.js";
import { digitsAt } from "./exact.js";
import type { Edge, Proof } from "./edges.js";

export interface EvenClaim {
  readonly objective: "balance" | "sharing";
  readonly tolerance: number;
  /** The part of each node. */
  readonly parts: readonly number[];
  /** Quanta that each sink takes, in order of their nodes' ids. */
  readonly takes: readonly number[];
  /** Quanta of all other edges; undefined where the even flow is the plan's. */
  readonly flows: readonly number[] | undefined;
}

/** How a sink's level compares: take ÷ rating. */
interface Level {
  readonly take: bigint;
  readonly rating: bigint;
}

const isAbove = (a: Level, b: Level) => a.take * b.rating > b.take * a.rating;
const isBelow = (a: Level, b: Level) => isAbove(b, a);

/** Narrows the ranges to what is as even, or as the tolerance lets it be. */
export function proveEven(claim: EvenClaim, proof: Proof, tell: (text: string) => void): void {
  let faults = 0;
  const fault = (text: string) => {
    faults += 1;
    tell(text);
  };
  const { objective, tolerance, parts, takes, flows } = claim;
  const { edges, nodes, least, most } = proof;
  const isSink = (edge: Edge) => edge.sink?.objective === objective;
  const sinks = edges.filter(isSink).length;
  if (
    parts.length !== nodes ||
    takes.length !== sinks ||
    (flows !== undefined && flows.length !== edges.length - sinks)
  ) {
    fault("it lists another number of nodes, sinks or flows than there are");
    return;
  }
  if (!(tolerance >= 0 && tolerance <= 1)) {
    fault(`the tolerance is ${show(tolerance)}; a tolerance is from 0 to 1`);
    return;
  }
  if (flows === undefined ? tolerance > 0 : tolerance === 0) {
    fault(`with a tolerance of ${show(tolerance)}, flows must ${tolerance > 0 ? "" : "not "}be given`);
    return;
  }
  // The flow that is even: the plan's own, or with a tolerance one that differs.
  let nextSink = 0;
  let nextFlow = 0;
  const even = edges.map((edge) => {
    if (isSink(edge)) return takes[nextSink++] ?? NaN;
    return flows === undefined ? edge.flow : (flows[nextFlow++] ?? NaN);
  });

  const left = new Float64Array(nodes + 1);
  // The first part where water could end elsewhere than in a sink.
  let relief = Infinity;
  const members = new Map<number, number[]>();
  edges.forEach((edge, e) => {
    const flow = even[e] ?? NaN;
    const [low = 0, high = 0] = [least[e], most[e]];
    left[edge.from] = (left[edge.from] ?? 0) + flow - edge.flow;
    left[edge.to] = (left[edge.to] ?? 0) - flow + edge.flow;
    if (!(flow >= low && flow <= high)) fault(`the even flow of ${edge.name} is out of its range`);
    const [from = NaN, to = NaN] = [parts[edge.from], parts[edge.to]];
    if (edge.to === nodes) {
      if (!isSink(edge)) {
        if (flow < high) relief = Math.min(relief, from);
        return;
      }
      const list = members.get(from) ?? [];
      list.push(e);
      members.set(from, list);
    } else {
      if (from < to && flow !== high) fault(`${edge.name} has room towards lower sinks`);
      if (from > to && flow !== low) fault(`${edge.name} brings water towards higher sinks`);
    }
  });
  if (left.some((off) => off !== 0)) fault("the even flow doesn't balance");
  if (faults > 0) return;

  const power = Math.min(0, ...edges.map((edge) => edge.sink?.rating.power ?? 0));
  const ratings = edges.map((edge) => (edge.sink === undefined ? 0n : digitsAt(edge.sink.rating, power)));
  const levelOf = (e: number, more: number): Level => ({
    take: BigInt((even[e] ?? 0) + more),
    rating: ratings[e] ?? 0n,
  });
  let before: Level | undefined;
  for (const [part, list] of [...members].sort(([a], [b]) => a - b)) {
    // A sink at a bound says nothing of the level but that it would go beyond the bound.
    const canGive = list.filter((e) => (even[e] ?? 0) > (least[e] ?? 0));
    const canTake = list.filter((e) => (even[e] ?? 0) < (most[e] ?? 0));
    // From a part water can be led to those before it: there, no sink takes more than it must while another end has room.
    if (part >= relief && canGive.length > 0) fault(`the sinks of part ${part} could be relieved`);
    // One quantum up or down takes each sink past every other: that is what being level in whole quanta means.
    const up = extreme(canTake, (e) => levelOf(e, 1), isBelow);
    const down = extreme(canGive, (e) => levelOf(e, -1), isAbove);
    if (down !== undefined) {
      if (up !== undefined && isAbove(down, up)) fault(`the sinks of part ${part} are not level`);
      if (before !== undefined && isAbove(down, before)) fault(`part ${part} runs higher than one before it`);
    }
    if (up !== undefined && (before === undefined || isAbove(before, up))) before = up;
  }

  edges.forEach((edge, e) => {
    // With sinks held at what they take, what leads from higher parts to lower ones, or ends elsewhere, can't carry less either, nor
    // what leads back more: between them they carry all there is to carry. All that ends counts as led to a part after all others.
    const [from = NaN, to = Infinity] = [parts[edge.from], edge.to === nodes ? Infinity : parts[edge.to]];
    if (tolerance === 0 && !isSink(edge) && from !== to && Math.min(from, to) < relief) least[e] = most[e] = edge.flow;
    if (!isSink(edge)) return;
    const reach = Math.floor(tolerance * (edge.sink?.capacity ?? 0));
    least[e] = Math.max(least[e] ?? 0, (even[e] ?? 0) - reach);
    most[e] = Math.min(most[e] ?? 0, (even[e] ?? 0) + reach);
    if (!(edge.flow >= (least[e] ?? 0) && edge.flow <= (most[e] ?? 0)))
      fault(`${edge.name} is further from even than the tolerance lets it`);
  });
}

/** The level that none is beyond; undefined of none. */
function extreme(
  list: readonly number[],
  levelOf: (e: number) => Level,
  isBeyond: (a: Level, b: Level) => boolean,
): Level | undefined {
  let found: Level | undefined;
  for (const e of list) {
    const level = levelOf(e);
    if (found === undefined || isBeyond(level, found)) found = level;
  }
  return found;
}
