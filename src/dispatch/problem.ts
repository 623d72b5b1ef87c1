/**
 * The dispatch of one moment as a flow problem in whole quanta.
 *
 * Nodes are the network's, in order of id, and one more, the ground, where all water ends. Arcs run one way from 0 to
 * `upper`. A link is cut into arcs where its cost changes slope (at its target, at its present set point), a two-way gate
 * has arcs both ways; a plant is an arc to the ground, cut at its least flow; an outfall is an arc to the ground; and every
 * other node has an arc for what floods there, so the problem always has a solution. All objectives but `balance` are
 * linear costs on these arcs, and convex along each link: an optimum never gains by filling a dearer arc before a cheaper.
 *
 * Because elements are ordered by id before anything else, the order in a file never matters.
 */
import { own } from "../network/own.js";
import type { FullState, Network, NetworkLink, NetworkNode } from "../network/schema.js";
import { SECONDS_PER_HOUR, toQuanta } from "../units/flow.js";
import { LINEAR_OBJECTIVES, type LinearObjective } from "./policy.js";

/** A link, and the arcs that carry it. */
export interface LinkPart {
  readonly link: NetworkLink;
  /** Capacities now, quanta. */
  readonly capacity: number;
  readonly reverseCapacity: number;
  readonly target: number | undefined;
  /** Present flow, quanta; undefined where it isn't known or the link has no set point. */
  readonly setPoint: number | undefined;
  readonly forward: readonly number[];
  readonly backward: readonly number[];
}

/** A plant, outfall or place that may flood, and the arcs to the ground that carry what ends there. */
export interface SinkPart {
  readonly node: NetworkNode;
  readonly role: "plant" | "outfall" | "flooding";
  /** Capacity now, quanta; Infinity where there is no limit. */
  readonly capacity: number;
  /** What a plant's intake is divided by when plants are evened out: quanta, > 0 for a plant in service. */
  readonly rating: number;
  /** Least flow of a plant in service, quanta; 0 for all else. It may exceed the capacity that is left. */
  readonly least: number;
  readonly arcs: readonly number[];
}

export interface FlowProblem {
  readonly network: Network;
  /** Number of nodes, the ground (the last) included. */
  readonly nodes: number;
  readonly ground: number;
  /** Place of each node, by id. */
  readonly index: ReadonlyMap<string, number>;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  /** Largest flow per arc, quanta. */
  readonly upper: Float64Array;
  /** Inflow per node, quanta; the ground takes what all others give. */
  readonly supply: Float64Array;
  /** Cost per arc and objective: weight, or money per hour per m³/s. */
  readonly cost: ReadonlyMap<LinearObjective, Float64Array>;
  readonly links: readonly LinkPart[];
  readonly plants: readonly SinkPart[];
  readonly outfalls: readonly SinkPart[];
  readonly flooding: readonly SinkPart[];
}

