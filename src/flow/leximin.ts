/**
 * Evens out sinks exactly: of all feasible flows, those for which the vector of intake ÷ weight, sorted largest first, is
 * lexicographically least.
 *
 * A network has arcs with bounds, a ground node that arcs only enter, and a flow that is feasible. Some arcs into the ground
 * are the sinks; other arcs into the ground that can change are reliefs, which take what they can before any sink does. The
 * intakes that the network can serve form a base polytope, so the answer is unique, and divide and conquer finds it. For a
 * part of the network whose sinks take N together:
 *
 * 1. Find the level λ with Σ clamp(λ · weight, lower, upper) = N, an exact fraction.
 * 2. Try to bring every sink to λ · weight, rounded down or up. If that can be done, the part is done.
 * 3. Else a minimum cut stands against it. The nodes that what is too much can't leave must run above λ, the others below;
 *    the arcs between are full, or empty, and stay as they are. Both parts are worked on alone.
 *
 * There are at most as many parts as sinks, and the flow at hand is the start of everything, so only what is misplaced moves.
 * The parts, in falling order of their levels, are the proof: from a higher part to a lower one no arc has room left, so the
 * higher part's sinks can't take less between them, and within it they are even. (Two levels that differ by less than a quantum
 * for each sink may stand in the other order.)
 *
 * Rounding: in a part that is done each sink takes λ · weight rounded down or up (or its bound). The quanta to spare go to
 * the sinks for which one more raises intake ÷ weight to the least, ties to the lower number, as far as the network allows:
 * a greedy choice in a matroid, so the intakes are a function of the problem alone and not of the flow it started from.
 *
 * Up to 2k − 1 attempts for k sinks, each at most two maximum flows on a part; the levels are BigInt fractions, k of them per
 * attempt.
 *
 * Sources: Megiddo, Math. Program. 7 (1974); Fujishige, Math. Oper. Res. 5 (1980); Gallo, Grigoriadis & Tarjan, SIAM J.
 * Comput. 18 (1989); Frank & Murota on decreasing minimisation, Math. Program. 191 (2022).
 */
import { FlowError } from "./errors.js";
import { evenLevel, raisingOrder, wholeWeights, type EvenLevel, type Weights } from "./level.js";
import { ResidualFlow } from "./residual-flow.js";

const NONE = -1;

/** A part of the network whose sinks run level: λ = total ÷ weight, over those of them that no bound holds. */
export interface Level extends EvenLevel {
  /** Sinks of the part, by their place in the constructor's list. */
  readonly sinks: readonly number[];
}

export class Leximin {
  /** Bounds and flow per arc, as given to the constructor: the caller writes them, `solve` rewrites the flow. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly flow: Float64Array;
  /** Per sink: a whole number above 0; a sink whose weight is 0 is left as it is. What `weights` are, unless the caller brings others. */
  readonly weight: Float64Array;
  /** What intakes are divided by. Only to be set where weights are too large for doubles. */
  weights: Weights;
  /** Per node, after `solve`: the part it belongs to, a place in the levels. The ground belongs to none and has −1. */
  readonly part: Int32Array;

  private readonly tail: Int32Array;
  private readonly arcs: number;
  private readonly ground: number;
  private readonly residual: ResidualFlow;
  /** Arcs into the ground, sinks first, and where they start. */
  private readonly terminal: Int32Array;
  private readonly sinks: number;
  /** The terminals at each node, as chains: the first, and the one after each; NONE ends it. */
  private readonly firstAt: Int32Array;
  private readonly nextAt: Int32Array;
  /** Per terminal: what it is to take at least and at most. */
  private readonly least: Float64Array;
  private readonly most: Float64Array;
  /** All nodes but the ground, those of a part side by side. */
  private readonly members: Int32Array;

