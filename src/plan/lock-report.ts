/** What is held by operators, as a plan tells it: whether it is obeyed, and what that costs. */
import { elementsOf } from "../network/checked.js";
import { own } from "../network/own.js";
import { lockRange } from "../network/locks.js";
import { localise, type Language } from "../text/language.js";
import type { FullState, Network } from "../network/types.js";
import { formatFlow, formatFlowWithUnit, formatShare } from "../text/format.js";
import { fromQuanta, toQuanta } from "../units/flow.js";
import { intakeOf, linkFlow } from "../problem/flows.js";
import type { LockCost, PlanLock, PlanObjective } from "./plan.js";
import { isLeximin, type ObjectiveName, type PolicyObjective } from "../problem/policy.js";
import type { FlowProblem } from "../problem/problem.js";
import { lockWords } from "../text/words.js";
import { objectiveName } from "./objective-name.js";

/** Sums of ratios and prices that differ by less are the same. */
const ROUNDING = 1e-12;

/**
 * Each lock of a state, in order of id, with what the objectives come to with it and without.
 *
 * @param held what an objective comes to with the locks
 * @param without solves the state without one of them
 * @remarks a dispatch for each lock
 */
export function locksOf(
  problem: FlowProblem,
  flow: ArrayLike<number>,
  state: FullState,
  names: readonly PolicyObjective[],
  language: Language,
  held: (name: ObjectiveName) => PlanObjective,
  without: (state: FullState) => (name: ObjectiveName) => PlanObjective,
): PlanLock[] {
  const unit = problem.network.units.flow;
  const quanta = (value: number) => (Number.isFinite(value) ? toQuanta(value, unit) : value);
  const flows = new Map<string, number>();
  for (const part of problem.links) flows.set(part.link.id, linkFlow(part, flow));
  for (const plant of problem.plants) flows.set(plant.node.id, intakeOf(plant, flow));
  const told = names.filter((name) => name !== "security");
  const ids = Object.keys(state.locks).filter((id) => flows.has(id));
  return ids.sort().map((id): PlanLock => {
    const { min, max } = lockRange(own(state.locks, id) ?? {});
    const now = flows.get(id) ?? 0;
    const short = Math.max(0, quanta(min) - now, now - quanta(max));
    const rest = Object.fromEntries(Object.entries(state.locks).filter(([other]) => other !== id));
    const free = without({ ...state, locks: rest });
    const costs = told.flatMap((name) => costOf(free(name), held(name)));
    const lock = {
      id,
      ...(min > -Infinity && { min }),
      ...(max < Infinity && { max }),
      flow: fromQuanta(now, unit),
      short: fromQuanta(short, unit),
      costs,
    };
    return { ...lock, text: lockText(problem.network, lock, language) };
  });
}

/** Nothing where an objective stays. */
function costOf(free: PlanObjective, held: PlanObjective): LockCost[] {
  const [befores, afters] = [[free.value].flat(), [held.value].flat()];
  for (const [i, before] of befores.entries()) {
    const after = afters[i] ?? before;
    if (Math.abs(after - before) <= ROUNDING * Math.max(Math.abs(before), Math.abs(after))) continue;
    return [{ objective: free.name, before, after, ...(isLeximin(free.name) && { place: i + 1 }) }];
  }
  return [];
}

/** Says what is held, how far it is from that, and what that costs. */
export function lockText(network: Network, lock: Omit<PlanLock, "text">, language: Language): string {
  const words = lockWords(language);
  const unit = network.units.flow;
  const held = localise(elementsOf(network).get(lock.id) ?? lock, language);
  const { min, max, flow, short, costs } = lock;
  const amount = (value: number) => formatFlowWithUnit(value, unit);
  const range =
    min === undefined
      ? words.most(amount(max ?? 0))
      : max === undefined
        ? words.least(amount(min))
        : min === max
          ? amount(min)
          : words.between(formatFlow(min, unit), amount(max));
  const figure = (objective: PolicyObjective, value: number) =>
    isLeximin(objective) ? formatShare(value) : objective === "cost" ? value.toFixed(2) : amount(value);
  // What falls with the lock is no cost of it.
  const told = costs
    .filter(({ before, after }) => after > before)
    .map(({ objective, before, after, place = 1 }) => {
      const ranked = isLeximin(objective) && place > 1 ? words.ranked[objective](place) : undefined;
      const which = objectiveName(network, objective, language, ranked);
      return words.cost(which, figure(objective, before), figure(objective, after));
    });
  return (
    [
      words.held(held, range),
      ...(short > 0 ? [words.short(amount(flow), amount(short))] : []),
      told.length > 0 ? words.costs(told.join(words.and)) : words.free,
    ].join(words.separator) + words.end
  );
}
