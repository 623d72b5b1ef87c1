/**
 * Brings an optimal flow up to date after bounds and supplies have changed: a dual network simplex for several costs, each
 * minimised among the optima of those before it.
 *
 * Arcs have a flow from 0 to `upper`; costs are whole, one array for each stage k, with potentials π such that the reduced
 * cost is r_k(a) = cost_k[a] + π_k[tail] − π_k[head]. What counts of an arc is the first stage at which its reduced cost isn't
 * 0, its lead. Invariants:
 *   - basic arcs form a forest and have reduced cost 0 in every stage; their flow is what balances the nodes;
 *   - any other arc rests at 0 if the reduced cost at its lead is positive, at `upper` if it is negative, whatever `upper` is:
 *     so a change of bounds or supplies never makes the potentials wrong;
 *   - held arcs carry what the caller gave them. Their reduced costs are 0 in the first `early` stages, and of no account later.
 * A flow within bounds that has these properties is lexicographically optimal (complementary slackness, stage by stage) among
 * those that keep what is held; it is the only one if no arc that could carry something has a lead of 0.
 *
 * A pivot takes a basic arc whose flow is out of bounds, or a tree of the forest that doesn't balance, and lets the arc enter
 * that joins the part beyond it (S) to the rest at the least reduced cost, compared stage by stage. Potentials of S shift by
 * that, in all stages at once. As held arcs must keep reduced cost 0 in early stages, S may shift in these only where no held
 * arc could take part instead. Where several arcs are as good the optimum may not be unique, and the method gives up, as it does
 * where no arc can enter or where it becomes more work than to solve anew.
 *
 * Each pivot raises the dual objective lexicographically, so the method ends. O(arcs at S, times stages where reduced costs tie)
 * per pivot and O(n + m) for the start; what it allocates doesn't grow with the network.
 *
 * Sources: Ali, Padman & Thiagarajan, Oper. Res. 37 (1989) 159–171, for the dual method on networks; Isermann, Oper. Res. Spektrum
 * 4 (1982) 223–228, for lexicographic linear programs.
 */
import { arcsAt } from "../adjacency.js";

import { PartsInOrder } from "./parts-in-order.js";

const NONE = -1;
/** Arcs looked at, as a multiple of all arcs, before solving anew is the better choice. */
const PATIENCE = 100;
const MAX = Number.MAX_SAFE_INTEGER;

/** An optimum to start from, and what it was found with. */
export interface Optimum {
  /** Per stage: whole costs of the arcs, and potentials of the nodes. The latter are rewritten by pivots. */
  readonly costs: readonly Float64Array[];
  readonly potentials: readonly Float64Array[];
  /** How many of the stages come before the flow of held arcs was decided. */
  readonly early: number;
  /** Whether an arc may still change. */
  readonly isFree: (a: number) => boolean;
  /** Arcs that evening out has decided on, and other ways to the ground. */
  readonly sinks: readonly number[];
  readonly reliefs: readonly number[];
  /** Per node, its part by falling level; undefined where nothing was evened out. */
  readonly parts: ArrayLike<number> | undefined;
  /** Largest flow per arc. */
  readonly upper: ArrayLike<number>;
}

export class LexicographicDual {
  private costs: readonly Float64Array[] = [];
  private potentials: readonly Float64Array[] = [];
  private early = 0;
  readonly flow: Float64Array;
  readonly isBasic: Uint8Array;
  readonly isHeld: Uint8Array;
  /** Arcs that have to be held whenever their reduced costs are 0 in all early stages. */
  private readonly isSink: Uint8Array;
  /** Per arc that isn't basic: ± the number of its lead, counted from 1, with the sign of the reduced cost; 0 if there is none. */
  readonly lead: Int16Array;
  readonly parts: PartsInOrder;
  /** Per node that is the root of a tree: what is left over in the tree. */
  private readonly surplus: Float64Array;

