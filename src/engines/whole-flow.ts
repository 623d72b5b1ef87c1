/**
 * From a solver's floating-point flow to one in whole quanta that balances exactly.
 *
 * Flows at a bound are set to it, the others are rounded; what the nodes are off by after that, a few quanta, is sent
 * along arcs that have room, those well between their bounds first. Shortest augmenting paths; the amounts are tiny, but
 * the result is feasible whatever they are, because the problem is.
 */
import { EngineError } from "../errors.js";
import type { FlowModel } from "../problem/flow-model.js";

export interface WholeFlowOptions {
  /** Quanta in one unit of the solver's flow. */
  readonly unit: number;
  /** A flow this near to a bound (in the solver's unit) is at it. */
  readonly atBound: number;
  /** Bounds per arc, quanta. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * @param x flow per arc, in the solver's unit
 * @returns flow per arc, whole quanta
 * @throws EngineError where the bounds admit no flow at all
 * @remarks nodes × arcs at worst
 */
export function toWholeFlow(problem: FlowModel, x: ArrayLike<number>, options: WholeFlowOptions): Float64Array {
  const { unit, atBound, lower, upper } = options;
  const arcs = problem.tail.length;
  const flow = new Float64Array(arcs);
  const interior = new Uint8Array(arcs);
  const excess = Float64Array.from(problem.supply);
  for (let a = 0; a < arcs; a++) {
    const [least, most] = [lower[a] ?? 0, upper[a] ?? 0];
    const value = (x[a] ?? 0) * unit;
    if (value <= least + atBound * unit) flow[a] = least;
    else if (value >= most - atBound * unit) flow[a] = most;
    else {
      flow[a] = Math.round(value);
      interior[a] = 1;
    }
    add(excess, problem.tail[a], -(flow[a] ?? 0));
    add(excess, problem.head[a], flow[a] ?? 0);
  }
  repair(problem, flow, excess, interior, lower, upper);
  return flow;
}

function repair(
  problem: FlowModel,
  flow: Float64Array,
  excess: Float64Array,
  interior: Uint8Array,
  lower: Float64Array,
  upper: Float64Array,
): void {
  const { tail, head, nodes } = problem;
  const incident: number[][] = Array.from({ length: nodes }, () => []);
  tail.forEach((v, a) => incident[v]?.push(a));
  head.forEach((v, a) => incident[v]?.push(a));
  const room = (a: number, from: number) =>
    from === tail[a] ? (upper[a] ?? 0) - (flow[a] ?? 0) : (flow[a] ?? 0) - (lower[a] ?? 0);
  const reachedBy = new Int32Array(nodes);

  /** Sends what it can from `source` to the nearest node that lacks water; false where there is no way. */
  const augment = (source: number, wide: boolean): boolean => {
    reachedBy.fill(-1);
    reachedBy[source] = -2;
    const queue = [source];
    for (const v of queue) {
      if ((excess[v] ?? 0) < 0) {
        const path: { a: number; from: number }[] = [];
        for (let w = v; w !== source;) {
          const a = reachedBy[w] ?? 0;
          const from = (tail[a] === w ? head[a] : tail[a]) ?? 0;
          path.push({ a, from });
          w = from;
        }
        const amount = Math.min(excess[source] ?? 0, -(excess[v] ?? 0), ...path.map(({ a, from }) => room(a, from)));
        for (const { a, from } of path) add(flow, a, from === tail[a] ? amount : -amount);
        add(excess, source, -amount);
        add(excess, v, amount);
        return true;
      }
      for (const a of incident[v] ?? []) {
        const to = (tail[a] === v ? head[a] : tail[a]) ?? 0;
        if (reachedBy[to] === -1 && (wide || interior[a] === 1) && room(a, v) > 0) {
          reachedBy[to] = a;
          queue.push(to);
        }
      }
    }
    return false;
  };

  for (let v = 0; v < nodes; v++) {
    while ((excess[v] ?? 0) > 0) {
      if (!augment(v, false) && !augment(v, true)) {
        throw new EngineError(
          "the solver's flow can't be brought into balance. This is a bug; please report it with your file.",
        );
      }
    }
  }
}

function add(array: Float64Array, i: number | undefined, amount: number): void {
  if (i !== undefined) array[i] = (array[i] ?? 0) + amount;
}
