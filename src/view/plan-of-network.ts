/** Tells whether what is to be shown is of a network. */
import { checkOutages, type Outage } from "../dispatch/outage.js";
import { assertPlanOf } from "../dispatch/plan-shape.js";
import type { Plan } from "../dispatch/plan.js";
import type { Network } from "../network/schema.js";

/** @throws NetworkError for outages of what the network doesn't have; OptionError for what isn't a plan of it */
export function checkShown(network: Network, plan: Plan | undefined, out: readonly Outage[]): void {
  checkOutages(network, out);
  if (plan !== undefined) assertPlanOf(network, plan);
}
