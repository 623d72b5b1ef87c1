/** The state that a dispatch is of, from what a caller gives. */
import { elementsOf } from "../network/checked.js";
import type { FullState, Network, State } from "../network/types.js";
import { whereUsed, type Checks } from "../network/options.js";
import { loadState } from "../network/state.js";
import { checkOutages, withOutages, type Outage } from "../network/outage.js";
import { assertLinksOf } from "../plan/plan-shape.js";
import type { Plan } from "../plan/plan.js";

/** What a dispatch is to take into account besides the network. */
export interface StateOptions {
  /** What changes from minute to minute; the network's own figures where it says nothing. */
  readonly state?: State;
  /** What is lost, in whole or in part, besides what the state says. */
  readonly outages?: readonly Outage[];
  /** A plan whose flows are the present set points of all pumps and gates; the state's own set points go before it. */
  readonly from?: Pick<Plan, "links">;
}

export const STATE_OPTIONS: Checks<StateOptions> = { state: whereUsed, outages: whereUsed, from: whereUsed };

/** The full state that is meant, of a network that is known to be checked. */
export function fullState(network: Network, { state = {}, outages = [], from }: StateOptions): FullState {
  let full = loadState(network, state);
  if (from !== undefined) {
    const present = loadState(network, { setPoints: setPointsOf(network, from) }).setPoints;
    full = { ...full, setPoints: { ...present, ...full.setPoints } };
  }
  // Most calls have none, and a hot path goes through here.
  if (Array.isArray(outages) && outages.length === 0) return full;
  checkOutages(network, outages);
  return withOutages(network, full, outages);
}

/** Flows of a plan's pumps and gates. */
function setPointsOf(network: Network, from: unknown): Record<string, number> {
  assertLinksOf(network, from);
  const elements = elementsOf(network);
  const rows = from.links.filter((row) => elements.get(row.id)?.kind !== "conduit");
  return Object.fromEntries(rows.map((row) => [row.id, row.flow]));
}
