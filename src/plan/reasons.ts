/**
 * Why a pump or gate should move: what the plan does differently from leaving every set point as it is, or from what happens if nobody
 * acts. A moved link is credited with the cycles of that difference that run through it.
 */
import { localise, type Language } from "../text/language.js";
import { formatFlowWithUnit } from "../text/format.js";
import { fromQuanta } from "../units/flow.js";
import { reasonWords } from "../text/words.js";
import { cyclesBetween } from "./ways/cycles.js";
import { linkFlow } from "../problem/flows.js";
import type { Move } from "./plan.js";
import type { FlowProblem } from "../problem/problem.js";
import type { LinkPart, SinkPart } from "../problem/parts.js";

interface Transfer {
  readonly from: SinkPart;
  readonly to: SinkPart;
  amount: number;
}

export interface MovesAbout {
  /** Whether `present` is what happens if nobody acts (no pump or gate carries more than its set point) instead of set points kept. */
  readonly isIdle?: boolean;
  /** Per link (by its place in `problem.links`), quanta of its set point that would go round in circles, and that the plan stops. */
  readonly circulation?: ArrayLike<number>;
  /** The plan's flow with that, to be held against `present`, which has what goes round in it, too. */
  readonly uncut?: ArrayLike<number>;
}

/** As many shifts of water a reason spells out; what more there are is summed. */
const SPELT_OUT = 3;

/**
 * The moves that lead from `present` to `flow`, both whole quanta per arc of the problem: one for each link with a set point
 * that the plan doesn't keep.
 */
export function movesOf(
  problem: FlowProblem,
  present: ArrayLike<number>,
  flow: ArrayLike<number>,
  language: Language,
  { isIdle = false, circulation = [], uncut = flow }: MovesAbout = {},
): Move[] {
  const unit = problem.network.units.flow;
  const isMoved = problem.links.map((part) => !Number.isNaN(part.setPoint) && part.setPoint !== linkFlow(part, flow));
  if (!isMoved.includes(true)) return [];
  const transfers = transfersByLink(problem, present, uncut, isMoved);
  return problem.links.flatMap((part, i): Move[] => {
    if (isMoved[i] !== true) return [];
    const now = linkFlow(part, flow);
    const through = [...(transfers[i]?.values() ?? [])].sort((a, b) => b.amount - a.amount);
    const why = reason(problem, {
      part,
      now,
      through,
      changed: Math.abs(linkFlow(part, uncut) - linkFlow(part, present)),
      stopped: Math.abs(circulation[i] ?? 0),
      isIdle,
      language,
    });
    return [
      {
        id: part.link.id,
        from: fromQuanta(part.setPoint, unit),
        to: fromQuanta(now, unit),
        why,
        shifts: through.map(({ from, to, amount }) => ({
          from: from.node.id,
          to: to.node.id,
          flow: fromQuanta(amount, unit),
        })),
      },
    ];
  });
}

interface Moved {
  readonly part: LinkPart;
  /** What the plan sends through it, quanta. */
  readonly now: number;
  /** Largest first. */
  readonly through: readonly Transfer[];
  readonly changed: number;
  readonly stopped: number;
  readonly isIdle: boolean;
  readonly language: Language;
}

function reason(problem: FlowProblem, { part, now, through, changed, stopped, isIdle, language }: Moved): string {
  const words = reasonWords(language);
  const unit = problem.network.units.flow;
  const amount = (quanta: number) => formatFlowWithUnit(fromQuanta(quanta, unit), unit);
  const name = (sink: SinkPart) => {
    const text = localise(sink.node, language);
    if (sink.role === "outfall") return words.spill(text);
    if (sink.role === "flooding") return words.flood(text);
    return text;
  };
  const circle = stopped > 0 ? [words.stopped(amount(stopped))] : [];
  if (changed === 0 && stopped > 0) return circle.join();
  if (changed === 0) {
    // A lock that can't be obeyed isn't what takes the flow further away from it.
    const off = (quanta: number) => Math.max(0, part.least - quanta, quanta - part.most);
    if (off(now) < off(part.setPoint)) return words.held;
    const room = part.setPoint < 0 ? part.reverseCapacity : part.capacity;
    return isIdle && Math.abs(part.setPoint) <= room ? words.idle : words.unkept;
  }
  if (through.length === 0) return [...circle, words.reroute(amount(changed))].join(words.and);
  // One more is as short as saying that there is one more.
  const spelt = through.slice(0, through.length === SPELT_OUT + 1 ? through.length : SPELT_OUT);
  const rest = through.slice(spelt.length);
  const sum = rest.reduce((total, transfer) => total + transfer.amount, 0);
  return [
    ...circle,
    ...spelt.map(({ from, to, amount: quanta }) => words.shift(amount(quanta), name(from), name(to))),
    ...(rest.length > 0 ? [words.more(amount(sum), rest.length)] : []),
  ].join(words.and);
}

/** Per link that is moved (by its place in `problem.links`), what the cycles through it take from where to where. */
function transfersByLink(
  problem: FlowProblem,
  present: ArrayLike<number>,
  flow: ArrayLike<number>,
  isMoved: readonly boolean[],
): (ReadonlyMap<string, Transfer> | undefined)[] {
  const credit: (Map<string, Transfer> | undefined)[] = isMoved.map((moved) => (moved ? new Map() : undefined));
  for (const { changes, amount, shift } of cyclesBetween(problem, present, flow)) {
    if (shift === undefined) continue;
    // A sink is told by its role and its node.
    const key = `${shift.from.role} ${shift.from.at} ${shift.to.role} ${shift.to.at}`;
    for (const { of } of changes) {
      const list = "link" in of ? credit[of.link] : undefined;
      const same = list?.get(key);
      if (same === undefined) list?.set(key, { ...shift, amount });
      else same.amount += amount;
    }
  }
  return credit;
}
