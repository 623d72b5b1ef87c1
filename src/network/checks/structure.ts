/**
 * What is odd about a network's shape. All of it is told as warnings: a network with a stray part still has a plan, which
 * says what floods there, and a control room is better served by that plan than by a refusal.
 */
import { DirectedGraph, MultiDirectedGraph } from "graphology";
import { connectedComponents } from "graphology-components";
import { singleSourceLength } from "graphology-shortest-path/unweighted.js";
import { passiveForks } from "./forks.js";
import { ODDITIES } from "../../text/en/oddities.js";
import { issue, type Issue, type IssueCode, type Oddity } from "../issues.js";
import { show } from "../../text/show.js";
import type { Network } from "../types.js";

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
    const item = `${where} ${show(node.id)}`;
    if (node.kind === "catchment" && !toExit.has(i)) {
      issues.push(odd("unreachable", where, { is: "stranded", item }));
    } else if (node.kind === "plant" && !fromCatchment.has(i)) {
      issues.push(odd("unreachable", where, { is: "idlePlant", item }));
    } else if (!touched.has(node.id)) {
      issues.push(odd("isolated", where, { is: "isolated", item, kind: node.kind }));
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
      const item = `links[${i}] ${show(link.id)}`;
      issues.push(odd("parallel", `links[${i}]`, { is: "parallel", item, other }));
    }
  });

  for (const cycle of freePumpCycles(network)) {
    issues.push(odd("free-cycle", "links", { is: "freeCycle", ...listed(cycle) }));
  }

  for (const { id, links: mains } of passiveForks(network)) {
    const where = `nodes[${end(id)}]`;
    const item = `${where} ${show(id)}`;
    issues.push(odd("passive-split", where, { is: "passiveSplit", item, ...listed(mains.map((link) => link.id)) }));
  }
  return issues;
}

function odd(code: IssueCode, path: string, oddity: Oddity): Issue {
  return issue("warning", code, path, ODDITIES, oddity);
}

/** The first of some ids, and how many more there are. */
function listed(ids: readonly string[]): { names: string[]; more: number } {
  return { names: ids.slice(0, LISTED).map(show), more: Math.max(0, ids.length - LISTED) };
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
