/** A network made ready once, to be dispatched again and again as its state changes. */
import { OptionError } from "../errors.js";
import type { LinearBackend } from "../linear/program.js";
import { assertNetwork } from "../network/checked.js";
import { nearest } from "../text/nearest.js";
import { show } from "../text/show.js";
import type { Language } from "../text/language.js";
import { checkOptions, whereUsed, type Checks } from "../network/options.js";
import type { Network } from "../network/types.js";
import type { CourseOptions, Solution } from "./component-solver.js";
import { networkEngine } from "../engines/network-engine.js";
import { linearKit, type EngineMaker } from "./linear-slot.js";
import { notesOf } from "./notes.js";
import type { Plan, PlanNote, PlanObjective } from "../plan/plan.js";
import { checkPolicy, checkTolerance, type PolicyObjective } from "../problem/policy.js";
import { solver } from "./solver.js";
import { fullState, STATE_OPTIONS, type StateOptions } from "./state-options.js";

export const ENGINE_NAMES = ["network", "javascript-lp-solver"] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface PrepareOptions extends CourseOptions {
  /** `network` if not given, or `javascript-lp-solver` with `secure`; or what `loadHighs` returns. */
  readonly engine?: EngineName | LinearBackend;
}

export const PREPARE_OPTIONS: Checks<PrepareOptions> = {
  policy: checkPolicy,
  tolerance: checkTolerance,
  engine: whereUsed,
  secure: whereUsed,
};

export interface Prepared {
  /**
   * The best flows in a state. The solution can be read until the next call; after that it throws OptionError.
   *
   * @throws NetworkError for a state or outage that doesn't fit the network; OptionError for a plan of another network, or an option that is
   *   `prepare`'s
   * @remarks with the engine `network`, starts from the last solution: mends it where inflows, outages or availability have
   *   changed, and solves anew where that isn't sure to lead to the optimum. The solution is the same, to the last digit,
   *   whatever was solved before. Its certificate may be another proof of it; and where plants take no more than some mL a day,
   *   so that a quantum shows in how full they are, that quantum may be at another plant
   */
  solve(state?: StateOptions): Solution;
}

const OF_ONE = "it is of one state: give it to solve";
const OF_ALL = "it is the same for all states: give it to prepare";
const OF_PLAN = { language: "give it to plan" };
const OF_SOLVING = { state: OF_ONE, outages: OF_ONE, from: OF_ONE, ...OF_PLAN };
const OF_PREPARING = { policy: OF_ALL, tolerance: OF_ALL, engine: OF_ALL, secure: OF_ALL, ...OF_PLAN };

/**
 * Makes a network ready for many dispatches.
 *
 * @param network from `loadNetwork`
 * @throws OptionError for an option that doesn't exist; NetworkError where `secure` doesn't fit the network
 * @example
 * const ready = prepare(city);
 * ready.solve().status; // "normal"
 * ready.solve({ outages: ["east"] }).status; // "flooding"
 */
export function prepare(network: Network, options: PrepareOptions = {}): Prepared {
  assertNetwork(network);
  checkOptions(options, PREPARE_OPTIONS, OF_SOLVING);
  const ready = solver(network, options, engineOf(options));
  let solves = 0;
  return {
    solve(state = {}) {
      checkOptions(state, STATE_OPTIONS, OF_PREPARING);
      const full = fullState(network, state);
      const mine = ++solves;
      return new CurrentSolution(
        ready.solve(full),
        () => mine === solves,
        (language) => notesOf(network, state.state, language),
      );
    },
  };
}

/** A solution as long as it is the last: what it tells of is written over by the next solve. */
class CurrentSolution implements Solution {
  constructor(
    private readonly last: Solution,
    private readonly isLast: () => boolean,
    private readonly notes: (language: Language) => PlanNote[],
  ) {}

  private get current(): Solution {
    if (this.isLast()) return this.last;
    throw new OptionError(
      "this solution is gone, as the network was solved again since. Read what you need of it, or its plan(), before the next solve; or prepare the network twice.",
    );
  }

  get status(): Solution["status"] {
    return this.current.status;
  }

  objective(name: PolicyObjective): PlanObjective {
    return this.current.objective(name);
  }

  plan(language: Language = "en"): Plan {
    const { certificate, ...plan } = this.current.plan(language);
    return { ...plan, notes: this.notes(language), ...(certificate !== undefined && { certificate }) };
  }
}

/** What solves a dispatch with these options. */
export function engineOf({
  secure,
  engine = secure === undefined ? "network" : "javascript-lp-solver",
}: PrepareOptions): EngineMaker {
  if (engine === "network" && secure !== undefined) {
    throw new OptionError(
      'the engine "network" can\'t secure a plan; leave engine out, or give "javascript-lp-solver" or what loadHighs returns.',
    );
  }
  const given: unknown = engine;
  if (typeof given === "object" && given !== null && typeof engine === "object" && typeof engine.solve === "function") {
    return linearKit().engineOn(engine);
  }
  if (engine === "network") return networkEngine;
  if (engine === "javascript-lp-solver") return linearKit().engineOn(linearKit().backend);
  const known =
    nearest(typeof given === "string" ? given : "", ENGINE_NAMES) ??
    `There are ${ENGINE_NAMES.join(", ")}, and what loadHighs returns.`;
  throw new OptionError(`there is no engine ${show(engine)}. ${known}`);
}
