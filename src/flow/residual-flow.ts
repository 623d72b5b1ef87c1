/**
 * Sends flow from nodes that have too much to nodes that have room, along the arcs of a network that is in use.
 *
 * Arcs have bounds lower ≤ flow ≤ upper and a flow that may change; an arc may be run up to `upper` and back to `lower`.
 * Each call names its members, and only arcs between members are used, so that a network falls into parts that are worked on
 * alone without being copied. Nothing is conserved by magic: what leaves `give` arrives in `take`, or is stopped on its way. Whole numbers stay
 * whole, so there is no epsilon.
 *
 * Within, an arc is two half-arcs, one at each end, with the room that is left that way; those at a node lie side by side. The
 * caller's flow is read by `load` and written by `unload`.
 *
 * Push and relabel. Exact distances to the takers are laid by a breadth-first search, and what is too much runs down that search's tree at
 * once. What is stopped there is pushed on from node to node, the farthest first, always one nearer; where nothing nearer is left, the node's
 * distance is raised to what its neighbours allow. A node that is raised again and again waits for the distances to be laid anew, which is done when
 * nothing else is left or raising has become as much work.
 *
 * O(n² m) at worst; in sewers some passes over the part, as amounts are what a change has misplaced. After `send`, `reached` tells
 * which nodes can be reached from what is left to give: a minimum cut.
 *
 * Sources: Goldberg & Tarjan, J. ACM 35 (1988); Cherkassky & Goldberg, Algorithmica 19 (1997), for distances laid anew.
 */
const NONE = -1;
/** Distance of nodes that aren't members. */
const OUTSIDE = -2;
/** Distance of members from which no taker can be reached. */
const FAR = 2 ** 30;
/** Times that a node is raised before it waits for distances to be laid anew; half as often or without end is slower. */
const RAISES = 4;

