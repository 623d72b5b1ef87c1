/**
 * Why a pump or gate should move: what the plan does differently from leaving every set point as it is.
 *
 * Both plans take the same inflow, so their difference is a circulation through the ground and falls apart into cycles. A
 * cycle through the ground takes water from one sink (plant, outfall, place that floods) to another; any other cycle only
 * changes the way. A moved link is credited with the cycles that run through it.
 */
import { localise, type Language } from "../network/names.js";
import { formatFlowWithUnit } from "../units/format.js";
import { fromQuanta } from "../units/flow.js";
import { intakeOf } from "./intake.js";
import { linkFlow, type Move } from "./plan.js";
import type { FlowProblem, SinkPart } from "./problem.js";

/** More flows from `tail` to `head` than did, by `amount` quanta: in a link, or at a sink, whose edges touch the ground. */
interface Change {
  readonly tail: number;
  readonly head: number;
  amount: number;
  readonly of: { readonly link: number } | { readonly sink: SinkPart };
}

interface Transfer {
  readonly from: SinkPart;
  readonly to: SinkPart;
  amount: number;
}

/**
 * The moves that lead from `present` to `flow`, both whole quanta per arc of the problem: one for each link with a set point
 * that the plan doesn't keep.
 *
 * @remarks (links + nodes) × cycles, of which there are at most as many as links and sinks that change
 */
export function movesOf(
  problem: FlowProblem,
  present: ArrayLike<number>,
  flow: ArrayLike<number>,
  language: Language,
): Move[] {
  const unit = problem.network.units.flow;
  const transfers = transfersByLink(problem, present, flow);
  return problem.links.flatMap((part, i): Move[] => {
    const now = linkFlow(part, flow);
    if (Number.isNaN(part.setPoint) || part.setPoint === now) return [];
    const through = [...(transfers.get(i) ?? [])].sort((a, b) => b.amount - a.amount);
    const changed = Math.abs(now - linkFlow(part, present));
    return [
      {
        id: part.link.id,
        from: fromQuanta(part.setPoint, unit),
        to: fromQuanta(now, unit),
        why: reason(problem, through, changed, language),
        shifts: through.map(({ from, to, amount }) => ({
          from: from.node.id,
          to: to.node.id,
          flow: fromQuanta(amount, unit),
        })),
      },
    ];
  });
}

const WORDS = {
  en: {
    shift: (flow: string, from: string, to: string) => `${flow} from ${from} to ${to}`,
    reroute: (flow: string) => `${flow} another way to where it went before`,
    unkept: "the set point can't be kept: the water isn't there or has no room",
    spill: (name: string) => `spilling at ${name}`,
    flood: (name: string) => `flooding at ${name}`,
    and: ", ",
  },
  zh: {
    shift: (flow: string, from: string, to: string) => `${flow} 由${from}改至${to}`,
    reroute: (flow: string) => `${flow} 改走他路，去向不变`,
    unkept: "现设定值无法维持：水量不足或过水能力不够",
    spill: (name: string) => `${name}溢流`,
    flood: (name: string) => `${name}冒溢`,
    and: "，",
  },
};

function reason(problem: FlowProblem, transfers: readonly Transfer[], changed: number, language: Language): string {
  const words = WORDS[language];
  const unit = problem.network.units.flow;
  const amount = (quanta: number) => formatFlowWithUnit(fromQuanta(quanta, unit), unit);
  const name = (sink: SinkPart) => {
    const text = localise(sink.node, language);
    if (sink.role === "outfall") return words.spill(text);
    if (sink.role === "flooding") return words.flood(text);
    return text;
  };
  if (changed === 0) return words.unkept;
  if (transfers.length === 0) return words.reroute(amount(changed));
  return transfers
    .map(({ from, to, amount: quanta }) => words.shift(amount(quanta), name(from), name(to)))
    .join(words.and);
}

/** Per link (its place in `problem.links`), what the cycles through it take from where to where. */
function transfersByLink(
  problem: FlowProblem,
  present: ArrayLike<number>,
  flow: ArrayLike<number>,
): Map<number, Transfer[]> {
  const changes = changesBetween(problem, present, flow);
  const leaving: Change[][] = Array.from({ length: problem.nodes }, () => []);
  for (const change of changes) leaving[change.tail]?.push(change);
  const next = (v: number) => {
    const list = leaving[v] ?? [];
    while (list.at(-1)?.amount === 0) list.pop();
    return list.at(-1);
  };

  const credit = new Map<number, Transfer[]>();
  // From the ground first: what is left after that are cycles that don't touch it.
  for (const start of [problem.ground, ...changes.map((change) => change.tail)]) {
    while (next(start) !== undefined) {
      const path: Change[] = [];
      const seenAt = new Map([[start, 0]]);
      let v = start;
      for (let step = next(v); step !== undefined; step = next(v)) {
        path.push(step);
        v = step.head;
        const since = seenAt.get(v);
        if (since !== undefined) {
          creditCycle(path.slice(since), problem.ground, credit);
          break;
        }
        seenAt.set(v, path.length);
      }
    }
  }
  return credit;
}

function creditCycle(cycle: readonly Change[], ground: number, credit: Map<number, Transfer[]>): void {
  const amount = cycle.reduce((least, change) => Math.min(least, change.amount), Infinity);
  for (const change of cycle) change.amount -= amount;
  // A cycle through the ground leaves it against one sink, which gets less, and comes back through another, which gets more.
  const sinkOf = (change: Change | undefined) =>
    change !== undefined && "sink" in change.of ? change.of.sink : undefined;
  const from = sinkOf(cycle.find((change) => change.tail === ground));
  const to = sinkOf(cycle.find((change) => change.head === ground));
  if (from === undefined || to === undefined) return;
  for (const { of } of cycle) {
    if ("sink" in of) continue;
    const list = credit.get(of.link) ?? [];
    credit.set(of.link, list);
    const same = list.find((transfer) => transfer.from === from && transfer.to === to);
    if (same === undefined) list.push({ from, to, amount });
    else same.amount += amount;
  }
}

function changesBetween(problem: FlowProblem, present: ArrayLike<number>, flow: ArrayLike<number>): Change[] {
  const { ground } = problem;
  const changes: Change[] = [];
  const add = (tail: number, head: number, amount: number, of: Change["of"]) => {
    if (amount > 0) changes.push({ tail, head, amount, of });
    else if (amount < 0) changes.push({ tail: head, head: tail, amount: -amount, of });
  };
  problem.links.forEach((part, link) => {
    const more = linkFlow(part, flow) - linkFlow(part, present);
    add(part.from, part.to, more, { link });
  });
  for (const sink of [...problem.plants, ...problem.outfalls, ...problem.flooding]) {
    add(sink.at, ground, intakeOf(sink, flow) - intakeOf(sink, present), { sink });
  }
  return changes;
}