  private readonly first: Int32Array;
  private readonly incident: Int32Array;
  private readonly parent: Int32Array;
  private readonly pred: Int32Array;
  private readonly order: Int32Array;
  private readonly inside: Int32Array;
  private readonly members: Int32Array;
  private stamp = 0;
  private work = 0;

  /**
   * @param upper largest flow per arc, and what each node gives: the caller's, read at each start
   */
  constructor(
    readonly nodes: number,
    private readonly tail: Int32Array,
    private readonly head: Int32Array,
    private readonly ground: number,
    private readonly upper: Float64Array,
    private readonly supply: Float64Array,
    flow: Float64Array,
  ) {
    const arcs = tail.length;
    this.flow = flow;
    this.isBasic = new Uint8Array(arcs);
    this.isHeld = new Uint8Array(arcs);
    this.isSink = new Uint8Array(arcs);
    this.lead = new Int16Array(arcs);
    this.parts = new PartsInOrder(nodes);
    this.surplus = new Float64Array(nodes);
    this.parent = new Int32Array(nodes);
    this.pred = new Int32Array(nodes);
    this.order = new Int32Array(nodes);
    this.inside = new Int32Array(nodes);
    this.members = new Int32Array(nodes);
    ({ first: this.first, list: this.incident } = arcsAt(nodes, tail, head));
  }

  /** Reduced cost of an arc in a stage. */
  private reduced(a: number, k: number): number {
    const pi = this.potentials[k]!;
    return this.costs[k]![a]! + pi[this.tail[a]!]! - pi[this.head[a]!]!;
  }

  /** Whether an arc's reduced costs are 0 in all early stages. */
  isTight(a: number): boolean {
    const lead = this.lead[a]!;
    return this.isBasic[a] === 1 || lead === 0 || lead > this.early || -lead > this.early;
  }

  /** Finds the lead of an arc anew. */
  private appraise(a: number): void {
    const stages = this.costs.length;
    for (let k = 0; k < stages; k++) {
      const r = this.reduced(a, k);
      if (r === 0) continue;
      this.lead[a] = r > 0 ? k + 1 : -(k + 1);
      return;
    }
    this.lead[a] = 0;
  }

  /** Takes in an optimum; `flow` holds its flow. */
  adopt({ costs, potentials, early, isFree, sinks, reliefs, parts, upper }: Optimum): void {
    const { isBasic, isHeld, isSink, flow, tail, head, ground } = this;
    this.costs = costs;
    this.potentials = potentials;
    this.early = early;
    isHeld.fill(0);
    isSink.fill(0);
    for (const a of sinks) isSink[a] = 1;
    for (let a = 0; a < flow.length; a++) {
      isBasic[a] = isFree(a) && isSink[a] === 0 ? 1 : 0;
      if (isBasic[a] === 1) this.lead[a] = 0;
      else this.appraise(a);
    }
    let relief = Infinity;
    if (parts !== undefined)
      for (const a of reliefs) if (this.isTight(a) && flow[a]! < upper[a]!) relief = Math.min(relief, parts[tail[a]!]!);
    this.parts.adopt(parts, relief, ground);
    const { of } = this.parts;
    for (let a = 0; a < flow.length; a++) {
      if (isSink[a] === 1 || of[tail[a]!] === of[head[a]!] || !this.isTight(a)) continue;
      isHeld[a] = 1;
      isBasic[a] = 0;
    }
  }

  /** Keeps what is known now; what comes back brings it back, as often as it is called. */
  bookmark(): () => void {
    const { costs, potentials, early } = this;
    const toParts = this.parts.bookmark();
    const kept = [this.flow, this.isBasic, this.isHeld, this.lead, ...potentials].map(
      (array) => [array, array.slice()] as const,
    );
    return () => {
      for (const [array, copy] of kept) array.set(copy);
      toParts();
      this.costs = costs;
      this.potentials = potentials;
      this.early = early;
    };
  }

