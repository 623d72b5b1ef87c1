/**
 * What is odd about a network's shape. All of it is told as warnings: a network with a stray part still has a plan, which
 * says what floods there, and a control room is better served by that plan than by a refusal.
 */
import { DirectedGraph, MultiDirectedGraph } from "graphology";
import { connectedComponents } from "graphology-components";
import { singleSourceLength } from "graphology-shortest-path/unweighted.js";
import { passiveForks } from "./forks.js";
import { warning, type Issue } from "../issues.js";
import { show } from "../../text/show.js";
import type { Network } from "../schema.js";

/** Ids listed in one message at most. */
const LISTED = 5;

/** Structural findings in file order; near linear in the network. */
export function checkStructure(network: Network): Issue[] {
  const { nodes, links } = network;
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const end = (id: string) => index.get(id) ?? -1;
  const touched = new Set(links.flatMap((link) => [link.from, link.to]));
  const toExit = reach(network, "backward", (kind) => kind === "plant" || kind === "outfall");
  const fromCatchment = reach(network, "forward", (kind) => kind === "catchment");
  const issues: Issue[] = [];

  nodes.forEach((node, i) => {
    const where = `nodes[${i}]`;
    const name = `${where} ${show(node.id)}`;
    if (node.kind === "catchment" && !toExit.has(i)) {
      issues.push(
        warning(
          "unreachable",
          where,
          `${name}: no plant and no outfall can be reached from it; all of its inflow would flood.`,
        ),
      );
    } else if (node.kind === "plant" && !fromCatchment.has(i)) {
      issues.push(warning("unreachable", where, `${name}: no catchment reaches this plant; it will stay idle.`));
    } else if (!touched.has(node.id)) {
      issues.push(warning("isolated", where, `${name}: no link touches this ${node.kind}.`));
    }
  });

  const between = new Map<number, Map<number, number>>();
  links.forEach((link, i) => {
    const row = between.get(end(link.from)) ?? new Map<number, number>();
    between.set(end(link.from), row);
    const first = row.get(end(link.to));
    if (first === undefined) row.set(end(link.to), i);
    else {
      const other = `links[${first}] ${show(links[first]?.id)}`;
      issues.push(
        warning(
          "parallel",
          `links[${i}]`,
          `links[${i}] ${show(link.id)}: it is parallel to ${other}; fine for twin mains, else a duplicate.`,
        ),
      );
    }
  });

  for (const cycle of freePumpCycles(network)) {
    const text = `pumps ${listed(cycle)} form a cycle without energy; water could go round it at no cost. Give them their energy (kWh/m³).`;
    issues.push(warning("free-cycle", "links", text));
  }

  for (const { id, links: mains } of passiveForks(network)) {
    const where = `nodes[${end(id)}]`;
    const names = listed(mains.map((link) => link.id));
    const text = `${where} ${show(id)}: water splits here between conduits ${names}, and nothing sets how; a plan may ask for a split that doesn't come about. A gate on all but one of them would set it.`;
    issues.push(warning("passive-split", where, text));
  }
  return issues;
}

/** `"a", "b" and 3 more` */
function listed(ids: readonly string[]): string {
  const names = ids.slice(0, LISTED).map((id) => show(id));
  return `${names.join(", ")}${ids.length > LISTED ? ` and ${ids.length - LISTED} more` : ""}`;
}

/** Indices of the nodes on a way from (forward) or to (backward) a node of the wanted kinds, in one sweep from a common root. */
function reach(network: Network, direction: "forward" | "backward", isRoot: (kind: string) => boolean): Set<number> {
  const graph = new DirectedGraph();
  const root = "root";
  graph.addNode(root);
  const index = new Map<string, number>();
  network.nodes.forEach((node, i) => {
    index.set(node.id, i);
    graph.addNode(i);
    if (isRoot(node.kind)) graph.addDirectedEdge(root, i);
  });
  for (const link of network.links) {
    const ends = [index.get(link.from), index.get(link.to)];
    const [a, b] = direction === "forward" ? ends : ends.reverse();
    graph.mergeDirectedEdge(a, b);
    if (link.kind === "gate" && link.reverseCapacity > 0) graph.mergeDirectedEdge(b, a);
  }
  return new Set(
    Object.keys(singleSourceLength(graph, root))
      .filter((key) => key !== root)
      .map(Number),
  );
}

/** Pumps without energy on cycles of such pumps, or between cycles: what is left when loose ends are taken off in turn. */
function freePumpCycles(network: Network): string[][] {
  const graph = new MultiDirectedGraph();
  for (const link of network.links) {
    if (link.kind !== "pump" || link.energy > 0) continue;
    graph.mergeNode(link.from);
    graph.mergeNode(link.to);
    graph.addDirectedEdgeWithKey(link.id, link.from, link.to);
  }
  const isLoose = (node: string) => graph.inDegree(node) === 0 || graph.outDegree(node) === 0;
  const loose = graph.filterNodes(isLoose);
  for (let node = loose.pop(); node !== undefined; node = loose.pop()) {
    if (!graph.hasNode(node)) continue;
    const neighbours = graph.neighbors(node);
    graph.dropNode(node);
    loose.push(...neighbours.filter(isLoose));
  }
  return connectedComponents(graph).map((nodes) => nodes.flatMap((node) => graph.outEdges(node)).sort());
}
