/** What a flow comes to: its status, and its objectives. */
import { intakeOf, linkFlow } from "../problem/flows.js";
import { isLeximin, type ObjectiveName } from "../problem/policy.js";
import type { FlowProblem } from "../problem/problem.js";
import type { LinkPart, SinkPart } from "../problem/parts.js";
import { fromQuanta, quantaPer, roundSum, SECONDS_PER_HOUR, type FlowUnit } from "../units/flow.js";
import type { PlanObjective, PlanStatus } from "./plan.js";

const BY_SEVERITY: readonly PlanStatus[] = ["normal", "surcharged", "spilling", "flooding"];

/** The worst of several. */
export function worstOf(statuses: readonly PlanStatus[]): PlanStatus {
  const worst = statuses.reduce((most, status) => Math.max(most, BY_SEVERITY.indexOf(status)), 0);
  return BY_SEVERITY[worst] ?? "normal";
}

/** The worst that a flow contains. */
export function statusOf(problem: FlowProblem, flow: ArrayLike<number>): PlanStatus {
  const { sums } = problem;
  // No weight of floods is 0.
  if (sums.flooded(flow) > 0) return "flooding";
  if (problem.outfalls.some((sink) => intakeOf(sink, flow) > 0)) return "spilling";
  return sums.isSurcharged(flow) ? "surcharged" : "normal";
}

export function aboveTarget(part: LinkPart, quanta: number): number {
  return Math.max(0, Math.abs(quanta) - part.target);
}

/**
 * What an objective comes to in quanta, before it is told in the file's unit: figures of several components add up, and vectors (largest
 * first) are merged.
 */
export type Measure = number | readonly number[];

/** Plain loops: a screening asks for all of them at every outage. */
export function measureOf(name: ObjectiveName, problem: FlowProblem, flow: ArrayLike<number>): Measure {
  const { links, plants, outfalls, network, sums } = problem;
  let sum = 0;
  switch (name) {
    case "flooding":
      return sums.flooded(flow);
    case "spill":
      for (const end of outfalls) sum += weightOf(end) * intakeOf(end, flow);
      break;
    case "starved":
      for (const plant of plants) sum += Math.max(0, plant.least - intakeOf(plant, flow));
      break;
    case "surcharge":
      return sums.surcharge(flow);
    case "moves":
      if (problem.isSet)
        for (const part of links)
          if (!Number.isNaN(part.setPoint)) sum += Math.abs(linkFlow(part, flow) - part.setPoint);
      break;
    case "balance": {
      const running = plants.filter((plant) => plant.capacity > 0);
      return running.map((plant) => intakeOf(plant, flow) / plant.capacity / weightOf(plant)).sort((a, b) => b - a);
    }
    case "sharing":
      return sums.floodedShares(flow);
    case "cost": {
      let treatment = 0;
      for (const plant of plants) treatment += treatmentCostOf(plant) * intakeOf(plant, flow);
      return sums.pumping(flow) * network.energyPrice + treatment;
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

/** What a flow into an outfall counts, and what a plant is compared by. */
function weightOf({ node }: SinkPart): number {
  return node.kind === "outfall" || node.kind === "plant" ? node.weight : 0;
}

function treatmentCostOf(plant: SinkPart): number {
  return plant.node.kind === "plant" ? plant.node.treatmentCost : 0;
}
