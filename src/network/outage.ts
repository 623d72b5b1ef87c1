/** An element lost in whole or in part, as callers give it, and what it does to a state. */
import { OptionError } from "../errors.js";
import { elementsOf } from "./checked.js";
import { error, meant, NetworkError, type Issue } from "./issues.js";
import { hints } from "../text/nearest.js";
import { show } from "../text/show.js";
import { own } from "./own.js";
import type { FullState, Network } from "./types.js";
import { loadState } from "./state.js";

/**
 * An element that is lost, by its id, or what is left of it: `{ id: "east", availability: 0.4 }` is a plant at 40 %.
 *
 * | kind | when it is out | in part |
 * | --- | --- | --- |
 * | conduit, pump, gate | carries nothing, either way | carries that share of its capacities |
 * | plant | takes nothing in; water may still pass to links that leave it | takes in that share of its capacity |
 * | outfall | shut | lets out that share of its capacity, where it has one |
 * | catchment, junction, storage | nothing passes, and what enters the network there floods | as if it were whole |
 */
export type Outage = string | { readonly id: string; readonly availability?: number };

/** What may be lost: one element, or several at once. */
export type SecureList = readonly (Outage | readonly Outage[])[];

export function idOf(outage: Outage): string {
  return typeof outage === "string" ? outage : outage.id;
}

/** Share of the element that is left. */
export function leftOf(outage: Outage): number {
  return typeof outage === "string" ? 0 : (outage.availability ?? 0);
}

/**
 * Checks a list of outages.
 *
 * @throws NetworkError for ids that the network doesn't have, ids named twice and shares outside 0 to 1, all at once; OptionError
 *   for what isn't an outage
 */
export function checkOutages(network: Network, outages: readonly Outage[]): void {
  const given: unknown = outages;
  if (!Array.isArray(given)) throw new OptionError(`outages are ${show(given)}; they are a list.`);
  for (const outage of given as readonly unknown[]) assertOutage(outage);
  // `out` tells of ids that are unknown or occur twice.
  const known = outages.filter((outage) => elementsOf(network).has(idOf(outage)));
  const availability = Object.fromEntries(known.map((outage) => [idOf(outage), leftOf(outage)]));
  loadState(network, { out: outages.map(idOf), availability });
}

/** @throws OptionError for what isn't shaped like an outage */
function assertOutage(outage: unknown): asserts outage is Outage {
  if (typeof outage === "string") return;
  const isObject = typeof outage === "object" && outage !== null;
  const extra = isObject && Object.keys(outage).find((key) => key !== "id" && key !== "availability");
  if (isObject && typeof (outage as { id?: unknown }).id === "string" && extra === undefined) return;
  const found = typeof extra === "string" ? `an outage has ${show(extra)}` : `an outage is ${show(outage)}`;
  throw new OptionError(`${found}; an outage is an id, or { id, availability }.`);
}

/**
 * The outages of a list, each as the elements it takes at once.
 *
 * @throws OptionError for what isn't a list of outages, is empty or has the same outage twice; NetworkError for ids that the
 *   network doesn't have or that one outage names twice, and for shares outside 0 to 1, all at once
 */
export function outagesOf(network: Network, secure: SecureList): (readonly Outage[])[] {
  const given: unknown = secure;
  if (!Array.isArray(given) || given.length === 0)
    throw new OptionError(`secure is ${show(given)}; it is a list of one or more outages.`);
  const outages = given.map((entry: unknown, k): readonly Outage[] => {
    const elements: unknown[] = Array.isArray(entry) ? entry : [entry];
    if (elements.length === 0) throw new OptionError(`secure[${k}] is an empty list; an outage takes something.`);
    elements.forEach(assertOutage);
    return elements as Outage[];
  });

  const issues: Issue[] = [];
  const elements = elementsOf(network);
  const hint = hints(elements.keys());
  outages.forEach((entry, k) => {
    const path = `secure[${k}]`;
    const seen = new Set<string>();
    for (const outage of entry) {
      const [id, left] = [idOf(outage), leftOf(outage)];
      if (!elements.has(id))
        issues.push(error("unknown-id", path, { is: "notInNetwork", part: "secure", id: show(id) }, meant(hint(id))));
      else if (!(left >= 0 && left <= 1))
        issues.push(error("value", path, { is: "share", id: show(id), left: show(left) }));
      if (seen.has(id)) issues.push(error("duplicate-id", path, { is: "twice", list: path, id: show(id) }));
      seen.add(id);
    }
  });
  if (issues.length > 0) throw new NetworkError(issues);

  const places = new Map<string, number>();
  outages.forEach((entry, k) => {
    const key = JSON.stringify(entry.map((outage) => [idOf(outage), leftOf(outage)]).sort());
    const before = places.get(key);
    if (before !== undefined) throw new OptionError(`secure[${k}] is the same outage as secure[${before}].`);
    places.set(key, k);
  });
  return outages;
}

/** The outages of a state, each element once. */
export function outagesIn({
  out,
  availability,
}: {
  readonly out: readonly string[];
  readonly availability: Readonly<Record<string, number>>;
}): Outage[] {
  const lost = new Set(out);
  const parts = Object.entries(availability).filter(([id, left]) => left < 1 && !lost.has(id));
  return [...out, ...parts.map(([id, left]) => ({ id, availability: left }))];
}

/** The state with these outages, which have been checked: an element keeps the lesser of what it had and what is left. */
export function withOutages(network: Network, state: FullState, outages: readonly Outage[]): FullState {
  const out = new Set(state.out);
  const availability = new Map(Object.entries(state.availability));
  for (const outage of outages) {
    const [id, left] = [idOf(outage), leftOf(outage)];
    const had = own(state.availability, id) ?? elementsOf(network).get(id)?.availability ?? 1;
    if (left === 0) out.add(id);
    else availability.set(id, Math.min(had, left));
  }
  return { ...state, out: [...out], availability: Object.fromEntries(availability) };
}
