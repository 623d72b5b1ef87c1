/** A plan made ready to be explained: held against its network and state, and solved anew to start from. */
import { certify } from "../dispatch/certify.js";
import { isEven, type EvenProof, type LinearProof } from "../dispatch/certificate.js";
import { linkFlow, type Plan, type PlanObjective } from "../dispatch/plan.js";
import { DEFAULT_POLICY, type LinearObjective, type Policy } from "../dispatch/policy.js";
import { dispatcher, type Dispatcher, type Solution } from "../dispatch/dispatcher.js";
import type { FlowProblem } from "../dispatch/problem.js";
import { EngineError, OptionError } from "../errors.js";
import type { FullState, Network, State } from "../network/schema.js";
import { loadState } from "../network/state.js";
import { toQuanta } from "../units/flow.js";
import type { Difference } from "./finding.js";

export interface Subject {
  readonly network: Network;
  readonly state: FullState;
  readonly policy: Policy;
  readonly tolerance: number;
  readonly plan: Plan;
  /** Solved for the state; each new solve of it starts from there after `back`. */
  readonly ready: Dispatcher;
  readonly back: () => void;
  readonly problem: FlowProblem;
  /** The plan's, whole quanta per arc of the problem. */
  readonly flow: Float64Array;
  readonly linear: readonly LinearProof[];
  /** How many of the linear stages come before evening out; and its proof, if the policy has it. */
  readonly early: number;
  readonly even: EvenProof | undefined;
  readonly values: Values;
}

export type Values = ReadonlyMap<Difference["objective"], number>;

/**
 * @throws NetworkError for a state that doesn't fit the network; OptionError for a plan that isn't the best one of this network,
 *   state, policy and tolerance
 */
export function subjectOf(
  network: Network,
  given: State,
  plan: Plan,
  { policy = DEFAULT_POLICY, tolerance = 0 }: { readonly policy?: Policy; readonly tolerance?: number },
): Subject {
  const state = loadState(network, given);
  const ready = dispatcher(network, { policy, tolerance });
  const { valid, optimal, problems } = certify(network, state, plan, { policy, tolerance });
  if (!valid) throw new OptionError(`the plan isn't one of this network, state and policy: ${problems.join("; ")}.`);
  const { problem } = ready;
  const solution = ready.solve(state);
  // What carries no proof of its own must be what is proved here. (A plan that does may differ by a quantum where plants are tiny.)
  const unit = network.units.flow;
  const flows = new Map(plan.links.map(({ id, flow }) => [id, toQuanta(flow, unit)]));
  if (!optimal && problem.links.some((part) => linkFlow(part, ready.flow) !== flows.get(part.link.id))) {
    throw new OptionError(
      "the plan carries no proof, and differs from the best one of this network, state and policy; leave out the engine, or certify it.",
    );
  }
  const stages = ready.certificate()?.components[0]?.stages;
  if (stages === undefined) throw new EngineError("a dispatch left no proof. This is a bug; please report it.");
  const early = stages.findIndex(isEven);
  return {
    network,
    state,
    policy,
    tolerance,
    plan,
    ready,
    back: ready.bookmark(),
    problem,
    flow: ready.flow.slice(),
    linear: stages.filter((stage): stage is LinearProof => "potentials" in stage),
    early: early === -1 ? stages.length : early,
    even: stages.find(isEven),
    values: valuesOf(solution, policy),
  };
}

export function namesIn(policy: Policy): Difference["objective"][] {
  return policy
    .flatMap((entry) => (typeof entry === "string" ? [entry] : (Object.keys(entry) as LinearObjective[])))
    .filter((name) => name !== "security");
}

/** Objectives as a finding gives them, in the order of the policy. */
export function valuesOf(solution: Solution, policy: Policy): Values {
  return new Map(namesIn(policy).map((name) => [name, figureOf(solution.objective(name))]));
}

function figureOf({ value }: PlanObjective): number {
  return typeof value === "number" ? value : (value[0] ?? 0);
}

/** What changes from one to the other, rounding of sums left aside. */
export function differencesBetween(before: Values, after: Values): Difference[] {
  return [...before].flatMap(([objective, from]) => {
    const to = after.get(objective) ?? from;
    return Math.abs(to - from) <= ROUNDING * Math.max(Math.abs(from), Math.abs(to))
      ? []
      : [{ objective, before: from, after: to }];
  });
}

const ROUNDING = 1e-12;
