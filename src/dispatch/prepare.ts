/** A network made ready once, to be dispatched again and again as its state changes. */
import { OptionError } from "../errors.js";
import { javascriptLpSolver } from "../linear/javascript-lp-solver.js";
import type { LinearBackend } from "../linear/program.js";
import { assertNetwork } from "../network/checked.js";
import { nearest, show } from "../network/issues.js";
import { LANGUAGES, type Language } from "../network/names.js";
import { checkKeys } from "../network/option-keys.js";
import type { FullState, Network } from "../network/schema.js";
import type { Engine } from "./engine.js";
import { linearEngine } from "./linear-engine.js";
import { networkEngine } from "./network-engine.js";
import { outagesOf, type SecureList } from "./outage.js";
import { linkFlow, planOf, statusOf, valueOf, type Plan, type PlanObjective, type PlanStatus } from "./plan.js";
import {
  DEFAULT_POLICY,
  HOLDING_POLICY,
  OBJECTIVES,
  stagesOf,
  type Policy,
  type PolicyObjective,
  type Stage,
} from "./policy.js";
import { FlowProblem } from "./problem.js";
import { movesOf } from "./reasons.js";
import { Security } from "./security.js";
import { DISPATCH_OPTIONS, fullState, type StateOptions } from "./state-options.js";

const ENGINES = {
  network: networkEngine,
  "javascript-lp-solver": (problem: FlowProblem, security?: Security): Engine =>
    linearEngine(problem, javascriptLpSolver, security),
};

export type EngineName = keyof typeof ENGINES;
export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

export interface PrepareOptions {
  /** Objectives in order; the default is flooding, spill, starved, surcharge, balance, cost, moves. */
  readonly policy?: Policy;
  /**
   * By how much the objectives after `balance` may move a plant's utilisation from what evening out gives it; 0 to 1,
   * 0 if not given.
   */
  readonly tolerance?: number;
  /** `network` if not given, or `javascript-lp-solver` with `secure`; or what `loadHighs` returns. */
  readonly engine?: EngineName | LinearBackend;
  /**
   * Outages, each of one element or of several at once, to be secure against. Of the plans that are as good until then, the
   * objective `security` chooses one whose worst spill (flooding counted too) after any of them is least while nobody acts: pumps and
   * gates carry at most what the plan sends along them, conduits and plants what they can. It comes right after flooding and spill
   * unless the policy places it. Not for the engine `network`.
   */
  readonly secure?: SecureList;
}

/** What the last `solve` of a `Prepared` found. It is only valid until the next. */
export interface Solution {
  readonly status: PlanStatus;
  /**
   * The value of an objective, as a plan gives it, whether or not the policy has it.
   *
   * @throws OptionError for `security` without the option `secure`
   */
  objective(name: PolicyObjective): PlanObjective;
  /** The whole plan, with a reason for each move. */
  plan(language?: Language): Plan;
}

export interface Prepared {
  /**
   * The best flows in a state.
   *
   * @throws NetworkError for a state, outage or plan that doesn't fit the network
   * @remarks with the engine `network`, starts from the last solution: mends it where inflows, outages or availability have
   *   changed, and solves anew where that isn't sure to lead to the optimum. The solution is the same, to the last digit,
   *   whatever was solved before. Its certificate may be another proof of it; and where plants take no more than some mL a day,
   *   so that a quantum shows in how full they are, that quantum may be at another plant
   */
  solve(state?: StateOptions): Solution;
}

/**
 * Makes a network ready for many dispatches.
 *
 * @param network from `loadNetwork`
 * @throws OptionError for an option that doesn't exist; NetworkError where `secure` doesn't fit the network
 * @example
 * const ready = prepare(city);
 * ready.solve().status; // "normal"
 * ready.solve({ outages: ["east"] }).status; // "flooding"
 */
export function prepare(network: Network, options: PrepareOptions = {}): Prepared {
  assertNetwork(network);
  checkKeys(options, DISPATCH_OPTIONS);
  const ready = dispatcher(network, options);
  return {
    solve(state = {}) {
      checkKeys(state, DISPATCH_OPTIONS);
      return ready.solve(fullState(network, state));
    },
  };
}

export interface Dispatcher {
  readonly problem: FlowProblem;
  /** Of the last solution, per arc of the problem. */
  readonly flow: Float64Array;
  /** @param adjust changes what the problem has loaded, before it is solved */
  solve(state: FullState, adjust?: () => void): Solution;
  /** Keeps the last solution to start from; what comes back makes the next `solve` start there. */
  bookmark(): () => void;
}

