/**
 * Sends flow from nodes that have too much to nodes that have room, along the arcs of a network that is in use.
 *
 * Arcs have bounds lower ≤ flow ≤ upper and a flow that may change; an arc may be run up to `upper` and back to `lower`.
 * Nodes carry a label, and only arcs between nodes of the label at hand are used, so that a network falls into parts that
 * are worked on alone without being copied. Nothing is conserved by magic: what leaves `give` arrives in `take`, and every
 * other node keeps its balance. Whole numbers stay whole, so there is no epsilon.
 *
 * Dinic's method: a breadth-first search lays levels from the givers, then a depth-first search with a cursor per node
 * saturates the level graph, until no taker can be reached. O(n² m) at worst, a few passes over the part in sewers, where
 * the amounts are what a change has misplaced and the ways are short. The last search's levels are the minimum cut: `reached`
 * tells which nodes can be reached from what is left to give.
 *
 * Sources: Dinic, Soviet Math. Dokl. 11 (1970); Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 7.
 */
export class ResidualFlow {
  /** Per arc, in the caller's hands; bounds count from the next `load`. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly flow: Float64Array;
  /** Per node: the part it belongs to. */
  readonly label: Int32Array;
  /** Per node: what it has too much, and what it has room for. `send` uses both up. */
  readonly give: Float64Array;
  readonly take: Float64Array;

  private readonly tail: Int32Array;
  private readonly head: Int32Array;
  /** Arcs at node v are `incident[first[v] … first[v + 1] − 1]`: 2a where v is the tail, 2a + 1 where it is the head. */
  private readonly first: Int32Array;
  private readonly incident: Int32Array;
  private readonly level: Int32Array;
  private readonly cursor: Int32Array;
  private readonly queue: Int32Array;
  /** The way of the depth-first search: at most one arc for each node. */
  private readonly path: Int32Array;
  /** Members that had something to give when `send` began. */
  private readonly givers: Int32Array;
  private queued = 0;

  constructor(nodes: number, tail: Int32Array, head: Int32Array) {
    const arcs = tail.length;
    this.tail = tail;
    this.head = head;
    this.lower = new Float64Array(arcs);
    this.upper = new Float64Array(arcs);
    this.flow = new Float64Array(arcs);
    this.label = new Int32Array(nodes);
    this.give = new Float64Array(nodes);
    this.take = new Float64Array(nodes);
    this.level = new Int32Array(nodes).fill(-1);
    this.cursor = new Int32Array(nodes);
    this.queue = new Int32Array(nodes);
    this.path = new Int32Array(nodes);
    this.givers = new Int32Array(nodes);
    this.first = new Int32Array(nodes + 1);
    this.incident = new Int32Array(2 * arcs);
  }

  /** Takes in the bounds: only arcs that can change are looked at until the next call. */
  load(): void {
    const { first, incident, cursor, tail, head, lower, upper } = this;
    first.fill(0);
    for (let a = 0; a < tail.length; a++) {
      if (lower[a] === upper[a]) continue;
      first[tail[a]! + 1]!++;
      first[head[a]! + 1]!++;
    }
    for (let v = 0; v + 1 < first.length; v++) first[v + 1]! += first[v]!;
    cursor.set(first.subarray(0, cursor.length));
    for (let a = 0; a < tail.length; a++) {
      if (lower[a] === upper[a]) continue;
      incident[cursor[tail[a]!]!++] = 2 * a;
      incident[cursor[head[a]!]!++] = 2 * a + 1;
    }
  }

  /**
   * Sends as much as possible from `give` to `take` among the nodes listed and others of their label.
   *
   * @param members nodes whose `give` or `take` may be above 0, all of one label
   * @returns what is left to give; if that is above 0, `reached` tells the side of the minimum cut it can't leave
   */
  send(members: Int32Array, count: number): number {
    const { givers, give } = this;
    let many = 0;
    for (let k = 0; k < count; k++) if (give[members[k]!]! > 0) givers[many++] = members[k]!;
    while (this.search(givers, many, false)) {
      for (let k = 0; k < many; k++) {
        const v = givers[k]!;
        while (give[v]! > 0 && this.advance(v)) {
          // Each round sends one path's worth.
        }
      }
    }
    let left = 0;
    for (let k = 0; k < many; k++) left += give[givers[k]!]!;
    return left;
  }

