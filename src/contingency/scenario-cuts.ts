/**
 * What a scenario needs of a network's links and plants so that its water all reaches plants: sets of nodes, each with its exits and
 * what they must let out together.
 *
 * They come from a minimum-cost flow in which what there is is free, and each unit by which a link or plant is exceeded costs 1 over
 * the share that is left of it. Where that costs nothing, the scenario holds. Else the flow is the least that would have to be added for
 * this scenario alone, and its potentials prove it: say that a node's level is what it costs to get a unit from there to a plant.
 * Then, by linear programming duality, the cost is the sum over all levels l of what the exits of { v : level of v ≥ l } fall short of.
 * So together these nested sets ask for just that much, link by link down a whole row of mains that are too small, where a maximum flow
 * shows one of them at a time.
 *
 * Flows and cuts are whole quanta and exact.
 *
 * Sources: Gomory & Hu, J. SIAM 9 (1961) 551–570 (capacities for demands, by cuts); Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 9
 * (the dual of a minimum-cost flow).
 */
import { idOf, leftOf, type Outage } from "../network/outage.js";
import { FlowProblem } from "../problem/problem.js";
import { bug } from "../errors.js";
import { arcsAt, type Incidence } from "../flow/adjacency.js";
import { NetworkSimplex } from "../flow/simplex/network-simplex.js";
import { ResidualFlow } from "../flow/residual-flow.js";
import type { FullState, Network } from "../network/types.js";
import { toQuanta } from "../units/flow.js";

/** Nobody builds a hundred times what is needed: an element of which less is left isn't reinforced for that scenario. */
const LEAST_SHARE = 0.01;
/** Cost of a unit that exceeds what is wholly left; of what is left in part it is more, up to a hundred times. */
const UNIT_COST = 10;

export interface Scenario {
  readonly outages: readonly Outage[];
  /** Quanta that can't be treated, whatever is added. */
  readonly hopeless: number;
  /** Columns of which another share is left than in the state as it is. */
  readonly changes: readonly Change[];
}

interface Change {
  readonly column: number;
  readonly share: number;
}

/** A link or plant that lets water out of a set of nodes: what it has when nothing is lost, and the share that is left. */
interface Exit {
  readonly column: number;
  readonly capacity: number;
  readonly share: number;
}

/** The exits of a set of nodes in a scenario must together let out `need`. */
export interface Cut {
  readonly exits: readonly Exit[];
  readonly need: number;
}

/** Whether what is added to an element counts where that share of it is left. */
export function canGain(share: number): boolean {
  return share >= LEAST_SHARE;
}

/** By how many quanta the exits fall short of what they need to let out. */
export function shortOf({ exits, need }: Cut, add: Float64Array): number {
  let short = need;
  for (const { column, capacity, share } of exits) short -= outlet(capacity, add[column] ?? 0, share);
  return short;
}

/** As dispatch rounds it. */
function outlet(capacity: number, added: number, share: number): number {
  return Math.round((capacity + (canGain(share) ? added : 0)) * share);
}

/**
 * One network in one state, what is added to it, and what of it is left in scenarios. Columns are the links, then the plants, each in
 * order of id. A column has four arcs: what there is and what is more than that, each one way and, of gates, back. After those comes an
 * arc at each node for what isn't treated.
 */
export class ScenarioFlows {
  readonly ids: readonly string[];
  private readonly problem: FlowProblem;
  /** Columns by id, and nodes through which water passes. */
  private readonly columnOf: ReadonlyMap<string, number>;
  private readonly nodeOf: ReadonlyMap<string, number>;
  private readonly simplex: NetworkSimplex;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  /** Quanta per column when nothing is lost, and the other way; 0 where there is no other way. */
  private readonly capacity: Float64Array;
  private readonly reverse: Float64Array;
  /** Quanta added per column. */
  private readonly added: Float64Array;
  /** Share that is left of each column: in the state as it is, and in the scenario that is set up. */
  private readonly whole: Float64Array;
  private readonly share: Float64Array;
  private changes: readonly Change[] = [];
  /** What an untreated unit costs: more than any way to a plant. */
  private readonly lost: number;
  /** The columns at each node. */
  private readonly touching: Incidence;
  /** Nodes from which no plant can be reached in the state as it is, and columns by which the others were seen to reach one. */
  private readonly deadAnyway: Uint8Array;
  private readonly leading: Uint8Array;
  /** The scenario that was last seen to hold, and what its columns carry then, less than 0 backwards. */
  private witness: Scenario | undefined;
  private readonly carried: Float64Array;
  private readonly round: ResidualFlow;
  private readonly everyNode: Int32Array;