  /** Whether an arc could carry something else without costing any of the first `stages`, or what is held, anything. */
  isOpen(a: number, stages: number): boolean {
    const lead = Math.abs(this.lead[a]!);
    if (this.upper[a] === 0 || this.isHeld[a] === 1) return false;
    return this.isBasic[a] === 1 || lead === 0 || lead > stages;
  }

  /** Holds those of a sink's arcs that reduced costs don't keep at a bound; the others are put there. */
  holdSink(arcs: readonly number[]): void {
    for (const a of arcs) {
      this.isHeld[a] = this.isTight(a) ? 1 : 0;
      if (this.isHeld[a] === 0) this.flow[a] = this.atRest(a);
    }
  }

  /** What a sink takes in arcs that aren't held, and how much more it could take in those that are. */
  rangeOf(arcs: readonly number[]): readonly [fixed: number, open: number] {
    let [fixed, open] = [0, 0];
    for (const a of arcs) {
      if (this.isHeld[a] === 1) open += this.upper[a]!;
      else fixed += this.flow[a]!;
    }
    return [fixed, open];
  }

  /** Writes what a sink takes to those of its arcs that are held: they fill in order. */
  fill(arcs: readonly number[], amount: number): void {
    for (const a of arcs) {
      if (this.isHeld[a] === 0) continue;
      this.flow[a] = Math.min(amount, this.upper[a]!);
      amount -= this.flow[a];
    }
  }

  /**
   * Puts every arc where the present bounds and its reduced costs want it, and sends what the nodes give along the forest.
   *
   * @param anchors nodes that shall be roots where they can
   * @returns false where some arc could as well rest at either bound
   */
  place(anchors: Iterable<number>): boolean {
    const { tail, head, upper, flow, lead, isBasic, isHeld, isSink, surplus } = this;
    const open: number[] = [];
    surplus.set(this.supply);
    for (let a = 0; a < flow.length; a++) {
      if (isBasic[a] === 1) {
        flow[a] = 0;
        continue;
      }
      if (isHeld[a] === 0) {
        flow[a] = this.atRest(a);
        if (lead[a] === 0 && upper[a] !== 0) open.push(a);
      } else if (isSink[a] === 0) flow[a] = this.between(a);
      const f = flow[a]!;
      if (f === 0) continue;
      surplus[tail[a]!]! -= f;
      surplus[head[a]!]! += f;
    }
    this.plant(anchors);
    const { order, parent, pred } = this;
    for (let k = order.length - 1; k >= 0; k--) {
      const v = order[k]!;
      const a = pred[v]!;
      if (a === NONE) continue;
      const f = surplus[v]!;
      surplus[v] = 0;
      surplus[parent[v]!]! += f;
      flow[a] = tail[a] === v ? f : 0 - f;
    }
    this.work = 0;
    return open.every((a) => this.join(a));
  }

  /** Finds the trees of the forest. */
  private plant(anchors: Iterable<number>): void {
    const { order, parent, inside } = this;
    const stamp = ++this.stamp;
    let count = 0;
    const grow = (root: number) => {
      if (inside[root] === stamp) return;
      inside[root] = stamp;
      parent[root] = NONE;
      this.pred[root] = NONE;
      const begin = count;
      order[count++] = root;
      count = this.spread(begin, count, order, stamp, NONE);
    };
    grow(this.ground);
    for (const v of anchors) grow(v);
    for (let v = 0; v < this.nodes; v++) grow(v);
  }

  /** Adds to `list` all that basic arcs join to its members from `begin` on, not counting `but`, and makes it their children. */
  private spread(begin: number, end: number, list: Int32Array, stamp: number, but: number): number {
    const { first, incident, tail, head, isBasic, inside } = this;
    for (let k = begin; k < end; k++) {
      const v = list[k]!;
      for (let i = first[v]!, stop = first[v + 1]!; i < stop; i++) {
        const a = incident[i]!;
        if (isBasic[a] === 0 || a === but) continue;
        const w = tail[a] === v ? head[a]! : tail[a]!;
        if (inside[w] === stamp) continue;
        inside[w] = stamp;
        if (but === NONE) {
          this.parent[w] = v;
          this.pred[w] = a;
        }
        list[end++] = w;
      }
    }
    return end;
  }