  /**
   * Marks the nodes that can be reached from what is left in `give` or, backwards, the nodes that could still send to what
   * is left in `take`: all of them where no node of the other side is among them, which it tells by false.
   */
  search(members: Int32Array, count: number, backwards: boolean): boolean {
    const { level, queue, cursor, first, incident, tail, head, label, flow, lower, upper } = this;
    const from = backwards ? this.take : this.give;
    const to = backwards ? this.give : this.take;
    for (let k = 0; k < this.queued; k++) level[queue[k]!] = -1;
    let end = 0;
    let wanted = 0;
    for (let k = 0; k < count; k++) {
      const v = members[k]!;
      if (from[v]! > 0 && level[v] === -1) {
        level[v] = 0;
        cursor[v] = first[v]!;
        wanted += from[v]!;
        queue[end++] = v;
      }
    }
    // Once what was met could take all there is, there is no need to look further: the nearest takers are among it.
    let met = 0;
    for (let k = 0; k < end && met < wanted; k++) {
      const v = queue[k]!;
      met += to[v]!;
      for (let i = first[v]!, stop = first[v + 1]!; i < stop; i++) {
        const a = incident[i]! >> 1;
        // Out of v along the arc, or against it; when searching backwards, into v.
        const along = ((incident[i]! & 1) === 0) !== backwards;
        if (along ? flow[a]! >= upper[a]! : flow[a]! <= lower[a]!) continue;
        const w = (incident[i]! & 1) === 0 ? head[a]! : tail[a]!;
        if (level[w] !== -1 || label[w] !== label[v]) continue;
        level[w] = level[v]! + 1;
        cursor[w] = first[w]!;
        queue[end++] = w;
      }
    }
    this.queued = end;
    return met > 0;
  }

  /** Whether the last search reached a node. */
  reached(v: number): boolean {
    return this.level[v] !== -1;
  }

  /** Sends along one way of the level graph from `source`; false where there is none left. */
  private advance(source: number): boolean {
    const { level, cursor, first, incident, tail, head, flow, lower, upper, path, give, take } = this;
    let depth = 0;
    let v = source;
    while (!(take[v]! > 0)) {
      const stop = first[v + 1]!;
      let next = -1;
      for (; cursor[v]! < stop; cursor[v]!++) {
        const i = incident[cursor[v]!]!;
        const a = i >> 1;
        const w = (i & 1) === 0 ? head[a]! : tail[a]!;
        if (level[w] !== level[v]! + 1) continue;
        if ((i & 1) === 0 ? flow[a]! < upper[a]! : flow[a]! > lower[a]!) {
          path[depth++] = i;
          next = w;
          break;
        }
      }
      if (next !== -1) v = next;
      else if (depth === 0) return false;
      else {
        // A dead end: nothing leads on from v, so the arc that led here is passed over.
        const i = path[--depth]!;
        v = (i & 1) === 0 ? tail[i >> 1]! : head[i >> 1]!;
        cursor[v]!++;
      }
    }
    let amount = Math.min(give[source]!, take[v]!);
    for (let k = 0; k < depth; k++) {
      const i = path[k]!;
      const a = i >> 1;
      amount = Math.min(amount, (i & 1) === 0 ? upper[a]! - flow[a]! : flow[a]! - lower[a]!);
    }
    for (let k = 0; k < depth; k++) {
      const i = path[k]!;
      flow[i >> 1]! += (i & 1) === 0 ? amount : -amount;
    }
    give[source]! -= amount;
    take[v]! -= amount;
    return true;
  }
}