  constructor(network: Network, state: FullState) {
    const problem = new FlowProblem(network);
    problem.load(state);
    const { links, plants, ground, total } = problem;
    const quanta = (flow: number) => toQuanta(flow, network.units.flow);
    this.problem = problem;
    this.ids = [...links.map(({ link }) => link.id), ...plants.map(({ node }) => node.id)];
    const columns = this.ids.length;
    this.columnOf = new Map(this.ids.map((id, j) => [id, j]));
    this.nodeOf = new Map(problem.flooding.flatMap(({ node, at }) => (node.kind === "plant" ? [] : [[node.id, at]])));
    this.capacity = Float64Array.from([
      ...links.map(({ link }) => quanta(link.capacity)),
      ...plants.map(({ node }) => (node.kind === "plant" ? quanta(node.capacity) : 0)),
    ]);
    this.reverse = new Float64Array(columns);
    links.forEach(({ link }, i) => {
      if (link.kind === "gate") this.reverse[i] = quanta(link.reverseCapacity);
    });
    this.from = Int32Array.from([...links.map(({ from }) => from), ...plants.map(({ at }) => at)]);
    this.to = Int32Array.from([...links.map(({ to }) => to), ...plants.map(() => ground)]);
    this.added = new Float64Array(columns);
    this.whole = Float64Array.from([...links, ...plants], ({ share }) => share);
    this.share = this.whole.slice();
    this.carried = new Float64Array(columns);
    this.round = new ResidualFlow(ground + 1, this.from, this.to);
    this.everyNode = Int32Array.from({ length: ground + 1 }, (_, v) => v);
    this.touching = arcsAt(ground + 1, this.from, this.to);
    this.leading = new Uint8Array(columns);
    this.deadAnyway = this.deadEnds(this.leading);

    const [tail, head] = [new Int32Array(4 * columns + ground), new Int32Array(4 * columns + ground).fill(ground)];
    for (const k of [0, 1]) {
      tail.set(this.from, k * columns);
      head.set(this.to, k * columns);
      tail.set(this.to, (k + 2) * columns);
      head.set(this.from, (k + 2) * columns);
    }
    tail.set(this.everyNode.subarray(0, ground), 4 * columns);
    this.lost = 1 + (ground * UNIT_COST) / LEAST_SHARE;
    this.simplex = new NetworkSimplex(ground + 1, tail, head);
    this.simplex.supply.set(problem.supply);
    this.simplex.cost.fill(this.lost, 4 * columns);
    this.simplex.upper.fill(total + 1, 4 * columns);
    for (let j = 0; j < columns; j++) this.bound(j);
  }

  /** What is lost, and what can't be helped then. */
  scenario(outages: readonly Outage[]): Scenario {
    const { whole, columnOf, nodeOf, problem } = this;
    const { first, list } = this.touching;
    const left = new Map<number, number>();
    const leave = (column: number, share: number) => {
      left.set(column, Math.min(share, left.get(column) ?? whole[column] ?? 0));
    };
    for (const outage of outages) {
      const share = leftOf(outage);
      const column = columnOf.get(idOf(outage));
      if (column !== undefined) leave(column, share);
      // Nothing passes through a catchment, junction or storage that is out; what is out in part is as if it were whole.
      const v = column === undefined && share === 0 ? nodeOf.get(idOf(outage)) : undefined;
      if (v === undefined) continue;
      for (let k = first[v] ?? 0; k < (first[v + 1] ?? 0); k++) {
        const j = list[k] ?? 0;
        if (j < problem.links.length) leave(j, 0);
      }
    }
    const changes = [...left].flatMap(([column, share]) => (share === whole[column] ? [] : [{ column, share }]));
    return { outages, changes, hopeless: this.hopeless(changes) };
  }

