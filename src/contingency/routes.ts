/** The ways water takes, from each catchment to where it ends, as a person would follow them. */
import { DirectedGraph } from "graphology";
import { singleSource } from "graphology-shortest-path/dijkstra.js";
import { assertPlanOf } from "../dispatch/plan-shape.js";
import type { Plan } from "../dispatch/plan.js";
import { assertNetwork } from "../network/checked.js";
import type { Network, NetworkLink } from "../network/schema.js";
import { fromQuanta, toQuanta } from "../units/flow.js";

export interface Route {
  /** A catchment. */
  readonly from: string;
  /** Where the water ends: a plant, an outfall, or a node where it floods. */
  readonly to: string;
  /** In the file's flow unit. */
  readonly flow: number;
  /** Links in the order in which they are passed. */
  readonly links: readonly string[];
  /** Travel time of the links that have one, in minutes. */
  readonly minutes: number;
  /** Pumping energy on the way, kWh/m³. */
  readonly energy: number;
}

/** A link as it carries water: with its flow that isn't yet part of a route, quanta. */
interface Way {
  readonly link: NetworkLink;
  left: number;
}

/** Of ways that take equally long, the one over fewer links, s. */
const HOP = 1e-3;
const SECONDS_PER_MINUTE = 60;

/**
 * A plan's flows as routes: catchment after catchment, the quickest way to an end that still takes water.
 *
 * Where waters mix, which of them goes where is a matter of choice; this choice is repeatable, and all routes together are the plan's
 * flows (but for what circulates to keep a set point).
 *
 * @throws NetworkError for what `loadNetwork` didn't return; OptionError for a plan of another network
 * @remarks a shortest-path search among the links that carry water for each route; at most as many routes as links and ends
 * @example
 * routesOf(city, dispatch(city));
 * // [{ from: "north", to: "east", flow: 0.35, links: ["a"], minutes: 0, energy: 0 }]
 */
export function routesOf(network: Network, plan: Plan): Route[] {
  assertNetwork(network);
  assertPlanOf(network, plan);
  const unit = network.units.flow;
  const quanta = (flow: number) => toQuanta(flow, unit);
  const links = new Map(network.links.map((link) => [link.id, link]));
  // Nodes by number: an id may be any text, and not every text is safe as a key in other people's objects.
  const nodes = network.nodes.map(({ id }) => id).sort();
  const place = new Map(nodes.map((id, v) => [id, v]));
  const key = (id: string) => `${place.get(id) ?? -1}`;
  const graph = new DirectedGraph<object, { ways: Way[] }>();
  for (const v of nodes.keys()) graph.addNode(v);
  for (const { id, flow } of plan.links) {
    const link = links.get(id);
    if (link === undefined || flow === 0) continue;
    const [from, to] = flow > 0 ? [key(link.from), key(link.to)] : [key(link.to), key(link.from)];
    const way = { link, left: Math.abs(quanta(flow)) };
    if (!graph.hasEdge(from, to)) graph.addEdge(from, to, { ways: [way] });
    else graph.getEdgeAttribute(graph.edge(from, to), "ways").push(way);
  }
  for (const edge of graph.edges())
    graph.getEdgeAttribute(edge, "ways").sort((a, b) => timeOf(a) - timeOf(b) || (a.link.id < b.link.id ? -1 : 1));
  const ends = new Map<string, number>();
  const add = (id: string, flow: number) => ends.set(key(id), (ends.get(key(id)) ?? 0) + quanta(flow));
  for (const { id, intake } of plan.plants) add(id, intake);
  for (const { id, flow } of [...plan.spills, ...plan.flooding]) add(id, flow);

  const waysOf = (edge: string) => graph.getEdgeAttribute(edge, "ways");
  const carried = (edges: readonly string[]) => edges.flatMap(waysOf).reduce((sum, way) => sum + way.left, 0);
  // What enters at a node is what leaves it and ends there, less what comes.
  const supplies = nodes.map(
    (_id, v) => carried(graph.outEdges(v)) + (ends.get(`${v}`) ?? 0) - carried(graph.inEdges(v)),
  );
  const lasts = (edge: string) => timeOf(waysOf(edge)[0]);

  const routes: Route[] = [];
  for (const [v, from] of nodes.entries()) {
    for (let left = supplies[v] ?? 0; left > 0;) {
      const ways = Object.values(singleSource(graph, `${v}`, lasts))
        .filter((path) => (ends.get(path.at(-1) ?? "") ?? 0) > 0)
        .map((path) => ({ end: path.at(-1) ?? "", edges: path.slice(1).map((w, i) => graph.edge(path[i], w) ?? "") }))
        .map((path) => ({ ...path, time: path.edges.reduce((sum, edge) => sum + lasts(edge), 0) }))
        .sort((one, other) => one.time - other.time || Number(one.end) - Number(other.end));
      const [nearest] = ways;
      if (nearest === undefined) break;
      const { end, edges } = nearest;
      const path = edges.flatMap((edge) => waysOf(edge).slice(0, 1));
      const flow = Math.min(left, ends.get(end) ?? 0, ...path.map((way) => way.left));
      left -= flow;
      ends.set(end, (ends.get(end) ?? 0) - flow);
      for (const way of path) way.left -= flow;
      for (const edge of edges) {
        if (waysOf(edge)[0]?.left === 0) waysOf(edge).shift();
        if (waysOf(edge).length === 0) graph.dropEdge(edge);
      }
      const sum = (of: (link: NetworkLink) => number) => path.reduce((total, { link }) => total + of(link), 0);
      routes.push({
        from,
        to: nodes[Number(end)] ?? "",
        flow: fromQuanta(flow, unit),
        links: path.map(({ link }) => link.id),
        minutes: sum((link) => link.travelTime ?? 0) / SECONDS_PER_MINUTE,
        energy: sum((link) => link.energy),
      });
    }
  }
  return routes;
}

function timeOf(way: Way | undefined): number {
  return (way?.link.travelTime ?? 0) + HOP;
}
