/**
 * Sends flow from nodes that have too much to nodes that have room, along the arcs of a network that is in use.
 *
 * Arcs have bounds lower ≤ flow ≤ upper and a flow that may change; an arc may be run up to `upper` and back to `lower`.
 * Each call names its members, and only arcs between members are used, so that a network falls into parts that are worked on
 * alone without being copied. Nothing is conserved by magic: what leaves `give` arrives in `take`, and every other node keeps
 * its balance. Whole numbers stay whole, so there is no epsilon.
 *
 * Within, an arc is two half-arcs, one at each end, with the room that is left that way; those at a node lie side by side. The
 * caller's flow is read by `load` and written by `unload`.
 *
 * Shortest augmenting paths with distances that are kept. `measure` lays exact distances to the takers by a breadth-first search;
 * `drain` then walks from a giver, always one nearer. Where nothing nearer is left, a node's distance is raised to what its
 * neighbours allow. Distances never exceed the true ones, so where no node has a certain distance any more, all beyond it is cut
 * off. Then, and when raising has become half the work of measuring, everything is measured again, and what is cut off is found.
 *
 * O(n² m) at worst; in sewers some passes over the part, as amounts are what a change has misplaced. After `send`, `reached` tells
 * which nodes can be reached from what is left to give: a minimum cut.
 *
 * Sources: Ahuja & Orlin, Nav. Res. Logist. 38 (1991), for distances that are kept, and gaps in them; Ahuja, Magnanti & Orlin,
 * Network Flows (1993), ch. 7.
 */
const NONE = -1;
/** Distance of nodes that aren't members. */
const OUTSIDE = -2;
/** Distance of members from which no taker can be reached. */
const FAR = 2 ** 30;

export class ResidualFlow {
  /** Per arc, in the caller's hands; read by `load`. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly flow: Float64Array;
  /** Per node: what it has too much, and what it has room for. `send` uses both up. */
  readonly give: Float64Array;
  readonly take: Float64Array;

  /** Half-arcs at node v are `first[v] … first[v + 1] − 1`; of arcs that can change alone. */
  private readonly first: Int32Array;
  private readonly to: Int32Array;
  private readonly twin: Int32Array;
  private readonly room: Float64Array;
  /** Per arc: its half at the tail; NONE if it can't change. */
  private readonly half: Int32Array;
  /** To the nearest taker, at most; and how many members have each distance. */
  private readonly distance: Int32Array;
  private readonly having: Int32Array;
  private readonly cursor: Int32Array;
  private readonly queue: Int32Array;
  /** The way of the walk: at most one half-arc for each node. */
  private readonly path: Int32Array;
  /** Members that had something to give when `send` began. */
  private readonly givers: Int32Array;
  private readonly seen: Int32Array;
  private stamp = 0;
  /** Half-arcs that may be looked at to raise distances before they are measured again. */
  private patience = 0;

  /** @param beside a node that is never a member: arcs that end there aren't touched */
  constructor(
    nodes: number,
    private readonly tail: Int32Array,
    private readonly head: Int32Array,
    private readonly beside = NONE,
  ) {
    const arcs = tail.length;
    this.lower = new Float64Array(arcs);
    this.upper = new Float64Array(arcs);
    this.flow = new Float64Array(arcs);
    this.give = new Float64Array(nodes);
    this.take = new Float64Array(nodes);
    this.first = new Int32Array(nodes + 1);
    this.to = new Int32Array(2 * arcs);
    this.twin = new Int32Array(2 * arcs);
    this.room = new Float64Array(2 * arcs);
    this.half = new Int32Array(arcs);
    this.distance = new Int32Array(nodes).fill(OUTSIDE);
    this.having = new Int32Array(nodes + 1);
    this.cursor = new Int32Array(nodes);
    this.queue = new Int32Array(nodes);
    this.path = new Int32Array(nodes);
    this.givers = new Int32Array(nodes);
    this.seen = new Int32Array(nodes);
  }

  /** Takes in bounds and flow. */
  load(): void {
    const { first, to, twin, room, half, cursor, tail, head, beside, lower, upper, flow } = this;
    first.fill(0);
    for (let a = 0; a < tail.length; a++) {
      half[a] = NONE;
      if (lower[a] === upper[a] || head[a] === beside) continue;
      first[tail[a]! + 1]!++;
      first[head[a]! + 1]!++;
    }
    for (let v = 0; v + 1 < first.length; v++) first[v + 1]! += first[v]!;
    cursor.set(first.subarray(0, cursor.length));
    for (let a = 0; a < tail.length; a++) {
      if (lower[a] === upper[a] || head[a] === beside) continue;
      const i = cursor[tail[a]!]!++;
      const j = cursor[head[a]!]!++;
      half[a] = i;
      to[i] = head[a]!;
      to[j] = tail[a]!;
      twin[i] = j;
      twin[j] = i;
      room[i] = upper[a]! - flow[a]!;
      room[j] = flow[a]! - lower[a]!;
    }
  }

  /** Writes the flow back, for the same bounds. */
  unload(): void {
    const { upper, flow, half, room } = this;
    for (let a = 0; a < flow.length; a++) if (half[a] !== NONE) flow[a] = upper[a]! - room[half[a]!]!;
  }

