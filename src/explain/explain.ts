/** A plan's reasons, in sentences. */
import { assertPlanOf } from "../plan/plan-shape.js";
import type { Plan } from "../plan/plan.js";
import { checkPolicy, checkTolerance, type Policy } from "../problem/policy.js";
import { assertNetwork } from "../network/checked.js";
import { checkOptions, type Checks } from "../network/options.js";
import type { Network, State } from "../network/types.js";
import { alternativeFindings } from "./alternatives.js";
import { bottleneckFindings } from "./bottlenecks.js";
import { evennessFindings, evennessOf, headroomFindings, heldFindings } from "./evenness.js";
import type { Finding, MoreFinding, ToleranceFinding } from "./finding.js";
import { lossFindings } from "./losses.js";
import { moveFindings } from "./moves.js";
import { explainedOf } from "./subject.js";
import { teller, type Tell } from "./tell.js";
import { toleranceFindings } from "./tolerance.js";

export interface ExplainOptions {
  /** What the plan was made with, if not the default. */
  readonly policy?: Policy;
  readonly tolerance?: number;
}

const OPTIONS: Checks<ExplainOptions> = { policy: checkPolicy, tolerance: checkTolerance };

/** Findings of one kind at most; what more there are is counted. */
const LISTED = 12;

/**
 * Why a plan is as it is: few sentences, the weightiest first. Why water is lost; why each plant stands where it does; what a tolerance in
 * evenness is used for; what more capacity would be worth; which headroom is out of reach; what set points are changed for; and what would be gained if something were given up.
 *
 * Every claim is proved or measured: what is said to be full is a cut in the plan's own flow, and gains are found by dispatching again.
 *
 * @param network from `loadNetwork`
 * @param state the state that the plan is for, with its outages, as `certify` takes it (`stateOf` puts one together)
 * @param plan the best one of them, from `dispatch`, `prepare` or `redispatch`
 * @returns plain data: ids and figures in the file's unit, and a text in each language in which names stand as the file has them
 * @throws NetworkError for a state that doesn't fit the network; OptionError for a plan that isn't the best one of this network,
 *   state, policy and tolerance
 * @remarks each connected component is explained by itself, and what is found is ranked together. About half a dozen dispatches and,
 *   of single components, a dozen warm ones
 * @example
 * explain(city, {}, dispatch(city))[0].text.en; // "east stands at 20.1 %: no plant that could take more stands lower."
 */
export function explain(network: Network, state: State, plan: Plan, options: ExplainOptions = {}): Finding[] {
  assertNetwork(network);
  checkOptions(options, OPTIONS);
  assertPlanOf(network, plan);
  const explained = explainedOf(network, state, plan, options);
  const { subjects } = explained;
  const tell = teller(network);
  const evenness = subjects.flatMap((subject) => evennessOf(subject) ?? []);
  const bottlenecks = bottleneckFindings(explained, evenness, tell);
  return [
    ...capped(lossFindings(subjects, tell), tell),
    ...capped(evennessFindings(evenness, tell), tell),
    ...capped(heldFindings(evenness, tell), tell),
    ...toleranceFindings(explained, evenness, tell),
    ...capped(bottlenecks.findings, tell),
    ...more("bottleneck", bottlenecks.untried, tell),
    ...capped(headroomFindings(evenness, tell), tell),
    ...capped(moveFindings(subjects, tell), tell),
    ...capped(alternativeFindings(explained, evenness, tell), tell),
  ];
}

/** The first of a list, which are told only now, and how many more there are. */
function capped(findings: readonly (() => Exclude<Finding, MoreFinding | ToleranceFinding>)[], tell: Tell): Finding[] {
  const listed = findings.slice(0, LISTED).map((find) => find());
  const [first] = listed;
  return first === undefined ? [] : [...listed, ...more(first.kind, findings.length - LISTED, tell)];
}

function more(of: MoreFinding["of"], count: number, tell: Tell): MoreFinding[] {
  return count <= 0 ? [] : [{ kind: "more", of, count, text: tell(({ words }) => words.more[of](count)) }];
}