  /** Adds so much to each column, instead of what was added before. */
  reinforce(add: Float64Array): void {
    const { added } = this;
    this.witness = undefined;
    for (let j = 0; j < added.length; j++) {
      if (added[j] === add[j]) continue;
      added[j] = add[j] ?? 0;
      this.bound(j);
    }
  }

  /** Whether a scenario is seen to hold by the flow of one that did: as it is, or with what is lost here led round. */
  holdsAnyway(scenario: Scenario): boolean {
    const { witness, carried, capacity, reverse, added } = this;
    const { hopeless, changes } = scenario;
    if (witness === undefined || witness.hopeless > hopeless) return false;
    const isUntouched = changes.every(({ column: j, share }) => {
      const flow = carried[j] ?? 0;
      const full = flow < 0 ? reverse[j] : capacity[j];
      return Math.abs(flow) <= outlet(full ?? 0, added[j] ?? 0, share);
    });
    return isUntouched || this.detour(scenario) <= hopeless - witness.hopeless;
  }

  /** What doesn't reach a plant of what the scenario leaves no room for in the flow that is known, when it is led round as well as can be. */
  private detour({ changes }: Scenario): number {
    const { from, to, carried, simplex, problem, round, everyNode } = this;
    const { ground } = problem;
    const { give, take } = round;
    const columns = carried.length;
    this.setUp(changes);
    give.fill(0);
    for (let j = 0; j < columns; j++) {
      const upper = simplex.upper[j] ?? 0;
      const lower = -(simplex.upper[2 * columns + j] ?? 0);
      const flow = Math.min(upper, Math.max(lower, carried[j] ?? 0));
      const less = (carried[j] ?? 0) - flow;
      round.upper[j] = upper;
      round.lower[j] = lower;
      round.flow[j] = flow;
      if (less === 0) continue;
      give[from[j] ?? 0] = (give[from[j] ?? 0] ?? 0) + less;
      give[to[j] ?? 0] = (give[to[j] ?? 0] ?? 0) - less;
    }
    round.load();
    // First nodes that lack what they passed on are made good, by what there is too much elsewhere or else from what plants took in.
    give[ground] = 0;
    for (let v = 0; v < ground; v++) {
      const lack = Math.max(0, -(give[v] ?? 0));
      take[v] = lack;
      give[v] = Math.max(0, give[v] ?? 0);
      give[ground] += lack;
    }
    take[ground] = 0;
    round.fetch(everyNode, everyNode.length);
    give[ground] = 0;
    take[ground] = Infinity;
    return round.send(everyNode, everyNode.length);
  }

  /** Sets of nodes that, in this scenario and with what is added, can't let out what they need: none if it holds. */
  brokenCuts(scenario: Scenario): readonly Cut[] {
    const { simplex, problem, added, lost } = this;
    this.setUp(scenario.changes);
    this.solve();
    if (this.isEnough()) {
      this.witness = scenario;
      return [];
    }
    const { ground } = problem;
    const atGround = simplex.potential[ground] ?? 0;
    const level = simplex.potential.map((potential) => atGround - potential);
    const isDeadEnd = this.deadEnds();
    const levels = new Set(level.subarray(0, ground).filter((l) => l > 0 && l < lost));
    return [...levels]
      .sort((a, b) => a - b)
      .map((least) => {
        // A way into a dead end helps nobody: with the dead ends inside, no cut offers it.
        const isInside = level.map((l, v) => (l >= least || isDeadEnd[v] === 1 ? 1 : 0));
        return this.cutAround(isInside, scenario.hopeless);
      })
      .filter((cut) => shortOf(cut, added) > 0);
  }

  private cutAround(isInside: Float64Array, hopeless: number): Cut {
    const { from, to, share, capacity, reverse, problem } = this;
    const exits: Exit[] = [];
    for (let column = 0; column < share.length; column++) {
      const left = share[column] ?? 0;
      const isOutward = isInside[from[column] ?? 0] === 1;
      if (left === 0 || isOutward === (isInside[to[column] ?? 0] === 1)) continue;
      const full = (isOutward ? capacity : reverse)[column] ?? 0;
      if (isOutward || full > 0) exits.push({ column, capacity: full, share: left });
    }
    const inflow = problem.supply.reduce((sum, supply, v) => (isInside[v] === 1 ? sum + supply : sum), 0);
    return { exits, need: inflow - hopeless };
  }

