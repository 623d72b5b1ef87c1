/**
 * Why a pump or gate should move: what the plan does differently from leaving every set point as it is. A moved link is credited
 * with the cycles of that difference that run through it.
 */
import { localise, type Language } from "../network/names.js";
import { formatFlowWithUnit } from "../units/format.js";
import { fromQuanta } from "../units/flow.js";
import { cyclesBetween } from "./cycles.js";
import { linkFlow, type Move } from "./plan.js";
import type { FlowProblem, SinkPart } from "./problem.js";

interface Transfer {
  readonly from: SinkPart;
  readonly to: SinkPart;
  amount: number;
}

/**
 * The moves that lead from `present` to `flow`, both whole quanta per arc of the problem: one for each link with a set point
 * that the plan doesn't keep.
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
  const credit = new Map<number, Transfer[]>();
  for (const { changes, amount, shift } of cyclesBetween(problem, present, flow)) {
    if (shift === undefined) continue;
    for (const { of } of changes) {
      if ("sink" in of) continue;
      const list = credit.get(of.link) ?? [];
      credit.set(of.link, list);
      const same = list.find((transfer) => transfer.from === shift.from && transfer.to === shift.to);
      if (same === undefined) list.push({ ...shift, amount });
      else same.amount += amount;
    }
  }
  return credit;
}
