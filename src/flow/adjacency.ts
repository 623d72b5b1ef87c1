/** What is next to what: the arcs at each node of a network, and what is reached from node to node. */

export interface Incidence {
  /** Those of node v are `list[first[v]] … list[first[v + 1] − 1]`, in order. */
  readonly first: Int32Array;
  readonly list: Int32Array;
}

/** Per arc the node at one of its ends, or at each of them; less than 0 for an arc that is passed over there. */
type Ends = readonly [ArrayLike<number>, ...ArrayLike<number>[]];

/** Arcs by the nodes at their ends. Linear. */
export function arcsAt(nodes: number, ...ends: Ends): Incidence {
  const incidence = { first: new Int32Array(nodes + 1), list: new Int32Array(ends.length * ends[0].length) };
  writeArcsAt(incidence, ...ends);
  return incidence;
}

/** The same, in place: for as many nodes, and no more arcs than there were. */
export function writeArcsAt({ first, list }: Incidence, ...ends: Ends): void {
  const arcs = ends[0].length;
  first.fill(0);
  for (let a = 0; a < arcs; a++) for (const end of ends) if (end[a]! >= 0) first[end[a]!]! += 1;
  // Where the arcs of each node end; placed from the last to the first, they leave where they begin.
  for (let v = 1; v < first.length; v++) first[v]! += first[v - 1]!;
  for (let a = arcs - 1; a >= 0; a--) {
    for (let k = ends.length - 1; k >= 0; k--) {
      const v = ends[k]![a]!;
      if (v >= 0) list[--first[v]!] = a;
    }
  }
}

/**
 * What is reached from some starts, these included, in the order of a search in breadth; and from where, but for the starts.
 *
 * @param next what one of them leads to
 */
export function reachedFrom<T>(starts: Iterable<T>, next: (at: T) => Iterable<T>): Map<T, T | undefined> {
  const found = new Map<T, T | undefined>();
  for (const start of starts) found.set(start, undefined);
  // A map is walked in the order of what is added, on the way as well.
  for (const at of found.keys()) for (const one of next(at)) if (!found.has(one)) found.set(one, at);
  return found;
}
