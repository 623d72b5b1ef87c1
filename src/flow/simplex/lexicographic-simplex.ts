/**
 * Several costs in turn, each minimised among the optima of those before it, by one primal network simplex.
 *
 * When a cost is minimal with potentials π, complementary slackness says that the flows as cheap are just those that leave every
 * arc of non-zero reduced cost at its bound: so those arcs are fixed (lower = upper = flow), and the next cost is again a
 * minimum-cost flow, smaller, on the tree that is there.
 *
 * Costs that wait together are minimised at once where that fits: by their sum, each times w_k = Π (1 + R_j) over the costs j after
 * it, R_j being what the dearest arcs of all nodes cost together. A cycle costs no more than that, as each of its nodes can pay for
 * one of its arcs. So a reduced cost r_k that isn't 0 outweighs all after it: Σ w_j R_j = w_k − 1 over those j. That makes the tree of
 * the optimum one that is optimal for each cost in turn, with the potentials that it has for that cost.
 *
 * O(n + m) per cost, and a solve of the simplex for as many costs as fit at once.
 *
 * Sources: Isermann, Oper. Res. Spektrum 4 (1982) 223–228, for a basis that is optimal for several costs in turn; Sherali, Eur. J.
 * Oper. Res. 10 (1982), for weights that give it.
 */
import type { NetworkSimplex, SolveStatus } from "./network-simplex.js";

/** Nodes times the dearest sum of costs that are minimised at once: what the simplex takes without a closer look. */
const MOST_AT_ONCE = 2 ** 49;

interface Stage {
  readonly cost: Float64Array;
  readonly potential: Float64Array;
  /** Its place among all costs since `begin`, from 1. */
  readonly place: number;
}

export class LexicographicSimplex {
  /** Per arc: the place, counted from 1, of the cost at whose optimum it was fixed; 0 where none has fixed it. */
  readonly fixedBy: Int16Array;

  private count = 0;
  private readonly waiting: Stage[] = [];
  private readonly dearest: Float64Array;
  /** Whether the simplex's flow is within the bounds at hand. */
  private hasFlow = false;

  /**
   * @param simplex its bounds and supplies are the caller's until costs are minimised; then bounds close as arcs are fixed
   * @param tail what the simplex was made with, as `head`
   */
  constructor(
    private readonly simplex: NetworkSimplex,
    private readonly tail: Int32Array,
    private readonly head: Int32Array,
  ) {
    this.dearest = new Float64Array(simplex.nodes);
    this.fixedBy = new Int16Array(tail.length);
  }

  /** Starts anew, on bounds and supplies that the caller has written. */
  begin(): void {
    this.waiting.length = 0;
    this.hasFlow = false;
    this.count = 0;
    this.fixedBy.fill(0);
  }

  /** Tells that the caller has narrowed bounds: the flow at hand may not fit them, and the next `settle` finds one that does. */
  narrow(): void {
    this.hasFlow = false;
  }

  /** Adds a cost, in whole numbers per arc, and where its potentials shall be written; both are kept until `settle`. */
  add(cost: Float64Array, potential: Float64Array): void {
    this.waiting.push({ cost, potential, place: ++this.count });
  }

  /**
   * Minimises the costs that wait, in the order in which they were added, and fixes the arcs that all optima leave at the same
   * bound. Where none has ever been added, any flow is as good.
   *
   * @returns what isn't "optimal" as soon as it occurs
   * @throws FlowError as the simplex does
   */
  settle(): SolveStatus {
    const { waiting, simplex } = this;
    if (waiting.length === 0 && !this.hasFlow) return this.minimise([], []);
    while (waiting.length > 0) {
      const weights = this.weigh();
      const together = waiting.splice(0, weights.length);
      if (this.hasFlow && !this.isOpen(together)) {
        // Nothing that costs can change: every flow is as good, and potentials of 0 say so.
        for (const { potential } of together) potential.fill(0);
        continue;
      }
      const status = this.minimise(together, weights);
      if (status !== "optimal") return status;
      for (const [k, stage] of together.entries()) {
        simplex.priceTree(stage.cost, k === 0, stage.potential);
        this.fix(stage);
      }
    }
    return "optimal";
  }

  /** Weights of the costs that wait: of the first, and of as many after it as fit. */
  private weigh(): number[] {
    const { waiting, simplex } = this;
    const weights: number[] = [];
    let most = 0;
    for (const { cost } of waiting) {
      const [dearest, reach] = this.measure(cost);
      most = most * (1 + reach) + dearest;
      if (weights.length > 0 && !(most * simplex.nodes <= MOST_AT_ONCE)) break;
      for (let k = 0; k < weights.length; k++) weights[k]! *= 1 + reach;
      weights.push(1);
    }
    return weights;
  }

  /** The dearest arc that can change, and the most that a cycle of such arcs costs: each node of it pays for its dearest arc. */
  private measure(cost: Float64Array): readonly [dearest: number, reach: number] {
    const { simplex, tail, head, dearest } = this;
    const { lower, upper } = simplex;
    dearest.fill(0);
    for (let a = 0; a < cost.length; a++) {
      if (cost[a] === 0 || lower[a] === upper[a]) continue;
      const c = Math.abs(cost[a]!);
      if (c > dearest[tail[a]!]!) dearest[tail[a]!] = c;
      if (c > dearest[head[a]!]!) dearest[head[a]!] = c;
    }
    let most = 0;
    let sum = 0;
    for (const c of dearest) {
      if (c > most) most = c;
      sum += c;
    }
    return [most, sum];
  }

  private isOpen(stages: readonly Stage[]): boolean {
    const { lower, upper } = this.simplex;
    for (const { cost } of stages) {
      for (let a = 0; a < cost.length; a++) if (cost[a] !== 0 && lower[a] !== upper[a]) return true;
    }
    return false;
  }

  /** Minimises a weighted sum of costs. */
  private minimise(stages: readonly Stage[], weights: readonly number[]): SolveStatus {
    const { lower, upper, cost: sum } = this.simplex;
    sum.fill(0);
    for (let k = 0; k < stages.length; k++) {
      const { cost } = stages[k]!;
      const weight = weights[k]!;
      for (let a = 0; a < sum.length; a++) if (lower[a] !== upper[a]) sum[a]! += weight * cost[a]!;
    }
    this.hasFlow = true;
    return this.simplex.solve();
  }

  /** Fixes what every optimal flow leaves at the same bound. */
  private fix({ cost, potential, place }: Stage): void {
    const { simplex, tail, head, fixedBy } = this;
    const { lower, upper, flow } = simplex;
    for (let a = 0; a < flow.length; a++) {
      const reduced = cost[a]! + potential[tail[a]!]! - potential[head[a]!]!;
      if (reduced === 0 || lower[a] === upper[a]) continue;
      lower[a] = upper[a] = flow[a]!;
      fixedBy[a] = place;
    }
  }
}
