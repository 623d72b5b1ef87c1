/** The city in the page: what a person changes about it, and what comes of that. */
import { screeningOf, type ScreenOptions } from "../../contingency/screen.js";
import type { OutageResult } from "../../contingency/screening.js";
import { dispatcher, type Dispatcher } from "../../dispatch/dispatcher.js";
import { outagesIn, withOutages, type Outage } from "../../dispatch/outage.js";
import type { Plan } from "../../dispatch/plan.js";
import { HOLDING_POLICY, type Policy } from "../../dispatch/policy.js";
import { fullState } from "../../dispatch/state-options.js";
import { explain } from "../../explain/explain.js";
import type { Finding } from "../../explain/finding.js";
import { loadNetwork } from "../../network/load.js";
import { own } from "../../network/own.js";
import type { FullState, Network } from "../../network/schema.js";
import { timesInflow } from "../../network/state.js";
import type { PageData } from "./data.js";

/** What a person can change. */
export interface Scenario {
  /** Ids of what is out. */
  readonly out: readonly string[];
  /** In the file's unit, of catchments whose inflow was changed. */
  readonly inflows: ReadonlyMap<string, number>;
  /** What all inflows are multiplied by. */
  readonly factor: number;
  readonly policy: Policy;
  readonly tolerance: number;
}

export interface City {
  readonly network: Network;
  /** Nothing changed yet. */
  readonly start: Scenario;
  /** Inflow of each catchment at the start. */
  readonly inflows: ReadonlyMap<string, number>;
  /** Whether it is known what pumps and gates are set to: then `before` is what comes of that, else it is the best plan at the start. */
  readonly hasSetPoints: boolean;
  readonly before: Plan;
  /** What is out, wholly or in part, as a map shows it. */
  outages(scenario: Scenario): Outage[];
  /** @throws NetworkError for more inflow than is counted exactly */
  solve(scenario: Scenario): Plan;
  explain(scenario: Scenario, plan: Plan): Finding[];
  /** Every outage alone, with the scenario's inflows and policy and nothing out but what is so at the start. */
  screen(scenario: Scenario): { readonly count: number; single(i: number): OutageResult };
}

export function cityOf({ network: file, state, policy, tolerance }: PageData): City {
  const network = loadNetwork(file);
  const given = fullState(network, { state });
  const start: Scenario = { out: given.out, inflows: new Map(), factor: 1, policy, tolerance };
  const hasSetPoints = Object.keys(given.setPoints).length > 0;
  const holding = dispatcher(network, hasSetPoints ? { policy: HOLDING_POLICY } : { policy, tolerance });
  const present = holding.solve(given).plan();
  // Where nobody says how pumps and gates are set, they are as the best plan at the start has them.
  const set = hasSetPoints ? given : fullState(network, { state, from: present });
  const whole = { ...set, out: [] };

  // The last policy's dispatcher is kept, so that the next solve starts from the last plan.
  let ready: { readonly policy: Policy; readonly tolerance: number; readonly on: Dispatcher } | undefined;
  const dispatcherFor = (scenario: Scenario): Dispatcher => {
    if (ready?.policy !== scenario.policy || ready.tolerance !== scenario.tolerance) {
      const { policy, tolerance } = scenario;
      ready = { policy, tolerance, on: dispatcher(network, { policy, tolerance }) };
    }
    return ready.on;
  };
  const wet = ({ inflows, factor }: Scenario): FullState => {
    const changed = { ...whole, inflows: { ...whole.inflows, ...Object.fromEntries(inflows) } };
    return factor === 1 ? changed : timesInflow(network, changed, factor);
  };
  const stateIn = (scenario: Scenario) => withOutages(network, wet(scenario), scenario.out);

  return {
    network,
    start,
    inflows: new Map(
      network.nodes.flatMap((node) =>
        node.kind === "catchment" ? [[node.id, own(set.inflows, node.id) ?? node.inflow] as const] : [],
      ),
    ),
    hasSetPoints,
    before: present,
    outages: ({ out }) => outagesIn({ ...whole, out }),
    solve: (scenario) => dispatcherFor(scenario).solve(stateIn(scenario)).plan(),
    explain: (scenario, plan) => {
      const { policy, tolerance } = scenario;
      return explain(network, stateIn(scenario), plan, { policy, tolerance });
    },
    screen: (scenario) => {
      const { policy, tolerance } = scenario;
      const options: ScreenOptions = { state: withOutages(network, wet(scenario), start.out), policy, tolerance };
      const screening = screeningOf(network, options);
      return { count: screening.count, single: (i) => screening.single(i) };
    },
  };
}
