/**
 * Where a network would have to be larger so that it stands the loss of its parts: least added capacity, by cut generation.
 *
 * By max-flow min-cut, a scenario's water all reaches plants if and only if, for every set S of nodes, what leaves S over
 * links and into plants of S can be as much as what enters the network in S. So the question is a linear program with
 * one column per link and plant and a row per set and scenario: far too many rows, of which few matter. The program starts
 * with none. Scenario by scenario, the capacities that it proposes are tried; where they don't do, the sets that show what that
 * scenario needs become rows (see `scenario-cuts.ts`), the program goes on from its last answer, and so until all hold (Benders'
 * decomposition, with the scenarios' flows as subproblems).
 *
 * Flows and cuts are whole quanta and exact. Only the program is in floating point: its answer is brought to whole quanta,
 * and raised where rounding leaves a row short, so that what is returned does serve every scenario.
 *
 * Sources: Gomory & Hu, J. SIAM 9 (1961) 551–570 (capacities for demands, by cuts); Benders, Numer. Math. 4 (1962) 238–252;
 * Grötschel, Monma & Stoer, in Handbooks in OR & MS 7 (1995), ch. 10 (networks that survive outages).
 */
import { checkOutages, idOf, leftOf, type Outage } from "../network/outage.js";
import { FlowProblem } from "../problem/problem.js";
import { fullState } from "../dispatch/state-options.js";
import { OptionError, bug } from "../errors.js";
import { CoveringSimplex } from "../linear/covering-simplex.js";
import { assertNetwork } from "../network/checked.js";
import { componentPlaces, componentsOf, statesByComponent } from "../network/components.js";
import { show } from "../text/show.js";
import { aFunction, aSignal, checkOptions, whereUsed, type Checks } from "../network/options.js";
import type { Network, State } from "../network/types.js";
import { fromQuanta } from "../units/flow.js";
import { canGain, ScenarioFlows, shortOf, type Cut, type Scenario } from "./scenario-cuts.js";
import type { StopSignal } from "./stop-signal.js";
import { byId, compare } from "../text/order.js";

export interface Reinforcement {
  /** Added capacity per link or plant, in the file's flow unit, only those above 0, ordered by id. */
  readonly add: readonly { readonly id: string; readonly capacity: number }[];
  /** Sum of `add`. */
  readonly total: number;
  /** Scenarios in which some water can't be treated however much is added, and how much: ids of what is lost, and flow. */
  readonly hopeless: readonly { readonly outages: readonly string[]; readonly flow: number }[];
}

export interface ReinforcementOptions {
  /** What every scenario starts from; the network's own figures where it says nothing. Locks are passed over: what is built outlasts them. */
  readonly state?: State;
  /**
   * The scenarios: one outage, or several at once; an empty list inside the list is the state as it is. If not given: the
   * state as it is, and the loss of each plant, link, storage and junction by itself.
   */
  readonly scenarios?: readonly (Outage | readonly Outage[])[];
  /** Called with the most scenarios that have been seen to hold in a row, and how many there are, in one connected component after the other. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the search: what it was aborted for is thrown. */
  readonly signal?: StopSignal;
}

const OPTIONS: Checks<ReinforcementOptions> = {
  state: whereUsed,
  scenarios: whereUsed,
  onProgress: aFunction,
  signal: aSignal,
};
const ELSEWHERE = { outages: 'each loss is a scenario of its own: { scenarios: ["east", ["a", "b"]] }' };

/** Quanta that rounding may have left on top of a whole number. */
const NEARLY_WHOLE = 1e-3;
/** Scenarios that are looked at with the same capacities, if they break them, before the program is asked for others. */
const AT_ONCE = 128;

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
 *   same scenario twice or an option that doesn't exist; what `signal` was aborted for: there is no half of a result
 * @remarks a minimum-cost flow per scenario and round, but for scenarios that lose nothing in use: a few rounds as a rule,
 *   exponentially many at worst
 * @example
 * const { add, total, hopeless } = leastReinforcement(city, { scenarios: [{ id: "east", availability: 0.1 }] });
 * add; // [{ id: "east", capacity: 1.76 }]
 * total; // 1.76
 * hopeless; // []
 * @see Benders, Numer. Math. 4 (1962) 238–252; Grötschel, Monma & Stoer, Handbooks in OR & MS 7 (1995), ch. 10
 */
export function leastReinforcement(network: Network, options: ReinforcementOptions = {}): Reinforcement {
  const { signal, onProgress } = options;
  const steps = reinforcementSteps(network, options);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    signal?.throwIfAborted();
    const { done, total } = step.value;
    if (done > 0) onProgress?.(done, total);
  }
}