  /** Quanta that can't be treated with unlimited capacities. */
  private hopeless(changes: readonly Change[]): number {
    const { leading, deadAnyway, share, problem } = this;
    this.setUp(changes);
    const isUntouched = changes.every(({ column }) => leading[column] === 0);
    const isDeadEnd = isUntouched ? deadAnyway : this.deadEnds();
    if (share.every((left) => left === 0 || canGain(left)))
      return isDeadEnd.reduce((sum, isDead, v) => (isDead === 1 ? sum + (problem.supply[v] ?? 0) : sum), 0);
    this.solve();
    return this.simplex.flow.subarray(4 * share.length).reduce((sum, flow) => sum + flow, 0);
  }

  /** Nodes from which no plant can be reached over what is left in the scenario that is set up, whatever is added. */
  private deadEnds(leading?: Uint8Array): Uint8Array {
    const { from, to, share, capacity, reverse, problem } = this;
    const { first, list } = this.touching;
    const isDeadEnd = new Uint8Array(problem.ground).fill(1);
    const queue = [problem.ground];
    for (const v of queue) {
      for (let k = first[v] ?? 0; k < (first[v + 1] ?? 0); k++) {
        const j = list[k] ?? 0;
        const isAhead = to[j] === v;
        const u = (isAhead ? from[j] : to[j]) ?? 0;
        const left = share[j] ?? 0;
        const full = (isAhead ? capacity[j] : reverse[j]) ?? 0;
        if (isDeadEnd[u] !== 1 || (!isAhead && full === 0)) continue;
        if (!(canGain(left) || Math.round(full * left) > 0)) continue;
        isDeadEnd[u] = 0;
        if (leading !== undefined) leading[j] = 1;
        queue.push(u);
      }
    }
    return isDeadEnd;
  }

  private solve(): void {
    const status = this.simplex.solve();
    if (status !== "optimal") throw bug(`the flow of a scenario is ${status}.`);
  }

  /** Whether the last flow needs no more than there is; keeps it then. */
  private isEnough(): boolean {
    const { carried, simplex } = this;
    const { flow } = simplex;
    const columns = carried.length;
    for (let j = 0; j < columns; j++) if ((flow[columns + j] ?? 0) + (flow[3 * columns + j] ?? 0) > 0) return false;
    for (let j = 0; j < columns; j++) carried[j] = (flow[j] ?? 0) - (flow[2 * columns + j] ?? 0);
    return true;
  }

  /** Leaves of each column what is left in a scenario. */
  private setUp(changes: readonly Change[]): void {
    const { share, whole } = this;
    const before = this.changes;
    this.changes = changes;
    for (const { column } of before) share[column] = whole[column] ?? 0;
    for (const { column, share: left } of changes) share[column] = left;
    for (const { column } of before) this.bound(column);
    for (const { column } of changes) this.bound(column);
  }

  /** Writes bounds and costs of a column's arcs. */
  private bound(j: number): void {
    const { simplex, capacity, reverse, added, problem } = this;
    const columns = capacity.length;
    const left = this.share[j] ?? 0;
    const { total } = problem;
    const isTwoWay = (reverse[j] ?? 0) > 0;
    const most = (full: number) => Math.min(total, outlet(full, added[j] ?? 0, left));
    // What is never full leaves no doubt about what a unit costs.
    const more = canGain(left) ? total + 1 : 0;
    simplex.upper[j] = most(capacity[j] ?? 0);
    simplex.upper[columns + j] = more;
    simplex.upper[2 * columns + j] = isTwoWay ? most(reverse[j] ?? 0) : 0;
    simplex.upper[3 * columns + j] = isTwoWay ? more : 0;
    const cost = canGain(left) ? Math.round(UNIT_COST / left) : 0;
    simplex.cost[columns + j] = cost;
    simplex.cost[3 * columns + j] = cost;
  }
}
