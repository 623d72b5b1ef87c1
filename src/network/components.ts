/**
 * The connected components of a network: parts that no link joins, whatever its capacity or direction. What happens in one has no
 * bearing on another, so each is a network of its own.
 */
import { keep, markChecked } from "./checked.js";
import { own } from "./own.js";
import type { FullState, Network, NetworkLink, NetworkNode } from "./types.js";
import { byId } from "../text/order.js";

/** Where the elements of a component stand among those of the whole network: what is drawn to settle a tie depends on it. */
export interface Places {
  /** Of each link of the component, in order of id. */
  readonly links: ArrayLike<number>;
  /** Of each place where water may end: plants, then outfalls, then all nodes but outfalls, each in order of id. */
  readonly sinks: ArrayLike<number>;
}

interface Components {
  readonly networks: readonly Network[];
  /** By id of any element, the place of its component in `networks`. */
  readonly placeOf: ReadonlyMap<string, number>;
}

/**
 * The components of a checked network, each a checked network of its own with the units and prices of the whole, nodes and links in
 * order of id; by the smallest id of a node in each. A network of one component is itself. Found once for a network, in time near
 * linear but for the sorting of ids.
 */
export function componentsOf(network: Network): readonly Network[] {
  return keep(network, "components", () => split(network)).networks;
}

/** For a component, where its elements stand in the network that it is of. */
export function placesIn(component: Network): Places | undefined {
  return keep<Places | undefined>(component, "places", () => undefined);
}

/** By id of any element, the place of its component in `componentsOf`; undefined for a network of one component. */
export function componentPlaces(network: Network): ReadonlyMap<string, number> | undefined {
  const { networks, placeOf } = keep(network, "components", () => split(network));
  return networks.length > 1 ? placeOf : undefined;
}

/** What each component has of a state, by its place: those that the state says nothing of share one that is empty. */
export function statesByComponent(network: Network, state: FullState): (component: number) => FullState {
  const placeOf = componentPlaces(network);
  if (placeOf === undefined) return () => state;
  const parts = new Map<number, Draft>();
  const partOf = (id: string) => {
    const place = placeOf.get(id);
    if (place === undefined) return undefined;
    let part = parts.get(place);
    if (part === undefined) parts.set(place, (part = emptyState()));
    return part;
  };
  for (const key of RECORDS) {
    const record: Readonly<Record<string, unknown>> = state[key];
    for (const id in record) {
      const part = partOf(id);
      if (part !== undefined) (part[key] as Record<string, unknown>)[id] = own(record, id);
    }
  }
  for (const id of state.out) partOf(id)?.out.push(id);
  return (component) => parts.get(component) ?? EMPTY;
}

type Draft = { -readonly [Key in keyof FullState]: FullState[Key] };

/** The parts of a state that are figures by id. */
export const RECORDS = [
  "inflows",
  "availability",
  "volumes",
  "setPoints",
  "locks",
] as const satisfies readonly (keyof FullState)[];

const emptyState = (): Draft => ({ inflows: {}, availability: {}, out: [], volumes: {}, setPoints: {}, locks: {} });
const EMPTY: FullState = emptyState();

function split(network: Network): Components {
  const { nodes, links } = network;
  const index = new Map<string, number>();
  for (let v = 0; v < nodes.length; v++) index.set(nodes[v]?.id ?? "", v);
  const up = Int32Array.from(nodes, (_node, v) => v);
  const root = (v: number): number => {
    let above = up[v] ?? v;
    while (above !== v) {
      const next = up[above] ?? above;
      up[v] = next;
      v = next;
      above = up[v] ?? v;
    }
    return v;
  };
  let left = nodes.length;
  for (const { from, to } of links) {
    const [one, other] = [root(index.get(from) ?? -1), root(index.get(to) ?? -1)];
    if (one === other) continue;
    up[one] = other;
    left -= 1;
  }
  if (left === 1) return { networks: [network], placeOf: new Map() };

  const placeOf = new Map<string, number>();
  const placeOfRoot = new Map<number, number>();
  const parts: { readonly nodes: NetworkNode[]; readonly links: NetworkLink[]; readonly places: number[] }[] = [];
  const sortedNodes = [...nodes].sort(byId);
  for (const node of sortedNodes) {
    const at = root(index.get(node.id) ?? -1);
    let place = placeOfRoot.get(at);
    if (place === undefined) {
      place = parts.push({ nodes: [], links: [], places: [] }) - 1;
      placeOfRoot.set(at, place);
    }
    placeOf.set(node.id, place);
    parts[place]?.nodes.push(node);
  }
  const sortedLinks = [...links].sort(byId);
  for (const [i, link] of sortedLinks.entries()) {
    const place = placeOf.get(link.from) ?? -1;
    placeOf.set(link.id, place);
    parts[place]?.links.push(link);
    parts[place]?.places.push(i);
  }
  const sinks = parts.map((): number[] => []);
  let last = 0;
  for (const isOne of [isPlant, isOutfall, isFlooding])
    for (const node of sortedNodes) if (isOne(node)) sinks[placeOf.get(node.id) ?? -1]?.push(last++);
  const networks = parts.map((part, place) => {
    const component = Object.freeze(
      markChecked({ ...network, nodes: Object.freeze(part.nodes), links: Object.freeze(part.links) }),
    );
    keep(component, "places", (): Places => ({ links: part.places, sinks: sinks[place] ?? [] }));
    keep(component, "components", (): Components => ({ networks: [component], placeOf: new Map() }));
    return component;
  });
  return { networks, placeOf };
}

const isPlant = ({ kind }: NetworkNode) => kind === "plant";
const isOutfall = ({ kind }: NetworkNode) => kind === "outfall";
const isFlooding = ({ kind }: NetworkNode) => kind !== "outfall";
