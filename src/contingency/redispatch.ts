/** What to do when something fails. */
import { checkOutages, type Outage } from "../network/outage.js";
import { notesOf } from "../dispatch/notes.js";
import { assertPlanOf } from "../plan/plan-shape.js";
import type { Plan, PlanObjective } from "../plan/plan.js";
import { engineOf, type PrepareOptions } from "../dispatch/prepare.js";
import { solver } from "../dispatch/solver.js";
import { fullState, type StateOptions } from "../dispatch/state-options.js";
import { OptionError } from "../errors.js";
import { checkPolicy, checkTolerance } from "../problem/policy.js";
import { assertNetwork } from "../network/checked.js";
import { checkLanguage, type Language } from "../text/language.js";
import { checkOptions, whereUsed, type Checks } from "../network/options.js";
import type { Network } from "../network/types.js";
import { forcedLosses, type ForcedLoss } from "../plan/ways/loss-cuts.js";
import { routesIn, type Route } from "../plan/ways/routes.js";
import { stepsOf, type Step } from "../plan/ways/switching-order.js";

export interface RedispatchOptions extends Omit<StateOptions, "from">, Omit<PrepareOptions, "secure"> {
  /** What is lost now. */
  readonly outages: readonly Outage[];
  /** The language of the reasons; `en` if not given. */
  readonly language?: Language;
}

export interface Redispatch {
  /** The best plan now; its `moves` say what to set, from, to and why. */
  readonly plan: Plan;
  /** What happens while nobody acts: no pump or gate carries more than it is set to. */
  readonly idle: Omit<Plan, "certificate" | "moves">;
  /** The moves one by one, in an order in which nothing more is lost on the way. */
  readonly steps: readonly Step[];
  /** What acting is worth: each objective of the policy while nobody acts, and in the plan. */
  readonly relief: readonly {
    readonly name: string;
    readonly idle: PlanObjective["value"];
    readonly plan: PlanObjective["value"];
  }[];
  /** Routes of the plan before that are no more (or carry another flow), and those that take their place. */
  readonly routes: { readonly before: readonly Route[]; readonly after: readonly Route[] };
  /** What the plan still loses, and the mains and plants, full or out, that force it. */
  readonly forced: readonly ForcedLoss[];
}

const OPTIONS: Checks<RedispatchOptions> = {
  policy: checkPolicy,
  tolerance: checkTolerance,
  engine: whereUsed,
  state: whereUsed,
  outages: whereUsed,
  language: checkLanguage,
};

/**
 * The plan after an outage, and the way to it.
 *
 * @param before the plan that is in force, of the same network: its flows are the present set points, but for those that the state gives
 * @throws NetworkError for ids that the network doesn't have; OptionError for a plan of another network, or no outage
 * @remarks two dispatches, the lengths of all routes before and after, and at most links + nodes shifts of water with the lengths of theirs
 * @example
 * const { plan, steps, forced } = redispatch(city, dispatch(city), { outages: [{ id: "east", availability: 0.1 }] });
 * plan.flooding; // [{ id: …, flow: 0.176 }]
 * steps; // []
 * forced[0].plants; // [{ id: "east", flow: 0.174, out: false, locked: false }]
 */
export function redispatch(network: Network, before: Plan, options: RedispatchOptions): Redispatch {
  assertNetwork(network);
  checkOptions(options, OPTIONS);
  assertPlanOf(network, before);
  const { language = "en", outages, state } = options;
  checkOutages(network, outages);
  if (outages.length === 0) throw new OptionError("outages is an empty list; name what is lost, or call dispatch.");
  const full = fullState(network, { ...(state && { state }), outages, from: before });
  const acting = solver(network, options, engineOf(options));
  const notes = notesOf(network, state, language);
  const plan = { ...acting.solve(full).plan(language), notes };
  const idling = solver(network, options, engineOf(options));
  const {
    certificate: _proof,
    moves: _moves,
    ...idle
  } = idling
    .solve(full, (problem) => {
      problem.capAtSetPoints();
    })
    .plan(language);
  return {
    plan,
    idle: { ...idle, notes },
    steps: stepsOf(acting.problem, idling.flow, acting.flow),
    relief: plan.objectives.map(({ name, value }, i) => ({
      name,
      idle: idle.objectives[i]?.value ?? value,
      plan: value,
    })),
    routes: changedRoutes(routesIn(network, before), routesIn(network, plan)),
    forced: forcedLosses(acting.problem, acting.flow),
  };
}

function changedRoutes(before: readonly Route[], after: readonly Route[]): Redispatch["routes"] {
  const [then, now] = [byCatchment(before), byCatchment(after)];
  return {
    before: before.filter((route) => now.get(route.from)?.some((other) => isSame(route, other)) !== true),
    after: after.filter((route) => then.get(route.from)?.some((other) => isSame(route, other)) !== true),
  };
}

function byCatchment(routes: readonly Route[]): Map<string, Route[]> {
  const lists = new Map<string, Route[]>();
  for (const route of routes) {
    const list = lists.get(route.from);
    if (list === undefined) lists.set(route.from, [route]);
    else list.push(route);
  }
  return lists;
}

function isSame(one: Route, other: Route): boolean {
  return (
    one.to === other.to &&
    one.flow === other.flow &&
    one.links.length === other.links.length &&
    one.links.every((id, i) => id === other.links[i])
  );
}
