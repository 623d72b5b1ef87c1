/** The plan of a flow. */
import { splitsOf } from "../network/checks/forks.js";
import { own } from "../network/own.js";
import type { FullState, NetworkLink, NetworkNode } from "../network/types.js";
import { intakeOf, linkFlow } from "../problem/flows.js";
import type { FlowProblem } from "../problem/problem.js";
import type { SinkPart } from "../problem/parts.js";
import { fromQuanta } from "../units/flow.js";
import type { Certificate } from "./certificate.js";
import { aboveTarget, statusOf } from "./measures.js";
import { PLAN_VERSION, type Move, type Plan, type PlanLock, type PlanObjective } from "./plan.js";

/** The plan of a flow (whole quanta per arc). */
export function planOf(
  problem: FlowProblem,
  flow: ArrayLike<number>,
  about: {
    readonly engine: string;
    readonly objectives: readonly PlanObjective[];
    readonly moves: readonly Move[];
    readonly locks: readonly PlanLock[];
    /** Per link: what went round, quanta. */
    readonly circulation: ArrayLike<number>;
    readonly state: FullState;
    readonly certificate: Certificate | undefined;
  },
): Plan {
  const unit = problem.network.units.flow;
  const out = (quanta: number) => fromQuanta(quanta, unit);
  const links = problem.links.map((part) => {
    const quanta = linkFlow(part, flow);
    const capacity = quanta < 0 ? part.reverseCapacity : part.capacity;
    return {
      id: part.link.id,
      flow: out(quanta),
      utilisation: capacity > 0 ? Math.abs(quanta) / capacity : 0,
      aboveTarget: out(aboveTarget(part, quanta)),
    };
  });
  const ends = (sink: SinkPart) => ({ id: sink.node.id, flow: out(intakeOf(sink, flow)) });
  const spills = problem.outfalls.map(ends);
  const flooding = problem.flooding.map(ends).filter((end) => end.flow > 0);
  const flows = new Map(problem.links.map((part) => [part.link.id, linkFlow(part, flow)]));
  return {
    version: PLAN_VERSION,
    status: statusOf(problem, flow),
    engine: about.engine,
    units: { flow: unit },
    objectives: about.objectives,
    plants: problem.plants.map((plant) => {
      const intake = intakeOf(plant, flow);
      return {
        id: plant.node.id,
        intake: out(intake),
        available: out(plant.capacity),
        utilisation: plant.capacity > 0 ? intake / plant.capacity : 0,
        headroom: out(plant.capacity - intake),
      };
    }),
    links,
    spills,
    flooding,
    moves: about.moves,
    locks: about.locks,
    splits: splitsOf(
      problem.network,
      (id) => out(flows.get(id) ?? 0),
      (element) => shareOf(element, about.state),
    ),
    circulation: problem.links.flatMap(({ link }, i) => {
      const quanta = about.circulation[i] ?? 0;
      return quanta === 0 ? [] : [{ id: link.id, flow: out(quanta) }];
    }),
    notes: [],
    ...(about.certificate !== undefined && { certificate: about.certificate }),
  };
}

/** Share of an element that can be used in a state. */
function shareOf(element: NetworkNode | NetworkLink, { out, availability }: FullState): number {
  return out.includes(element.id) ? 0 : (own(availability, element.id) ?? element.availability);
}
