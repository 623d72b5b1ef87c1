/** A network's dispatch, from one state to the next: the policy's objectives taken in turn by an engine. */
import { OptionError } from "../errors.js";
import { show } from "../network/issues.js";
import { LANGUAGES, type Language } from "../network/names.js";
import type { FullState, Network } from "../network/schema.js";
import type { Certificate } from "./certificate.js";
import { checkSpans } from "./cost-span.js";
import type { Engine } from "./engine.js";
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

/** What a dispatch is to achieve, whichever engine does it. */
export interface CourseOptions {
  /** Objectives in order; the default is flooding, spill, starved, surcharge, balance, cost, moves. */
  readonly policy?: Policy;
  /**
   * By how much the objectives after `balance` may move a plant's utilisation from what evening out gives it; 0 to 1,
   * 0 if not given.
   */
  readonly tolerance?: number;
  /**
   * Outages, each of one element or of several at once, to be secure against. Of the plans that are as good until then, the
   * objective `security` chooses one whose worst spill (flooding counted too) after any of them is least while nobody acts: pumps and
   * gates carry at most what the plan sends along them, conduits and plants what they can. It comes right after flooding and spill
   * unless the policy places it. Not for the engine `network`.
   */
  readonly secure?: SecureList;
}

export type EngineMaker = (problem: FlowProblem, security?: Security) => Engine;

/** What the last `solve` of a `Prepared` found. Once it solves again, it throws OptionError. */
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

export interface Dispatcher {
  readonly problem: FlowProblem;
  /** Of the last solution, per arc of the problem. */
  readonly flow: Float64Array;
  /** @param adjust changes what the problem has loaded, before it is solved */
  solve(state: FullState, adjust?: (problem: FlowProblem) => void): Solution;
  /** The proof of the last solution, where the engine gives one. */
  certificate(): Certificate | undefined;
  /** Keeps the last solution to start from; what comes back makes the next `solve` start there. */
  bookmark(): () => void;
}

/**
 * `prepare` for callers in this package, who have the whole state at hand or look at the flow itself; of a network that is one
 * connected component, or is to be solved as if it were.
 *
 * @param engineOf what solves it; it knows how to secure a plan where that is asked for
 */
export function dispatcher(
  network: Network,
  options: CourseOptions = {},
  engineOf: EngineMaker = networkEngine,
): Dispatcher {
  const { policy = DEFAULT_POLICY, tolerance = 0, secure } = options;
  const stages = stagesOf(policy, secure !== undefined);
  const holding = stagesOf(HOLDING_POLICY);
  if (typeof tolerance !== "number" || !(tolerance >= 0 && tolerance <= 1)) {
    throw new OptionError(
      `tolerance is ${show(tolerance)}; a tolerance is a share of a plant's capacity, from 0 to 1.`,
    );
  }
  const security = secure === undefined ? undefined : new Security(network, outagesOf(network, secure));
  const problem = new FlowProblem(network);
  const engine = engineOf(problem, security);
  const cost = new Float64Array(problem.tail.length);
  // What the last state would be if its set points were kept: found only where a reason is asked for.
  let bystander: Engine | undefined;
  /** The problem's slopes that the policy's weights were last held against. */
  let spanned = -1;

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
  const certificate = () => {
    const proof = engine.certificate?.(stages, tolerance);
    return proof && { components: [proof] };
  };
  const plan = (language: Language = "en") =>
    planOf(problem, engine.flow, {
      engine: engine.name,
      objectives: objectives.map(objective),
      moves: moves(language),
      certificate: certificate(),
    });
  const solution = new LastSolution(() => statusOf(problem, engine.flow), objective, plan);
  return {
    problem,
    flow: engine.flow,
    certificate,
    bookmark: () => engine.bookmark?.() ?? (() => undefined),
    solve(state, adjust) {
      problem.load(state);
      adjust?.(problem);
      security?.load(state);
      if (spanned !== problem.slopes) checkSpans(problem, stages);
      spanned = problem.slopes;
      run(engine, stages, tolerance);
      return solution;
    },
  };
}

/**
 * A class for the sake of one getter: engines keep the getter of a literal, and all that it refers to, with the literal's shape, so
 * that what was solved with once would live until the next full collection.
 */
class LastSolution implements Solution {
  constructor(
    private readonly findStatus: () => PlanStatus,
    readonly objective: Solution["objective"],
    readonly plan: Solution["plan"],
  ) {}

  get status(): PlanStatus {
    return this.findStatus();
  }
}

/** The cost per arc of a stage: the weighted sum of its objectives'. */
function weigh(problem: FlowProblem, stage: Exclude<Stage, string>, sum: Float64Array): void {
  sum.fill(0);
  for (const [name, weight] of stage) {
    const cost = problem.cost[name];
    for (let a = 0; a < sum.length; a++) sum[a] = (sum[a] ?? 0) + weight * (cost[a] ?? 0);
  }
}
