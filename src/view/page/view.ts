/** What all parts of the page are given. */
import type { Language } from "../../text/language.js";
import type { Plan } from "../../plan/plan.js";
import type { City, Scenario } from "./city.js";
import type { Words } from "./words.js";

/** Plans to be held against each other. */
export interface Plans {
  readonly plan: Plan;
  /** What comes of the scenario if nobody acts; undefined where it is what there was before. */
  readonly idle: Plan | undefined;
}

export interface View {
  readonly city: City;
  readonly scenario: Scenario;
  /** What of the scenario is to be otherwise. */
  readonly change: (by: (last: Scenario) => Partial<Scenario>) => void;
  /** Fails an element, or brings it back. */
  readonly toggle: (id: string) => void;
  /** Lets go of an element that is held. */
  readonly release: (id: string) => void;
  /** Leads to the inflow of a catchment, or to where a pump, gate or plant is held. */
  readonly lead: (id: string) => void;
  /** What was led to last; another object each time. */
  readonly wanted: { readonly id: string } | undefined;
  /** Takes everything back. */
  readonly reset: () => void;
  readonly language: Language;
  readonly words: Words;
  /** What an element is called. */
  readonly named: (id: string) => string;
}
