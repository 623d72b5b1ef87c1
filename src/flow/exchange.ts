/**
 * Evens out sinks in whole numbers by exchanges, from a feasible flow.
 *
 * Intake is counted in steps of one: the k-th of a sink with weight w stands at level k ÷ w. As long as a sink can pass its
 * highest step on to another where it stands lower (at the same level: to one listed earlier), or to an arc to the ground that
 * belongs to no sink, it does. The intakes that a network can serve are the whole points of a base polytope, and there a point
 * that no single exchange improves is the best of all: the levels of the steps that are taken, sorted, are lexicographically least.
 * It is meant for flows that are nearly even: each exchange moves as much as it may at once.
 *
 * Source: Frank & Murota on decreasing minimisation, Math. Program. 191 (2022); Murota, Discrete Convex Analysis (2003), ch. 6.
 */
import { arcsAt } from "./adjacency.js";
import type { BoundedFlow } from "./cancel-cycles.js";

export interface Sink {
  /** Arcs to the ground, all from the same node, in the order in which they fill. */
  readonly arcs: readonly number[];
  /** What intake is divided by, > 0. */
  readonly weight: number;
}

const NONE = -1;

/**
 * @param ground where arcs only end
 * @remarks a search of the network for each exchange, and one more for each sink
 */
export function exchange(at: BoundedFlow, ground: number, sinks: readonly Sink[]): void {
  const { nodes, tail, head, lower, upper, flow } = at;
  const nodeOf = sinks.map(({ arcs }) => tail[arcs[0]!]!);
  const sum = (arcs: readonly number[], of: ArrayLike<number>) => arcs.reduce((total, a) => total + of[a]!, 0);
  const intake = sinks.map(({ arcs }) => sum(arcs, flow));
  const least = sinks.map(({ arcs }) => sum(arcs, lower));
  const most = sinks.map(({ arcs }) => sum(arcs, upper));
  const levelOf = (i: number, more = 0) => (intake[i]! + more) / sinks[i]!.weight;

  const isSink = new Set(sinks.flatMap(({ arcs }) => arcs));
  const sinksAt = new Map<number, number[]>();
  nodeOf.forEach((v, i) => sinksAt.set(v, [...(sinksAt.get(v) ?? []), i]));
  /** Arcs at each node that can change and belong to no sink. */
  const isFixed = (a: number) => isSink.has(a) || lower[a]! >= upper[a]!;
  const { first, list } = arcsAt(
    nodes,
    Int32Array.from(tail, (v, a) => (isFixed(a) ? NONE : v)),
    Int32Array.from(head, (v, a) => (isFixed(a) || v === ground ? NONE : v)),
  );
  const roomOf = (a: number, from: number) => (from === tail[a] ? upper[a]! - flow[a]! : flow[a]! - lower[a]!);
  /** The arc by which the last search reached a node. */
  const via = new Int32Array(nodes);

  /** Where the highest step of sink `s` goes: another sink, the ground, or nowhere. */
  const takerOf = (s: number): number => {
    via.fill(NONE);
    const queue = [nodeOf[s]!];
    const seen = new Uint8Array(nodes);
    seen[nodeOf[s]!] = 1;
    let best = NONE;
    for (const v of queue) {
      for (const t of sinksAt.get(v) ?? []) {
        if (t === s || intake[t] === most[t]) continue;
        const limit = best === NONE ? s : best;
        const off = levelOf(t, 1) - (best === NONE ? levelOf(s) : levelOf(best, 1));
        if (off < 0 || (off === 0 && t < limit)) best = t;
      }
      for (let k = first[v]!; k < first[v + 1]!; k++) {
        const a = list[k]!;
        if (roomOf(a, v) <= 0) continue;
        const to = (tail[a] === v ? head[a] : tail[a])!;
        if (seen[to] === 1) continue;
        seen[to] = 1;
        via[to] = a;
        if (to === ground) return sinks.length;
        queue.push(to);
      }
    }
    return best;
  };

  /** Moves what may go from `s` to its taker at once. */
  const move = (s: number, taker: number) => {
    const end = taker < sinks.length ? nodeOf[taker]! : ground;
    const path: { a: number; from: number }[] = [];
    for (let v = end; v !== nodeOf[s];) {
      const a = via[v]!;
      const from = (tail[a] === v ? head[a] : tail[a])!;
      path.push({ a, from });
      v = from;
    }
    let amount = intake[s]! - least[s]!;
    for (const { a, from } of path) amount = Math.min(amount, roomOf(a, from));
    if (taker < sinks.length) {
      const [w, u] = [sinks[s]!.weight, sinks[taker]!.weight];
      // Up to where both would stand at one level.
      const apart = Math.floor((levelOf(s) - levelOf(taker)) * (w / (w + u)) * u);
      amount = Math.min(amount, most[taker]! - intake[taker]!, Math.max(1, apart));
      intake[taker]! += amount;
    }
    intake[s]! -= amount;
    for (const { a, from } of path) flow[a]! += from === tail[a] ? amount : -amount;
  };

  for (let isChanged = true; isChanged;) {
    isChanged = false;
    const order = [...sinks.keys()].sort((s, t) => levelOf(t) - levelOf(s) || s - t);
    for (const s of order) {
      while (intake[s]! > least[s]!) {
        const taker = takerOf(s);
        if (taker === NONE) break;
        move(s, taker);
        isChanged = true;
      }
    }
  }
  sinks.forEach((sink, i) => {
    fillInOrder(at, sink, intake[i]!);
  });
}

/** Gives a sink its intake by the arcs that come first. */
export function fillInOrder({ lower, upper, flow }: BoundedFlow, { arcs }: Pick<Sink, "arcs">, intake: number): void {
  let left = intake;
  for (const a of arcs) left -= lower[a]!;
  for (const a of arcs) {
    const more = Math.min(left, upper[a]! - lower[a]!);
    flow[a] = lower[a]! + more;
    left -= more;
  }
}