  /** What is left over in the tree of a root; nothing for other nodes. */
  leftAt(v: number): number {
    return this.pred[v] === NONE ? this.surplus[v]! : 0;
  }

  /** Gives a node more (or less) to send to its root. */
  add(v: number, amount: number): void {
    const { parent, pred, tail, flow } = this;
    for (let a = pred[v]!; a !== NONE; a = pred[v]!) {
      flow[a]! += tail[a] === v ? amount : -amount;
      v = parent[v]!;
    }
    this.surplus[v]! += amount;
  }

  /**
   * Pivots until every basic flow is within its bounds and every tree balances but those `spared`; `atMost` so many times.
   *
   * @returns false where that can't be done, or isn't sure to be the only optimum; all is then to be solved anew
   */
  mend(isSpared: (root: number) => boolean, atMost = Infinity): boolean {
    for (let k = 0; k < atMost; k++) {
      const v = this.worst(isSpared);
      if (v === NONE) return true;
      if (this.work > PATIENCE * this.flow.length || !this.pivot(v)) return false;
    }
    return true;
  }

  /** Whether the flow has all that makes it the only optimum, but for what held arcs carry. */
  isOptimal(): boolean {
    const { flow, upper, isBasic, isHeld, lead } = this;
    for (let a = 0; a < flow.length; a++) {
      const f = flow[a]!;
      if (f < 0 || f > upper[a]!) return false;
      if (isBasic[a] === 1 || upper[a] === 0) continue;
      if (isHeld[a] === 1 ? !this.isTight(a) : lead[a] === 0 || f !== this.atRest(a)) return false;
    }
    return true;
  }

  /**
   * Whether the parts prove that sinks are even: of arcs that cost the early stages nothing, none has room from a part to a later one,
   * and nothing comes back.
   */
  isInOrder(): boolean {
    const { tail, head, upper, flow, isSink, parts } = this;
    for (let a = 0; a < flow.length; a++) {
      if (upper[a] === 0 || isSink[a] === 1 || !this.isTight(a)) continue;
      // The ground is of part 0, which comes last.
      const from = parts.rankOf(tail[a]!);
      const to = parts.rankOf(head[a]!);
      if (from < to ? flow[a] !== upper[a] : from > to && flow[a] !== 0) return false;
    }
    return true;
  }

  /** Makes one part of all from one rank to another; false where that isn't sure to leave a unique optimum. */
  merge(from: number, to: number): boolean {
    const count = this.parts.collect(from, to, this.members);
    return this.rename(this.members, count, this.parts.named(from));
  }

  /** The node whose way to its parent, or whose tree, is most out of order. */
  private worst(isSpared: (root: number) => boolean): number {
    const { pred, flow, upper, surplus, ground } = this;
    let most = 0;
    let worst = NONE;
    for (let v = 0; v < pred.length; v++) {
      const a = pred[v]!;
      let off: number;
      if (a === NONE) {
        off = surplus[v]!;
        if (off < 0) off = -off;
        if (off > most && (v === ground || isSpared(v))) continue;
      } else {
        const f = flow[a]!;
        off = f < 0 ? -f : f - upper[a]!;
      }
      if (off > most) {
        most = off;
        worst = v;
      }
    }
    this.work += pred.length >> 2;
    return worst;
  }

  /** What an arc carries that its reduced costs keep at a bound. */
  private atRest(a: number): number {
    return this.lead[a]! < 0 ? this.upper[a]! : 0;
  }

  /** What an arc carries from one part to another: all it can from higher to lower, nothing back. */
  private between(a: number): number {
    const from = this.parts.rankOf(this.tail[a]!);
    const to = this.parts.rankOf(this.head[a]!);
    return from < to ? this.upper[a]! : 0;
  }

