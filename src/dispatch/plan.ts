/** A plan: what flows where, what it is worth, and what to set. Plain data in the file's own units. */
import { splitsOf, type Split } from "../network/forks.js";
import { own } from "../network/own.js";
import type { FullState, NetworkLink, NetworkNode } from "../network/schema.js";
import { fromQuanta, quantaPer, roundSum, SECONDS_PER_HOUR, type FlowUnit } from "../units/flow.js";
import type { Certificate } from "./certificate.js";
import { intakeOf } from "./intake.js";
import { isLeximin, type LeximinObjective, type ObjectiveName, type PolicyObjective } from "./policy.js";
import type { FlowProblem, LinkPart, SinkPart } from "./problem.js";

/** The worst that a plan contains: flooding, else spilling, else a main above its target, else normal. */
export type PlanStatus = "normal" | "surcharged" | "spilling" | "flooding";

export type PlanObjective =
  | {
      readonly name: Exclude<PolicyObjective, LeximinObjective>;
      readonly value: number;
      /** The file's flow unit, or `money/h` for `cost`. */
      readonly unit: FlowUnit | "money/h";
    }
  | {
      readonly name: "balance";
      /** Utilisation ÷ weight of each plant in service, largest first. */
      readonly value: readonly number[];
      readonly unit: "1";
    }
  | {
      readonly name: "sharing";
      /** What floods at each catchment ÷ its inflow, of those with an inflow, largest first. */
      readonly value: readonly number[];
      readonly unit: "1";
    };

export interface PlanPlant {
  readonly id: string;
  readonly intake: number;
  /** Capacity × availability; 0 when the plant is out. */
  readonly available: number;
  /** intake ÷ available; 0 when nothing is available. */
  readonly utilisation: number;
  /** available − intake. */
  readonly headroom: number;
}

export interface PlanLink {
  readonly id: string;
  /** Negative where a two-way gate runs backwards. */
  readonly flow: number;
  /** |flow| ÷ capacity in the direction of the flow; 0 when nothing can flow. */
  readonly utilisation: number;
  /** |flow| above the target; 0 without a target. */
  readonly aboveTarget: number;
}

export interface PlanFlow {
  readonly id: string;
  readonly flow: number;
}

/** Water that ends elsewhere because of a move: `flow` from sink `from` to sink `to`. */
export interface Shift {
  readonly from: string;
  readonly to: string;
  readonly flow: number;
}

export interface Move {
  /** A pump or gate whose flow isn't its present set point. */
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** What the move is for, against leaving every set point as it is. */
  readonly why: string;
  /** The same as data; empty where the move only changes the way water takes to where it went before. */
  readonly shifts: readonly Shift[];
}

/** What an objective comes to without a lock, and with it. */
export interface LockCost {
  readonly objective: PolicyObjective;
  /** Of vectors the first figure that differs. */
  readonly before: number;
  readonly after: number;
  /** Of vectors, which figure that is: 1 is the largest. */
  readonly place?: number;
}

/** What an operator holds, and what comes of it. */
export interface PlanLock {
  /** A pump, gate or plant. */
  readonly id: string;
  /** What its flow is to stay between; without the one or the other there is no such bound. */
  readonly min?: number;
  readonly max?: number;
  readonly flow: number;
  /** How far the flow is from that range: more can't be had. */
  readonly short: number;
  /** Objectives that would come to something else without this lock. */
  readonly costs: readonly LockCost[];
  readonly text: string;
}

/** Something about what a dispatch was given that its user should know. */
export interface PlanNote {
  readonly code: "set-point-clipped";
  readonly id: string;
  readonly text: string;
}

/** The format of plans: it changes where a program that reads the one before could go wrong. */
export const PLAN_VERSION = 1;

export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly status: PlanStatus;
  readonly engine: string;
  /** The unit of every flow in the plan. */
  readonly units: { readonly flow: FlowUnit };
  /** In the order in which they were taken. */
  readonly objectives: readonly PlanObjective[];
  /** In order of id, like all lists here. */
  readonly plants: readonly PlanPlant[];
  readonly links: readonly PlanLink[];
  /** Every outfall. */
  readonly spills: readonly PlanFlow[];
  /** Only nodes that flood. */
  readonly flooding: readonly PlanFlow[];
  readonly moves: readonly Move[];
  /** Every lock of the state. */
  readonly locks: readonly PlanLock[];
  /** Forks where what flows on relies on a split between gravity mains that nothing can set. */
  readonly splits: readonly Split[];
  /** What the present set points would keep going round in circles, and the plan stops. */
  readonly circulation: readonly PlanFlow[];
  readonly notes: readonly PlanNote[];
  /** The proof that no better plan exists; only the engine `network` gives one. */
  readonly certificate?: Certificate;
}

