/**
 * Checks a plan from the network and the state alone. Nothing here is shared with what makes plans: not the problem, not
 * the arcs, not the engines. Only the conversion to quanta is the same, because it is what a figure means.
 */
import { pathText, show } from "../text/show.js";
import { checkOptions, whereUsed, type Checks } from "../network/options.js";
import type { Network, State } from "../network/types.js";
import { loadState } from "../network/state.js";
import { quantaPer } from "../units/flow.js";
import type { Certificate, CertificateStage } from "../plan/certificate.js";
import { componentsIn, edgesOf, type Flows } from "./edges.js";
import { Figures } from "./figures.js";
import { Given } from "./given.js";
import { checkProof } from "./optimal.js";
import { faultInFormat, faultsInSplits } from "./told.js";
import { outagesOf, type SecureList } from "../network/outage.js";
import type { Plan } from "../plan/plan.js";
import { readShape } from "../plan/plan-shape.js";
import {
  checkPolicy,
  checkTolerance,
  stagesOf,
  type CostName,
  type LinearObjective,
  type Policy,
  type Stage,
} from "../problem/policy.js";

/** `problems` says in words what is wrong with the plan, all of it; a valid plan has none. */
export interface Certification {
  readonly valid: boolean;
  /** Whether the plan is valid and its certificate proves that no better one exists. */
  readonly optimal: boolean;
  readonly problems: readonly string[];
  /**
   * Only where costs can't be made whole: the sums of objectives that were proved with rounded costs. Everything else is proved
   * exactly.
   */
  readonly within?: readonly CertificationBound[];
}

/** Another plan that is as good until then, and in the ranges that are left to it, is better by no more than this. */
export interface CertificationBound {
  readonly objectives: readonly CostName[];
  /** m³/s, and money per hour, times the policy's weights. */
  readonly by: number;
}

export interface CertifyOptions {
  readonly policy?: Policy;
  readonly tolerance?: number;
  readonly secure?: SecureList;
}

const OPTIONS: Checks<CertifyOptions> = { policy: checkPolicy, tolerance: checkTolerance, secure: whereUsed };

/**
 * Holds a plan against the network and the state it is for: mass balance at every node, bounds, what is derived from the
 * flows (utilisations, headroom, status, moves), and each objective's value, all recomputed from the plan's flows.
 *
 * A plan of the engine `network` carries a certificate, from which this proves, in whole numbers and fractions, that no better plan
 * exists for its objectives, their order, weights and tolerance: those that the certificate names, or just those of `options` where
 * they are given there. Even is meant to the quantum at each plant, with weights as they are written. Costs are exact wherever a
 * factor makes them whole; where none does, each is rounded by at most 1e-7 of the largest, and `within` tells what that may come
 * to. A plan without a certificate can only be shown to be possible and to be what it says. The reasons of its moves aren't looked at,
 * nor what the objectives would come to without a lock: that is another plan's.
 *
 * @param network from `loadNetwork`
 * @param state the state that the plan is for, with its outages (`stateOf` puts one together from a dispatch's options)
 * @param plan any value; one that isn't shaped like a plan isn't valid
 * @param options the policy and tolerance that the plan is to be best for. With a plan that has the objective `security`, the outages
 *   it was made with; without them that figure can't be held against anything, and the plan doesn't count as valid. No plan that
 *   has it carries a proof
 * @throws NetworkError where network, state or outages aren't valid themselves; never for a bad plan
 * @remarks linear in the network
 * @example
 * certify(city, {}, dispatch(city)); // { valid: true, optimal: true, problems: [] }
 */
