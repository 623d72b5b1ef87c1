/** What a plan tells besides its flows: the format it is written in, splits that nothing can set, and notes on what was given. */
import { splitsOf } from "../network/checks/forks.js";
import { show } from "../text/show.js";
import type { Given } from "./given.js";
import { PLAN_VERSION, type Plan } from "../plan/plan.js";

/** What is wrong with the format of a plan, nothing of one that this version reads. */
export function faultInFormat(plan: object): string | undefined {
  if (!("version" in plan)) return undefined;
  return plan.version === PLAN_VERSION
    ? undefined
    : `this plan is of format ${show(plan.version)}; this version reads ${PLAN_VERSION}`;
}

/** @param flowOf quanta that a link carries, without what goes round */
export function faultsInSplits(given: Given, plan: Plan, flowOf: (id: string) => number): string[] {
  const told = (splits: Plan["splits"], quanta: (flow: number) => number) =>
    splits.map(({ id, links }) => [id, links.map((link) => [link.id, quanta(link.flow)])] as const);
  const found = new Map(told(plan.splits, (flow) => given.quanta(flow)));
  const right = new Map(
    told(
      splitsOf(given.network, flowOf, (element) => given.share(element)),
      (flow) => flow,
    ),
  );
  const faults: string[] = [];
  if (found.size < plan.splits.length) faults.push("splits list a fork twice");
  for (const id of new Set([...right.keys(), ...found.keys()])) {
    const [wanted, is] = [right.get(id), found.get(id)];
    if (is === undefined) faults.push(`splits don't list ${show(id)}, where nothing sets how the water splits`);
    else if (wanted === undefined) faults.push(`splits list ${show(id)}, where the plan relies on none`);
    else if (JSON.stringify(is) !== JSON.stringify(wanted))
      faults.push(`the split at ${show(id)} isn't what the flows give`);
  }
  return faults;
}
