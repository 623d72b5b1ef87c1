/** Whether water goes round in circles, and what of it a plan says it has stopped. */
import { show } from "../text/show.js";
import type { NetworkLink } from "../network/types.js";
import type { Given } from "./given.js";

/**
 * What goes round must balance at every node and run the way that the plan's flow runs. Of the plan's flow itself nothing goes round
 * but what locks ask for.
 *
 * @param flows quanta per link, by id
 * @param rounds the same of what is said to go round
 */
export function faultsInCircles(
  given: Given,
  flows: ReadonlyMap<string, number>,
  rounds: ReadonlyMap<string, number>,
): string[] {
  const faults: string[] = [];
  const left = new Map<string, number>();
  const put = (id: string, quanta: number) => left.set(id, (left.get(id) ?? 0) + quanta);
  const { links } = given.network;
  for (const link of links) {
    const quanta = rounds.get(link.id);
    if (quanta === undefined) continue;
    put(link.from, -quanta);
    put(link.to, quanta);
    if (quanta === 0) faults.push(`circulation lists ${show(link.id)}, where nothing goes round`);
    if (quanta * (flows.get(link.id) ?? 0) < 0)
      faults.push(`circulation on ${show(link.id)} runs against the plan's flow`);
  }
  for (const [id, quanta] of left) if (quanta !== 0) faults.push(`circulation doesn't balance at ${show(id)}`);

  // The way water flows, where more does than a lock asks for.
  const ways = links.flatMap((link: NetworkLink) => {
    const quanta = flows.get(link.id) ?? 0;
    const { least, most } = given.held(link);
    if (quanta > Math.max(0, least)) return [{ from: link.from, to: link.to }];
    return quanta < Math.min(0, most) ? [{ from: link.to, to: link.from }] : [];
  });
  const round = onCircles(ways);
  if (round.length > 0) faults.push(`water goes round in a circle by ${round.map(show).join(", ")}`);
  return faults;
}

interface Way {
  readonly from: string;
  readonly to: string;
}

/** Nodes that circles lead through, or that lie between circles; none where there is no circle. */
function onCircles(ways: readonly Way[]): string[] {
  // What comes after one of these nodes is one of them too.
  const after = new Set(beyondSources(ways));
  const back = ways.flatMap(({ from, to }) => (after.has(from) ? [{ from: to, to: from }] : []));
  return beyondSources(back).sort();
}

/** Nodes that are left when those that nothing comes to are taken away, again and again. */
function beyondSources(ways: readonly Way[]): string[] {
  const leaving = new Map<string, string[]>();
  const coming = new Map<string, number>();
  for (const { from, to } of ways) {
    const list = leaving.get(from);
    if (list === undefined) leaving.set(from, [to]);
    else list.push(to);
    if (!coming.has(from)) coming.set(from, 0);
    coming.set(to, (coming.get(to) ?? 0) + 1);
  }
  const free = [...coming].flatMap(([id, count]) => (count === 0 ? [id] : []));
  // The list grows on the way.
  for (const id of free) {
    coming.delete(id);
    for (const to of leaving.get(id) ?? []) {
      const count = (coming.get(to) ?? 0) - 1;
      coming.set(to, count);
      if (count === 0) free.push(to);
    }
  }
  return [...coming.keys()];
}