  private pivot(out: number): boolean {
    const { tail, head, upper, flow, lead, isBasic, isHeld, isSink, inside, members, first, incident, parts } = this;
    const part = parts.of;
    const leaving = this.pred[out]!;
    // What S has too much (or too little) once the arc that leaves is at the bound it has passed.
    let excess = this.surplus[out]!;
    let rest = 0;
    if (leaving !== NONE) {
      const f = flow[leaving]!;
      rest = f < 0 ? 0 : upper[leaving]!;
      excess = tail[leaving] === out ? f - rest : rest - f;
    }
    const stamp = ++this.stamp;
    inside[out] = stamp;
    members[0] = out;
    const count = this.spread(0, 1, members, stamp, leaving);

    let best = NONE;
    // A sink of S whose level can rise (or fall), and the next part above (or below) that S could be joined to instead.
    let sink = NONE;
    let next = NONE;
    const isHigher = excess > 0;
    const own = parts.rankOf(out);
    for (let j = 0; j < count; j++) {
      const v = members[j]!;
      this.work += first[v + 1]! - first[v]!;
      for (let i = first[v]!, stop = first[v + 1]!; i < stop; i++) {
        const a = incident[i]!;
        if (a === leaving || upper[a] === 0) continue;
        const isOut = tail[a] === v;
        const w = isOut ? head[a]! : tail[a]!;
        if (inside[w] === stamp) continue;
        if (isOut === isHigher ? flow[a] === upper[a] : flow[a] === 0) continue;
        if (isHeld[a] === 0) {
          if (best === NONE || this.isLess(a, best)) best = a;
        } else if (isSink[a] === 1) sink = a;
        else {
          const other = parts.rankOf(w);
          if (other < own !== isHigher) return false;
          if (next === NONE || other < parts.rankBy(next) !== isHigher) next = part[w]!;
        }
      }
    }
    const isEarly = best === NONE || Math.abs(lead[best]!) <= this.early;
    if (isEarly && sink !== NONE) {
      // No way is left that costs the early stages nothing: the sinks of S run at a level of their own.
      this.cutOff(out, leaving, rest, excess, tail[sink]!);
      return this.rename(members, count, parts.insert(isHigher ? own : own + 1));
    }
    if (isEarly && next !== NONE) {
      this.cutOff(out, leaving, rest, excess, out);
      return this.rename(members, count, next);
    }
    if (best === NONE) return false;

    const entry = inside[tail[best]!] === stamp ? tail[best]! : head[best]!;
    const beyond = entry === tail[best] ? head[best]! : tail[best]!;
    for (let k = 0; k < this.costs.length; k++) {
      const r = this.reduced(best, k);
      if (r === 0) continue;
      const by = entry === tail[best] ? -r : r;
      const pi = this.potentials[k]!;
      for (let j = 0; j < count; j++) if (Math.abs((pi[members[j]!]! += by)) > MAX / 4) return false;
    }
    // A sink that nothing keeps at its bound any more is held instead, and S runs at a level of its own.
    const isNewLevel = isSink[best] === 1;
    this.cutOff(out, leaving, rest, excess, isNewLevel ? entry : out);
    if (isNewLevel) isHeld[best] = 1;
    else isBasic[best] = 1;
    lead[best] = 0;
    let isTied = false;
    for (let j = 0; j < count; j++) {
      const v = members[j]!;
      for (let i = first[v]!, stop = first[v + 1]!; i < stop; i++) {
        const a = incident[i]!;
        if (inside[tail[a] === v ? head[a]! : tail[a]!] === stamp || isBasic[a] === 1) continue;
        this.appraise(a);
        if (isHeld[a] === 1 || isSink[a] === 1) isHeld[a] = this.isTight(a) ? 1 : 0;
        else isTied ||= lead[a] === 0;
      }
    }
    if (!isNewLevel) this.hang(entry, beyond, best);
    if (isEarly) return this.rename(members, count, isNewLevel ? parts.insert(0) : part[beyond]!);
    return !isTied || this.rename(members, count, part[out]!);
  }