  /**
   * Sends as much as possible from `give` to `take` among the members.
   *
   * @param members the first `count` are nodes, each named once
   * @returns what is left to give; `reached` tells the side of the minimum cut it can't leave
   */
  send(members: Int32Array, count: number): number {
    const { givers, give, distance } = this;
    let many = 0;
    for (let k = 0; k < count; k++) if (give[members[k]!]! > 0) givers[many++] = members[k]!;
    while (many > 0 && this.measure(members, count)) {
      let isPatient = true;
      for (let k = 0; k < many && isPatient; k++) isPatient = this.drain(givers[k]!);
      if (isPatient) break;
    }
    let left = 0;
    for (let k = 0; k < many; k++) left += give[givers[k]!]!;
    for (let k = 0; k < count; k++) distance[members[k]!] = OUTSIDE;
    this.search(members, left > 0 ? count : 0, false);
    return left;
  }

  /**
   * Marks the members that can be reached from what is left in `give` or, backwards, those that could still send to what is left
   * in `take`.
   */
  search(members: Int32Array, count: number, backwards: boolean): void {
    const { distance, queue, first, to, twin, room, seen } = this;
    const from = backwards ? this.take : this.give;
    const stamp = ++this.stamp;
    let end = 0;
    for (let k = 0; k < count; k++) {
      const v = members[k]!;
      distance[v] = FAR;
      if (!(from[v]! > 0)) continue;
      seen[v] = stamp;
      queue[end++] = v;
    }
    for (let k = 0; k < end; k++) {
      const v = queue[k]!;
      for (let i = first[v]!, stop = first[v + 1]!; i < stop; i++) {
        if (!(room[backwards ? twin[i]! : i]! > 0)) continue;
        const w = to[i]!;
        if (seen[w] === stamp || distance[w] === OUTSIDE) continue;
        seen[w] = stamp;
        queue[end++] = w;
      }
    }
    for (let k = 0; k < count; k++) distance[members[k]!] = OUTSIDE;
  }

  /** Whether the last search, or that of `send` for what is left, reached a node. */
  reached(v: number): boolean {
    return this.seen[v] === this.stamp;
  }

  /** Measures the members' distances to takers, no further than givers are; false where none of these can reach a taker. */
  private measure(members: Int32Array, count: number): boolean {
    const { distance, having, cursor, queue, first, to, twin, room, give, take } = this;
    let end = 0;
    let wanted = 0;
    let met = 0;
    having.fill(0, 0, count + 1);
    for (let k = 0; k < count; k++) {
      const v = members[k]!;
      const isGiver = give[v]! > 0;
      if (isGiver) wanted += 1;
      cursor[v] = first[v]!;
      distance[v] = FAR;
      if (!(take[v]! > 0)) continue;
      distance[v] = 0;
      queue[end++] = v;
      if (isGiver) met += 1;
    }
    having[0] = end;
    let work = count;
    for (let k = 0; k < end && met < wanted; k++) {
      const v = queue[k]!;
      const next = distance[v]! + 1;
      const stop = first[v + 1]!;
      work += stop - first[v]!;
      for (let i = first[v]!; i < stop; i++) {
        const w = to[i]!;
        if (distance[w] !== FAR || !(room[twin[i]!]! > 0)) continue;
        distance[w] = next;
        having[next]!++;
        queue[end++] = w;
        if (give[w]! > 0) met += 1;
      }
    }
    this.patience = work >> 1;
    if (met === wanted && end > 0) {
      // What wasn't met is no nearer than the giver that was met last.
      const least = distance[queue[end - 1]!]!;
      for (let k = 0; k < count; k++) if (distance[members[k]!] === FAR) distance[members[k]!] = least;
      having[least]! += count - end;
    }
    return met > 0;
  }

  /** Sends from one giver until it has nothing left or is cut off; false where distances should be measured again. */
  private drain(source: number): boolean {
    const { distance, cursor, first, to, twin, room, path, give, take } = this;
    let depth = 0;
    let v = source;
    while (give[source]! > 0 && distance[source]! < FAR) {
      if (take[v]! > 0) {
        let amount = Math.min(give[source]!, take[v]!);
        for (let k = 0; k < depth; k++) amount = Math.min(amount, room[path[k]!]!);
        // Goes on from where the way is full first.
        let full = depth;
        for (let k = depth - 1; k >= 0; k--) {
          const i = path[k]!;
          room[twin[i]!]! += amount;
          if ((room[i]! -= amount) === 0) full = k;
        }
        give[source]! -= amount;
        take[v]! -= amount;
        if (full < depth) {
          depth = full;
          v = to[twin[path[full]!]!]!;
        }
        continue;
      }
      const near = distance[v]! - 1;
      const stop = first[v + 1]!;
      let i = cursor[v]!;
      while (i < stop && !(distance[to[i]!] === near && room[i]! > 0)) i++;
      cursor[v] = i;
      if (i < stop) {
        path[depth++] = i;
        v = to[i]!;
        continue;
      }
      if (!this.raise(v) || this.patience < 0) return false;
      if (depth > 0) v = to[twin[path[--depth]!]!]!;
    }
    return true;
  }

  /** Raises a node's distance to what its neighbours allow; false where that cuts off all that is as far, and the giver with it. */
  private raise(v: number): boolean {
    const { distance, having, cursor, first, to, room } = this;
    const old = distance[v]!;
    let least = FAR;
    const stop = first[v + 1]!;
    for (let i = first[v]!; i < stop; i++) {
      const d = distance[to[i]!]!;
      if (d < least && d >= 0 && room[i]! > 0) least = d;
    }
    this.patience -= stop - first[v]!;
    cursor[v] = first[v]!;
    if (least < FAR) having[++least]!++;
    distance[v] = least;
    return --having[old]! > 0;
  }
}