/** Net flow of a link, quanta: a gate doesn't run both ways at once. */
export function linkFlow(part: LinkPart, flow: ArrayLike<number>): number {
  let net = 0;
  for (const a of part.forward) net += flow[a] ?? 0;
  for (const a of part.backward) net -= flow[a] ?? 0;
  return net;
}

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

const BY_SEVERITY: readonly PlanStatus[] = ["normal", "surcharged", "spilling", "flooding"];

/** The worst of several. */
export function worstOf(statuses: readonly PlanStatus[]): PlanStatus {
  const worst = statuses.reduce((most, status) => Math.max(most, BY_SEVERITY.indexOf(status)), 0);
  return BY_SEVERITY[worst] ?? "normal";
}

/** Share of an element that can be used in a state. */
function shareOf(element: NetworkNode | NetworkLink, { out, availability }: FullState): number {
  return out.includes(element.id) ? 0 : (own(availability, element.id) ?? element.availability);
}

/** The worst that a flow contains. */
export function statusOf(problem: FlowProblem, flow: ArrayLike<number>): PlanStatus {
  if (problem.flooding.some((sink) => intakeOf(sink, flow) > 0)) return "flooding";
  if (problem.outfalls.some((sink) => intakeOf(sink, flow) > 0)) return "spilling";
  return problem.links.some((part) => aboveTarget(part, linkFlow(part, flow)) > 0) ? "surcharged" : "normal";
}

function aboveTarget(part: LinkPart, quanta: number): number {
  return Math.max(0, Math.abs(quanta) - part.target);
}

/**
 * What an objective comes to in quanta, before it is told in the file's unit: figures of several components add up, and vectors (largest
 * first) are merged.
 */
export type Measure = number | readonly number[];

/** Plain loops: a screening asks for all of them at every outage. */
export function measureOf(name: ObjectiveName, problem: FlowProblem, flow: ArrayLike<number>): Measure {
  const { links, plants, outfalls, flooding, network } = problem;
  let sum = 0;
  switch (name) {
    case "flooding":
      for (const end of flooding) sum += weightOf(end) * intakeOf(end, flow);
      break;
    case "spill":
      for (const end of outfalls) sum += weightOf(end) * intakeOf(end, flow);
      break;
    case "starved":
      for (const plant of plants) sum += Math.max(0, plant.least - intakeOf(plant, flow));
      break;
    case "surcharge":
      for (const part of links)
        if (part.target < Infinity) sum += part.link.weight * aboveTarget(part, linkFlow(part, flow));
      break;
    case "moves":
      for (const part of links) if (!Number.isNaN(part.setPoint)) sum += Math.abs(linkFlow(part, flow) - part.setPoint);
      break;
    case "balance": {
      const running = plants.filter((plant) => plant.capacity > 0);
      return running.map((plant) => intakeOf(plant, flow) / plant.capacity / weightOf(plant)).sort((a, b) => b - a);
    }
    case "sharing":
      return flooding
        .filter((end) => end.rating > 0)
        .map((end) => intakeOf(end, flow) / end.rating)
        .sort((a, b) => b - a);
    case "cost": {
      let treatment = 0;
      for (const part of links) if (part.link.energy > 0) sum += part.link.energy * Math.abs(linkFlow(part, flow));
      for (const plant of plants) treatment += treatmentCostOf(plant) * intakeOf(plant, flow);
      sum = sum * network.energyPrice + treatment;
    }
  }
  return sum;
}

/** A measure as plans have it. */
export function objectiveOf(name: ObjectiveName, measure: Measure, unit: FlowUnit): PlanObjective {
  if (isLeximin(name)) return { name, value: typeof measure === "number" ? [measure] : measure, unit: "1" };
  const sum = typeof measure === "number" ? measure : NaN;
  if (name === "cost") return { name, value: (sum / quantaPer("m3/s", unit)) * SECONDS_PER_HOUR, unit: "money/h" };
  return { name, value: fromQuanta(roundSum(sum), unit), unit };
}

/** What a flow into a sink counts: a plant's weight only where plants are compared. */
function weightOf({ role, node }: SinkPart): number {
  if (role === "flooding") return node.kind === "outfall" ? 0 : node.floodWeight;
  return node.kind === "outfall" || node.kind === "plant" ? node.weight : 0;
}

function treatmentCostOf(plant: SinkPart): number {
  return plant.node.kind === "plant" ? plant.node.treatmentCost : 0;
}
