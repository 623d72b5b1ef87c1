/**
 * Where a network would have to be larger so that it stands the loss of its parts: least added capacity, by cut generation.
 *
 * By max-flow min-cut, a scenario's water all reaches plants if and only if, for every set S of nodes, what leaves S over
 * links and into plants of S can be as much as what enters the network in S. So the question is a linear program with
 * one column per link and plant and a row per set and scenario: far too many rows, of which few matter. The program starts
 * with none; a maximum flow per scenario on the capacities it proposes finds a row that they break, and it is solved anew
 * until they break none (Benders' decomposition, with the scenarios' flows as subproblems).
 *
 * Flows and cuts are whole quanta and exact. Only the program is in floating point: its answer is brought to whole quanta,
 * and raised where rounding leaves a row short, so that what is returned does serve every scenario.
 *
 * Sources: Gomory & Hu, J. SIAM 9 (1961) 551–570 (capacities for demands, by cuts); Benders, Numer. Math. 4 (1962) 238–252;
 * Grötschel, Monma & Stoer, in Handbooks in OR & MS 7 (1995), ch. 10 (networks that survive outages).
 */
import { checkOutages, idOf, leftOf, withOutages, type Outage } from "../dispatch/outage.js";
import { FlowProblem } from "../dispatch/problem.js";
import { fullState } from "../dispatch/state-options.js";
import { EngineError, OptionError } from "../errors.js";
import { ResidualFlow } from "../flow/residual-flow.js";
import { javascriptLpSolver } from "../linear/javascript-lp-solver.js";
import { faultIn, type LinearProgram } from "../linear/program.js";
import { assertNetwork } from "../network/checked.js";
import { show } from "../network/issues.js";
import { checkKeys } from "../network/option-keys.js";
import type { FullState, Network, State } from "../network/schema.js";
import { fromQuanta, toQuanta } from "../units/flow.js";

export interface Reinforcement {
  /** Added capacity per link or plant, in the file's flow unit, only those above 0, ordered by id. */
  readonly add: readonly { readonly id: string; readonly capacity: number }[];
  /** Sum of `add`. */
  readonly total: number;
  /** Scenarios in which some water can't be treated however much is added, and how much: ids of what is lost, and flow. */
  readonly hopeless: readonly { readonly outages: readonly string[]; readonly flow: number }[];
}

export interface ReinforcementOptions {
  /** What every scenario starts from; the network's own figures where it says nothing. */
  readonly state?: State;
  /**
   * The scenarios: one outage, or several at once; an empty list inside the list is the state as it is. If not given: the
   * state as it is, and the loss of each plant, link, storage and junction by itself.
   */
  readonly outages?: readonly (Outage | readonly Outage[])[];
}

/** What all inflow together is scaled to, so that a solver's absolute tolerances mean the same in every city. */
const SCALE = 1000;
/** How far (scaled) the solver's answer may be from the optimum it means; the second program looks no further. */
const REACH = 1e-6;
/** `stay` of the second program: so little that what a change saves always outweighs it. */
const STAY = 1e-4;
/** Quanta that rounding may have left on top of a whole number. */
const NEARLY_WHOLE = 1e-6;
/** Nobody builds a hundred times what is needed: an element of which less is left isn't reinforced for that scenario. */
const LEAST_SHARE = 0.01;

interface Scenario {
  readonly outages: readonly Outage[];
  readonly state: FullState;
  /** Quanta that can't be treated, whatever is added. */
  readonly hopeless: number;
  /** Per node: whether no plant can be reached from it, whatever is added. */
  readonly isDeadEnd: readonly boolean[];
}

/** A link or plant that lets water out of a set of nodes: what it has when nothing is lost, and the share that is left. */
interface Exit {
  readonly column: number;
  readonly capacity: number;
  readonly share: number;
}

/** The exits of a set of nodes in a scenario must together let out `need`. */
interface Cut {
  readonly exits: readonly Exit[];
  readonly need: number;
}

