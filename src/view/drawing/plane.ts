/** A network as it lies before it is fitted to a picture: the same for all sizes, themes and languages, so it is made once. */
import { byId } from "../../text/order.js";
import { keep } from "../../network/checked.js";
import type { Network, NetworkLink, NetworkNode, NodeKind } from "../../network/types.js";
import { drawnIn } from "../layout/fit.js";
import { placesOf, type Layout, type Places } from "../layout/layout.js";

export interface Plane {
  /** In the order in which they are drawn. */
  readonly nodes: readonly NetworkNode[];
  readonly links: readonly NetworkLink[];
  /** Of the nodes. */
  readonly places: Places;
  /** Whether places far out are drawn nearer than they lie. */
  readonly isDrawnIn: boolean;
}

/** What is drawn later lies above: no dot hides the figure of a plant. */
const LAYERS: Readonly<Record<NodeKind, number>> = { junction: 0, catchment: 1, storage: 2, outfall: 3, plant: 4 };

/** @param layout for nodes without places */
export function planeOf(network: Network, layout: Layout): Plane {
  const made = keep(network, "planes", () => new Map<Layout, Plane>());
  const there = made.get(layout);
  if (there !== undefined) return there;
  const nodes = [...network.nodes].sort((a, b) => LAYERS[a.kind] - LAYERS[b.kind] || byId(a, b));
  const links = [...network.links].sort(byId);
  const plane = { nodes, links, ...drawnIn(placesOf(nodes, links, layout)) };
  made.set(layout, plane);
  return plane;
}
