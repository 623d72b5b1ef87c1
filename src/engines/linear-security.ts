/**
 * The objective `security` on linear programs: Benders' decomposition. A program knows the worst risk only by the cuts that flows
 * so far have shown (security.ts): rows that ask a plan to send enough along certain pumps and gates. Its answer is held against
 * every outage by a maximum flow; where that finds more risk than the program knew of, the cuts become rows and it is solved again.
 *
 * A cut counts what goes one way along a gate, and a program may run a gate both ways at once to please two cuts that want it
 * each its way, which no gate can do. Its optimum is then only a bound, and such a gate is tried each way, by branch and bound, so
 * that the optimum of each program is that of real plans. Plans that are secure aren't convex then, and evening out, which takes
 * many programs and learns from each which plants are held where they are, may settle for plants that aren't quite as even as
 * could be; each linear objective is at its optimum.
 *
 * A program may also send water round, through a gate and back by a conduit, as the gate then stands open. It stays in the plan.
 *
 * Source: Benders, Numer. Math. 4 (1962) 238–252.
 */
import { bug } from "../errors.js";
import { linkFlow } from "../problem/flows.js";
import type { FlowAtHand, Limit, Step } from "./linear-step.js";
import type { FlowProblem } from "../problem/problem.js";
import type { LinkPart } from "../problem/parts.js";
import type { RiskCut, Security } from "../problem/security.js";

/** Risk above the optimum, as a share of all inflow, that calls for another cut. */
const EXACT = 1e-9;
/** About what the objective of a program comes to at most. */
const VALUE = 1000;
/** What a solver that keeps its rows only roughly may leave. */
const ROUGH = 5e-7;

interface KeptCut {
  readonly arcs: readonly number[];
  readonly least: number;
}

interface Found {
  /** The worst risk, and its cut. */
  readonly risk: number;
  readonly cut: RiskCut | undefined;
  /** Whether a cut came up that wasn't known. */
  readonly isNews: boolean;
}

export class SecureFlow {
  private readonly cuts = new Map<string, KeptCut>();
  /** The worst risk that a flow may have, once it has been minimised and is kept there. */
  private bound = 0;
  isKept = false;

  /** Flow and upper bounds are the engine's and change with it. */
  constructor(
    private readonly problem: FlowProblem,
    private readonly security: Security,
    private readonly at: Readonly<FlowAtHand>,
  ) {}

  begin(): void {
    this.cuts.clear();
    this.bound = 0;
    this.isKept = false;
  }

  /**
   * Runs a program so that the worst risk stays where it is kept. The flow at hand is a real plan, so there is an answer however gates
   * have to run.
   */
  run(
    step: Step,
    cost: Float64Array | undefined,
    moreCosts: readonly number[],
    limits: readonly Limit[],
  ): Float64Array {
    const { flow, upper } = this.at;
    const before = { flow: flow.slice(), upper: upper.slice() };
    const best = { value: Infinity, flow: before.flow, more: new Float64Array(moreCosts.length) };
    /** How limits and costs stand, once the flow is no longer the one that they were drawn up for. */
    const since = (over: Iterable<number>, by: (a: number) => number) => {
      let sum = 0;
      for (const a of over) sum += (by(a) * (flow[a]! - before.flow[a]!)) / this.at.unit;
      return sum;
    };
    const standing = () =>
      limits.map((limit) => ({ ...limit, room: limit.room - since(limit.arcs, limit.coefficient) }));
    const open: (readonly number[])[] = [[]];
    for (let closed = open.pop(); closed !== undefined; closed = open.pop()) {
      for (let isNews = true; isNews;) {
        flow.set(before.flow);
        upper.set(before.upper);
        const idle = moreCosts.map(() => 0);
        if (!this.close(closed, (by) => step(by, idle, [...limits, ...this.rows()]))) break;
        const more = step(cost, moreCosts, [...standing(), ...this.rows()]);
        const value = moreCosts.reduce(
          (sum, price, k) => sum + price * more[k]!,
          cost === undefined ? 0 : since(cost.keys(), (a) => cost[a]!),
        );
        if (value >= best.value - EXACT * VALUE) break;
        const surplus = this.net();
        const { risk, cut, ...found } = this.separate(this.bound);
        ({ isNews } = found);
        if (isNews) continue;
        const part = risk > this.bound + this.slack(EXACT) ? this.bothWays(cut, surplus) : undefined;
        if (part !== undefined) open.push(...this.eachWay(part, closed));
        else if (risk <= this.bound + this.slack(ROUGH)) Object.assign(best, { value, flow: flow.slice(), more });
      }
    }
    if (best.value === Infinity) throw bug("a solver's answers leave security.");
    flow.set(best.flow);
    upper.set(before.upper);
    return best.more;
  }

  /** Finds a flow whose worst risk is least, and keeps it there. */
  minimise(step: Step): void {
    const { flow, upper } = this.at;
    this.net();
    const before = { flow: flow.slice(), upper: upper.slice() };
    const best = { risk: Infinity, flow: before.flow };
    const open: (readonly number[])[] = [[]];
    for (let closed = open.pop(); closed !== undefined; closed = open.pop()) {
      flow.set(before.flow);
      upper.set(before.upper);
      if (!this.close(closed, (cost) => step(cost, [], []))) continue;
      const part = this.descend(step, best);
      if (part !== undefined) open.push(...this.eachWay(part, closed));
    }
    flow.set(best.flow);
    upper.set(before.upper);
    this.bound = best.risk;
    this.isKept = true;
  }

