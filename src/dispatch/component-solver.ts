/** A network's dispatch, from one state to the next: the policy's objectives taken in turn by an engine. */
import { OptionError } from "../errors.js";
import { elementsOf } from "../network/checked.js";
import { show } from "../text/show.js";
import { checkLanguage, type Language } from "../text/language.js";
import { askingLocks } from "../network/locks.js";
import type { FullState, Network } from "../network/types.js";
import { certificateOf } from "../plan/certificate-of.js";
import type { Certificate } from "../plan/certificate.js";
import { Circulation } from "../problem/circulation.js";
import { checkSpans } from "../problem/cost-span.js";
import type { Engine } from "../engines/engine.js";
import { networkEngine } from "../engines/network-engine.js";
import type { SecureList } from "../network/outage.js";
import { locksOf } from "../plan/lock-report.js";
import { linkFlow } from "../problem/flows.js";
import { measureOf, objectiveOf, statusOf, type Measure } from "../plan/measures.js";
import { planOf } from "../plan/plan-of.js";
import type { Plan, PlanObjective, PlanStatus } from "../plan/plan.js";
import {
  checkTolerance,
  DEFAULT_POLICY,
  HOLDING_POLICY,
  LOCK_STAGE,
  OBJECTIVES,
  stagesOf,
  type ObjectiveName,
  type Policy,
  type PolicyObjective,
  type Stage,
} from "../problem/policy.js";
import { FlowProblem } from "../problem/problem.js";
import { movesOf } from "../plan/reasons.js";
import type { Security } from "../problem/security.js";
import { fromQuanta } from "../units/flow.js";
import { linearKit, type EngineMaker } from "./linear-slot.js";

/** What a dispatch is to achieve, whichever engine does it. */
export interface CourseOptions {
  /** Objectives in order; the default is flooding, spill, starved, surcharge, balance, cost, moves, sharing. */
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

/** What an objective comes to, from the measure of one network. */
export type Total = (name: ObjectiveName, measure: Measure) => PlanObjective;

export interface ComponentSolver {
  /** Made anew where other locks ask for flow than in the state before. */
  readonly problem: FlowProblem;
  /** Of the last solution, per arc of the problem; nothing in it goes round in circles, but where it is secured. */
  readonly flow: Float64Array;
  /** The same with what set points would keep going round: what the proof, and the objective `moves`, are about. */
  readonly uncut: Float64Array;
  /** @param adjust changes what the problem has loaded, before it is solved */
  solve(state: FullState, adjust?: (problem: FlowProblem) => void): Solution;
  /** What an objective of the last solution comes to, in quanta. */
  measure(name: ObjectiveName): Measure;
  /**
   * The last solution as a plan.
   *
   * @param total an objective of which what this network comes to is a part: where it is a component, what locks cost is told of all
   */
  plan(language?: Language, total?: Total): Plan;
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
export function componentSolver(
  network: Network,
  options: CourseOptions = {},
  engineOf: EngineMaker = networkEngine,
): ComponentSolver {
  return new StagedSolver(network, options, engineOf);
}

/** Whether less of something is there than the network file says: then what a plan is held against is what happens if nobody acts. */
export function isFailing(network: Network, state: FullState): boolean {
  if (state.out.length === 0 && Object.keys(state.availability).length === 0) return false;
  const elements = elementsOf(network);
  const isLess = (id: string, left: number) => left < (elements.get(id)?.availability ?? 0);
  return (
    state.out.some((id) => isLess(id, 0)) || Object.entries(state.availability).some(([id, left]) => isLess(id, left))
  );
}

/**
 * What happens without a plan: where something is out, or less of it is there than the network file says, no pump or gate carries more
 * than its set point and everything else does its best; else set points are kept.
 */
export class PresentSolver implements ComponentSolver {
  private readonly kept: ComponentSolver;
  private readonly idle: ComponentSolver;
  private now: ComponentSolver;

  /** @param options what is best while nobody acts */
  constructor(
    private readonly network: Network,
    options: CourseOptions,
    engineOf: EngineMaker,
  ) {
    this.kept = this.now = componentSolver(network, { policy: HOLDING_POLICY }, engineOf);
    this.idle = componentSolver(network, options, engineOf);
  }

