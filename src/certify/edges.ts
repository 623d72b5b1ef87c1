/** The network as a proof sees it: links, plants, outfalls and places that flood, as edges with a range and a convex cost. */
import { show } from "../text/show.js";
import type { NetworkLink, NetworkNode } from "../network/types.js";
import { MOST_QUANTA, SECONDS_PER_HOUR } from "../units/flow.js";
import { times, written, type Decimal } from "./exact.js";
import type { Given, Range } from "./given.js";
import type { CostName } from "../problem/policy.js";
import { byId } from "../text/order.js";

/** From here to the next piece, a unit of flow more costs the product of these figures. */
export interface Piece {
  readonly from: number;
  readonly price: readonly number[];
}

/** An edge of the network as a proof sees it. Flows are whole quanta. */
export interface Edge {
  readonly name: string;
  /** Places in the list of nodes; the ground is the place after the last. */
  readonly from: number;
  readonly to: number;
  readonly flow: number;
  /** What it can carry. */
  readonly least: number;
  readonly most: number;
  /** Convex; the first piece is from −Infinity. */
  readonly costs: Readonly<Partial<Record<CostName, readonly Piece[]>>>;
  /**
   * What evens out: a plant by capacity and weight, or what floods by what enters there, by a quantum where nothing does. Its level is
   * what it takes ÷ rating; without rating it has none.
   */
  readonly sink?: { readonly objective: "balance" | "sharing"; readonly capacity: number; readonly rating: Decimal };
}

export interface ProofInput {
  /** Those of each kind in order of id. */
  readonly edges: readonly Edge[];
  /** Nodes, the ground not counted. */
  readonly nodes: number;
  readonly quanta: (flow: number) => number;
}

/** A proof at hand: the range that each edge's flow may still lie in. */
export interface Proof extends ProofInput {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** What a plan says flows, quanta by id. */
export interface Flows {
  /** What goes round counted in. */
  readonly links: (id: string) => number;
  readonly intakes: (id: string) => number;
  readonly spills: (id: string) => number;
  readonly floods: (id: string) => number;
}

/** Nodes that links join, and those links, in order of id. */
export interface Component {
  readonly nodes: readonly NetworkNode[];
  readonly links: readonly NetworkLink[];
}

/** The connected components, by the first id of a node in each. Links of any capacity join. */
export function componentsIn({ network, nodes }: Given): Component[] {
  const leader = new Map<string, string>();
  const lead = (id: string): string => {
    let root = id;
    for (let next = leader.get(root); next !== undefined; next = leader.get(root)) root = next;
    // The next search is shorter.
    for (let at = id; at !== root;) {
      const next = leader.get(at) ?? root;
      leader.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { from, to } of network.links) {
    const [one, other] = [lead(from), lead(to)];
    if (one !== other) leader.set(one, other);
  }
  const found = new Map<string, { nodes: NetworkNode[]; links: NetworkLink[] }>();
  for (const node of [...nodes.values()].sort(byId)) {
    const root = lead(node.id);
    const component = found.get(root);
    if (component === undefined) found.set(root, { nodes: [node], links: [] });
    else component.nodes.push(node);
  }
  for (const link of [...network.links].sort(byId)) found.get(lead(link.from))?.links.push(link);
  return [...found.values()];
}

const always = (...price: number[]): Piece[] => [{ from: -Infinity, price }];

/** Links, then plants, then outfalls, then what floods at all other nodes. */
export function edgesOf(given: Given, { nodes, links }: Component, flows: Flows): Edge[] {
  const place = new Map(nodes.map(({ id }, i) => [id, i]));
  const at = (id: string) => place.get(id) ?? -1;
  const inflow = nodes.reduce((sum, node) => sum + given.inflowOf(node), 0);
  // No link need carry more than all inflow and what set points and locks send round: beyond that, capacities are alike.
  const asked = [...links, ...nodes].reduce((sum, element) => {
    const { least, most } = given.held(element);
    return sum + Math.max(0, least, -most);
  }, 0);
  const set = links.reduce((sum, link) => sum + Math.abs(given.setPointOf(link) ?? 0), 0);
  const reach = Math.min(inflow + asked + set, MOST_QUANTA);

  const ofLinks = links.map((link): Edge => {
    const held = given.held(link);
    const { least, most } = given.within(given.capacityOf(link), held);
    return {
      name: `link ${show(link.id)}`,
      from: at(link.from),
      to: at(link.to),
      flow: flows.links(link.id),
      least: Math.max(least, -reach),
      most: Math.min(most, reach),
      costs: { ...costsOf(given, link), ...shortfall(held) },
    };
  });
  const ends: { plants: Edge[]; outfalls: Edge[]; floods: Edge[] } = { plants: [], outfalls: [], floods: [] };
  for (const [from, node] of nodes.entries()) {
    const { id } = node;
    const end = { from, to: nodes.length, least: 0 };
    if (node.kind === "plant") {
      const capacity = given.roomIn(node);
      const held = given.held(node);
      const rating = times({ digits: BigInt(capacity), power: 0 }, written(node.weight));
      ends.plants.push({
        ...end,
        name: `plant ${show(id)}`,
        flow: flows.intakes(id),
        most: given.within({ least: 0, most: capacity }, held).most,
        sink: { objective: "balance", capacity, rating },
        costs: {
          cost: always(node.treatmentCost, SECONDS_PER_HOUR),
          // Without capacity there is nothing to choose, and no cost is looked at.
          starved: [...always(-1), { from: given.quanta(node.minFlow), price: [0] }],
          ...shortfall(held),
        },
      });
    }
    if (node.kind === "outfall") {
      const most = Math.min(inflow, given.roomIn(node));
      const costs = { spill: always(node.weight) };
      ends.outfalls.push({ ...end, name: `outfall ${show(id)}`, flow: flows.spills(id), most, costs });
    } else {
      // Any flood where nothing enters counts as more than any share of an inflow.
      const inflowHere = BigInt(given.inflowOf(node));
      const rating = { digits: inflowHere > 0n ? inflowHere << 60n : 1n, power: 0 };
      ends.floods.push({
        ...end,
        name: `flooding at ${show(id)}`,
        flow: flows.floods(id),
        most: inflow,
        costs: { flooding: always(node.floodWeight) },
        sink: { objective: "sharing", capacity: 0, rating },
      });
    }
  }
  return [...ofLinks, ...ends.plants, ...ends.outfalls, ...ends.floods];
}

function costsOf(given: Given, link: NetworkLink): Edge["costs"] {
  const price = [link.energy, given.network.energyPrice, SECONDS_PER_HOUR];
  const target = link.target === undefined ? undefined : given.quanta(link.target);
  const setPoint = given.setPointOf(link);
  return {
    cost: [...always(-1, ...price), { from: 0, price }],
    ...(target !== undefined && {
      surcharge: [...always(-1, link.weight), { from: -target, price: [0] }, { from: target, price: [link.weight] }],
    }),
    ...(setPoint !== undefined && { moves: [...always(-1), { from: setPoint, price: [1] }] }),
  };
}

/** What a lock lacks of the flow that it asks for; none where it asks for none. */
function shortfall({ least, most }: Range): Edge["costs"] {
  if (least > 0) return { locks: [...always(-1), { from: least, price: [0] }] };
  return most < 0 ? { locks: [...always(0), { from: most, price: [1] }] } : {};
}