/**
 * `leastReinforcement` in pieces of some milliseconds at most in a city of a few hundred nodes, for a caller who has other things to see
 * to in between. Each piece ends with how many scenarios have been seen to hold in a row, where that is more than before, else with 0;
 * a scenario counts once for each connected component, as these are worked on one after the other.
 */
export function* reinforcementSteps(
  network: Network,
  options: ReinforcementOptions = {},
): Generator<{ readonly done: number; readonly total: number }, Reinforcement, undefined> {
  assertNetwork(network);
  checkOptions(options, OPTIONS, ELSEWHERE);
  const state = fullState(network, { state: options.state ?? {} });
  // What is too much to be dispatched is refused, in whichever components it is.
  new FlowProblem(network).load(state);
  const listed = scenariosOf(network, options.scenarios);
  const parts = scenariosByComponent(network, listed);
  const total = parts.reduce((sum, { scenarios }) => sum + scenarios.size, 0);
  const stateOf = statesByComponent(network, state);

  const add: { readonly id: string; readonly quanta: number }[] = [];
  /** Quanta that are hopeless in every scenario, and besides in each. */
  let hopelessAnyway = 0;
  const hopeless = new Float64Array(listed.length);
  let before = 0;
  for (const [place, component] of componentsOf(network).entries()) {
    const scenarios = [...(parts[place]?.scenarios.values() ?? [])];
    const flows = new ScenarioFlows(component, stateOf(place));
    const anyway = flows.scenario([]).hopeless;
    hopelessAnyway += anyway;
    const open: Scenario[] = [];
    for (const { outages, of } of scenarios) {
      yield { done: 0, total };
      const scenario = flows.scenario(outages);
      open.push(scenario);
      for (const i of of) hopeless[i] = (hopeless[i] ?? 0) + scenario.hopeless - anyway;
    }
    const steps = leastAdded(flows, open);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        for (const [column, quanta] of step.value.entries())
          if (quanta > 0) add.push({ id: flows.ids[column] ?? "", quanta });
        break;
      }
      yield { done: step.value > 0 ? before + step.value : 0, total };
    }
    before += open.length;
  }

  const flow = (quanta: number) => fromQuanta(quanta, network.units.flow);
  return {
    add: add.sort(byId).map(({ id, quanta }) => ({ id, capacity: flow(quanta) })),
    total: flow(add.reduce((sum, { quanta }) => sum + quanta, 0)),
    hopeless: listed.flatMap((outages, i) => {
      const lost = hopelessAnyway + (hopeless[i] ?? 0);
      return lost > 0 ? [{ outages: outages.map(idOf), flow: flow(lost) }] : [];
    }),
  };
}

/** The least to add to each column so that the scenarios of one component hold; on the way, how many are seen to hold in a row, if more than before. */
function* leastAdded(flows: ScenarioFlows, scenarios: readonly Scenario[]): Generator<number, Float64Array, undefined> {
  const covering = new Covering(flows.ids.length);
  // Few scenarios bind: those that were broken last are looked at until they hold, and only then all of them again.
  let open = scenarios;
  let most = 0;
  for (;;) {
    const broken: Scenario[] = [];
    let held = 0;
    let together = 0;
    for (const [i, scenario] of open.entries()) {
      const cuts = flows.holdsAnyway(scenario) ? [] : flows.brokenCuts(scenario);
      held = cuts.length === 0 ? held + 1 : 0;
      yield held > most ? (most = held) : 0;
      if (cuts.length > 0) {
        together += 1;
        broken.push(scenario);
        covering.take(cuts);
      }
      if (together < AT_ONCE && !(together > 0 && i === open.length - 1)) continue;
      while (covering.improve()) yield 0;
      flows.reinforce(covering.add);
      together = 0;
    }
    if (broken.length === 0 && open === scenarios) return covering.add;
    open = broken.length === 0 ? scenarios : broken;
  }
}

/** What the scenarios are to one component: outages that are the same there, and the places of the scenarios that have them. */
interface PartScenarios {
  readonly scenarios: Map<string, { readonly outages: readonly Outage[]; readonly of: number[] }>;
}

