/**
 * Who floods: of flows that are as good for all that comes before, the one in which what floods, over what enters the network there, is
 * as even as can be. Where nothing enters, any flood counts as more than any share of an inflow: so water floods where it enters rather
 * than further down, as long as nothing else speaks for that, and no name decides between two junctions either. Nothing is to be decided where nothing floods, or
 * where what floods can't change any more.
 */
import { Leximin } from "../flow/leximin.js";
import { intakeOf } from "./intake.js";
import type { FlowProblem } from "./problem.js";

/** So many times an inflow is a weight that leaves every share below one quantum where nothing enters: no flow has 2^60 quanta. */
const SHARES = 2 ** 60;

export class Sharing {
  /** Where something enters the network, in order of id; written by `share` or `adopt`. */
  readonly parts: Int32Array;
  readonly shares: Float64Array;
  /** Whether anything floods at a catchment, in the last solution. */
  isFlooding = false;

  private made: Leximin | undefined;

  constructor(private readonly problem: FlowProblem) {
    this.parts = new Int32Array(problem.nodes);
    this.shares = new Float64Array(problem.flooding.length);
  }

  /**
   * Takes in a flow in which nothing is to be decided; false where something is.
   *
   * @param isOpen whether an arc can still change
   * @param isKept whether as much floods in all flows that are as good, by weight
   */
  adopt(flow: Float64Array, isOpen: (a: number) => boolean, isKept: boolean): boolean {
    const { problem, shares, parts } = this;
    this.isFlooding = !this.isDry(flow);
    if (isKept && !this.isFlooding) return true;
    for (const [i, sink] of problem.flooding.entries()) {
      shares[i] = intakeOf(sink, flow);
      if (sink.arcs.some(isOpen)) return false;
    }
    parts.fill(0);
    return true;
  }

  /** Whether all water ends in plants and at outfalls. */
  isDry(flow: Float64Array): boolean {
    const { plants, outfalls, total } = this.problem;
    let ended = 0;
    for (const sink of plants) ended += intakeOf(sink, flow);
    for (const sink of outfalls) ended += intakeOf(sink, flow);
    return ended === total;
  }

  /** Evens out what floods, within bounds that leave every flow as good; the flow is rewritten in place, and what floods is fixed. */
  share(flow: Float64Array, lower: Float64Array, upper: Float64Array): void {
    const { parts, shares } = this;
    const { nodes, tail, head, ground, flooding } = this.problem;
    const arcs = flooding.map((sink) => sink.arcs[0] ?? -1);
    const even = (this.made ??= new Leximin(nodes, tail, head, ground, arcs));
    even.lower.set(lower);
    even.upper.set(upper);
    even.flow.set(flow);
    even.weights = {
      approximate: Float64Array.from(flooding, ({ rating }) => (rating > 0 ? rating * SHARES : 1)),
      exact: (i) => BigInt(flooding[i]?.rating ?? 0) * BigInt(SHARES) || 1n,
    };
    even.solve();
    flow.set(even.flow);
    parts.set(even.part);
    for (const [i, a] of arcs.entries()) lower[a] = upper[a] = shares[i] = flow[a] ?? 0;
    this.isFlooding = shares.some((share) => share > 0);
  }
}
