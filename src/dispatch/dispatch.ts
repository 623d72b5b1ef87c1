/** From a network and a state to a plan. */
import { OptionError } from "../errors.js";
import { javascriptLpSolver } from "../linear/javascript-lp-solver.js";
import { assertNetwork } from "../network/checked.js";
import { nearest, show } from "../network/issues.js";
import type { Language } from "../network/names.js";
import type { FullState, Network, State } from "../network/schema.js";
import { loadState } from "../network/state.js";
import type { Engine } from "./engine.js";
import { linearEngine } from "./linear-engine.js";
import { linkFlow, planOf, type Plan } from "./plan.js";
import { DEFAULT_POLICY, stagesOf, type Policy, type Stage } from "./policy.js";
import { buildProblem, tidyCost, type FlowProblem } from "./problem.js";
import { movesOf } from "./reasons.js";

const ENGINES = {
  "javascript-lp-solver": (problem: FlowProblem): Engine => linearEngine(problem, javascriptLpSolver),
};

export type EngineName = keyof typeof ENGINES;
export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

/** What a dispatch is to take into account besides the network. */
export interface StateOptions {
  /** What changes from minute to minute; the network's own figures where it says nothing. */
  readonly state?: State;
  /** Ids of elements that are out, besides those that the state names. */
  readonly outages?: readonly string[];
  /** A plan whose flows are the present set points of all pumps and gates; the state's own set points go before it. */
  readonly from?: Pick<Plan, "links">;
}

export interface DispatchOptions extends StateOptions {
  /** Objectives in order; the default is flooding, spill, starved, surcharge, balance, cost, moves. */
  readonly policy?: Policy;
  /**
   * By how much the objectives after `balance` may move a plant's utilisation from what evening out gives it; 0 to 1,
   * 0 if not given.
   */
  readonly tolerance?: number;
  readonly engine?: EngineName;
  /** The language of the reasons; `en` if not given. */
  readonly language?: Language;
}

/**
 * The best plan for one moment: objectives in order, each kept at its optimum while the next is optimised.
 *
 * @param network from `loadNetwork`
 * @returns plain data in the file's units; mass balances in it to the last quantum (1 mL/d). Every valid input has a plan:
 *   what can't be served is told as flooding
 * @throws NetworkError for a state, outage or plan that doesn't fit the network; OptionError for an option that doesn't
 *   exist; EngineError where a solver fails our check of its answer
 * @remarks equal input gives an equal plan, whatever the order of elements in the file. With the engine
 *   `javascript-lp-solver` some 10 linear programs of a column per arc and a row per node
 * @example
 * const plan = dispatch(city);
 * plan.plants[0]; // { id: "east", intake: 0.35, available: 1.74, utilisation: 0.2011…, headroom: 1.39 }
 */
export function dispatch(network: Network, options: DispatchOptions = {}): Plan {
  assertNetwork(network);
  const { policy = DEFAULT_POLICY, tolerance = 0, engine = "javascript-lp-solver", language = "en" } = options;
  const stages = stagesOf(policy);
  if (!(tolerance >= 0 && tolerance <= 1)) {
    throw new OptionError(
      `tolerance is ${show(tolerance)}; a tolerance is a share of a plant's capacity, from 0 to 1.`,
    );
  }
  if (!Object.hasOwn(ENGINES, engine)) {
    throw new OptionError(
      `there is no engine ${show(engine)}. ${nearest(engine, ENGINE_NAMES) ?? `There are ${ENGINE_NAMES.join(", ")}.`}`,
    );
  }
  const problem = buildProblem(network, stateOf(network, options));
  const flow = run(problem, stages, tolerance, engine);
  const isMoved = problem.links.some((part) => !Number.isNaN(part.setPoint) && part.setPoint !== linkFlow(part, flow));
  const present = isMoved && policy !== HOLDING ? run(problem, stagesOf(HOLDING), 0, engine) : flow;
  return planOf(problem, flow, {
    engine,
    objectives: stages.flatMap((stage) => (stage === "balance" ? stage : [...stage.keys()])),
    moves: movesOf(problem, present, flow, language),
  });
}

/** Set points are kept where water and room allow, and the rest of the network does its best around them. */
const HOLDING: Policy = ["moves", "flooding", "spill", "starved", "surcharge", "balance", "cost"];

/**
 * What the network does when every pump and gate that has a set point keeps it as nearly as it can: the status quo that a
 * plan is held against.
 *
 * @throws as `dispatch`
 */
export function presentPlan(network: Network, options: Omit<DispatchOptions, "policy" | "tolerance"> = {}): Plan {
  return dispatch(network, { ...options, policy: HOLDING });
}

/**
 * The full state that a dispatch with these options is of: what `certify` takes.
 *
 * @throws NetworkError for ids that aren't in the network and figures out of range
 */
export function stateOf(network: Network, { state = {}, outages = [], from }: StateOptions = {}): FullState {
  assertNetwork(network);
  const full = loadState(network, state);
  const out = [...new Set([...full.out, ...loadState(network, { out: [...outages] }).out])];
  const setPoints = { ...setPointsOf(network, from), ...full.setPoints };
  return { ...full, out, setPoints: loadState(network, { setPoints }).setPoints };
}

function setPointsOf(network: Network, from: StateOptions["from"]): Record<string, number> {
  if (from === undefined) return {};
  const settable = new Set(network.links.filter((link) => link.kind !== "conduit").map((link) => link.id));
  const known = new Set(network.links.map((link) => link.id));
  return Object.fromEntries(
    from.links.filter((link) => settable.has(link.id) || !known.has(link.id)).map((link) => [link.id, link.flow]),
  );
}

function run(problem: FlowProblem, stages: readonly Stage[], tolerance: number, name: EngineName): Float64Array {
  const engine = ENGINES[name](problem);
  for (const stage of stages) {
    if (stage === "balance") engine.balance(tolerance);
    else engine.minimise(weighted(problem, stage));
  }
  engine.minimise(tidyCost(problem));
  return engine.flow();
}

function weighted(problem: FlowProblem, stage: Exclude<Stage, "balance">): Float64Array {
  const sum = new Float64Array(problem.tail.length);
  for (const [name, weight] of stage) problem.cost[name].forEach((cost, a) => (sum[a] = (sum[a] ?? 0) + weight * cost));
  return sum;
}