  solve(state: FullState): Solution {
    const isIdle = isFailing(this.network, state);
    this.now = isIdle ? this.idle : this.kept;
    return this.now.solve(state, (problem) => {
      if (isIdle) problem.capAtSetPoints();
    });
  }

  get problem(): FlowProblem {
    return this.now.problem;
  }

  get flow(): Float64Array {
    return this.now.flow;
  }

  get uncut(): Float64Array {
    return this.now.uncut;
  }

  measure(name: ObjectiveName): Measure {
    return this.now.measure(name);
  }

  plan(language?: Language, total?: Total): Plan {
    return this.now.plan(language, total);
  }

  /** Of set points that are kept alone: what is capped is best within bounds that no state has. */
  certificate(): Certificate | undefined {
    return this.now === this.kept ? this.kept.certificate() : undefined;
  }

  bookmark(): () => void {
    return this.now.bookmark();
  }
}

class StagedSolver implements ComponentSolver {
  problem: FlowProblem;
  flow: Float64Array;
  private readonly policy: Policy;
  private readonly tolerance: number;
  private readonly stages: readonly Stage[];
  private readonly names: readonly PolicyObjective[];
  private readonly security: Security | undefined;
  private engine: Engine;
  private circulation: Circulation;
  private cost: Float64Array;
  /** The problem's slopes that the policy's weights were last held against. */
  private spanned = -1;
  /** Solves so far. */
  count = 0;
  private state: FullState | undefined;
  private adjust: Parameters<ComponentSolver["solve"]>[1];
  /** What the plan's moves and locks are held against: found only where somebody asks for it. */
  private present: PresentSolver | undefined;
  private twin: ComponentSolver | undefined;

  constructor(
    private readonly network: Network,
    { policy = DEFAULT_POLICY, tolerance = 0, secure }: CourseOptions,
    private readonly engineOf: EngineMaker,
  ) {
    this.policy = policy;
    this.tolerance = tolerance;
    this.stages = stagesOf(policy, secure !== undefined);
    this.names = this.stages.flatMap((stage) =>
      typeof stage === "string" ? stage : ([...stage.keys()] as PolicyObjective[]),
    );
    checkTolerance(tolerance);
    this.security = secure === undefined ? undefined : linearKit().securityOf(network, secure);
    this.problem = new FlowProblem(network);
    this.engine = engineOf(this.problem, this.security);
    this.circulation = new Circulation(this.problem);
    this.cost = new Float64Array(this.engine.flow.length);
    this.flow = new Float64Array(this.engine.flow.length);
  }

  solve(state: FullState, adjust?: (problem: FlowProblem) => void): Solution {
    this.count += 1;
    this.state = state;
    this.adjust = adjust;
    this.cutFor(askingLocks(state.locks));
    const { problem, engine } = this;
    problem.load(state);
    adjust?.(problem);
    this.security?.load(state);
    if (this.spanned !== problem.slopes) checkSpans(problem, this.stages);
    this.spanned = problem.slopes;
    this.run();
    this.flow.set(engine.flow);
    // In a secured plan what goes round may stand ready for an outage.
    if (this.security === undefined) this.circulation.stop(this.flow);
    return new LastSolution(this, this.count);
  }

  status(): PlanStatus {
    return statusOf(this.problem, this.flow);
  }

  certificate(): Certificate | undefined {
    const proofs = this.engine.proofs?.();
    return proofs && { components: [certificateOf(this.problem, this.course, this.tolerance, proofs)] };
  }

  bookmark(): () => void {
    return this.engine.bookmark?.() ?? (() => undefined);
  }

  /** Makes problem and engine anew where other locks ask for flow: their links and plants are cut where that is met. */
  private cutFor(asking: readonly string[]): void {
    const known = this.problem.asking;
    if (asking.length === known.size && asking.every((id) => known.has(id))) return;
    this.spanned = -1;
    this.problem = new FlowProblem(this.network, asking);
    this.engine = this.engineOf(this.problem, this.security);
    this.circulation = new Circulation(this.problem);
    this.cost = new Float64Array(this.engine.flow.length);
    this.flow = new Float64Array(this.engine.flow.length);
  }

  get uncut(): Float64Array {
    return this.engine.flow;
  }

