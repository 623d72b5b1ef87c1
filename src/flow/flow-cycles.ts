/**
 * The directed cycles of a flow, taken out one after the other until none is left.
 *
 * A search in depth follows arcs that carry something. Where it meets its own path, a cycle is closed: as much is taken out of it as its
 * weakest arc carries, and the search goes on where that arc began. A node from which nothing is left to follow is done for good, since
 * arcs only ever lose flow. So the search costs one look at each arc, and the lengths of the cycles.
 *
 * Source: Ahuja, Magnanti & Orlin, Network Flows (1993), sec. 3.5 (flow decomposition).
 */
import { arcsAt } from "./adjacency.js";

const NEW = -1;
const DONE = -2;

export interface ArcFlow {
  readonly nodes: number;
  readonly tail: ArrayLike<number>;
  readonly head: ArrayLike<number>;
  /** Whole quanta per arc, ≥ 0; what is taken out is gone from it. */
  readonly left: Float64Array;
}

/**
 * @param begin the node to search from first: cycles through it that are met are reported as they leave it
 * @param report called with the arcs of each cycle in order (valid for the call), and what was taken out of them
 * @returns all nodes, in an order in which each arc that still carries something leads to an earlier one
 * @remarks arcs + the lengths of all cycles, of which there are fewer than arcs
 */
export function takeOutCycles(
  { nodes, tail, head, left }: ArcFlow,
  report?: (arcs: Int32Array, amount: number) => void,
  begin = 0,
): Int32Array {
  const { first, list } = arcsAt(nodes, tail);
  const next = first.slice(0, nodes);
  /** Where a node stands on the path, if it does. */
  const place = new Int32Array(nodes).fill(NEW);
  /** The path: nodes, and the arc by which each is left. */
  const path = new Int32Array(nodes);
  const arc = new Int32Array(nodes);
  const order = new Int32Array(nodes);
  let done = 0;

  const carries = (a: number) => left[a]! > 0;
  const search = (start: number) => {
    if (place[start] === DONE) return;
    path[0] = start;
    place[start] = 0;
    for (let top = 0; top >= 0;) {
      const v = path[top]!;
      const end = first[v + 1]!;
      let k = next[v]!;
      while (k < end && !(carries(list[k]!) && place[head[list[k]!]!] !== DONE)) k++;
      next[v] = k;
      if (k === end) {
        place[v] = DONE;
        order[done++] = v;
        top--;
        continue;
      }
      const a = list[k]!;
      const w = head[a]!;
      arc[top] = a;
      const since = place[w]!;
      if (since === NEW) {
        top++;
        path[top] = w;
        place[w] = top;
        continue;
      }
      let amount = Infinity;
      for (let i = since; i <= top; i++) amount = Math.min(amount, left[arc[i]!]!);
      let back = top;
      for (let i = top; i >= since; i--) {
        const b = arc[i]!;
        left[b]! -= amount;
        if (!carries(b)) back = i;
      }
      report?.(arc.subarray(since, top + 1), amount);
      for (; top > back; top--) place[path[top]!] = NEW;
    }
  };
  if (nodes > 0) search(begin);
  for (let v = 0; v < nodes; v++) search(v);
  return order;
}
