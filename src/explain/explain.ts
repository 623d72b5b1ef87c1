/** A plan's reasons, in sentences. */
import { assertPlanOf } from "../dispatch/plan-shape.js";
import type { Plan } from "../dispatch/plan.js";
import type { Policy } from "../dispatch/policy.js";
import { assertNetwork } from "../network/checked.js";
import { checkKeys } from "../network/option-keys.js";
import type { Network, State } from "../network/schema.js";
import { alternativeFindings } from "./alternatives.js";
import { bottleneckFindings } from "./bottlenecks.js";
import { evennessFindings, evennessOf, headroomFindings } from "./evenness.js";
import type { Finding, MoreFinding } from "./finding.js";
import { lossFindings } from "./losses.js";
import { moveFindings } from "./moves.js";
import { subjectOf } from "./subject.js";
import { teller, type Tell } from "./tell.js";

export interface ExplainOptions {
  /** What the plan was made with, if not the default. */
  readonly policy?: Policy;
  readonly tolerance?: number;
}

/** Findings of one kind at most; what more there are is counted. */
const LISTED = 12;

/**
 * Why a plan is as it is: few sentences, the weightiest first. Why water is lost; why each plant stands where it does; what more capacity
 * would be worth; which headroom is out of reach; what set points are changed for; and what would be gained if something were given up.
 *
 * Every claim is proved or measured: what is said to be full is a cut in the plan's own flow, and gains are found by dispatching again.
 *
 * @param network from `loadNetwork`
 * @param state the state that the plan is for, with its outages, as `certify` takes it (`stateOf` puts one together)
 * @param plan the best one of them, from `dispatch`, `prepare` or `redispatch`
 * @returns plain data: ids and figures in the file's unit, and a text in each language in which names stand as the file has them
 * @throws NetworkError for a state that doesn't fit the network; OptionError for a plan that isn't the best one of this network,
 *   state, policy and tolerance
 * @remarks about twenty dispatches at most, a dozen of them warm
 * @example
 * explain(city, {}, dispatch(city))[0].text.en; // "east stands at 20.1 %: no plant that could take more stands lower."
 */
export function explain(network: Network, state: State, plan: Plan, options: ExplainOptions = {}): Finding[] {
  assertNetwork(network);
  checkKeys(options, ["policy", "tolerance"]);
  assertPlanOf(network, plan);
  const subject = subjectOf(network, state, plan, options);
  const tell = teller(network);
  const evenness = evennessOf(subject);
  const bottlenecks = bottleneckFindings(subject, evenness, tell);
  const standing = evenness === undefined ? [] : evennessFindings(subject, evenness, tell);
  return [
    ...capped(lossFindings(subject, tell), tell),
    ...capped(
      standing.filter(({ kind }) => kind === "evenness"),
      tell,
    ),
    ...capped(
      standing.filter(({ kind }) => kind === "held"),
      tell,
    ),
    ...capped(bottlenecks.findings, tell),
    ...more("bottleneck", bottlenecks.untried, tell),
    ...capped(evenness === undefined ? [] : headroomFindings(subject, evenness, tell), tell),
    ...capped(moveFindings(subject, tell), tell),
    ...capped(alternativeFindings(subject, tell), tell),
  ];
}

function capped(findings: readonly Exclude<Finding, MoreFinding>[], tell: Tell): Finding[] {
  const [first] = findings;
  if (first === undefined) return [];
  return [...findings.slice(0, LISTED), ...more(first.kind, findings.length - LISTED, tell)];
}

function more(of: MoreFinding["of"], count: number, tell: Tell): MoreFinding[] {
  return count <= 0 ? [] : [{ kind: "more", of, count, text: tell(({ words }) => words.more[of](count)) }];
}