/** Of each component what the scenarios take of it; none of it where one takes nothing. What happens elsewhere is nothing to it. */
function scenariosByComponent(network: Network, listed: readonly (readonly Outage[])[]): readonly PartScenarios[] {
  const placeOf = componentPlaces(network);
  const parts = componentsOf(network).map(() => ({ scenarios: new Map() as PartScenarios["scenarios"], touched: 0 }));
  for (const [i, outages] of listed.entries()) {
    const lost = new Map<number, Outage[]>();
    for (const outage of outages) {
      const place = placeOf?.get(idOf(outage)) ?? 0;
      lost.set(place, [...(lost.get(place) ?? []), outage]);
    }
    for (const [place, here] of lost) {
      const part = parts[place];
      if (part === undefined) continue;
      part.touched += 1;
      const known = part.scenarios.get(keyOf(here));
      if (known === undefined) part.scenarios.set(keyOf(here), { outages: here, of: [i] });
      else known.of.push(i);
    }
  }
  for (const { scenarios, touched } of parts)
    if (touched < listed.length) scenarios.set(keyOf([]), { outages: [], of: [] });
  return parts;
}

function keyOf(outages: readonly Outage[]): string {
  return JSON.stringify(outages.map((outage) => [idOf(outage), leftOf(outage)]));
}

/** The scenarios in an order of their own, so that the caller's doesn't decide between equally small reinforcements. */
function scenariosOf(network: Network, given: ReinforcementOptions["scenarios"]): (readonly Outage[])[] {
  const isLost = ({ kind }: { kind: string }) => kind !== "catchment" && kind !== "outfall";
  const listed: unknown = given ?? [[], ...[...network.nodes, ...network.links].filter(isLost).map(({ id }) => id)];
  if (!Array.isArray(listed) || listed.length === 0) {
    throw new OptionError(
      `scenarios are ${show(listed)}; they are a list, each an outage or a list of outages. ` +
        "Leave them out for every single loss, or give [[]] for the state as it is.",
    );
  }
  const scenarios = new Map<string, readonly Outage[]>();
  for (const entry of listed as readonly (Outage | readonly Outage[])[]) {
    const outages = (Array.isArray(entry) ? entry : [entry]) as readonly Outage[];
    if (given !== undefined) checkOutages(network, outages);
    const sorted = [...outages].sort((a, b) => compare(idOf(a), idOf(b)));
    const key = keyOf(sorted);
    if (scenarios.has(key)) {
      const what =
        sorted.length === 0 ? "the state as it is" : sorted.map((outage) => show(idOf(outage))).join(" with ");
      throw new OptionError(`scenarios list ${what} twice; each scenario is listed once.`);
    }
    scenarios.set(key, sorted);
  }
  return [...scenarios].sort(([a], [b]) => compare(a, b)).map(([, outages]) => outages);
}

/** The cuts that are known, and what must be added for them. */
class Covering {
  /** The least for the cuts taken in, in whole quanta; valid when `improve` says that there is nothing left to do. */
  readonly add: Float64Array;
  private readonly program: CoveringSimplex;
  /** By exits: of cuts with the same, found in several scenarios, only the one that needs most is kept. */
  private readonly cuts = new Map<string, { cut: Cut; readonly row: number }>();
  private hasNews = false;

  constructor(columns: number) {
    this.add = new Float64Array(columns);
    this.program = new CoveringSimplex(columns);
  }

  /** Takes in what isn't known yet. */
  take(cuts: readonly Cut[]): void {
    for (const cut of cuts) {
      const { exits, need } = cut;
      const key = exits.map(({ column, capacity, share }) => `${column} ${capacity} ${share}`).join();
      const known = this.cuts.get(key);
      if (known !== undefined && known.cut.need >= need) continue;
      this.hasNews = true;
      const short = shortOf(cut, NOTHING_ADDED);
      if (known === undefined) {
        const gaining = exits.filter(({ share }) => canGain(share));
        const columns = gaining.map(({ column }) => column);
        const shares = gaining.map(({ share }) => share);
        this.cuts.set(key, { cut, row: this.program.add(columns, shares, short) });
      } else {
        this.program.raise(known.row, short);
        known.cut = cut;
      }
    }
  }

  /** @returns false when `add` is the answer */
  improve(): boolean {
    const { program, add, cuts } = this;
    if (!this.hasNews) throw bug("a reinforcement breaks a cut that it met.");
    if (program.pivot()) return true;
    this.hasNews = false;
    for (let j = 0; j < add.length; j++) add[j] = Math.max(0, Math.ceil((program.x[j] ?? 0) - NEARLY_WHOLE));
    for (const { cut } of cuts.values()) mend(cut, add);
    return false;
  }
}

const NOTHING_ADDED = new Float64Array();

/** Raises an exit until the cut is met exactly: that of which most is left, so that it takes least. */
function mend(cut: Cut, add: Float64Array): void {
  let short = shortOf(cut, add);
  if (short <= 0) return;
  const best = cut.exits.reduce((most, exit) => (exit.share > most.share ? exit : most));
  for (; short > 0; short = shortOf(cut, add)) {
    add[best.column] = (add[best.column] ?? 0) + Math.ceil(short / best.share);
  }
}
