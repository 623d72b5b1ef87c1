/**
 * What an outage does to a plan before anybody acts.
 *
 * In the moment after an outage, pumps and gates stay as the plan set them: each carries at most what the plan sends along it, the
 * way the plan sends it. Water in conduits and into plants finds its own way, within the capacities that outages and locks leave. What then
 * can't reach a plant spills or floods. The least that does is the plan's risk of that outage: all inflow less a maximum flow from
 * where water enters to the plants; and by the minimum cut,
 *
 *     risk(plan) ≥ inflow(S) − plants in S − conduits out of S − Σ what the plan sends out of S along pumps and gates
 *
 * for every set S of nodes, with equality for the S that the maximum flow finds. So each risk is a maximum of functions that are
 * linear in the plan, as long as no gate runs both ways at once.
 */
import { ResidualFlow } from "../flow/residual-flow.js";
import type { FullState, Network } from "../network/types.js";
import { withOutages, type Outage } from "../network/outage.js";
import { linkFlow } from "./flows.js";
import { FlowProblem, mostInto } from "./problem.js";

/** Whatever the plan, its risk is at least `least` minus what it sends along `ways`. Whole quanta. */
export interface RiskCut {
  readonly least: number;
  /** Of pumps and gates, by their place i in `FlowProblem.links`: 2i for the flow from `from` to `to`, 2i + 1 for the other way. */
  readonly ways: readonly number[];
}

/** The risks of plans of one network, for one list of outages. */
export class Security {
  /** Number of outages. */
  readonly count: number;
  private readonly network: Network;
  private readonly outages: readonly (readonly Outage[])[];
  /** Takes in the state after each outage in turn. Its links are in the same order as those of any problem of this network. */
  private readonly problem: FlowProblem;
  private states: readonly FullState[] = [];
  /** Per way: what it can carry before any outage. */
  private readonly whole: Float64Array;
  private readonly residual: ResidualFlow;
  private readonly members: Int32Array;

  /** @param outages from `outagesOf` */
  constructor(network: Network, outages: readonly (readonly Outage[])[]) {
    this.network = network;
    this.outages = outages;
    this.count = outages.length;
    this.problem = new FlowProblem(network);
    const { links, ground } = this.problem;
    const ends = (one: "from" | "to", other: "from" | "to") =>
      Int32Array.from(links.flatMap((part) => [part[one], part[other]]));
    this.whole = new Float64Array(2 * links.length);
    this.residual = new ResidualFlow(ground, ends("from", "to"), ends("to", "from"));
    this.members = Int32Array.from({ length: ground }, (_, v) => v);
  }

  /** Takes in the state that plans are for. */
  load(state: FullState): void {
    this.problem.load(state);
    this.readCapacities(this.whole);
    this.states = this.outages.map((lost) => withOutages(this.network, state, lost));
  }

  /**
   * What spills and floods at least after outage `k` while pumps and gates stay as they are, in whole quanta.
   *
   * @param planned net flow per link, quanta, in order of id
   * @remarks a maximum flow
   */
  risk(k: number, planned: ArrayLike<number>): number {
    const { problem, residual, members } = this;
    const state = this.states[k];
    if (state === undefined) throw new RangeError(`there is no outage ${k}`);
    problem.load(state);
    const { upper, give, take } = residual;
    this.readCapacities(upper);
    problem.links.forEach(({ link }, i) => {
      if (link.kind === "conduit") return;
      upper[2 * i] = Math.min(upper[2 * i]!, Math.max(0, planned[i]!));
      upper[2 * i + 1] = Math.min(upper[2 * i + 1]!, Math.max(0, -planned[i]!));
    });
    give.set(problem.supply.subarray(0, problem.ground));
    take.fill(0);
    for (const plant of problem.plants) take[plant.at] = Math.min(mostInto(plant), problem.total);
    residual.load();
    return residual.send(members, members.length);
  }

  /** The cut that shows why the last `risk`, of the plan given, is no less: equal to it there, and never above it. */
  cut(planned: ArrayLike<number>): RiskCut {
    const { problem, residual, whole } = this;
    const left = new Float64Array(whole.length);
    this.readCapacities(left);
    let least = 0;
    for (let v = 0; v < problem.ground; v++) if (residual.reached(v)) least += problem.supply[v]!;
    for (const plant of problem.plants) if (residual.reached(plant.at)) least -= mostInto(plant);
    const ways: number[] = [];
    problem.links.forEach(({ link, from, to }, i) => {
      if (residual.reached(from) === residual.reached(to)) return;
      const way = residual.reached(from) ? 2 * i : 2 * i + 1;
      const most = left[way]!;
      const sent = way % 2 === 0 ? planned[i]! : -planned[i]!;
      // Of a pump that is lost in part both the plan and what is left are bounds, and the lesser here makes the cut tight here.
      const isPlan = link.kind !== "conduit" && most > 0 && (most === whole[way] || sent < most);
      if (isPlan) ways.push(way);
      else least -= most;
    });
    return { least, ways };
  }

  /** The worst risk of a flow per arc of a problem of this network. */
  worst(problem: FlowProblem, flow: ArrayLike<number>): number {
    const planned = problem.links.map((part) => linkFlow(part, flow));
    let worst = 0;
    for (let k = 0; k < this.count; k++) worst = Math.max(worst, this.risk(k, planned));
    return worst;
  }

  /** Per way: what it can carry in the state that is loaded; no more than all inflow matters. */
  private readCapacities(into: Float64Array): void {
    const { links, total } = this.problem;
    links.forEach(({ capacity, reverseCapacity }, i) => {
      into[2 * i] = Math.min(capacity, total);
      into[2 * i + 1] = Math.min(reverseCapacity, total);
    });
  }
}
