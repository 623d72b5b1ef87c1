/**
 * What forces water to be lost: full mains and full plants that hold it in.
 *
 * From where water is lost, go on wherever it could be led instead: along links that have room, back along links that carry
 * something. Where no sink with room is reached, the nodes that are hold all that flows into them, and everything that leads out
 * of them is full: a minimum cut. Nothing but more capacity there, or less inflow, helps.
 */
import { intakeOf } from "../dispatch/intake.js";
import { linkFlow, type PlanFlow } from "../dispatch/plan.js";
import type { FlowProblem, LinkPart, SinkPart } from "../dispatch/problem.js";
import { fromQuanta } from "../units/flow.js";

export interface ForcedLoss {
  readonly kind: "flooding" | "spill";
  /** Where it is lost, and how much. */
  readonly at: readonly PlanFlow[];
  /** Nodes that can't be rid of their water another way. */
  readonly nodes: readonly string[];
  /** What flows into them, and how much of that all that is full lets out: the rest is lost. */
  readonly inflow: number;
  /** Links that lead out of them, with what they carry: all they can, 0 for what is out. */
  readonly links: readonly PlanFlow[];
  /** Plants among them, with what they take: all they can. */
  readonly plants: readonly PlanFlow[];
  /** Where it floods: outfalls among them, all open as far as they can be. */
  readonly outfalls: readonly PlanFlow[];
}

/**
 * The cuts that force the losses of a flow (whole quanta per arc), one for each part of the network that loses water; flooding
 * first. A loss that isn't forced, because the policy prefers something else, isn't listed.
 *
 * @remarks linear in the network for each place where water is lost
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
    const groups: { sinks: SinkPart[]; nodes: Set<number> }[] = [];
    for (const sink of lost) {
      const nodes = reachable(sink.at, at);
      if ([...nodes].some(isOpen)) continue;
      const group = { sinks: [sink], nodes };
      // What overlaps is one part: all of it together can't be rid of its water.
      for (const other of groups.filter((one) => [...nodes].some((v) => one.nodes.has(v)))) {
        groups.splice(groups.indexOf(other), 1);
        group.sinks.unshift(...other.sinks);
        for (const v of other.nodes) nodes.add(v);
      }
      groups.push(group);
    }
    return groups.map(({ sinks, nodes }) => describe(kind, sinks, nodes));
  };

  const describe = (kind: ForcedLoss["kind"], sinks: readonly SinkPart[], nodes: ReadonlySet<number>): ForcedLoss => {
    const out = (quanta: number) => fromQuanta(quanta, problem.network.units.flow);
    const ends = (list: readonly SinkPart[]) =>
      list.map((sink) => ({ id: sink.node.id, flow: out(intakeOf(sink, flow)) }));
    const inside = (list: readonly SinkPart[]) => list.filter((sink) => nodes.has(sink.at));
    const leads = ({ from, to, link }: LinkPart) =>
      nodes.has(from) ? !nodes.has(to) : nodes.has(to) && link.kind === "gate" && link.reverseCapacity > 0;
    return {
      kind,
      at: ends(sinks),
      nodes: problem.network.nodes.flatMap(({ id }) => (nodes.has(place.get(id) ?? -1) ? [id] : [])).sort(),
      inflow: out([...nodes].reduce((sum, v) => sum + (problem.supply[v] ?? 0), 0)),
      links: links
        .filter(({ part }) => leads(part))
        .map(({ part, flow: quanta }) => ({ id: part.link.id, flow: out(Math.abs(quanta)) })),
      plants: ends(inside(problem.plants)),
      outfalls: kind === "flooding" ? ends(inside(problem.outfalls)) : [],
    };
  };
  const place = new Map([...problem.flooding, ...problem.outfalls].map((sink) => [sink.node.id, sink.at]));

  const isLost = (sink: SinkPart) => intakeOf(sink, flow) > 0;
  return [
    ...losses("flooding", problem.flooding.filter(isLost), (v) => openPlants.has(v) || openOutfalls.has(v)),
    ...losses("spill", problem.outfalls.filter(isLost), (v) => openPlants.has(v)),
  ];
}

interface Link {
  readonly part: LinkPart;
  readonly flow: number;
}

/** Nodes that water at `start` could be led to instead. */
function reachable(start: number, at: readonly (readonly Link[])[]): Set<number> {
  const seen = new Set([start]);
  for (const v of seen) {
    for (const { part, flow } of at[v] ?? []) {
      const isForward = part.from === v;
      const room = isForward ? part.capacity - flow : part.reverseCapacity + flow;
      if (room > 0) seen.add(isForward ? part.to : part.from);
    }
  }
  return seen;
}
