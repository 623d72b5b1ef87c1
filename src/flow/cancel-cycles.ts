/**
 * Brings a feasible flow to least cost in whole numbers, by cancelling negative cycles (Klein 1967).
 *
 * The residual network has an arc for each way in which the flow of an arc can still change. A cycle in it whose costs add up to
 * less than 0 makes the flow cheaper; where there is none, the flow is optimal, and the distances that Bellman and Ford's method
 * ends with are potentials that prove it. It is meant for flows that are nearly optimal: then few cycles are left.
 *
 * Sources: Klein, Manage. Sci. 14 (1967) 205–220; Cherkassky & Goldberg, Math. Program. 85 (1999) on cycles among the parents.
 */

/** Arcs and what is known of each; arcs are read only. Bounds, flow and cost are whole numbers. */
export interface BoundedFlow {
  readonly nodes: number;
  readonly tail: ArrayLike<number>;
  readonly head: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** Changed in place. */
  readonly flow: Float64Array;
}

const NONE = -1;

/**
 * Changes the flow to one of least cost; what nodes gain and lose stays as it is.
 *
 * @param cost per arc; nodes × the largest must be below 2^53
 * @returns potentials π: an arc with room has cost + π(tail) − π(head) ≥ 0, and one that can carry less has ≤ 0
 * @remarks nodes × arcs for each cycle that is cancelled, at worst
 */
export function cancelCycles(at: BoundedFlow, cost: ArrayLike<number>): Float64Array {
  const { nodes, tail, head, lower, upper, flow } = at;
  const free: number[] = [];
  for (let a = 0; a < tail.length; a++) if (lower[a]! < upper[a]!) free.push(a);
  const distance = new Float64Array(nodes);
  /** How each node was last reached: 2a along arc a, 2a + 1 against it. */
  const via = new Int32Array(nodes);
  const startOf = (way: number) => (way % 2 === 0 ? tail : head)[way >> 1]!;
  const roomOf = (way: number) => {
    const a = way >> 1;
    return way % 2 === 0 ? upper[a]! - flow[a]! : flow[a]! - lower[a]!;
  };

  /** Whether a way along an arc is shorter than what is known. */
  const shortens = (from: number, to: number, length: number, way: number): boolean => {
    const reached = distance[from]! + length;
    if (reached >= distance[to]!) return false;
    distance[to] = reached;
    via[to] = way;
    return true;
  };

  /** Tries every arc once, in their order or against it. */
  const sweep = (isForth: boolean): boolean => {
    let isShorter = false;
    for (let k = 0; k < free.length; k++) {
      const a = free[isForth ? k : free.length - 1 - k]!;
      const [from, to, length] = [tail[a]!, head[a]!, cost[a]!];
      if (flow[a]! < upper[a]! && shortens(from, to, length, 2 * a)) isShorter = true;
      if (flow[a]! > lower[a]! && shortens(to, from, -length, 2 * a + 1)) isShorter = true;
    }
    return isShorter;
  };

  /** Sends what goes round through a cycle of parents that `v` lies on. */
  const cancel = (v: number) => {
    let amount = Infinity;
    let w = v;
    do {
      amount = Math.min(amount, roomOf(via[w]!));
      w = startOf(via[w]!);
    } while (w !== v);
    do {
      const way = via[w]!;
      flow[way >> 1]! += way % 2 === 0 ? amount : -amount;
      w = startOf(way);
    } while (w !== v);
  };

  /** Cancels every cycle among the parents: these have negative costs. False where there is none. */
  const cancelParents = (): boolean => {
    let isFound = false;
    const mark = new Int32Array(nodes).fill(NONE);
    for (let v = 0; v < nodes; v++) {
      let w = v;
      while (mark[w] === NONE && via[w] !== NONE) {
        mark[w] = v;
        w = startOf(via[w]!);
      }
      if (via[w] === NONE) mark[w] = v;
      else if (mark[w] === v) {
        cancel(w);
        isFound = true;
      }
    }
    return isFound;
  };

  for (;;) {
    distance.fill(0);
    via.fill(NONE);
    // To and fro, so that ways against the order of the arcs take no more sweeps.
    for (let isForth = true; ; isForth = !isForth) {
      if (!sweep(isForth)) return distance;
      if (cancelParents()) break;
    }
  }
}