/** Builds the problem of a network in a state. Linear in the network but for the sorting of ids. */
export function buildProblem(network: Network, state: FullState): FlowProblem {
  const unit = network.units.flow;
  const quanta = (flow: number) => toQuanta(flow, unit);
  const nodes = [...network.nodes].sort(byId);
  const links = [...network.links].sort(byId);
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const ground = nodes.length;
  const out = new Set(state.out);
  const share = (element: NetworkNode | NetworkLink) =>
    out.has(element.id) ? 0 : (own(state.availability, element.id) ?? element.availability);
  const scaled = (flow: number, element: NetworkNode | NetworkLink) => Math.round(quanta(flow) * share(element));

  const arcs: { tail: number; head: number; upper: number; costs: Partial<Record<LinearObjective, number>> }[] = [];
  const addArc = (tail: number, head: number, upper: number, costs: Partial<Record<LinearObjective, number>>) =>
    arcs.push({ tail, head, upper, costs }) - 1;

  const supply = new Float64Array(ground + 1);
  let total = 0;
  nodes.forEach((node, i) => {
    if (node.kind !== "catchment") return;
    supply[i] = quanta(own(state.inflows, node.id) ?? node.inflow);
    total += supply[i] ?? 0;
  });
  supply[ground] = -total;

  const linkParts = links.map((link): LinkPart => {
    const from = index.get(link.from) ?? -1;
    const to = index.get(link.to) ?? -1;
    const shut = [from, to].some((end) => closes(nodes[end], share));
    const capacity = shut ? 0 : scaled(link.capacity, link);
    const reverseCapacity = shut || link.kind !== "gate" ? 0 : scaled(link.reverseCapacity, link);
    const target = link.target === undefined ? undefined : quanta(link.target);
    const given = link.kind === "conduit" ? undefined : own(state.setPoints, link.id);
    const setPoint = given === undefined ? undefined : quanta(given);
    const pumping = link.energy * network.energyPrice * SECONDS_PER_HOUR;
    // Pieces of one direction, between the places where a slope changes. `here` is the set point seen this way.
    const pieces = (most: number, here: number | undefined, tail: number, head: number) => {
      const cuts = [target, here].filter((cut) => cut !== undefined && cut > 0 && cut < most) as number[];
      const ends = [...new Set([...cuts, most])].sort((a, b) => a - b);
      return ends.flatMap((end, i) => {
        const start = i === 0 ? 0 : (ends[i - 1] ?? 0);
        if (end === start) return [];
        return addArc(tail, head, end - start, {
          surcharge: target !== undefined && start >= target ? link.weight : 0,
          cost: pumping,
          moves: here === undefined ? 0 : start >= here ? 1 : -1,
        });
      });
    };
    return {
      link,
      capacity,
      reverseCapacity,
      target,
      setPoint,
      forward: pieces(capacity, setPoint, from, to),
      backward: pieces(reverseCapacity, setPoint === undefined ? undefined : -setPoint, to, from),
    };
  });

  const plants: SinkPart[] = [];
  const outfalls: SinkPart[] = [];
  const flooding: SinkPart[] = [];
  nodes.forEach((node, i) => {
    if (node.kind === "plant") {
      const capacity = scaled(node.capacity, node);
      const least = share(node) > 0 ? quanta(node.minFlow) : 0;
      const cut = Math.min(least, capacity);
      const cost = node.treatmentCost * SECONDS_PER_HOUR;
      const lower = cut > 0 ? [addArc(i, ground, cut, { starved: -1, cost })] : [];
      const rest = capacity > cut ? [addArc(i, ground, capacity - cut, { cost })] : [];
      plants.push({ node, role: "plant", capacity, rating: capacity * node.weight, least, arcs: [...lower, ...rest] });
    }
    if (node.kind === "outfall") {
      const limit = node.capacity === undefined ? undefined : scaled(node.capacity, node);
      const capacity = share(node) === 0 ? 0 : (limit ?? Infinity);
      const most = Math.min(capacity, total);
      const arc = most > 0 ? [addArc(i, ground, most, { spill: node.weight })] : [];
      outfalls.push({ node, role: "outfall", capacity, rating: 0, least: 0, arcs: arc });
    } else {
      const arc = total > 0 ? [addArc(i, ground, total, { flooding: 1 })] : [];
      flooding.push({ node, role: "flooding", capacity: Infinity, rating: 0, least: 0, arcs: arc });
    }
  });

  const column = (name: LinearObjective) => Float64Array.from(arcs, (arc) => arc.costs[name] ?? 0);
  return {
    network,
    nodes: ground + 1,
    ground,
    index,
    tail: Int32Array.from(arcs, (arc) => arc.tail),
    head: Int32Array.from(arcs, (arc) => arc.head),
    upper: Float64Array.from(arcs, (arc) => arc.upper),
    supply,
    cost: new Map(LINEAR_OBJECTIVES.map((name) => [name, column(name)])),
    links: linkParts,
    plants,
    outfalls,
    flooding,
  };
}

/** Ids compare by code unit: the same everywhere, whatever the language of the machine. */
function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Whether a node that is out stops what would pass through it. A plant lets water pass even when it takes none in. */
function closes(node: NetworkNode | undefined, share: (node: NetworkNode) => number): boolean {
  return node !== undefined && node.kind !== "plant" && node.kind !== "outfall" && share(node) === 0;
}

/** A cost that is least where no water goes further than it must: it settles what the objectives leave open. */
export function tidyCost(problem: FlowProblem): Float64Array {
  const cost = new Float64Array(problem.tail.length);
  for (const { forward, backward } of problem.links) for (const a of [...forward, ...backward]) cost[a] = 1;
  return cost;
}