/**
 * The least capacity that must be added to the links and plants there are, and where, so that in each scenario all inflow
 * reaches plants: nothing floods and nothing is spilt.
 *
 * What is lost in a scenario gains nothing there; of what is lost in part, added capacity counts by the share that is left
 * (not at all below a hundredth). A two-way gate is enlarged in both directions by the same figure. Water that would be
 * lost even with unlimited capacities, such as that of a catchment whose only main is lost, is listed as hopeless and asks
 * for nothing. Where several reinforcements are least, it is always the same one of them, whatever the order of the file
 * and of the scenarios.
 *
 * @param network from `loadNetwork`
 * @returns capacities in the file's flow unit, whole quanta (mL/d) each; they serve every scenario exactly, and their sum
 *   exceeds the least by a few quanta at most
 * @throws NetworkError for a state or outages that don't fit the network; OptionError for an empty list of scenarios, the
 *   same scenario twice or an option that doesn't exist
 * @remarks one maximum flow per scenario and round, and one linear program per round: a few rounds as a rule, exponentially many
 *   at worst
 * @example
 * const { add, total, hopeless } = leastReinforcement(city, { outages: [{ id: "east", availability: 0.1 }] });
 * add; // [{ id: "east", capacity: 1.76 }]
 * total; // 1.76
 * hopeless; // []
 * @see Benders, Numer. Math. 4 (1962) 238–252; Grötschel, Monma & Stoer, Handbooks in OR & MS 7 (1995), ch. 10
 */
export function leastReinforcement(network: Network, options: ReinforcementOptions = {}): Reinforcement {
  assertNetwork(network);
  checkKeys(options, ["state", "outages"]);
  const state = fullState(network, { state: options.state ?? {} });
  const flows = new ScenarioFlows(network);
  const scenarios = scenariosOf(network, options.outages).map((outages) =>
    flows.scenario(outages, withOutages(network, state, outages)),
  );

  const cuts = new Map<string, Cut>();
  let add: Float64Array = new Float64Array(flows.ids.length);
  // Few scenarios bind: those that were broken last are looked at until they hold, and only then all of them again.
  let open = scenarios;
  for (;;) {
    const broken = open.map((scenario) => flows.brokenCuts(scenario, add));
    if (broken.every((found) => found.length === 0)) {
      if (open === scenarios) break;
      open = scenarios;
      continue;
    }
    if (broken.flat().filter((cut) => keep(cuts, cut)).length === 0) {
      throw new EngineError(
        "a reinforcement breaks a cut that it met. This is a bug; please report it with your file.",
      );
    }
    open = open.filter((_, i) => (broken[i] ?? []).length > 0);
    add = leastAdded([...cuts.values()], add, flows.total);
  }

  const flow = (quanta: number) => fromQuanta(quanta, network.units.flow);
  return {
    add: flows.ids
      .flatMap((id, column) => ((add[column] ?? 0) > 0 ? [{ id, capacity: flow(add[column] ?? 0) }] : []))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    total: flow(add.reduce((sum, quanta) => sum + quanta, 0)),
    hopeless: scenarios.flatMap(({ outages, hopeless }) =>
      hopeless > 0 ? [{ outages: outages.map(idOf), flow: flow(hopeless) }] : [],
    ),
  };
}

/** The scenarios in an order of their own, so that the caller's doesn't decide between equally small reinforcements. */
function scenariosOf(network: Network, given: ReinforcementOptions["outages"]): (readonly Outage[])[] {
  const isLost = ({ kind }: { kind: string }) => kind !== "catchment" && kind !== "outfall";
  const listed: unknown = given ?? [[], ...[...network.nodes, ...network.links].filter(isLost).map(({ id }) => id)];
  if (!Array.isArray(listed) || listed.length === 0) {
    throw new OptionError(
      `outages are ${show(listed)}; they are a list of scenarios, each an outage or a list of outages. ` +
        "Leave them out for every single loss, or give [[]] for the state as it is.",
    );
  }
  const scenarios = new Map<string, readonly Outage[]>();
  for (const entry of listed as readonly (Outage | readonly Outage[])[]) {
    const outages = (Array.isArray(entry) ? entry : [entry]) as readonly Outage[];
    if (given !== undefined) checkOutages(network, outages);
    const sorted = [...outages].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    const key = JSON.stringify(sorted.map((outage) => [idOf(outage), leftOf(outage)]));
    if (scenarios.has(key)) {
      const what =
        sorted.length === 0 ? "the state as it is" : sorted.map((outage) => show(idOf(outage))).join(" with ");
      throw new OptionError(`outages list ${what} twice; each scenario is listed once.`);
    }
    scenarios.set(key, sorted);
  }
  return [...scenarios].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, outages]) => outages);
}

/**
 * Maximum flows to plants, scenario by scenario, on one network. A link is one arc, with what it carries backwards below 0; plants
 * are room at their nodes. Columns are the links, then the plants, each in order of id.
 */
class ScenarioFlows {
  readonly ids: readonly string[];
  private readonly problem: FlowProblem;
  private readonly residual: ResidualFlow;
  private readonly everyNode: Int32Array;
  /** Quanta per column when nothing is lost, and per link the other way; 0 where there is no other way. */
  private readonly capacity: Float64Array;
  private readonly reverse: Float64Array;