  /**
   * @param nodes number of nodes, numbered from 0
   * @param tail per arc, where it starts; never the ground
   * @param head per arc, where it ends
   * @param ground the node where arcs only end
   * @param sinkArc per sink, its arc; each ends in the ground and is named once
   * @throws FlowError for arcs that don't fit together
   */
  constructor(
    nodes: number,
    tail: ArrayLike<number>,
    head: ArrayLike<number>,
    ground: number,
    sinkArc: ArrayLike<number>,
  ) {
    const arcs = tail.length;
    if (head.length !== arcs)
      throw new FlowError("bad-network", `${arcs} tails, ${head.length} heads: there is one of each for an arc.`);
    const isNode = (v: number | undefined) => v !== undefined && Number.isInteger(v) && v >= 0 && v < nodes;
    if (!isNode(ground))
      throw new FlowError("bad-network", `the ground is ${ground}; nodes go from 0 to ${nodes - 1}.`);
    const terminal = Array.from(sinkArc);
    const isSink = new Uint8Array(arcs);
    for (const a of terminal) {
      if (head[a] !== ground) throw new FlowError("bad-network", `sink arc ${a} doesn't end in the ground.`);
      if (isSink[a] === 1) throw new FlowError("bad-network", `arc ${a} is named as a sink twice.`);
      isSink[a] = 1;
    }
    for (let a = 0; a < arcs; a++) {
      if (!isNode(tail[a]) || !isNode(head[a]))
        throw new FlowError(
          "bad-network",
          `arc ${a} runs from ${tail[a]} to ${head[a]}; nodes go from 0 to ${nodes - 1}.`,
        );
      if (tail[a] === head[a]) throw new FlowError("bad-network", `arc ${a} starts and ends at node ${tail[a]}.`);
      if (tail[a] === ground) throw new FlowError("bad-network", `arc ${a} starts at the ground, where arcs only end.`);
      if (head[a] === ground && isSink[a] === 0) terminal.push(a);
    }

    this.arcs = arcs;
    this.ground = ground;
    this.tail = Int32Array.from(tail);
    this.residual = new ResidualFlow(nodes, this.tail, Int32Array.from(head), ground);
    this.lower = this.residual.lower;
    this.upper = this.residual.upper;
    this.flow = this.residual.flow;
    this.sinks = sinkArc.length;
    this.weight = new Float64Array(this.sinks);
    this.weights = wholeWeights(this.weight);
    this.part = new Int32Array(nodes);
    this.terminal = new Int32Array(terminal);
    this.firstAt = new Int32Array(nodes).fill(NONE);
    this.nextAt = new Int32Array(terminal.length);
    terminal.forEach((a, t) => {
      this.nextAt[t] = this.firstAt[tail[a]!]!;
      this.firstAt[tail[a]!] = t;
    });
    this.least = new Float64Array(terminal.length);
    this.most = new Float64Array(terminal.length);
    this.members = new Int32Array(nodes - 1);
  }

  /**
   * @returns the parts in falling order of level; the flow is rewritten in place
   * @throws FlowError where bounds, flow or weights aren't whole numbers that fit together, before any work
   */
  solve(): Level[] {
    this.validate();
    const { residual, part, members, ground } = this;
    residual.load();
    for (let v = 0; v < members.length; v++) members[v] = v < ground ? v : v + 1;
    part[ground] = NONE;
    // Parts still to be worked on are stretches of the members, the highest last.
    const pending: (readonly [begin: number, end: number])[] = [[0, members.length]];
    const done: Level[] = [];
    for (let stretch = pending.pop(); stretch !== undefined; stretch = pending.pop()) {
      const [begin, end] = stretch;
      const nodes = members.subarray(begin, end);
      const terminals = this.terminalsOf(nodes);
      const level = this.aim(nodes, terminals);
      const isBelow = this.bring(nodes, terminals);
      if (isBelow === undefined) {
        this.spread(nodes, terminals);
        for (const v of nodes) part[v] = done.length;
        done.push(level);
      } else {
        let middle = end;
        for (let k = begin; k < middle;) {
          const v = members[k]!;
          if (!isBelow(v)) k += 1;
          else {
            members[k] = members[--middle]!;
            members[middle] = v;
          }
        }
        pending.push([middle, end], [begin, middle]);
      }
    }
    residual.unload();
    return done;
  }

  /** A part's sinks, and its reliefs that can change. */
  private terminalsOf(members: Int32Array): number[] {
    const found: number[] = [];
    for (const v of members) {
      for (let t = this.firstAt[v]!; t !== NONE; t = this.nextAt[t]!) {
        const a = this.terminal[t]!;
        if (t < this.sinks || this.lower[a]! < this.upper[a]!) found.push(t);
      }
    }
    return found.sort((a, b) => a - b);
  }

  /** Sets what each terminal of a part is to take at least and at most, from the part's level. */
  private aim(members: Int32Array, terminals: readonly number[]): Level {
    const { terminal, lower, upper, flow, weights, least, most, residual } = this;
    const weight = weights.approximate;
    const sinks: number[] = [];
    const free: number[] = [];
    // What sinks must take between them: all that ends in the part or is stopped on its way, less what reliefs can take.
    let total = 0;
    let floor = 0;
    for (const v of members) total += residual.give[v]! - residual.take[v]!;
    for (const t of terminals) {
      const a = terminal[t]!;
      least[t] = lower[a]!;
      most[t] = upper[a]!;
      if (t < this.sinks) sinks.push(t);
      if (t >= this.sinks) total -= upper[a]! - flow[a]!;
      else if (weight[t] === 0) least[t] = most[t] = flow[a]!;
      else {
        free.push(t);
        total += flow[a]!;
        floor += lower[a]!;
      }
    }
    // Reliefs are full before a sink takes more than it must.
    if (total > floor) for (const t of terminals) if (t >= this.sinks) least[t] = most[t]!;
    return { sinks, ...evenLevel(free, total, weights, least, most) };
  }