/** `prepare` for callers in this package, who have the whole state at hand or look at the flow itself. */
export function dispatcher(network: Network, options: PrepareOptions = {}): Dispatcher {
  const { policy = DEFAULT_POLICY, tolerance = 0, secure } = options;
  const { engine: chosen = secure === undefined ? "network" : "javascript-lp-solver" } = options;
  const stages = stagesOf(policy, secure !== undefined);
  const holding = stagesOf(HOLDING_POLICY);
  if (typeof tolerance !== "number" || !(tolerance >= 0 && tolerance <= 1)) {
    throw new OptionError(
      `tolerance is ${show(tolerance)}; a tolerance is a share of a plant's capacity, from 0 to 1.`,
    );
  }
  const engineOf = maker(chosen);
  if (secure !== undefined && chosen === "network") {
    throw new OptionError(
      'the engine "network" can\'t secure a plan; leave engine out, or give "javascript-lp-solver" or what loadHighs returns.',
    );
  }
  const security = secure === undefined ? undefined : new Security(network, outagesOf(network, secure));
  const problem = new FlowProblem(network);
  const engine = engineOf(problem, security);
  const cost = new Float64Array(problem.tail.length);
  // What the last state would be if its set points were kept: found only where a reason is asked for.
  let bystander: Engine | undefined;

  const run = (on: Engine, course: readonly Stage[], within: number) => {
    if (on.resume?.() === true) return;
    on.begin();
    for (const stage of course) {
      if (stage === "balance") on.balance(within);
      else if (stage === "security") on.secure?.();
      else {
        weigh(problem, stage, cost);
        on.minimise(cost);
      }
    }
    on.settle();
  };
  const objectives = stages.flatMap((stage) => (typeof stage === "string" ? stage : [...stage.keys()]));
  const objective = (name: PolicyObjective): PlanObjective => {
    if (!OBJECTIVES.some((known) => known === name) && name !== "security")
      throw new OptionError(`there is no objective ${show(name)}. There are ${OBJECTIVES.join(", ")}.`);
    if (name !== "security") return valueOf(name, problem, engine.flow);
    if (security === undefined)
      throw new OptionError('"security" needs the option secure, the outages to be secure against.');
    return security.valueOf(problem, engine.flow);
  };

  const moves = (language: Language) => {
    if (!LANGUAGES.includes(language)) {
      throw new OptionError(`there is no language ${show(language)}. There are ${LANGUAGES.join(", ")}.`);
    }
    const isMoved = problem.links.some(
      (part) => !Number.isNaN(part.setPoint) && part.setPoint !== linkFlow(part, engine.flow),
    );
    if (!isMoved) return [];
    if (policy === HOLDING_POLICY) return movesOf(problem, engine.flow, engine.flow, language);
    bystander ??= engineOf(problem);
    run(bystander, holding, 0);
    return movesOf(problem, bystander.flow, engine.flow, language);
  };
  const solution: Solution = {
    get status() {
      return statusOf(problem, engine.flow);
    },
    objective,
    plan: (language = "en") =>
      planOf(problem, engine.flow, {
        engine: engine.name,
        objectives: objectives.map(objective),
        moves: moves(language),
        certificate: engine.certificate?.(stages, tolerance),
      }),
  };
  return {
    problem,
    flow: engine.flow,
    bookmark: () => engine.bookmark?.() ?? (() => undefined),
    solve(state, adjust) {
      problem.load(state);
      adjust?.();
      security?.load(state);
      run(engine, stages, tolerance);
      return solution;
    },
  };
}

function maker(engine: EngineName | LinearBackend): (problem: FlowProblem, security?: Security) => Engine {
  const given: unknown = engine;
  if (typeof given === "object" && given !== null && typeof engine === "object" && typeof engine.solve === "function") {
    return (problem, security) => linearEngine(problem, engine, security);
  }
  if (typeof engine === "string" && Object.hasOwn(ENGINES, engine)) return ENGINES[engine];
  const known =
    nearest(typeof engine === "string" ? engine : "", ENGINE_NAMES) ??
    `There are ${ENGINE_NAMES.join(", ")}, and what loadHighs returns.`;
  throw new OptionError(`there is no engine ${show(engine)}. ${known}`);
}

/** The cost per arc of a stage: the weighted sum of its objectives'. */
function weigh(problem: FlowProblem, stage: Exclude<Stage, string>, sum: Float64Array): void {
  sum.fill(0);
  for (const [name, weight] of stage) {
    const cost = problem.cost[name];
    for (let a = 0; a < sum.length; a++) sum[a] = (sum[a] ?? 0) + weight * (cost[a] ?? 0);
  }
}
