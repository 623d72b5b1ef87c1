/**
 * In which order to set pumps and gates, so that on the way no main is asked for more than it will carry before or after.
 *
 * The way from one flow to the other falls apart into shifts of water, each a cycle of links (`cycles.ts`). Shift after shift,
 * each is walked from where water is to end back to where it ended so far: the receiving side opens before the losing one closes.
 * At every step the water that a link gets more of, or lets go, has its way on already, and what is missing is missing at one place
 * only, behind the step: a well that draws down for a moment, never one that overflows.
 */
import { cyclesBetween, type Cycle } from "../dispatch/cycles.js";
import { linkFlow, type Shift } from "../dispatch/plan.js";
import type { FlowProblem } from "../dispatch/problem.js";
import { fromQuanta } from "../units/flow.js";

/** Set pump or gate `id` from one flow to another. */
export interface Step {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** The shifts of water that it is part of; none where water only takes another way, or a set point is what can't be kept. */
  readonly shifts: readonly Shift[];
}

/**
 * The steps from the flow while nobody acts to that of a plan, both whole quanta per arc of the problem. Only links whose set point is
 * known are set; the largest shifts come first, those that end flooding before those that end spilling before all others.
 */
export function stepsOf(problem: FlowProblem, idle: ArrayLike<number>, flow: ArrayLike<number>): Step[] {
  const { links, network } = problem;
  const out = (quanta: number) => fromQuanta(quanta, network.units.flow);
  const setting = links.map((part) => part.setPoint);
  const carried = links.map((part) => linkFlow(part, idle));
  const steps: Step[] = [];
  const set = (i: number, to: number, shifts: readonly Shift[]) => {
    const part = links[i];
    const from = setting[i] ?? NaN;
    if (part === undefined || Number.isNaN(from) || from === to) return;
    const last = steps.at(-1);
    // One after the other is one: what comes between two steps of a link is what they have to wait for.
    if (last?.id === part.link.id) steps.splice(-1, 1, { ...last, to: out(to), shifts: [...last.shifts, ...shifts] });
    else steps.push({ id: part.link.id, from: out(from), to: out(to), shifts });
    setting[i] = to;
  };
  for (const { ways, amount, shifts } of shiftsBetween(problem, idle, flow)) {
    const told = shifts.map(({ from, to, amount: quanta }) => ({
      from: from.node.id,
      to: to.node.id,
      flow: out(quanta),
    }));
    for (const { link, sign } of [...ways].reverse()) {
      const now = (carried[link] ?? 0) + sign * amount;
      carried[link] = now;
      set(link, now, told);
    }
  }
  // What can't be kept and isn't asked for either: a pump that has run dry, or against a shut end.
  for (const [i, now] of carried.entries()) set(i, now, []);
  return steps;
}

/** Cycles over the same links, taken together. */
interface Way {
  /** Links by place, and whether they get more (1) or less (-1). */
  readonly ways: readonly { readonly link: number; readonly sign: number }[];
  readonly shifts: (NonNullable<Cycle["shift"]> & { readonly amount: number })[];
  amount: number;
}

function shiftsBetween(problem: FlowProblem, idle: ArrayLike<number>, flow: ArrayLike<number>): Way[] {
  const found = new Map<string, Way>();
  for (const { changes, amount, shift } of cyclesBetween(problem, idle, flow)) {
    const ways = changes.flatMap(({ of, tail }) =>
      "link" in of ? [{ link: of.link, sign: tail === problem.links[of.link]?.from ? 1 : -1 }] : [],
    );
    const key = ways.map(({ link, sign }) => link * sign + sign).join();
    const same = found.get(key) ?? { ways, shifts: [], amount: 0 };
    found.set(key, same);
    same.amount += amount;
    if (shift !== undefined) same.shifts.push({ ...shift, amount });
  }
  const urgency = { flooding: 0, outfall: 1, plant: 2 };
  const rank = ({ shifts }: Way) => Math.min(3, ...shifts.map(({ from }) => urgency[from.role]));
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || b.amount - a.amount);
}
