/** The ways water takes, from each catchment to where it ends, as a person would follow them. */
import { assertPlanOf } from "../plan-shape.js";
import type { Plan } from "../plan.js";
import { arcsAt, type Incidence } from "../../flow/adjacency.js";
import { takeOutCycles } from "../../flow/flow-cycles.js";
import { assertNetwork } from "../../network/checked.js";
import type { Network, NetworkLink } from "../../network/types.js";
import { fromQuanta, toQuanta } from "../../units/flow.js";
import { byId } from "../../text/order.js";

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

const SECONDS_PER_MINUTE = 60;
/** What is next on the way from a node: a link by its number, or one of these. */
const ENDS_HERE = -1;
const NOWHERE = -2;

/**
 * A plan's flows as routes: catchment after catchment in order of id, the quickest way to an end that still takes water; of equally quick
 * ones that over fewer links.
 *
 * Where waters mix, which of them goes where is a matter of choice; this choice is repeatable, and all routes together are the plan's
 * flows (but for what goes round in circles, which is on no route).
 *
 * @throws NetworkError for what `loadNetwork` didn't return; OptionError for a plan of another network
 * @remarks the lengths of all routes, of which there are at most as many as catchments, links and ends, and for each link or end that is
 *   used up the nodes for which it was on the quickest way
 * @example
 * routesOf(city, dispatch(city));
 * // [{ from: "north", to: "east", flow: 0.35, links: ["a"], minutes: 0, energy: 0 }]
 */
export function routesOf(network: Network, plan: Plan): Route[] {
  assertNetwork(network);
  assertPlanOf(network, plan);
  return routesIn(network, plan);
}

/** As `routesOf`, for a plan that is known to be of the network. */
export function routesIn(network: Network, plan: Pick<Plan, "links" | "plants" | "spills" | "flooding">): Route[] {
  const unit = network.units.flow;
  const { nodes, links, tail, head, left, ends, supplies } = flowsOf(network, plan);
  // What circulates is on no way; without it, each link leads to a node that comes earlier in this order.
  const order = takeOutCycles({ nodes: nodes.length, tail, head, left });
  const quickest = new QuickestWays(
    order,
    tail,
    head,
    links.map(({ travelTime = 0 }) => travelTime),
    left,
    ends,
  );

  const routes: Route[] = [];
  for (const [v, from] of nodes.entries()) {
    for (let rest = supplies[v] ?? 0; rest > 0;) {
      const way = quickest.from(v);
      if (way === undefined) break;
      const flow = way.links.reduce((least, a) => Math.min(least, left[a] ?? 0), Math.min(rest, ends[way.end] ?? 0));
      rest -= flow;
      routes.push({
        from,
        to: nodes[way.end] ?? "",
        flow: fromQuanta(flow, unit),
        links: way.links.map((a) => links[a]?.id ?? ""),
        minutes: way.links.reduce((sum, a) => sum + (links[a]?.travelTime ?? 0), 0) / SECONDS_PER_MINUTE,
        energy: way.links.reduce((sum, a) => sum + (links[a]?.energy ?? 0), 0),
      });
      quickest.use(way, flow);
    }
  }
  return routes;
}

/** A plan in numbers: nodes in order of id, links that carry water in order of id, the way it goes; quanta. */
function flowsOf(network: Network, plan: Parameters<typeof routesIn>[1]) {
  const quanta = (flow: number) => toQuanta(flow, network.units.flow);
  const nodes = network.nodes.map(({ id }) => id).sort();
  const place = new Map(nodes.map((id, v) => [id, v]));
  const at = (id: string) => place.get(id) ?? 0;
  const known = new Map(network.links.map((link) => [link.id, link]));
  const carrying = plan.links
    .flatMap(({ id, flow }) => {
      const link = known.get(id);
      return link === undefined || flow === 0 ? [] : [{ link, flow }];
    })
    .sort((one, other) => byId(one.link, other.link));
  const left = Float64Array.from(carrying, ({ flow }) => Math.abs(quanta(flow)));
  const tail = Int32Array.from(carrying, ({ link, flow }) => at(flow > 0 ? link.from : link.to));
  const head = Int32Array.from(carrying, ({ link, flow }) => at(flow > 0 ? link.to : link.from));
  const ends = new Float64Array(nodes.length);
  const add = (sum: Float64Array, v: number, amount: number) => {
    sum[v] = (sum[v] ?? 0) + amount;
  };
  for (const { id, intake } of plan.plants) add(ends, at(id), quanta(intake));
  for (const { id, flow } of [...plan.spills, ...plan.flooding]) add(ends, at(id), quanta(flow));
  // What enters at a node is what leaves it and ends there, less what comes.
  const supplies = ends.slice();
  left.forEach((flow, a) => {
    add(supplies, tail[a] ?? 0, flow);
    add(supplies, head[a] ?? 0, -flow);
  });
  return { nodes, links: carrying.map(({ link }): NetworkLink => link), tail, head, left, ends, supplies };
}

