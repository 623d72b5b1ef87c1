/** What `explain` finds: plain data, ids and figures in the file's unit, and a sentence in each language. */
import type { PlanFlow } from "../plan/plan.js";
import type { LinearObjective, Policy, PolicyObjective } from "../problem/policy.js";

/** The same in each language. Names stand in it as the file has them: whoever shows it escapes it. */
export interface Told {
  readonly en: string;
  readonly zh: string;
}

export type FindingKind = Finding["kind"];

/** In the order in which `explain` lists them; those of one kind, the weightiest first. */
export type Finding =
  | LossFinding
  | EvennessFinding
  | HeldFinding
  | ToleranceFinding
  | BottleneckFinding
  | HeadroomFinding
  | MoveFinding
  | AlternativeFinding
  | MoreFinding;

/** A link, plant or outfall that takes no more, and what hinders it. */
export interface Hold {
  readonly id: string;
  /** What it carries the way that is meant; negative where it carries water the other way and can't carry less. */
  readonly flow: number;
  /**
   * `capacity`: it carries all it can; `outage`: it is out, or a node at its end; `lock`: a lock holds it; an objective: more would cost that, and it comes before (with `surcharge`, and
   * a flow that is its target, the link stands there).
   */
  readonly by: "capacity" | "outage" | "lock" | LinearObjective;
}

/** How full a plant is: intake ÷ what is available of it. */
export interface Standing {
  readonly id: string;
  readonly utilisation: number;
}

/** An objective's value in the plan, and what it would be; of `balance` the largest utilisation ÷ weight. */
export interface Difference {
  readonly objective: Exclude<PolicyObjective, "security">;
  readonly before: number;
  readonly after: number;
}

/** Water that is lost, and what forces it. */
export interface LossFinding {
  readonly kind: "loss";
  readonly loss: "flooding" | "spill";
  /** Where, and how much. */
  readonly at: readonly PlanFlow[];
  /**
   * Whether nothing but more capacity or less inflow would help. If not, the policy puts something else before it or weighs something
   * against it, or doesn't count it.
   */
  readonly isForced: boolean;
  /**
   * What is forced: the nodes that can't be rid of their water, what flows into them, and what of that can leave; the rest is lost,
   * there or elsewhere among them.
   */
  readonly nodes: readonly string[];
  readonly inflow: number;
  readonly leaving: number;
  /**
   * All that leads out of them, links, plants and (where it floods) outfalls: it takes no more. Links that a lock makes bring water in, too:
   * they bring no less.
   */
  readonly holds: readonly Hold[];
  readonly text: Told;
}

/** Plants that run level, and what keeps them above others. */
export interface EvennessFinding {
  readonly kind: "evenness";
  /**
   * How full they are; with a tolerance, before it is used. Where plants have weights, utilisation ÷ weight is what they have in common.
   */
  readonly plants: readonly Standing[];
  /** The first of those that stand lower and could take more to which links lead; none where there are none. */
  readonly below: readonly Standing[];
  /** All that leads to such plants from where these plants' water comes from: it takes no more. */
  readonly holds: readonly Hold[];
  readonly text: Told;
}

/** Plants that don't stand where they would be evened out to, for a reason of their own; with a tolerance, before it is used. */
export interface HeldFinding {
  readonly kind: "held";
  readonly plants: readonly Standing[];
  /** `minFlow` and `capacity`: their own bounds; `lock`: a lock, there or elsewhere; an objective: it comes before evening out, and another intake would cost it. */
  readonly by: "minFlow" | "capacity" | "lock" | LinearObjective;
  /** Whether they can't take less, more, or anything else. */
  readonly bound: "least" | "most" | "both";
  readonly text: Told;
}

/** What the tolerance in evenness is used for; found by dispatching without it. */
export interface ToleranceFinding {
  readonly kind: "tolerance";
  readonly tolerance: number;
  /** All objectives that would be otherwise without a tolerance, in the order of the policy. */
  readonly differences: readonly Difference[];
  readonly text: Told;
}

/** What more capacity of one element is worth; found by solving again with it. */
export interface BottleneckFinding {
  readonly kind: "bottleneck";
  readonly id: string;
  /** By how much its available capacity was raised: a tenth of it; of a gate that runs backwards, of that way. */
  readonly added: number;
  /** The objective that gains: the first in the policy that gains visibly. */
  readonly gain: Difference;
  /** All objectives that change, in the order of the policy. */
  readonly differences: readonly Difference[];
  readonly text: Told;
}

/** Room in plants that can't be used for what fuller ones take; with a tolerance, before it is used. */
export interface HeadroomFinding {
  readonly kind: "headroom";
  readonly plants: readonly { readonly id: string; readonly headroom: number }[];
  /** All that leads to where they get their water from: it brings no more. */
  readonly holds: readonly Hold[];
  readonly text: Told;
}

/** Where water ends, in a plan: treated in a plant, spilt at an outfall, or flooding at a node. */
export interface End {
  readonly id: string;
  readonly role: "plant" | "outfall" | "flooding";
}

/** Set points that change for one purpose. */
export interface MoveFinding {
  readonly kind: "move";
  /**
   * `shift`: water ends elsewhere; `reroute`: it goes another way to the same end; `circulation`: it would only go round in circles;
   * `unkept`: the set point isn't kept even where as many as can be are.
   */
  readonly purpose: "shift" | "reroute" | "circulation" | "unkept";
  /** Of a shift: where the water ended while all set points were kept, where it ends now, and how much. */
  readonly shift?: { readonly from: End; readonly to: End; readonly flow: number };
  /** What is set for it, the largest part in it first; a move may serve several purposes. */
  readonly moves: readonly { readonly id: string; readonly from: number; readonly to: number }[];
  readonly text: Told;
}

/** What would be gained if something were given up; found by dispatching so. */
export interface AlternativeFinding {
  readonly kind: "alternative";
  /** What to dispatch with to get it. */
  readonly policy: Policy;
  readonly tolerance: number;
  readonly gain: Difference;
  /** All objectives that change, in the order of the plan's policy. */
  readonly differences: readonly Difference[];
  readonly text: Told;
}

/** What isn't listed: of each kind only so many are. */
export interface MoreFinding {
  readonly kind: "more";
  readonly of: Exclude<Finding["kind"], "more" | "tolerance">;
  readonly count: number;
  readonly text: Told;
}