  /**
   * Minimises the worst risk within the bounds, gates both ways at once allowed, and notes the best real plan met.
   *
   * @returns a gate to be tried each way where that may lead to a better one
   */
  private descend(step: Step, best: { risk: number; flow: Float64Array }): LinkPart | undefined {
    const { flow } = this.at;
    for (let lowest = 0; ;) {
      if (this.cuts.size > 0) lowest = this.lower(step);
      const surplus = this.net();
      const { risk, cut, isNews } = this.separate(lowest);
      if (risk < best.risk) {
        best.risk = risk;
        best.flow = flow.slice();
      }
      if (lowest >= best.risk - this.slack(EXACT)) return undefined;
      if (!isNews) return this.bothWays(cut, surplus);
    }
  }

  /** One program: the least worst risk as far as the cuts tell. It counts by how much the risk falls, so that no change is feasible. */
  private lower(step: Step): number {
    const { unit } = this.at;
    let highest = 0;
    for (const cut of this.cuts.values()) highest = Math.max(highest, cut.least - this.sent(cut));
    const falls = { column: 0, coefficient: 1 };
    const floor: Limit = { arcs: [], coefficient: () => 0, more: [falls], room: highest / unit };
    const [fall] = step(undefined, [-1], [floor, ...this.rows(highest, [falls])]);
    return Math.max(0, highest - fall! * unit);
  }

  /** Leaves arcs empty from here on, if the flow can be so changed: `minimise` tries. */
  private close(arcs: readonly number[], minimise: (cost: Float64Array) => void): boolean {
    const { flow, upper, lower } = this.at;
    if (arcs.some((a) => lower[a]! > 0)) return false;
    const isEmpty = () => arcs.every((a) => flow[a] === 0);
    if (!isEmpty()) {
      const cost = new Float64Array(flow.length);
      for (const a of arcs) cost[a] = 1;
      minimise(cost);
    }
    for (const a of arcs) upper[a] = 0;
    return isEmpty();
  }

  /** A gate that ran both ways, tried each way: arcs to be closed. The last is tried first: the way that it runs here. */
  private eachWay({ forward, backward }: LinkPart, closed: readonly number[]): number[][] {
    const sum = (arcs: readonly number[]) => arcs.reduce((total, a) => total + this.at.flow[a]!, 0);
    const [last, first] = sum(forward) >= sum(backward) ? [backward, forward] : [forward, backward];
    return [
      [...closed, ...first],
      [...closed, ...last],
    ];
  }

  /** Rows that keep the risk which the cuts tell of within `most`; `more` counts against it. */
  private rows(most = this.bound, more: Limit["more"] = []): Limit[] {
    return [...this.cuts.values()]
      .filter((cut) => cut.least > 0 && (more.length > 0 || cut.least > most))
      .map((cut) => ({
        arcs: cut.arcs,
        coefficient: () => -1,
        more,
        room: (most - cut.least + this.sent(cut)) / this.at.unit,
      }));
  }

  private sent({ arcs }: KeptCut): number {
    return arcs.reduce((sum, a) => sum + this.at.flow[a]!, 0);
  }

  /** Adds the cut of each outage whose risk is above `most`. */
  private separate(most: number): Found {
    const { problem, security } = this;
    const planned = problem.links.map((part) => linkFlow(part, this.at.flow));
    const found: { -readonly [key in keyof Found]: Found[key] } = { risk: 0, cut: undefined, isNews: false };
    for (let k = 0; k < security.count; k++) {
      const risk = security.risk(k, planned);
      const cut = risk > most + this.slack(EXACT) ? security.cut(planned) : undefined;
      if (risk > found.risk) Object.assign(found, { risk, cut });
      if (cut === undefined) continue;
      const key = `${cut.least} ${cut.ways.join(" ")}`;
      if (this.cuts.has(key)) continue;
      found.isNews = true;
      this.cuts.set(key, { arcs: cut.ways.flatMap((way) => this.arcsOf(way)), least: cut.least });
    }
    return found;
  }

  private arcsOf(way: number): readonly number[] {
    const { forward, backward } = this.problem.links[way >> 1]!;
    return way % 2 === 0 ? forward : backward;
  }

  /**
   * Takes out of each gate what runs through it both ways, the pieces filled last first. Costs are convex along a link, so no
   * objective gets worse.
   *
   * @returns how much that was, by the link's place
   */
  private net(): Map<number, number> {
    const { flow, lower } = this.at;
    const room = (arcs: readonly number[]) => arcs.reduce((sum, a) => sum + flow[a]! - lower[a]!, 0);
    const surplus = new Map<number, number>();
    this.problem.links.forEach(({ forward, backward }, i) => {
      const both = Math.min(room(forward), room(backward));
      if (both <= 0) return;
      surplus.set(i, both);
      for (const arcs of [forward, backward]) {
        let left = both;
        for (const a of [...arcs].reverse()) {
          const less = Math.min(left, flow[a]! - lower[a]!);
          flow[a]! -= less;
          left -= less;
        }
      }
    });
    return surplus;
  }

  /** The gate in a cut that ran both ways most. */
  private bothWays(cut: RiskCut | undefined, surplus: ReadonlyMap<number, number>): LinkPart | undefined {
    const of = (way: number) => surplus.get(way >> 1) ?? 0;
    const [way] = (cut?.ways ?? []).filter((one) => of(one) > 0).sort((a, b) => of(b) - of(a));
    return way === undefined ? undefined : this.problem.links[way >> 1];
  }

  private slack(share: number): number {
    return share * this.problem.total + this.problem.tail.length;
  }
}
