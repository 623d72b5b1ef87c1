/** What is to be shown of a network: whether it is one of it, and what is held in it. */
import { checkOutages, type Outage } from "../../network/outage.js";
import { assertPlanOf } from "../../plan/plan-shape.js";
import type { Plan } from "../../plan/plan.js";
import type { Network } from "../../network/types.js";

/** @throws NetworkError for outages of what the network doesn't have; OptionError for what isn't a plan of it */
export function checkShown(network: Network, plan: Plan | undefined, out: readonly Outage[]): void {
  checkOutages(network, out);
  if (plan !== undefined) assertPlanOf(network, plan);
}

/** Ids of what a plan's locks hold; none of a plan that is older than locks. */
export function heldIn(plan: Partial<Pick<Plan, "locks">> | undefined): ReadonlySet<string> {
  return new Set(plan?.locks?.map(({ id }) => id));
}