  constructor(network: Network) {
    const problem = new FlowProblem(network);
    const { links, plants, ground } = problem;
    const quanta = (flow: number) => toQuanta(flow, network.units.flow);
    this.problem = problem;
    this.ids = [...links.map(({ link }) => link.id), ...plants.map(({ node }) => node.id)];
    this.capacity = Float64Array.from([
      ...links.map(({ link }) => quanta(link.capacity)),
      ...plants.map(({ node }) => (node.kind === "plant" ? quanta(node.capacity) : 0)),
    ]);
    this.reverse = Float64Array.from(links, ({ link }) => (link.kind === "gate" ? quanta(link.reverseCapacity) : 0));
    this.everyNode = Int32Array.from({ length: ground }, (_, v) => v);
    this.residual = new ResidualFlow(
      ground,
      Int32Array.from(links, ({ from }) => from),
      Int32Array.from(links, ({ to }) => to),
    );
  }

  /** All inflow of the scenario that was last loaded. */
  get total(): number {
    return this.problem.total;
  }

  scenario(outages: readonly Outage[], state: FullState): Scenario {
    const { problem, residual, everyNode } = this;
    problem.load(state);
    const unlimited = (full: number, _column: number, share: number) =>
      share >= LEAST_SHARE ? problem.total : Math.round(full * share);
    this.open(unlimited);
    const hopeless = residual.send(everyNode, everyNode.length);
    // With nothing to give, the search backwards looks at everything that leads to a plant.
    this.open(unlimited);
    residual.give.fill(0);
    residual.search(everyNode, everyNode.length, true);
    return { outages, state, hopeless, isDeadEnd: Array.from(everyNode, (v) => !residual.reached(v)) };
  }

  /** Sets of nodes that, in this scenario and with this added capacity, can't let out what they need: none if all is served. */
  brokenCuts({ state, hopeless, isDeadEnd }: Scenario, add: Float64Array): readonly Cut[] {
    const { problem, residual, everyNode } = this;
    problem.load(state);
    this.open((full, column, share) => outlet(full, add[column] ?? 0, share));
    if (residual.send(everyNode, everyNode.length) <= hopeless) return [];
    // The smallest set and the largest. A way into a dead end helps nobody: with the dead ends inside, no row offers it.
    const smallest = Array.from(everyNode, (v) => residual.reached(v) || isDeadEnd[v] === true);
    residual.search(everyNode, everyNode.length, true);
    const largest = Array.from(everyNode, (v) => !residual.reached(v) || isDeadEnd[v] === true);
    return [this.cutAround(smallest, hopeless), this.cutAround(largest, hopeless)];
  }

  private cutAround(isInside: readonly boolean[], hopeless: number): Cut {
    const { problem, capacity, reverse } = this;
    const exits: Exit[] = [];
    const exit = (column: number, full: number, share: number) => {
      if (share > 0) exits.push({ column, capacity: full, share });
    };
    problem.links.forEach(({ from, to, share }, i) => {
      if (isInside[from] === isInside[to]) return;
      if (isInside[from] === true) exit(i, capacity[i] ?? 0, share);
      else if ((reverse[i] ?? 0) > 0) exit(i, reverse[i] ?? 0, share);
    });
    problem.plants.forEach(({ at, share }, i) => {
      const column = problem.links.length + i;
      if (isInside[at] === true) exit(column, capacity[column] ?? 0, share);
    });
    const inflow = isInside.reduce((sum, inside, v) => (inside ? sum + (problem.supply[v] ?? 0) : sum), 0);
    return { exits, need: inflow - hopeless };
  }

  /** Sets up the scenario that the problem has loaded, nothing sent yet, with capacities by a rule. */
  private open(rule: (full: number, column: number, share: number) => number): void {
    const { problem, residual, capacity, reverse } = this;
    const { links, plants, total } = problem;
    residual.flow.fill(0);
    links.forEach(({ share }, i) => {
      const back = reverse[i] ?? 0;
      residual.upper[i] = Math.min(total, rule(capacity[i] ?? 0, i, share));
      residual.lower[i] = back > 0 ? -Math.min(total, rule(back, i, share)) : 0;
    });
    residual.give.set(problem.supply.subarray(0, problem.ground));
    residual.take.fill(0);
    plants.forEach(({ at, share }, i) => {
      const column = links.length + i;
      residual.take[at] = Math.min(total, rule(capacity[column] ?? 0, column, share));
    });
    residual.load();
  }
}

