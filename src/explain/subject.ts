/** A plan made ready to be explained: held against its network and state, and solved anew to start from. */
import { certify } from "../certify/certify.js";
import { isEven, type EvenProof, type LinearProof } from "../plan/certificate.js";
import { linkFlow } from "../problem/flows.js";
import { objectiveOf, type Measure } from "../plan/measures.js";
import type { Plan, PlanObjective } from "../plan/plan.js";
import { DEFAULT_POLICY, type LinearObjective, type Policy } from "../problem/policy.js";
import { componentSolver, type ComponentSolver } from "../dispatch/component-solver.js";
import type { FlowProblem } from "../problem/problem.js";
import { together } from "../dispatch/solver.js";
import { OptionError, bug } from "../errors.js";
import { componentsOf, statesByComponent } from "../network/components.js";
import type { FullState, Network, State } from "../network/types.js";
import { loadState } from "../network/state.js";
import { toQuanta } from "../units/flow.js";
import type { Difference } from "./finding.js";

/** One connected component of the network, solved for the state. */
export interface Subject {
  readonly network: Network;
  readonly state: FullState;
  readonly policy: Policy;
  readonly tolerance: number;
  /** The whole plan. */
  readonly plan: Plan;
  /** What would be with more quanta of capacity at one element, as `FlowProblem.addCapacity` takes it. */
  readonly withMore: (of: AddedCapacity[0], more: number, way: AddedCapacity[2]) => Measure[];
  readonly problem: FlowProblem;
  /** The plan's, whole quanta per arc of the problem. */
  readonly flow: Float64Array;
  readonly linear: readonly LinearProof[];
  /** How many of the linear stages come before evening out; and its proof, if the policy has it. */
  readonly early: number;
  readonly even: EvenProof | undefined;
  /** What each objective comes to here, in the order of the policy. */
  readonly measures: readonly Measure[];
}

type AddedCapacity = Parameters<FlowProblem["addCapacity"]>;

/** All components, and what the objectives come to in all of them together: what findings tell is true of the whole. */
export interface Explained {
  readonly network: Network;
  readonly policy: Policy;
  readonly tolerance: number;
  readonly subjects: readonly Subject[];
  readonly values: Values;
}

export type Values = ReadonlyMap<Difference["objective"], number>;

/**
 * @throws NetworkError for a state that doesn't fit the network; OptionError for a plan that isn't the best one of this network,
 *   state, policy and tolerance
 */
export function explainedOf(
  network: Network,
  given: State,
  plan: Plan,
  { policy = DEFAULT_POLICY, tolerance = 0 }: { readonly policy?: Policy; readonly tolerance?: number },
): Explained {
  const state = loadState(network, given);
  const parts = componentsOf(network);
  const stateOf = statesByComponent(network, state);
  // Refuses a policy that is none before the plan is held against it.
  for (const part of parts.slice(0, 1)) componentSolver(part, { policy, tolerance });
  const { valid, optimal, problems } = certify(network, state, plan, { policy, tolerance });
  if (!valid) throw new OptionError(`the plan isn't one of this network, state and policy: ${problems.join("; ")}.`);
  // What carries no proof of its own must be what is proved here. (A plan that does may differ by a quantum where plants are tiny.)
  const unit = network.units.flow;
  const flows = new Map(optimal ? [] : plan.links.map(({ id, flow }) => [id, toQuanta(flow, unit)]));
  const subjects = parts.map((part, place) => subjectOf(part, stateOf(place), { plan, policy, tolerance, flows }));
  const explained = { network, policy, tolerance, subjects, values: new Map() };
  return { ...explained, values: valuesWith(explained, new Map()) };
}

function subjectOf(
  network: Network,
  state: FullState,
  { flows, ...about }: Pick<Subject, "plan" | "policy" | "tolerance"> & { readonly flows: ReadonlyMap<string, number> },
): Subject {
  const { policy, tolerance } = about;
  const ready = componentSolver(network, { policy, tolerance });
  ready.solve(state);
  const { problem } = ready;
  if (flows.size > 0 && problem.links.some((part) => linkFlow(part, ready.flow) !== flows.get(part.link.id))) {
    throw new OptionError(
      "the plan carries no proof, and differs from the best one of this network, state and policy; leave out the engine, or certify it.",
    );
  }
  const stages = ready.certificate()?.components[0]?.stages;
  if (stages === undefined) throw bug("a dispatch left no proof.");
  const early = stages.findIndex(isEven);
  return {
    network,
    state,
    ...about,
    withMore: moreIn(network, state, { policy, tolerance }),
    problem,
    flow: ready.flow.slice(),
    linear: stages.filter((stage): stage is LinearProof => "potentials" in stage),
    early: early === -1 ? stages.length : early,
    even: stages.find(isEven),
    measures: measuresOf(ready, policy),
  };
}

/** A component is made ready for that when it is first asked for: most of many never are. */
function moreIn(
  network: Network,
  state: FullState,
  options: { readonly policy: Policy; readonly tolerance: number },
): Subject["withMore"] {
  let ready: ComponentSolver | undefined;
  let back: (() => void) | undefined;
  return (of, more, way) => {
    if (ready === undefined) {
      ready = componentSolver(network, options);
      ready.solve(state);
      back = ready.bookmark();
    }
    back?.();
    ready.solve(state, (problem) => {
      const sinks = [...problem.plants, ...problem.outfalls];
      const same = typeof of === "number" ? of : sinks.find(({ node }) => node === of.node);
      if (same !== undefined) problem.addCapacity(same, more, way);
    });
    return measuresOf(ready, options.policy);
  };
}

/** What each objective of a policy comes to in a component, as it was last solved. */
export function measuresOf(ready: ComponentSolver, policy: Policy): Measure[] {
  return namesIn(policy).map((name) => ready.measure(name));
}

/**
 * Objectives of the whole as findings give them, in the order of the policy, with other measures for some components. Linear in
 * components.
 */
export function valuesWith(
  { network, policy, subjects }: Omit<Explained, "values">,
  changed: ReadonlyMap<Subject, readonly Measure[]>,
): Values {
  const unit = network.units.flow;
  const measures = subjects.map((subject) => changed.get(subject) ?? subject.measures);
  return new Map(
    namesIn(policy).map((name, k) => {
      // Of vectors the largest figure counts, and no component need be asked for more.
      const firsts = measures.map((one) => {
        const measure = one[k] ?? 0;
        return typeof measure === "number" ? measure : measure.slice(0, 1);
      });
      return [name, figureOf(objectiveOf(name, together(firsts), unit))];
    }),
  );
}

export function namesIn(policy: Policy): Difference["objective"][] {
  return policy
    .flatMap((entry) => (typeof entry === "string" ? [entry] : (Object.keys(entry) as LinearObjective[])))
    .filter((name) => name !== "security");
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
