/** Plans that stand an outage before anybody acts, and what that costs. */
import { OptionError } from "../errors.js";
import { idOf, outagesOf, type Outage, type SecureList } from "../network/outage.js";
import type { Plan } from "../plan/plan.js";
import { checkOptions, optionsOf } from "../network/options.js";
import { DEFAULT_POLICY } from "../problem/policy.js";
import { prepare, PREPARE_OPTIONS, type PrepareOptions } from "../dispatch/prepare.js";
import { STATE_OPTIONS, type StateOptions } from "../dispatch/state-options.js";
import { Security } from "../problem/security.js";
import { DISPATCH_OPTIONS, stateOf, type DispatchOptions } from "../dispatch/dispatch.js";
import { assertNetwork } from "../network/checked.js";
import type { Network } from "../network/types.js";
import { fromQuanta, toQuanta } from "../units/flow.js";

/** A figure of both plans. */
export interface Compared {
  readonly unsecured: number;
  readonly secured: number;
}

/** What spills and floods after an outage while pumps and gates stay as the plan set them; the file's flow unit. */
export interface OutageRisk extends Compared {
  /** The ids of what is lost at once. */
  readonly outages: readonly string[];
}

export interface PreventivePlan {
  /** The secured plan. */
  readonly plan: Plan;
  /** The plan for the same state and policy without security. */
  readonly unsecured: Plan;
  /** One for each outage, in the order given. */
  readonly risks: readonly OutageRisk[];
  /** What security is paid for with. */
  readonly price: {
    /** Of the fullest plant, against what it has available; 0 where there is none. */
    readonly highestUtilisation: Compared;
    /** Money per hour. */
    readonly cost: Compared;
  };
}

/**
 * The plan that is least hurt by the worst of some outages before anybody acts, of those that flood and spill least; beside it the plan
 * that doesn't look ahead, and what the difference costs.
 *
 * @param options as for `dispatch`; `secure` lists the outages
 * @throws as `dispatch`; OptionError without `secure`
 * @remarks the unsecured plan is the engine `network`'s unless another is named; both take the same options besides
 * @example
 * const { risks } = preventivePlan(city, { secure: ["east"] });
 * risks; // [{ outages: ["east"], unsecured: 0.35, secured: 0.35 }]
 */
export function preventivePlan(
  network: Network,
  options: DispatchOptions & { readonly secure: SecureList },
): PreventivePlan {
  assertNetwork(network);
  const { secure } = options;
  // Callers without types may leave it out.
  if ((secure as SecureList | undefined) === undefined)
    throw new OptionError("preventivePlan needs the option secure, the outages to be secure against.");
  checkOptions(options, DISPATCH_OPTIONS);
  const [course, state] = [
    optionsOf<PrepareOptions>(options, PREPARE_OPTIONS),
    optionsOf<StateOptions>(options, STATE_OPTIONS),
  ];
  const secured = prepare(network, course).solve(state);
  const policy = (options.policy ?? DEFAULT_POLICY).filter((entry) => entry !== "security");
  const { secure: _secure, ...free } = course;
  const unsecured = prepare(network, { ...free, policy }).solve(state);
  const plans = { unsecured: unsecured.plan(options.language), secured: secured.plan(options.language) };

  const outages = outagesOf(network, secure);
  const security = new Security(network, outages);
  security.load(stateOf(network, options));
  const risks = {
    unsecured: risksOf(security, network, plans.unsecured),
    secured: risksOf(security, network, plans.secured),
  };
  return {
    plan: plans.secured,
    unsecured: plans.unsecured,
    risks: outages.map((lost: readonly Outage[], k) => ({
      outages: lost.map(idOf),
      unsecured: risks.unsecured[k] ?? NaN,
      secured: risks.secured[k] ?? NaN,
    })),
    price: {
      highestUtilisation: { unsecured: highest(plans.unsecured), secured: highest(plans.secured) },
      cost: { unsecured: costOf(unsecured), secured: costOf(secured) },
    },
  };
}

function risksOf(security: Security, network: Network, plan: Plan): number[] {
  const unit = network.units.flow;
  // A plan lists all links in order of id.
  const planned = plan.links.map((link) => toQuanta(link.flow, unit));
  return Array.from({ length: security.count }, (_, k) => fromQuanta(security.risk(k, planned), unit));
}

function highest(plan: Plan): number {
  return plan.plants.reduce((most, plant) => Math.max(most, plant.utilisation), 0);
}

function costOf(solution: ReturnType<ReturnType<typeof prepare>["solve"]>): number {
  const { value } = solution.objective("cost");
  return typeof value === "number" ? value : NaN;
}