  /** Parts S from its tree, with what it has too much, and makes `root` its root. */
  private cutOff(out: number, leaving: number, rest: number, excess: number, root: number): void {
    const { parent, pred, flow, isBasic, surplus } = this;
    if (leaving !== NONE) {
      const above = parent[out]!;
      isBasic[leaving] = 0;
      this.appraise(leaving);
      flow[leaving] = rest;
      pred[out] = NONE;
      parent[out] = NONE;
      surplus[out] = excess;
      this.add(above, -excess);
    }
    this.reroot(root);
  }

  /** Turns round the way from a node to the root of its tree, and leads to the node what the tree has left over. */
  private reroot(v: number): void {
    const { parent, pred, surplus } = this;
    let up = NONE;
    let by = NONE;
    let u = v;
    for (;;) {
      const [next, way] = [parent[u]!, pred[u]!];
      parent[u] = up;
      pred[u] = by;
      if (way === NONE) break;
      up = u;
      by = way;
      u = next;
    }
    const left = surplus[u]!;
    surplus[u] = 0;
    this.add(u, left);
  }

  /** Hangs the tree of `v` on the node `w` by an arc, over which what the tree has left over is led. */
  private hang(v: number, w: number, by: number): void {
    const { parent, pred, surplus } = this;
    this.reroot(v);
    const left = surplus[v]!;
    surplus[v] = 0;
    parent[v] = w;
    pred[v] = by;
    this.add(v, left);
  }

  /** Makes an arc basic that nothing keeps at a bound; false if it would close a cycle, as then no optimum is the only one. */
  private join(a: number): boolean {
    const [v, w] = [this.tail[a]!, this.head[a]!];
    const root = this.rootOf(v);
    if (root === this.rootOf(w)) return false;
    this.isBasic[a] = 1;
    if (root === this.ground) this.hang(w, v, a);
    else this.hang(v, w, a);
    return true;
  }

  private rootOf(v: number): number {
    while (this.pred[v] !== NONE) v = this.parent[v]!;
    return v;
  }

  /**
   * Makes nodes members of a part. Arcs that cost the early stages nothing are held between parts, at what leads down, and free
   * within.
   *
   * @returns false where that isn't sure to leave a unique optimum
   */
  private rename(list: Int32Array, count: number, name: number): boolean {
    const { first, incident, tail, head, upper, isBasic, isHeld, isSink, lead } = this;
    const part = this.parts.of;
    for (let j = 0; j < count; j++) part[list[j]!] = name;
    for (let j = 0; j < count; j++) {
      const v = list[j]!;
      this.work += first[v + 1]! - first[v]!;
      for (let i = first[v]!, stop = first[v + 1]!; i < stop; i++) {
        const a = incident[i]!;
        if (isBasic[a] === 1 || isSink[a] === 1 || !this.isTight(a)) continue;
        const other = part[tail[a] === v ? head[a]! : tail[a]!]!;
        isHeld[a] = other === name ? 0 : 1;
        if (isHeld[a] === 1) this.carry(a, this.between(a));
        else if (lead[a] !== 0) this.carry(a, this.atRest(a));
        else if (!this.join(a) && upper[a] !== 0) return false;
      }
    }
    return true;
  }

  private carry(a: number, flow: number): void {
    const more = flow - this.flow[a]!;
    if (more === 0) return;
    this.flow[a] = flow;
    this.add(this.tail[a]!, -more);
    this.add(this.head[a]!, more);
  }

  /** Whether an arc would enter before another: its reduced costs are less, compared in size and stage by stage. */
  private isLess(a: number, b: number): boolean {
    const { lead } = this;
    const [p, q] = [lead[a]!, lead[b]!];
    const [k, l] = [Math.abs(p), Math.abs(q)];
    if (k !== l) return k > l;
    for (let stage = k - 1; stage >= 0 && stage < this.costs.length; stage++) {
      const d = Math.sign(p) * this.reduced(a, stage) - Math.sign(q) * this.reduced(b, stage);
      if (d !== 0) return d < 0;
    }
    return false;
  }
}
