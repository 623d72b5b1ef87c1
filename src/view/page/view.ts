/** What all parts of the page are given. */
import type { Language } from "../../network/names.js";
import type { City, Scenario } from "./city.js";
import type { Words } from "./words.js";

export interface View {
  readonly city: City;
  readonly scenario: Scenario;
  readonly change: (by: Partial<Scenario>) => void;
  readonly toggle: (id: string) => void;
  readonly language: Language;
  readonly words: Words;
  /** What an element is called. */
  readonly named: (id: string) => string;
}