/** What is moved, where it ends, and the room of each half-arc and its twin: water to takers, or what takers want to givers. */
interface Way {
  readonly excess: Float64Array;
  readonly takes: Float64Array;
  readonly room: Float64Array;
  readonly back: Float64Array;
}

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
  /** The room of its twin, kept beside its own so that searches against the flow needn't look elsewhere. */
  private readonly back: Float64Array;
  /** Per arc: its half at the tail; NONE if it can't change. */
  private readonly half: Int32Array;
  /** To the nearest taker, at most. */
  private readonly distance: Int32Array;
  /** The half-arc of a node that leads one nearer, as the last search found it. */
  private readonly nearer: Int32Array;
  private readonly cursor: Int32Array;
  private readonly queue: Int32Array;
  private readonly seen: Int32Array;
  private stamp = 0;
  private taken = 0;
  /** Times that a node was raised since distances were laid. */
  private readonly raised: Uint8Array;
  /** Nodes with something too much, by distance: the first of each, and the one after each. */
  private readonly waiting: Int32Array;
  private readonly after: Int32Array;
  private highest = NONE;
  /** Half-arcs that may still be looked at to raise distances before they are laid anew. */
  private patience = 0;
  /** What takers wanted, what of it is wanted elsewhere now, and whose that is. */
  private readonly wanted: Float64Array;
  private readonly astray: Float64Array;
  private readonly owed: Float64Array;

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
    this.back = new Float64Array(2 * arcs);
    this.half = new Int32Array(arcs);
    this.distance = new Int32Array(nodes).fill(OUTSIDE);
    this.nearer = new Int32Array(nodes);
    this.cursor = new Int32Array(nodes);
    this.queue = new Int32Array(nodes);
    this.seen = new Int32Array(nodes);
    this.raised = new Uint8Array(nodes);
    this.waiting = new Int32Array(nodes).fill(NONE);
    this.after = new Int32Array(nodes);
    this.wanted = new Float64Array(nodes);
    this.astray = new Float64Array(nodes);
    this.owed = new Float64Array(nodes);
  }

  /** Takes in bounds and flow. */
  load(): void {
    const { first, to, twin, room, back, half, cursor, tail, head, beside, lower, upper, flow } = this;
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
      room[i] = back[j] = upper[a]! - flow[a]!;
      room[j] = back[i] = flow[a]! - lower[a]!;
    }
  }

  /** Writes the flow back, for the same bounds. */
  unload(): void {
    const { upper, flow, half, room } = this;
    for (let a = 0; a < flow.length; a++) if (half[a] !== NONE) flow[a] = upper[a]! - room[half[a]!]!;
  }

  /**
   * Sends as much as possible from `give` to `take` among the members. What can't be sent may have left its giver: it is in the `give` of
   * the node where it is stopped.
   *
   * @param members the first `count` are nodes, each named once
   * @returns what is left to give; `reached` tells the least side of a minimum cut that it can't leave
   */
  send(members: Int32Array, count: number): number {
    const { give, take, room, back } = this;
    const left = this.route(members, count, { excess: give, takes: take, room, back });
    this.search(members, left > 0 ? count : 0, false);
    return left;
  }

  /**
   * Fetches as much as possible for `take` from `give`, as `send` does from the other end: nothing leaves its giver that doesn't arrive. What
   * can't be fetched may be wanted elsewhere: it is in the `take` of the node from which it could be fetched no further.
   *
   * @returns what is left to take; `reached` tells the nodes that could still send there
   */
  fetch(members: Int32Array, count: number): number {
    const { give, take, room, back, wanted } = this;
    for (let k = 0; k < count; k++) wanted[members[k]!] = take[members[k]!]!;
    const left = this.route(members, count, { excess: take, takes: give, room: back, back: room });
    this.search(members, left > 0 ? count : 0, true);
    return left;
  }

  /** Undoes what the last `fetch`, for the same members, did for water that wasn't to be had: it is wanted again where it was. */
  putBack(members: Int32Array, count: number): void {
    const { take, room, back, wanted, astray, owed } = this;
    for (let k = 0; k < count; k++) {
      const v = members[k]!;
      const more = take[v]! - wanted[v]!;
      astray[v] = more > 0 ? more : 0;
      owed[v] = more < 0 ? -more : 0;
    }
    this.route(members, count, { excess: astray, takes: owed, room: back, back: room });
    for (let k = 0; k < count; k++) {
      const v = members[k]!;
      take[v] = wanted[v]! - owed[v]!;
    }
  }

  /**
   * Marks the members that can be reached from what is left in `give` or, backwards, those that could still send to what is left
   * in `take`.
   */
  private search(members: Int32Array, count: number, backwards: boolean): void {
    const { distance, queue, first, to, seen } = this;
    const from = backwards ? this.take : this.give;
    const room = backwards ? this.back : this.room;
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
        if (!(room[i]! > 0)) continue;
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

  /** Moves all that can along a way; how much is left comes back. */
  private route(members: Int32Array, count: number, way: Way): number {
    const { distance } = this;
    let left = 0;
    for (let k = 0; k < count; k++) {
      distance[members[k]!] = 0;
      left += way.excess[members[k]!]!;
    }
    this.taken = 0;
    if (left > 0) while (this.measure(members, count, way)) this.discharge(way);
    for (let k = 0; k < count; k++) distance[members[k]!] = OUTSIDE;
    return left - this.taken;
  }

  /**
   * Lays the members' distances to takers, no further than there is something too much, lets that run down the tree of the search and lines up
   * what is stopped; false where nothing that is too much can reach a taker.
   */
  private measure(members: Int32Array, count: number, way: Way): boolean {
    const { distance, nearer, cursor, queue, seen, first, to, twin, raised } = this;
    const { excess, takes, back } = way;
    let end = 0;
    let many = 0;
    const stamp = ++this.stamp;
    for (let k = 0; k < count; k++) {
      const v = members[k]!;
      if (takes[v]! > 0) {
        const amount = Math.min(excess[v]!, takes[v]!);
        excess[v]! -= amount;
        takes[v]! -= amount;
        this.taken += amount;
        if (takes[v]! > 0) {
          seen[v] = stamp;
          distance[v] = 0;
          queue[end++] = v;
        }
      }
      if (excess[v]! > 0 && distance[v]! < FAR) many += 1;
      cursor[v] = first[v]!;
      raised[v] = 0;
    }
    if (many === 0) return false;
    let met = 0;
    let work = count;
    for (let k = 0; k < end && met < many; k++) {
      const v = queue[k]!;
      const next = distance[v]! + 1;
      const stop = first[v + 1]!;
      work += stop - first[v]!;
      for (let i = first[v]!; i < stop; i++) {
        const w = to[i]!;
        if (seen[w] === stamp || distance[w] === OUTSIDE || !(back[i]! > 0)) continue;
        seen[w] = stamp;
        distance[w] = next;
        nearer[w] = twin[i]!;
        queue[end++] = w;
        if (excess[w]! > 0) met += 1;
      }
    }
    if (met === 0) return false;
    // What wasn't met is no nearer than what was met last, and no nearer than it was; or cut off where all that can be met was.
    const least = met === many ? distance[queue[end - 1]!]! : FAR;
    for (let k = 0; k < count; k++) {
      const v = members[k]!;
      if (seen[v] !== stamp && distance[v]! < least) distance[v] = least;
    }
    this.patience = work;
    this.highest = NONE;
    for (let k = end - 1; k >= 0; k--) {
      const v = queue[k]!;
      if (!(excess[v]! > 0)) continue;
      if (distance[v]! > 0) this.push(v, nearer[v]!, way);
      if (excess[v]! > 0) this.lineUp(v);
    }
    return true;
  }

  private lineUp(v: number): void {
    const { waiting, after } = this;
    const far = this.distance[v]!;
    after[v] = waiting[far]!;
    waiting[far] = v;
    if (far > this.highest) this.highest = far;
  }

  /** Sends along a half-arc what is too much at its start; what arrives is taken, or too much there. */
  private push(v: number, i: number, { excess, takes, room, back }: Way): void {
    const w = this.to[i]!;
    const j = this.twin[i]!;
    const amount = Math.min(excess[v]!, room[i]!);
    back[j] = room[i]! -= amount;
    room[j] = back[i]! += amount;
    excess[v]! -= amount;
    const taken = Math.min(amount, takes[w]!);
    takes[w]! -= taken;
    this.taken += taken;
    excess[w]! += amount - taken;
  }

  /** Pushes on what is too much until nothing is left that may be raised. */
  private discharge(way: Way): void {
    const { waiting, after, distance, cursor, first, to, raised } = this;
    const { excess, room } = way;
    while (this.highest >= 0) {
      const v = waiting[this.highest]!;
      if (v === NONE) {
        this.highest -= 1;
        continue;
      }
      waiting[this.highest] = after[v]!;
      const stop = first[v + 1]!;
      while (excess[v]! > 0) {
        const near = distance[v]! - 1;
        let i = cursor[v]!;
        while (i < stop && !(distance[to[i]!] === near && room[i]! > 0)) i++;
        cursor[v] = i;
        if (i < stop) {
          const w = to[i]!;
          const isNew = excess[w] === 0;
          this.push(v, i, way);
          if (isNew && excess[w]! > 0) this.lineUp(w);
          continue;
        }
        if (raised[v]! >= RAISES || this.patience < 0) break;
        this.raise(v, room);
        if (distance[v] === FAR) break;
      }
    }
  }

  /** Raises a node's distance to what its neighbours allow. */
  private raise(v: number, room: Float64Array): void {
    const { distance, cursor, first, to, raised } = this;
    let least = FAR;
    const stop = first[v + 1]!;
    for (let i = first[v]!; i < stop; i++) {
      const d = distance[to[i]!]!;
      if (d < least && d >= 0 && room[i]! > 0) least = d;
    }
    this.patience -= stop - first[v]!;
    raised[v]! += 1;
    cursor[v] = first[v]!;
    // The longest way leads through each node once.
    distance[v] = least + 1 < distance.length ? least + 1 : FAR;
  }
}
