/**
 * Forks where gravity alone decides how water splits.
 *
 * A pump or gate can be set. The water in a conduit is governed where it can only go on through something that is set further
 * down: a conduit to a wet well carries what the pump takes. So the water of a conduit is *free* where a plant or an outfall is
 * reached from its head by conduits alone. A fork is passive where free conduits lead on to two or more different nodes.
 *
 * An overflow, from whose head conduits lead to outfalls and nothing leads anywhere else, takes what the main beside it can't, as
 * a weir does: that is no split anybody would set, and it doesn't count. Twin mains to the same node count as one way, and what
 * nothing can flow through not at all.
 */
import { toQuanta } from "../../units/flow.js";
import type { Network, NetworkLink, NetworkNode } from "../types.js";
import { byId } from "../../text/order.js";

/** A node where nothing sets how the water splits, and the conduits it splits between, in order of id. */
export interface PassiveFork {
  readonly id: string;
  readonly links: readonly NetworkLink[];
}

/** What runs over a passive fork. */
export interface Split {
  readonly id: string;
  readonly links: readonly { readonly id: string; readonly flow: number }[];
}

type Share = (element: NetworkNode | NetworkLink) => number;

/**
 * The passive forks of a network, in order of id.
 *
 * @param leftOf share of an element that can be used now, 0 where it is out; as the file says if not given
 * @remarks linear in the network, but for the sorting of what is found
 */
export function passiveForks(network: Network, leftOf: Share = (element) => element.availability): PassiveFork[] {
  const unit = network.units.flow;
  const carries = (element: NetworkNode | NetworkLink, capacity: number) =>
    Math.round(toQuanta(capacity, unit) * leftOf(element)) > 0;
  const nodes = new Map(network.nodes.map((node) => [node.id, node]));

  // A node that is out lets nothing pass, but for a plant, which takes nothing in then.
  const isPassable = (id: string) => {
    const node = nodes.get(id);
    return node !== undefined && (node.kind === "plant" || node.kind === "outfall" || leftOf(node) > 0);
  };
  const conduits: NetworkLink[] = [];
  const settable: string[] = [];
  for (const link of network.links) {
    if (!isPassable(link.from) || !isPassable(link.to)) continue;
    const isOpen = carries(link, link.capacity);
    if (link.kind === "conduit") {
      if (isOpen) conduits.push(link);
      continue;
    }
    if (isOpen) settable.push(link.from);
    if (link.kind === "gate" && carries(link, link.reverseCapacity)) settable.push(link.to);
  }

  const plants: string[] = [];
  const outfalls: string[] = [];
  for (const node of network.nodes) {
    if (node.kind === "plant" && carries(node, node.capacity)) plants.push(node.id);
    if (node.kind === "outfall" && carries(node, node.capacity ?? Infinity)) outfalls.push(node.id);
  }
  const into = groups(conduits, (link) => link.to);
  const isFree = upstream(into, [...plants, ...outfalls]);
  const isOnward = upstream(into, [...plants, ...settable]);

  const forks: PassiveFork[] = [];
  for (const [id, leaving] of groups(conduits, (link) => link.from)) {
    const mains = leaving.filter(({ to }) => isFree.has(to) && isOnward.has(to));
    if (new Set(mains.map(({ to }) => to)).size > 1) forks.push({ id, links: mains.sort(byId) });
  }
  return forks.sort(byId);
}

/** Plans are made by the thousand, and most networks never have a passive fork. */
const HAS_FORKS = /* @__PURE__ */ new WeakMap<Network, boolean>();

/**
 * The passive forks that carry water: a plan with these flows relies on each of the splits.
 *
 * @param flowOf a link's flow, in any unit
 * @param leftOf as for `passiveForks`
 */
export function splitsOf(network: Network, flowOf: (id: string) => number, leftOf?: Share): Split[] {
  // What is out takes ways away and adds none: where the whole network has no passive fork, no state has.
  let mayFork = HAS_FORKS.get(network);
  if (mayFork === undefined) HAS_FORKS.set(network, (mayFork = passiveForks(network, () => 1).length > 0));
  if (!mayFork) return [];
  return passiveForks(network, leftOf)
    .map(({ id, links }) => ({ id, links: links.map((link) => ({ id: link.id, flow: flowOf(link.id) })) }))
    .filter(({ links }) => links.some(({ flow }) => flow > 0));
}

/** The nodes from which one of `ends` is reached by the links in `into`, these included. */
function upstream(into: ReadonlyMap<string, readonly NetworkLink[]>, ends: readonly string[]): Set<string> {
  const reached = new Set(ends);
  // A set is walked in the order of what is added, on the way as well.
  for (const id of reached) for (const { from } of into.get(id) ?? []) reached.add(from);
  return reached;
}

function groups(links: readonly NetworkLink[], endOf: (link: NetworkLink) => string): Map<string, NetworkLink[]> {
  const found = new Map<string, NetworkLink[]>();
  for (const link of links) {
    const group = found.get(endOf(link));
    if (group === undefined) found.set(endOf(link), [link]);
    else group.push(link);
  }
  return found;
}
