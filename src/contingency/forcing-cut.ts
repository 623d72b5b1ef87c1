/**
 * What forces water to be lost: mains and plants that hold it in because they are full, or out.
 *
 * From where water is lost, go on wherever it could be led instead: along links that have room, back along links that carry
 * something. Where no sink with room is reached, the nodes that are hold all that flows into them, and everything that leads out
 * of them is full or out: a minimum cut. Nothing but more capacity there, or less inflow, helps.
 */
import { intakeOf } from "../dispatch/intake.js";
import { linkFlow, type PlanFlow } from "../dispatch/plan.js";
import type { FlowProblem, LinkPart, SinkPart } from "../dispatch/problem.js";
import { fromQuanta } from "../units/flow.js";

/** What holds water in, and what it carries or takes: all it can. */
export interface Holding extends PlanFlow {
  /** Not full but out, or shut off by a node that is. */
  readonly out: boolean;
}

export interface ForcedLoss {
  readonly kind: "flooding" | "spill";
  /** Where it is lost, and how much. */
  readonly at: readonly PlanFlow[];
  /** Nodes that can't be rid of their water another way. */
  readonly nodes: readonly string[];
  /** What flows into them: what all that holds it in can't take is lost. */
  readonly inflow: number;
  /** Links that lead out of them. */
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
  const hasRoom = (sink: SinkPart) => intakeOf(sink, flow) < sink.capacity;
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
        .map((sink) => ({ id: sink.node.id, flow: out(intakeOf(sink, flow)), out: isOut(sink) }));
    const leads = ({ from, to, link }: LinkPart) =>
      nodes.has(from) ? !nodes.has(to) : nodes.has(to) && link.kind === "gate" && link.reverseCapacity > 0;
    return {
      kind,
      at: ends(sinks),
      nodes: [...nodes].flatMap((v) => ids.get(v) ?? []).sort(),
      inflow: out([...nodes].reduce((sum, v) => sum + (problem.supply[v] ?? 0), 0)),
      links: [...nodes]
        .flatMap((v) => at[v] ?? [])
        .filter(({ part }) => leads(part))
        .sort((a, b) => (a.part.link.id < b.part.link.id ? -1 : 1))
        .map(({ part, flow: quanta }) => ({ id: part.link.id, flow: out(Math.abs(quanta)), out: part.share === 0 })),
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

/** What more a link can carry away from a node, or less to it. */
function roomFrom({ part, flow }: Link, v: number): number {
  return part.from === v ? part.capacity - flow : part.reverseCapacity + flow;
}

/** Nodes that are reached from others over links that are open, seen from the nearer end. */
function spread(
  starts: readonly number[],
  at: readonly (readonly Link[])[],
  isOpen: (link: Link, v: number) => boolean,
): Set<number> {
  const seen = new Set(starts);
  for (const v of seen) for (const link of at[v] ?? []) if (isOpen(link, v)) seen.add(otherEnd(link, v));
  return seen;
}
