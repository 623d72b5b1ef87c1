/** The state that a dispatch is of, from what a caller gives. */
import { OptionError } from "../errors.js";
import { assertNetwork, elementsOf } from "../network/checked.js";
import type { FullState, Network, State } from "../network/schema.js";
import { loadState } from "../network/state.js";
import type { Plan, PlanLink } from "./plan.js";

/** What a dispatch is to take into account besides the network. */
export interface StateOptions {
  /** What changes from minute to minute; the network's own figures where it says nothing. */
  readonly state?: State;
  /** Ids of elements that are out, besides those that the state names. */
  readonly outages?: readonly string[];
  /** A plan whose flows are the present set points of all pumps and gates; the state's own set points go before it. */
  readonly from?: Pick<Plan, "links">;
}

/**
 * The full state that a dispatch with these options is of: what `certify` takes.
 *
 * @throws NetworkError for ids that aren't in the network and figures out of range
 */
export function stateOf(network: Network, options: StateOptions = {}): FullState {
  assertNetwork(network);
  return fullState(network, options);
}

/** As `stateOf`, for a network that is known to be checked. */
export function fullState(network: Network, { state = {}, outages = [], from }: StateOptions): FullState {
  const full = loadState(network, state);
  if (outages.length === 0 && from === undefined) return full;
  const lost = loadState(network, { out: outages }).out;
  const present = loadState(network, { setPoints: setPointsOf(network, from) }).setPoints;
  return { ...full, out: [...new Set([...full.out, ...lost])], setPoints: { ...present, ...full.setPoints } };
}

/** Flows of a plan's pumps and gates. Links that the network doesn't have are kept, for the check to refuse. */
function setPointsOf(network: Network, from: StateOptions["from"]): Record<string, number> {
  if (from === undefined) return {};
  const links: unknown = (from as Partial<Plan> | null)?.links;
  const isFlow = (row: unknown) =>
    typeof (row as Partial<PlanLink> | null)?.flow === "number" && typeof (row as Partial<PlanLink>).id === "string";
  if (!Array.isArray(links) || !links.every(isFlow))
    throw new OptionError("from is not a plan: a plan has links, each with an id and a flow.");
  const elements = elementsOf(network);
  const rows = from.links.filter((row) => elements.get(row.id)?.kind !== "conduit");
  return Object.fromEntries(rows.map((row) => [row.id, row.flow]));
}
