/** The network's structure as a graphology graph, so that a user has that whole library on it. */
import { MultiDirectedGraph } from "graphology";
import { assertNetwork } from "./checked.js";
import type { Network, NetworkLink, NetworkNode } from "./types.js";

/**
 * A new graph: one graphology node per node and one directed edge per link, under the same ids, with a copy of the element's data as
 * attributes. A two-way gate is one edge, `from` to `to`. Capacities stand as they are in the file.
 *
 * @throws NetworkError for what `loadNetwork` didn't return
 * @remarks linear in the network; each call builds a graph of its own, free to be changed
 * @example
 * const graph = networkGraph(city);
 * graph.outNeighbors("north"); // ["east"]
 */
export function networkGraph(network: Network): MultiDirectedGraph<NetworkNode, NetworkLink> {
  assertNetwork(network);
  const graph = new MultiDirectedGraph<NetworkNode, NetworkLink>();
  for (const node of network.nodes) graph.addNode(node.id, { ...node });
  for (const link of network.links) graph.addDirectedEdgeWithKey(link.id, link.from, link.to, { ...link });
  return graph;
}