  /** The stages of the state at hand. */
  private get course(): readonly Stage[] {
    return this.problem.asking.size > 0 ? [LOCK_STAGE, ...this.stages] : this.stages;
  }

  private run(): void {
    const { engine, problem, cost, tolerance } = this;
    if (engine.resume?.() === true) return;
    engine.begin();
    for (const stage of this.course) {
      if (stage === "balance") engine.balance(tolerance);
      else if (stage === "sharing") engine.share();
      else if (stage === "security") engine.secure?.();
      else {
        weigh(problem, stage, cost);
        engine.minimise(cost);
      }
    }
    engine.settle();
  }

  measure(name: ObjectiveName): Measure {
    // Set points that ask for water to go round are met by what is taken out again.
    return measureOf(name, this.problem, name === "moves" ? this.engine.flow : this.flow);
  }

  objective(name: PolicyObjective): PlanObjective {
    const { problem, security } = this;
    if (!OBJECTIVES.some((known) => known === name) && name !== "security")
      throw new OptionError(`there is no objective ${show(name)}. There are ${OBJECTIVES.join(", ")}.`);
    if (name !== "security") return objectiveOf(name, this.measure(name), problem.network.units.flow);
    if (security === undefined)
      throw new OptionError('"security" needs the option secure, the outages to be secure against.');
    const unit = problem.network.units.flow;
    return { name, value: fromQuanta(security.worst(problem, this.flow), unit), unit };
  }

  plan(language: Language = "en", total: Total = this.own): Plan {
    const { state } = this;
    if (state === undefined) throw new OptionError("nothing has been solved yet.");
    checkLanguage(language);
    return planOf(this.problem, this.flow, {
      engine: this.engine.name,
      objectives: this.names.map((name) => this.objective(name)),
      moves: this.moves(state, language),
      locks: this.locks(state, language, total),
      circulation: this.circulation.stopped,
      state,
      certificate: this.certificate(),
    });
  }

  private readonly own: Total = (name, measure) => objectiveOf(name, measure, this.network.units.flow);

  private locks(state: FullState, language: Language, total: Total) {
    const told = (of: ComponentSolver) => (name: ObjectiveName) => total(name, of.measure(name));
    const without = (freed: FullState) => {
      this.beside.solve(freed, this.adjust);
      return told(this.beside);
    };
    return locksOf(this.problem, this.flow, state, this.names, language, told(this), without);
  }

  private moves(state: FullState, language: Language) {
    const { problem, flow } = this;
    const circulation = this.circulation.stopped;
    const isMoved = problem.links.some(
      (part) => !Number.isNaN(part.setPoint) && part.setPoint !== linkFlow(part, flow),
    );
    if (!isMoved) return [];
    if (this.policy === HOLDING_POLICY) return movesOf(problem, flow, flow, language, { circulation });
    this.present ??= new PresentSolver(this.network, this.unsecured, this.engineOf);
    this.present.solve(state);
    const isIdle = isFailing(this.network, state);
    // What goes round in both is told apart; what goes round without the plan alone has given way to something.
    return movesOf(problem, this.present.uncut, flow, language, { isIdle, circulation, uncut: this.engine.flow });
  }

  /** The same again, for states beside the one at hand. */
  private get beside(): ComponentSolver {
    return (this.twin ??= componentSolver(this.network, this.unsecured, this.engineOf));
  }

  private get unsecured(): CourseOptions {
    return { policy: this.policy.filter((entry) => entry !== "security"), tolerance: this.tolerance };
  }
}

/**
 * A class for the sake of one getter: engines keep the getter of a literal, and all that it refers to, with the literal's shape, so
 * that what was solved with once would live until the next full collection.
 */
class LastSolution implements Solution {
  /** @param of what it is the solution of; with the next solve the figures are another's */
  constructor(
    private readonly of: StagedSolver,
    private readonly count: number,
  ) {}

  get status(): PlanStatus {
    return this.still().status();
  }

  objective(name: PolicyObjective): PlanObjective {
    return this.still().objective(name);
  }

  plan(language?: Language): Plan {
    return this.still().plan(language);
  }

  private still(): StagedSolver {
    if (this.of.count === this.count) return this.of;
    throw new OptionError("this solution is of an earlier solve and is gone; take its plan before the next solve.");
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
