/**
 * What forces water to be lost: mains and plants that hold it in because they are full, out, or held by a lock.
 *
 * From where water is lost, go on wherever it could be led instead: along links that have room, back along links that carry
 * something. Where no sink with room is reached, the nodes that are hold all that flows into them, and everything that leads out
 * of them is full, out or held: a minimum cut. Nothing but more capacity there, another lock, or less inflow, helps.
 */
import { reachedFrom } from "../../flow/adjacency.js";
import { intakeOf, linkFlow } from "../../problem/flows.js";
import type { PlanFlow } from "../plan.js";
import { mostInto, mostOf, type FlowProblem } from "../../problem/problem.js";
import type { LinkPart, SinkPart } from "../../problem/parts.js";
import { fromQuanta } from "../../units/flow.js";
import { byId } from "../../text/order.js";

/**
 * What holds water in, and what it carries or takes: all it can. Of a link that a lock makes bring water in, what it brings, below 0: it
 * can't be less.
 */
export interface Holding extends PlanFlow {
  /** Not full but out, or shut off by a node that is. */
  readonly out: boolean;
  /** Not full but held by a lock of the state. */
  readonly locked: boolean;
}

export interface ForcedLoss {
  readonly kind: "flooding" | "spill";
  /** Where it is lost, and how much. */
  readonly at: readonly PlanFlow[];
  /** Nodes that can't be rid of their water another way. */
  readonly nodes: readonly string[];
  /** What flows into them, what locks alone bring included: what all that holds it in can't take is lost. */
  readonly inflow: number;
  /** Links that lead out of them, or bring water in because of a lock. */
  readonly links: readonly Holding[];
  /** Plants among them. */
  readonly plants: readonly Holding[];
  /** Where it floods: outfalls among them. */
  readonly outfalls: readonly Holding[];
}

/**
 * The cuts that force the losses of a flow (whole quanta per arc), one for each part of the network that loses water; flooding
 * first. A loss that isn't forced, because the policy prefers something else, isn't listed.
 *
 * @remarks linear in the network, and in what is told
 */
export function forcedLosses(problem: FlowProblem, flow: ArrayLike<number>): ForcedLoss[] {
  const links = problem.links.map((part): Link => ({ part, flow: linkFlow(part, flow) }));
  const at = Array.from({ length: problem.nodes }, (): Link[] => []);
  for (const link of links) {
    at[link.part.from]?.push(link);
    at[link.part.to]?.push(link);
  }
  const hasRoom = (sink: SinkPart) => intakeOf(sink, flow) < mostInto(sink);
  const places = (sinks: readonly SinkPart[]) => new Set(sinks.map((sink) => sink.at));
  const openPlants = places(problem.plants.filter(hasRoom));
  const openOutfalls = places(problem.outfalls.filter(hasRoom));

  const losses = (kind: ForcedLoss["kind"], lost: readonly SinkPart[], isOpen: (v: number) => boolean) => {
    const helped = spread([...at.keys()].filter(isOpen), at, (link, v) => roomFrom(link, otherEnd(link, v)) > 0);
    const forced = lost.filter((sink) => !helped.has(sink.at));
    const held = spread(
      forced.map((sink) => sink.at),
      at,
      (link, v) => roomFrom(link, v) > 0,
    );
    // What overlaps is one part: all of it together can't be rid of its water.
    const told = new Set<SinkPart>();
    return forced.flatMap((sink): ForcedLoss[] => {
      if (told.has(sink)) return [];
      const nodes = spread([sink.at], at, (link, v) => {
        const other = otherEnd(link, v);
        return held.has(other) && (roomFrom(link, v) > 0 || roomFrom(link, other) > 0);
      });
      const sinks = forced.filter((one) => nodes.has(one.at));
      for (const one of sinks) told.add(one);
      return [describe(kind, sinks, nodes)];
    });
  };

  const describe = (kind: ForcedLoss["kind"], sinks: readonly SinkPart[], nodes: ReadonlySet<number>): ForcedLoss => {
    const out = (quanta: number) => fromQuanta(quanta, problem.network.units.flow);
    const ends = (list: readonly SinkPart[]) =>
      list.map((sink) => ({ id: sink.node.id, flow: out(intakeOf(sink, flow)) }));
    const holding = (list: readonly SinkPart[]) =>
      list
        .filter((sink) => nodes.has(sink.at))
        .map((sink) => ({
          id: sink.node.id,
          flow: out(intakeOf(sink, flow)),
          out: isOut(sink),
          locked: !isOut(sink) && intakeOf(sink, flow) < sink.capacity,
        }));
    const crossing = [...nodes]
      .flatMap((v) => at[v] ?? [])
      .filter(({ part }) => nodes.has(part.from) !== nodes.has(part.to));
    const holds = crossing.flatMap(({ part, flow: quanta }) => {
      const isForward = nodes.has(part.from);
      const [outward, most] = isForward ? [quanta, part.capacity] : [0 - quanta, part.reverseCapacity];
      const isWayOut = isForward || (part.link.kind === "gate" && part.link.reverseCapacity > 0);
      // What flows in could be less, and so lead on, but for a lock.
      if (!isWayOut && outward >= 0) return [];
      const isOut = part.share === 0;
      return [{ id: part.link.id, quanta: outward, out: isOut, locked: !isOut && outward !== most }];
    });
    const supplied = [...nodes].reduce((sum, v) => sum + (problem.supply[v] ?? 0), 0);
    return {
      kind,
      at: ends(sinks),
      nodes: [...nodes].flatMap((v) => ids.get(v) ?? []).sort(),
      inflow: out(holds.reduce((sum, { quanta }) => sum + Math.max(0, -quanta), supplied)),
      links: holds.sort(byId).map(({ id, quanta, ...why }) => ({ id, flow: out(quanta), ...why })),
      plants: holding(problem.plants),
      outfalls: kind === "flooding" ? holding(problem.outfalls) : [],
    };
  };
  const ids = new Map([...problem.flooding, ...problem.outfalls].map((sink) => [sink.at, sink.node.id]));

  const isLost = (sink: SinkPart) => intakeOf(sink, flow) > 0;
  return [
    ...losses("flooding", problem.flooding.filter(isLost), (v) => openPlants.has(v) || openOutfalls.has(v)),
    ...losses("spill", problem.outfalls.filter(isLost), (v) => openPlants.has(v)),
  ];
}

function isOut({ role, share, capacity, node }: SinkPart): boolean {
  return role === "plant" ? share === 0 : capacity === 0 && node.kind === "outfall" && node.capacity !== 0;
}

interface Link {
  readonly part: LinkPart;
  readonly flow: number;
}

function otherEnd({ part }: Link, v: number): number {
  return part.from === v ? part.to : part.from;
}

/** What more a link can carry away from a node, or less to it, without leaving its lock. */
function roomFrom({ part, flow }: Link, v: number): number {
  const [forth, back] = mostOf(part);
  return part.from === v
    ? Math.min(forth, Math.max(part.most, flow)) - flow
    : flow - Math.max(-back, Math.min(part.least, flow));
}

/** Nodes that are reached from others over links that are open, seen from the nearer end. */
function spread(
  starts: readonly number[],
  at: readonly (readonly Link[])[],
  isOpen: (link: Link, v: number) => boolean,
): Set<number> {
  const onward = (v: number) => (at[v] ?? []).filter((link) => isOpen(link, v)).map((link) => otherEnd(link, v));
  return new Set(reachedFrom(starts, onward).keys());
}
