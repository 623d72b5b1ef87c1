/** Tells whether a plan and outages are those of a network. */
import { checkOutages, type Outage } from "../dispatch/outage.js";
import { OptionError } from "../errors.js";
import type { Plan } from "../dispatch/plan.js";
import { show } from "../network/issues.js";
import type { Network } from "../network/schema.js";

/** @throws NetworkError for outages of what the network doesn't have; else as `checkPlan` */
export function checkShown(network: Network, plan: Plan | undefined, out: readonly Outage[]): void {
  checkOutages(network, out);
  if (plan !== undefined) checkPlan(network, plan);
}

/**
 * @throws OptionError for what isn't a plan, a plan in other units, one that lacks an element of the network or names one that
 *   the network doesn't have, and figures that are no numbers
 */
function checkPlan(network: Network, plan: Plan): void {
  const given = plan as Partial<Plan> | null;
  const lists = ["plants", "links", "spills", "flooding"] as const;
  if (typeof given !== "object" || given === null || !lists.every((list) => Array.isArray(given[list])))
    throw new OptionError(`the plan is ${show(plan)}; it is what dispatch returns.`);
  const unit = given.units?.flow;
  if (unit !== network.units.flow)
    throw new OptionError(`the plan is in ${show(unit)}, the network in ${show(network.units.flow)}.`);
  const of = (kind: string) => network.nodes.filter((node) => node.kind === kind);
  checkRows("links", plan.links, network.links, ["flow", "utilisation", "aboveTarget"]);
  checkRows("plants", plan.plants, of("plant"), ["intake", "available", "utilisation"]);
  checkRows("spills", plan.spills, of("outfall"), ["flow"]);
  checkFlooding(plan, network);
}

interface Named {
  readonly id: string;
}

function checkRows<T extends Named>(
  list: string,
  rows: readonly T[],
  elements: readonly Named[],
  figures: readonly (keyof T & string)[],
): void {
  const lacking = new Set(elements.map((element) => element.id));
  for (const row of rows) {
    if (!lacking.delete(row.id)) throw new OptionError(another(`${list} name ${show(row.id)}`));
    checkFigures(list, row, figures);
  }
  for (const id of lacking) throw new OptionError(another(`${list} lack ${show(id)}`));
}

function checkFlooding(plan: Plan, network: Network): void {
  if (plan.flooding.length === 0) return;
  const nodes = new Set(network.nodes.map((node) => node.id));
  for (const row of plan.flooding) {
    if (!nodes.has(row.id)) throw new OptionError(another(`flooding names ${show(row.id)}`));
    checkFigures("flooding", row, ["flow"]);
  }
}

function checkFigures<T extends Named>(list: string, row: T, figures: readonly (keyof T & string)[]): void {
  for (const figure of figures) {
    if (Number.isFinite(row[figure])) continue;
    throw new OptionError(
      `the plan's ${list} have ${show(row[figure])} as ${figure} of ${show(row.id)}; it is a number.`,
    );
  }
}

const another = (what: string) => `the plan is of another network: its ${what}, unlike this network's.`;
