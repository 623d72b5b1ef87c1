/** The city in the page: what a person changes about it, and what comes of that. */
import { screeningOf, type ScreenOptions } from "../../contingency/screen.js";
import type { OutageResult } from "../../contingency/screening.js";
import { isFailing } from "../../dispatch/component-solver.js";
import { outagesIn, withOutages, type Outage } from "../../network/outage.js";
import type { Plan } from "../../plan/plan.js";
import { HOLDING_POLICY, type Policy } from "../../problem/policy.js";
import { solver, type Solver } from "../../dispatch/solver.js";
import { fullState } from "../../dispatch/state-options.js";
import { explain } from "../../explain/explain.js";
import type { Finding } from "../../explain/finding.js";
import { loadNetwork } from "../../network/load.js";
import type { Lock } from "../../network/locks.js";
import { own } from "../../network/own.js";
import type { FullState, Network } from "../../network/types.js";
import { loadState, timesInflow } from "../../network/state.js";
import type { PageData } from "./data.js";

/** What a person can change. */
export interface Scenario {
  /** Ids of what is out. */
  readonly out: readonly string[];
  /** In the file's unit, of catchments whose inflow was changed. */
  readonly inflows: ReadonlyMap<string, number>;
  /** What all inflows are multiplied by. */
  readonly factor: number;
  /** What is held, by id. */
  readonly locks: ReadonlyMap<string, Lock>;
  readonly policy: Policy;
  readonly tolerance: number;
}

export interface City {
  readonly network: Network;
  /** Nothing changed yet. */
  readonly start: Scenario;
  /** Inflow of each catchment at the start. */
  readonly inflows: ReadonlyMap<string, number>;
  /** Whether it is known what pumps and gates are set to; where it isn't, they are as the best plan at the start has them. */
  readonly hasSetPoints: boolean;
  readonly notes: PageData["notes"];
  /** The state as it was given, before anything fails or changes, with its set points kept. */
  readonly before: Plan;
  /**
   * What a scenario's plan is held against: what comes of it if nobody acts. Set points are kept, and once something fails no pump or gate
   * carries more than it is set to. Undefined where nothing has failed or changed.
   */
  baseline(scenario: Scenario): Plan | undefined;
  /** What is out, wholly or in part, as a map shows it. */
  outages(scenario: Scenario): Outage[];
  /**
   * What a scenario's plan is of.
   *
   * @throws NetworkError for what can't be held
   */
  state(scenario: Scenario): FullState;
  /** @throws NetworkError for more inflow than is counted exactly, and for what can't be held */
  solve(scenario: Scenario): Plan;
  explain(scenario: Scenario, plan: Plan): Finding[];
  /** Every outage alone, besides what the scenario has out; and the scenario without it. */
  screen(scenario: Scenario): { readonly count: number; readonly whole: OutageResult; single(i: number): OutageResult };
}

export function cityOf({ network: file, state, outages, policy, tolerance, notes }: PageData): City {
  const network = loadNetwork(file);
  const given = fullState(network, { state });
  const standing = new Set(given.out);
  const start: Scenario = {
    out: [...new Set([...given.out, ...outages])],
    inflows: new Map(),
    factor: 1,
    locks: new Map(Object.entries(given.locks)),
    policy,
    tolerance,
  };
  const hasSetPoints = Object.keys(given.setPoints).length > 0;
  const best = solver(network, { policy, tolerance }).solve(given).plan();
  // What is in force: the set points that are known, and where none is, what the best plan at the start has there.
  const set = fullState(network, { state, from: best });
  const whole = { ...(hasSetPoints ? given : set), out: [] };

  // Those of the last policy are kept, so that the next solve starts from the last plan.
  let ready:
    { readonly policy: Policy; readonly tolerance: number; readonly on: Solver; readonly idle: Solver } | undefined;
  const solversFor = (scenario: Scenario) => {
    if (ready?.policy !== scenario.policy || ready.tolerance !== scenario.tolerance) {
      const { policy, tolerance } = scenario;
      const make = () => solver(network, { policy, tolerance });
      ready = { policy, tolerance, on: make(), idle: make() };
    }
    return ready;
  };
  const wet = ({ inflows, factor, locks }: Scenario): FullState => {
    const held = loadState(network, { locks: Object.fromEntries(locks) }).locks;
    const changed = { ...whole, locks: held, inflows: { ...whole.inflows, ...Object.fromEntries(inflows) } };
    return factor === 1 ? changed : timesInflow(network, changed, factor);
  };
  /** Whether more is out than the state says. */
  const isFailed = ({ out }: Scenario) => out.some((id) => !standing.has(id));
  // After a failure all set points count: they bound what happens if nobody acts.
  const stateIn = (scenario: Scenario) => {
    const now = withOutages(network, wet(scenario), scenario.out);
    return isFailed(scenario) ? { ...now, setPoints: set.setPoints } : now;
  };

  const holding = solver(network, { policy: HOLDING_POLICY });
  const kept = (scenario: Scenario, state: FullState): Plan => {
    if (!isFailing(network, state)) return holding.solve(state).plan();
    return solversFor(scenario)
      .idle.solve(state, (problem) => {
        problem.capAtSetPoints();
      })
      .plan();
  };

  return {
    network,
    start,
    inflows: new Map(
      network.nodes.flatMap((node) =>
        node.kind === "catchment" ? [[node.id, own(set.inflows, node.id) ?? node.inflow] as const] : [],
      ),
    ),
    hasSetPoints,
    notes,
    before: hasSetPoints ? kept(start, given) : best,
    baseline: (scenario) => {
      const { out, inflows, factor, locks } = scenario;
      const isAsSet = factor === 1 && inflows.size === 0 && areSame(locks, start.locks);
      const isSame = isAsSet && out.length === standing.size && !isFailed(scenario);
      return isSame ? undefined : kept(scenario, stateIn(scenario));
    },
    state: stateIn,
    outages: ({ out }) => outagesIn({ ...whole, out }),
    solve: (scenario) => solversFor(scenario).on.solve(stateIn(scenario)).plan(),
    explain: (scenario, plan) => {
      const { policy, tolerance } = scenario;
      return explain(network, stateIn(scenario), plan, { policy, tolerance });
    },
    screen: (scenario) => {
      const { policy, tolerance } = scenario;
      const options: ScreenOptions = { state: stateIn(scenario), policy, tolerance };
      const screening = screeningOf(network, options);
      return { count: screening.count, whole: screening.whole(), single: (i) => screening.single(i) };
    },
  };
}

function areSame(one: ReadonlyMap<string, Lock>, other: ReadonlyMap<string, Lock>): boolean {
  return one.size === other.size && [...one].every(([id, lock]) => other.get(id) === lock);
}
