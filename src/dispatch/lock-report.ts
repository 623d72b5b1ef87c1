/** What is held by operators, as a plan tells it: whether it is obeyed, and what that costs. */
import { own } from "../network/own.js";
import { lockRange } from "../network/locks.js";
import { localise, type Language } from "../network/names.js";
import type { FullState } from "../network/schema.js";
import { formatFlow, formatFlowWithUnit, formatShare } from "../units/format.js";
import { fromQuanta, toQuanta, type FlowUnit } from "../units/flow.js";
import { intakeOf } from "./intake.js";
import { linkFlow, type PlanLock, type PlanObjective } from "./plan.js";
import type { PolicyObjective } from "./policy.js";
import type { FlowProblem } from "./problem.js";
import { OBJECTIVE_WORDS } from "./words.js";

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
  held: (name: PolicyObjective) => PlanObjective,
  without: (state: FullState) => { objective(name: PolicyObjective): PlanObjective },
): PlanLock[] {
  const unit = problem.network.units.flow;
  const quanta = (value: number) => (Number.isFinite(value) ? toQuanta(value, unit) : value);
  const flows = new Map<string, number>();
  const elements = new Map<string, Parameters<typeof localise>[0]>();
  for (const part of problem.links) {
    flows.set(part.link.id, linkFlow(part, flow));
    elements.set(part.link.id, part.link);
  }
  for (const plant of problem.plants) {
    flows.set(plant.node.id, intakeOf(plant, flow));
    elements.set(plant.node.id, plant.node);
  }
  const told = names.filter((name) => name !== "security");
  const ids = Object.keys(state.locks).filter((id) => flows.has(id));
  return ids.sort().map((id): PlanLock => {
    const { min, max } = lockRange(own(state.locks, id) ?? {});
    const now = flows.get(id) ?? 0;
    const short = Math.max(0, quanta(min) - now, now - quanta(max));
    const rest = Object.fromEntries(Object.entries(state.locks).filter(([other]) => other !== id));
    const free = without({ ...state, locks: rest });
    const costs = told.flatMap((name) => {
      const [before, after] = firstDifference(free.objective(name), held(name));
      return before === undefined || after === undefined ? [] : [{ objective: name, before, after }];
    });
    const lock = {
      id,
      ...(min > -Infinity && { min }),
      ...(max < Infinity && { max }),
      flow: fromQuanta(now, unit),
      short: fromQuanta(short, unit),
      costs,
    };
    return { ...lock, text: sentence(localise(elements.get(id) ?? { id }, language), lock, unit, language) };
  });
}

/** What an objective comes to first and then; of vectors, the first figures that differ. Nothing where it stays. */
function firstDifference(first: PlanObjective, then: PlanObjective): readonly [before?: number, after?: number] {
  const [befores, afters] = [[first.value].flat(), [then.value].flat()];
  for (const [i, before] of befores.entries()) {
    const after = afters[i] ?? before;
    if (Math.abs(after - before) > ROUNDING * Math.max(Math.abs(before), Math.abs(after))) return [before, after];
  }
  return [];
}

const WORDS = {
  en: {
    held: (name: string, range: string) => `${name} is held at ${range}`,
    between: (min: string, max: string) => `${min} to ${max}`,
    least: (min: string) => `${min} or more`,
    most: (max: string) => `${max} or less`,
    short: (flow: string, short: string) => `this can't be obeyed: ${flow} flows there, ${short} off`,
    cost: (objective: string, before: string, after: string) => `${objective} ${after} instead of ${before}`,
    costs: (list: string) => `it costs: ${list}`,
    free: "it costs nothing",
    separator: "; ",
    end: ".",
  },
  zh: {
    held: (name: string, range: string) => `${name}锁定在 ${range}`,
    between: (min: string, max: string) => `${min} 至 ${max}`,
    least: (min: string) => `${min} 及以上`,
    most: (max: string) => `${max} 及以下`,
    short: (flow: string, short: string) => `无法达到：实际 ${flow}，相差 ${short}`,
    cost: (objective: string, before: string, after: string) => `${objective}由 ${before} 变为 ${after}`,
    costs: (list: string) => `代价：${list}`,
    free: "没有代价",
    separator: "；",
    end: "。",
  },
};

function sentence(name: string, lock: Omit<PlanLock, "text">, unit: FlowUnit, language: Language): string {
  const words = WORDS[language];
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
    objective === "balance" || objective === "sharing"
      ? formatShare(value)
      : objective === "cost"
        ? value.toFixed(2)
        : amount(value);
  const told = costs.map(({ objective, before, after }) =>
    words.cost(OBJECTIVE_WORDS[language][objective], figure(objective, before), figure(objective, after)),
  );
  return (
    [
      words.held(name, range),
      ...(short > 0 ? [words.short(amount(flow), amount(short))] : []),
      told.length > 0 ? words.costs(told.join(language === "zh" ? "，" : ", ")) : words.free,
    ].join(words.separator) + words.end
  );
}