  /** Brings a part's terminals between least and most. Where it can't, tells which of its nodes belong below the level. */
  private bring(members: Int32Array, terminals: readonly number[]): ((v: number) => boolean) | undefined {
    const { residual, most, least } = this;
    this.misplace(terminals, most);
    const isOver = residual.send(members, members.length) > 0;
    this.settle(terminals, most);
    // What the surplus can reach must run above the level. The marks of the search are still there.
    if (isOver) return (v) => !residual.reached(v);
    this.misplace(terminals, least);
    const isShort = residual.fetch(members, members.length) > 0;
    this.settle(terminals, least);
    // What could send to the shortage has nothing left to send, and runs below the level.
    return isShort ? (v) => residual.reached(v) : undefined;
  }

  /** Gives each node what its terminals have above the target, and room for what they have below. */
  private misplace(terminals: readonly number[], target: Float64Array): void {
    const { residual, terminal, tail, flow } = this;
    for (const t of terminals) {
      const a = terminal[t]!;
      const off = flow[a]! - target[t]!;
      if (off > 0) residual.give[tail[a]!]! += off;
      else residual.take[tail[a]!]! -= off;
    }
  }

  /** Writes to the terminals what `send` has left at their nodes. */
  private settle(terminals: readonly number[], target: Float64Array): void {
    const { residual, terminal, tail, flow } = this;
    for (const t of terminals) {
      const a = terminal[t]!;
      const off = flow[a]! - target[t]!;
      const left = off > 0 ? residual.give : residual.take;
      const kept = Math.min(Math.abs(off), left[tail[a]!]!);
      left[tail[a]!]! -= kept;
      flow[a] = target[t]! + Math.sign(off) * kept;
    }
  }

  /** Hands the quanta to spare to the sinks that they raise least, as far as the network allows. */
  private spread(members: Int32Array, terminals: readonly number[]): void {
    const { terminal, flow, weights, least, most } = this;
    const sinks = terminals.filter((t) => t < this.sinks);
    const order = raisingOrder(sinks, weights, least, most);
    const has = (t: number) => flow[terminal[t]!]! > least[t]!;
    const spare = order.reduce((sum, t) => sum + Number(has(t)), 0);
    // As a rule the first in order can all have one. Then no other choice is better; else what came of it is a start as good as any.
    const [early, late] = [order.slice(0, spare), order.slice(spare)];
    this.handOver(
      members,
      late.filter(has),
      early.filter((t) => !has(t)),
    );
    if (early.every(has)) return;
    let last = order.length - 1;
    for (let i = 0; i < last; i++) {
      const t = order[i]!;
      while (last > i && !has(order[last]!)) last -= 1;
      if (has(t) || last <= i) continue;
      this.handOver(members, order.slice(i + 1, last + 1).filter(has), [t]);
    }
  }

  /** Moves a quantum each from some terminals to others, as many as the network lets through: of those at one node the last give, the first take. */
  private handOver(members: Int32Array, from: readonly number[], to: readonly number[]): void {
    if (from.length === 0 || to.length === 0) return;
    const { residual, terminal, tail, flow } = this;
    const { give, take } = residual;
    const nodeOf = (t: number) => tail[terminal[t]!]!;
    for (const t of from) give[nodeOf(t)]! += 1;
    for (const t of to) take[nodeOf(t)]! += 1;
    if (residual.fetch(members, members.length) > 0) residual.putBack(members, members.length);
    for (const t of from) {
      if (give[nodeOf(t)]! > 0) give[nodeOf(t)]! -= 1;
      else flow[terminal[t]!]! -= 1;
    }
    for (const t of to.toReversed()) {
      if (take[nodeOf(t)]! > 0) take[nodeOf(t)]! -= 1;
      else flow[terminal[t]!]! += 1;
    }
  }

  private validate(): void {
    const { lower, upper, flow, weight, sinks } = this;
    for (let a = 0; a < this.arcs; a++) {
      if (!isWhole(lower[a]!) || !isWhole(upper[a]!) || !isWhole(flow[a]!)) {
        throw new FlowError(
          "bad-number",
          `arc ${a} has bounds ${lower[a]} to ${upper[a]} and flow ${flow[a]}; all are whole numbers up to 2^53.`,
        );
      }
      if (flow[a]! < lower[a]! || flow[a]! > upper[a]!) {
        throw new FlowError("bad-bounds", `arc ${a} carries ${flow[a]}; its bounds are ${lower[a]} to ${upper[a]}.`);
      }
    }
    const isOwn = this.weights.approximate === weight;
    for (let i = 0; i < sinks; i++) {
      const w = this.weights.approximate[i]!;
      if (!(w >= 0 && w < Infinity) || (isOwn && !isWhole(w)))
        throw new FlowError("bad-number", `sink ${i} has weight ${w}; a weight is a whole number of 0 or more.`);
    }
  }
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value);
}