/** Keeps a cut; of those with the same exits, found in several scenarios, only the one that needs most. */
function keep(cuts: Map<string, Cut>, cut: Cut): boolean {
  const key = cut.exits.map(({ column, capacity, share }) => `${column} ${capacity} ${share}`).join();
  const isMore = cut.need > (cuts.get(key)?.need ?? 0);
  if (isMore) cuts.set(key, cut);
  return isMore;
}

/** By how many quanta the exits fall short of what they need to let out. */
function shortOf({ exits, need }: Cut, add: Float64Array): number {
  return exits.reduce((left, { column, capacity, share }) => left - outlet(capacity, add[column] ?? 0, share), need);
}

/** As dispatch rounds it. */
function outlet(capacity: number, added: number, share: number): number {
  return Math.round((capacity + added) * share);
}

/**
 * The least added capacities that meet all cuts, whole quanta. A solver's digits don't reach from all inflow to one quantum, so
 * it is asked twice: for the capacities in thousandths of all inflow, and then for the change to them in quanta.
 *
 * From nothing the first program has the fewest elements to enlarge, but now and then the solver fails to get going; from
 * capacities that meet all cuts it needs no such phase. Where it fails at the second, what it would save is some quanta.
 */
function leastAdded(cuts: readonly Cut[], before: Float64Array, total: number): Float64Array {
  const unit = total / SCALE;
  const mended = (add: Float64Array) => {
    for (const cut of cuts) mend(cut, add);
    return add;
  };
  const from = (start: Float64Array) =>
    leastChange(cuts, start, { unit, reach: Infinity, stay: 0 })?.map((change, j) =>
      Math.max(0, (start[j] ?? 0) + Math.round(change * unit)),
    );
  const rough =
    from(new Float64Array(before.length)) ?? from(mended(before.slice())) ?? from(mended(before.map(() => 0)));
  if (rough === undefined) {
    throw new EngineError(
      `${javascriptLpSolver.name} finds no reinforcement where there is one. This is a bug; please report it with your file.`,
    );
  }
  mended(rough);
  const near = leastChange(cuts, rough, { unit: 1, reach: SCALE + Math.round(REACH * unit), stay: STAY });
  if (near === undefined) return rough;
  return mended(rough.map((quanta, j) => Math.max(0, quanta + Math.ceil((near[j] ?? 0) - NEARLY_WHOLE))));
}

interface Step {
  /** Quanta in one unit of the change. */
  readonly unit: number;
  /** How far down a capacity may go, in units. */
  readonly reach: number;
  /** What a unit of change costs, either way, besides what it adds. */
  readonly stay: number;
}

/** The change to `add` after which all cuts are met that is least in sum, in units; undefined where the solver fails. */
function leastChange(cuts: readonly Cut[], add: Float64Array, { unit, reach, stay }: Step): Float64Array | undefined {
  const columns = add.length;
  // Up and down are columns of their own, so that both start at 0 and no change at all may be the best.
  const down = add.map((quanta) => Math.min(quanta / unit, reach));
  const objective = new Float64Array(2 * columns).fill(1 + stay, 0, columns).fill(stay - 1, columns);
  const rows = cuts.map((cut) => {
    const exits = cut.exits.filter(({ share }) => share >= LEAST_SHARE);
    return {
      columns: exits.flatMap(({ column }) => [column, columns + column]),
      coefficients: exits.flatMap(({ share }) => [share, -share]),
      lower: shortOf(cut, add) / unit,
      upper: Infinity,
      lowest: exits.reduce((sum, { column, share }) => sum - share * (down[column] ?? 0), 0),
    };
  });
  const program: LinearProgram = {
    objective,
    lower: new Float64Array(2 * columns),
    upper: [...new Float64Array(columns).fill(Infinity), ...down],
    // What no change within reach can break is left out: its figures would drown the others.
    rows: rows.filter(({ lower, lowest }) => lowest < lower),
  };
  const answer = javascriptLpSolver.solve(program);
  if (answer.status !== "optimal" || faultIn(program, answer.x) !== undefined) return undefined;
  const { x } = answer;
  return add.map((_, j) => (x[j] ?? 0) - (x[columns + j] ?? 0));
}

/** Raises an exit until the cut is met exactly: that of which most is left, so that it takes least. */
function mend(cut: Cut, add: Float64Array): void {
  const best = cut.exits.reduce<Exit | undefined>(
    (most, exit) => (most === undefined || exit.share > most.share ? exit : most),
    undefined,
  );
  if (best === undefined) return;
  for (let short = shortOf(cut, add); short > 0; short = shortOf(cut, add)) {
    add[best.column] = (add[best.column] ?? 0) + Math.ceil(short / best.share);
  }
}
