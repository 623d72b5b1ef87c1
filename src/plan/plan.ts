/** A plan: what flows where, what it is worth, and what to set. Plain data in the file's own units. */
import type { Split } from "../network/checks/forks.js";
import type { LeximinObjective, PolicyObjective } from "../problem/policy.js";
import type { FlowUnit } from "../units/flow.js";
import type { Certificate } from "./certificate.js";

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