interface Way {
  /** By number, in the order in which they are passed. */
  readonly links: readonly number[];
  readonly end: number;
}

/**
 * The quickest way from every node to an end, kept up to date as links and ends are used up. There are no circles, so the way on from a
 * node depends on nodes earlier in `order` alone; and where something is used up, only nodes for which it was on the way look for another.
 */
class QuickestWays {
  private readonly next: Int32Array;
  private readonly time: Float64Array;
  private readonly hops: Int32Array;
  private readonly place: Int32Array;
  private readonly leaving: Incidence;
  private readonly entering: Incidence;

  constructor(
    order: Int32Array,
    private readonly tail: Int32Array,
    private readonly head: Int32Array,
    private readonly lasting: readonly number[],
    private readonly left: Float64Array,
    private readonly ends: Float64Array,
  ) {
    const nodes = order.length;
    this.next = new Int32Array(nodes);
    this.time = new Float64Array(nodes);
    this.hops = new Int32Array(nodes);
    this.place = new Int32Array(nodes);
    this.leaving = arcsAt(nodes, tail);
    this.entering = arcsAt(nodes, head);
    order.forEach((v, k) => (this.place[v] = k));
    for (const v of order) this.look(v);
  }

  from(start: number): Way | undefined {
    const links: number[] = [];
    let v = start;
    for (let a = this.next[v] ?? NOWHERE; a !== ENDS_HERE; a = this.next[v] ?? NOWHERE) {
      if (a === NOWHERE) return undefined;
      links.push(a);
      v = this.head[a] ?? 0;
    }
    return { links, end: v };
  }

  use({ links, end }: Way, flow: number): void {
    const { left, ends, tail } = this;
    const lost: number[] = [];
    ends[end] = (ends[end] ?? 0) - flow;
    if (ends[end] === 0) lost.push(end);
    for (const a of links) {
      left[a] = (left[a] ?? 0) - flow;
      if (left[a] === 0) lost.push(tail[a] ?? 0);
    }
    if (lost.length > 0) this.mend(lost);
  }

  /** @param lost nodes whose way on is used up */
  private mend(lost: number[]): void {
    const { entering, tail, next, place } = this;
    const seen = new Set(lost);
    for (const v of seen) {
      for (let k = entering.first[v] ?? 0; k < (entering.first[v + 1] ?? 0); k++) {
        const a = entering.list[k] ?? 0;
        const u = tail[a] ?? 0;
        if (next[u] === a) seen.add(u);
      }
    }
    for (const v of [...seen].sort((one, other) => (place[one] ?? 0) - (place[other] ?? 0))) this.look(v);
  }

  /** The way on from a node, when those of all nodes that it leads to are known. */
  private look(v: number): void {
    const { leaving, head, lasting, left, ends, next, time, hops } = this;
    let [way, least, fewest] = [NOWHERE, Infinity, 0];
    if ((ends[v] ?? 0) > 0) [way, least] = [ENDS_HERE, 0];
    else {
      for (let k = leaving.first[v] ?? 0; k < (leaving.first[v + 1] ?? 0); k++) {
        const a = leaving.list[k] ?? 0;
        const w = head[a] ?? 0;
        if ((left[a] ?? 0) === 0 || next[w] === NOWHERE) continue;
        const [takes, over] = [(lasting[a] ?? 0) + (time[w] ?? 0), 1 + (hops[w] ?? 0)];
        if (way !== NOWHERE && (takes > least || (takes === least && over >= fewest))) continue;
        [way, least, fewest] = [a, takes, over];
      }
    }
    next[v] = way;
    time[v] = least;
    hops[v] = fewest;
  }
}
