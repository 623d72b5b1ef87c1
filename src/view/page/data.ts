/** What a page is written with: all it needs to solve the network by itself. */
import type { PlanNote } from "../../plan/plan.js";
import type { Policy } from "../../problem/policy.js";
import type { Language } from "../../text/language.js";
import type { Network, State } from "../../network/types.js";

export interface PageData {
  readonly network: Network;
  readonly state: State;
  /** Ids of what fails besides what the state has out. */
  readonly outages: readonly string[];
  readonly policy: Policy;
  readonly tolerance: number;
  /** What of the state wasn't taken as it was given: `state` doesn't tell any more. */
  readonly notes: Record<Language, readonly PlanNote[]>;
  readonly language: Language;
}

/** Id of the element that holds it as JSON. */
export const DATA_ID = "trunkflow-data";
