/** From a network and a state to a plan. */
import { checkLanguage, type Language } from "../text/language.js";
import { assertNetwork } from "../network/checked.js";
import { checkOptions, optionsOf, whereUsed, type Checks } from "../network/options.js";
import type { FullState, Network } from "../network/types.js";
import type { Plan } from "../plan/plan.js";
import { isFailing } from "./component-solver.js";
import { engineOf, prepare, PREPARE_OPTIONS, type PrepareOptions } from "./prepare.js";
import { notesOf } from "./notes.js";
import { presentSolver } from "./solver.js";
import { fullState, STATE_OPTIONS, type StateOptions } from "./state-options.js";

export interface DispatchOptions extends StateOptions, PrepareOptions {
  /** The language of the reasons; `en` if not given. */
  readonly language?: Language;
}

export const DISPATCH_OPTIONS: Checks<DispatchOptions> = {
  ...STATE_OPTIONS,
  ...PREPARE_OPTIONS,
  language: checkLanguage,
};

/**
 * The best plan for one moment: objectives in order, each kept at its optimum while the next is optimised.
 *
 * @param network from `loadNetwork`
 * @returns plain data in the file's units; mass balances in it to the last quantum (1 mL/d; 10⁻⁹ MGD in files in MGD). Every valid input has a plan:
 *   what can't be served is told as flooding
 * @throws NetworkError for a state or outage that doesn't fit the network; OptionError for a plan of another one, or an option that doesn't
 *   exist; EngineError where a solver fails our check of its answer
 * @remarks equal input gives an equal plan, whatever the order of elements in the file
 * @example
 * const plan = dispatch(city);
 * plan.plants[0]; // { id: "east", intake: 0.35, available: 1.74, utilisation: 0.2011…, headroom: 1.39 }
 */
export function dispatch(network: Network, options: DispatchOptions = {}): Plan {
  checkOptions(options, DISPATCH_OPTIONS);
  return prepare(network, optionsOf(options, PREPARE_OPTIONS))
    .solve(optionsOf(options, STATE_OPTIONS))
    .plan(options.language);
}

/** What is kept is no choice, so there is no policy. */
type PresentOptions = Omit<DispatchOptions, "policy" | "tolerance" | "secure">;
const PRESENT_OPTIONS: Checks<PresentOptions> = {
  state: whereUsed,
  outages: whereUsed,
  from: whereUsed,
  engine: whereUsed,
  language: checkLanguage,
};
const IS_THERE = "what is there is no choice";
const NO_CHOICE = { policy: IS_THERE, tolerance: IS_THERE, secure: IS_THERE };

/**
 * The status quo that a plan is held against: what the network does when every pump and gate that has a set point keeps it as nearly as
 * it can. Where something is out, or less of it is there than the network file says, it is what happens if nobody acts: no pump or gate
 * carries more than its set point, and everything else does its best. Then the plan carries no certificate.
 *
 * @throws as `dispatch`
 * @example
 * presentPlan(city).status; // "normal"
 * presentPlan(city, { outages: ["east"] }).flooding; // [{ id: "north", flow: 0.35 }]
 */
export function presentPlan(network: Network, options: PresentOptions = {}): Plan {
  assertNetwork(network);
  checkOptions(options, PRESENT_OPTIONS, NO_CHOICE);
  const state = fullState(network, options);
  const { certificate, ...present } = presentSolver(network, engineOf(options)).solve(state).plan(options.language);
  const plan = { ...present, notes: notesOf(network, options.state, options.language) };
  // What is capped is best within bounds that no state has.
  return isFailing(network, state) || certificate === undefined ? plan : { ...plan, certificate };
}

/**
 * The full state that a dispatch with these options is of: what `certify` takes.
 *
 * @throws NetworkError for ids that aren't in the network and figures out of range; OptionError for a plan of another network
 * @example
 * stateOf(city, { state: { inflows: { north: 0.5 } }, outages: ["a"] }); // { inflows: { north: 0.5 }, out: ["a"], … }
 */
export function stateOf(network: Network, options: DispatchOptions = {}): FullState {
  assertNetwork(network);
  checkOptions(options, DISPATCH_OPTIONS);
  return fullState(network, options);
}