export function certify(network: Network, state: State, plan: Plan, options: CertifyOptions = {}): Certification {
  checkOptions(options, OPTIONS);
  const { policy, tolerance, secure } = options;
  const stages = policy && stagesOf(policy, secure !== undefined);
  const full = loadState(network, state);
  const outages = secure === undefined ? undefined : outagesOf(network, secure);
  const problems: string[] = [];
  const refused = (...texts: readonly string[]) => ({ valid: false, optimal: false, problems: texts });
  if (typeof (plan as unknown) !== "object" || (plan as unknown) === null)
    return refused(`the plan is ${show(plan)}; it is what dispatch returns`);
  const format = faultInFormat(plan);
  if (format !== undefined) return refused(format);
  const shape = readShape(plan);
  if (!shape.success) return refused(...shape.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`));
  const unit = network.units.flow;
  if (plan.units.flow !== unit) return refused(`the plan is in ${show(plan.units.flow)}, the network in ${show(unit)}`);

  const fault = (text: string) => void problems.push(text);
  const given = new Given(network, full);
  const figures = new Figures(given, plan, fault);
  figures.check(outages);
  for (const text of faultsInSplits(given, plan, figures.flowOf)) fault(text);
  // A flow that can't be needs no proof that it is the best.
  const { certificate } = plan;
  if (problems.length > 0 || certificate === undefined)
    return { valid: problems.length === 0, optimal: false, problems };
  const within = checkCertificate(given, plan, certificate, figures.flows, { stages, tolerance, fault });
  const valid = problems.length === 0;
  return { valid, optimal: valid, problems, ...(within.length > 0 && { within }) };
}

interface Wanted {
  readonly stages: readonly Stage[] | undefined;
  readonly tolerance: number | undefined;
  readonly fault: (text: string) => void;
}

/** The proof that the plan is the best, of each connected component by itself. @returns what rounded costs leave open */
function checkCertificate(
  given: Given,
  plan: Plan,
  { components: proofs }: Certificate,
  flows: Flows,
  wanted: Wanted,
): CertificationBound[] {
  const components = componentsIn(given);
  if (proofs.length !== components.length) {
    wanted.fault(`the certificate is of ${proofs.length} components; the network has ${components.length}`);
    return [];
  }
  // By the place of the stage in the policy: what components leave open adds up.
  const open = new Map<number, CertificationBound>();
  for (const [k, component] of components.entries()) {
    const stages = proofs[k]?.stages ?? [];
    const ofLocks = locksIn(stages);
    const isAsking = [...component.nodes, ...component.links].some((element) => {
      const { least, most } = given.held(element);
      return least > 0 || most < 0;
    });
    if (isAsking && ofLocks === 0) wanted.fault("the certificate doesn't prove that locks are obeyed as far as can be");
    if (!isFor(stages.slice(ofLocks), plan, wanted)) return [];
    const edges = edgesOf(given, component, flows);
    const input = { edges, nodes: component.nodes.length, quanta: (flow: number) => given.quanta(flow) };
    const { faults, roundings } = checkProof(stages, input);
    faults.forEach(wanted.fault);
    for (const { stage, objectives, by } of roundings) {
      const place = stage - ofLocks;
      open.set(place, {
        objectives,
        by: (open.get(place)?.by ?? 0) + by / quantaPer("m3/s", given.network.units.flow),
      });
    }
  }
  return [...open.values()];
}

/** How many stages at the start are of locks alone. */
function locksIn([first]: readonly CertificateStage[]): number {
  return first !== undefined && "potentials" in first && Object.keys(first.objectives).join() === "locks" ? 1 : 0;
}

/** Whether a proof is for what the plan, and whoever asks, wants to be best. */
function isFor(proof: readonly CertificateStage[], plan: Plan, { stages, tolerance, fault }: Wanted): boolean {
  const found = proof.map((stage): Stage => {
    if ("potentials" in stage) return new Map(Object.entries(stage.objectives) as [LinearObjective, number][]);
    return "objective" in stage ? stage.objective : "balance";
  });
  const told = (stage: Stage) => JSON.stringify(typeof stage === "string" ? stage : [...stage]);
  const names = found.flatMap((stage) => (typeof stage === "string" ? stage : [...stage.keys()]));
  const another =
    names.join() !== plan.objectives.map(({ name }) => name).join()
      ? "other objectives than the plan's"
      : stages !== undefined && stages.map(told).join() !== found.map(told).join()
        ? "another policy"
        : undefined;
  if (another !== undefined) fault(`the certificate is for ${another}`);
  const loose = proof.find((stage) => "tolerance" in stage && stage.tolerance !== tolerance);
  const isLoose = tolerance !== undefined && loose !== undefined && "tolerance" in loose;
  if (isLoose) fault(`the certificate is for a tolerance of ${show(loose.tolerance)}`);
  return another === undefined && !isLoose;
}
