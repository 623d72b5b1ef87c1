/** Why set points change: what they do together, told once for each shift of water. */
import { cyclesBetween } from "../dispatch/cycles.js";
import { intakeOf } from "../dispatch/intake.js";
import { linkFlow, type Move } from "../dispatch/plan.js";
import { HOLDING_POLICY } from "../dispatch/policy.js";
import { dispatcher } from "../dispatch/dispatcher.js";
import type { SinkPart } from "../dispatch/problem.js";
import { fromQuanta } from "../units/flow.js";
import { formatShare } from "../units/format.js";
import type { End, MoveFinding } from "./finding.js";
import type { Subject } from "./subject.js";
import type { Speaker, Tell } from "./tell.js";

interface Shift {
  readonly from: SinkPart;
  readonly to: SinkPart;
  quanta: number;
  /** Per link, how much of it goes through there. */
  readonly through: Map<number, number>;
}

/** Shifts by how much water they are of, then what only goes another way, then what can't be kept. */
export function moveFindings({ network, state, plan, problem, flow }: Subject, tell: Tell): MoveFinding[] {
  const moves = new Map(plan.moves.map((move) => [move.id, move]));
  if (moves.size === 0) return [];
  const holding = dispatcher(network, { policy: HOLDING_POLICY });
  holding.solve(state);
  const present = holding.flow;
  const moveOf = (i: number) => moves.get(problem.links[i]?.link.id ?? "");
  const shifts = shiftsBetween(problem, present, flow).sort((a, b) => b.quanta - a.quanta);
  const out = (quanta: number) => fromQuanta(quanta, network.units.flow);

  const explained = new Set<Move>();
  const told = shifts.flatMap(({ from, to, quanta, through }): MoveFinding[] => {
    const set = [...through].sort((a, b) => b[1] - a[1]).flatMap(([i]) => moveOf(i) ?? []);
    for (const move of set) explained.add(move);
    if (set.length === 0) return [];
    const shift = { from: endOf(from), to: endOf(to), flow: out(quanta) };
    const text = tell((speaker) => {
      const { words, amount } = speaker;
      const share = (sink: SinkPart, of: ArrayLike<number>) => formatShare(intakeOf(sink, of) / sink.capacity);
      const named = (sink: SinkPart) => {
        const name = speaker.name(sink.node.id);
        const hasShare = sink.role === "plant" && sink.capacity > 0;
        return hasShare ? words.with(name, words.change(share(sink, present), share(sink, flow))) : name;
      };
      const what = words.shift(amount(shift.flow), named(to), to.role, named(from), from.role);
      return words.sentence([words.set(what, settings(speaker, set))]);
    });
    return [{ kind: "move", purpose: "shift", shift, moves: set.map(bare), text }];
  });

  const rest = [...problem.links.keys()].flatMap((i) => {
    const move = moveOf(i);
    const part = problem.links[i];
    if (move === undefined || part === undefined || explained.has(move)) return [];
    return [{ move, isUnkept: linkFlow(part, present) === linkFlow(part, flow) }];
  });
  const known = problem.links.filter(({ setPoint }) => !Number.isNaN(setPoint)).length;
  for (const purpose of ["reroute", "unkept"] as const) {
    const set = rest.filter(({ isUnkept }) => isUnkept === (purpose === "unkept")).map(({ move }) => move);
    if (set.length === 0) continue;
    const text = tell((speaker) => {
      const { words } = speaker;
      const list = settings(speaker, set);
      return words.sentence([
        purpose === "unkept" ? words.unkept(list, set.length, known - set.length) : words.set(words.reroute, list),
      ]);
    });
    told.push({ kind: "move", purpose, moves: set.map(bare), text });
  }
  return told;
}

function shiftsBetween(problem: Subject["problem"], present: ArrayLike<number>, flow: ArrayLike<number>): Shift[] {
  const shifts = new Map<SinkPart, Map<SinkPart, Shift>>();
  for (const { changes, amount, shift } of cyclesBetween(problem, present, flow)) {
    if (shift === undefined) continue;
    const { from, to } = shift;
    const row = shifts.get(from) ?? new Map<SinkPart, Shift>();
    shifts.set(from, row);
    const sum = row.get(to) ?? { from, to, quanta: 0, through: new Map<number, number>() };
    row.set(to, sum);
    sum.quanta += amount;
    for (const { of } of changes) if ("link" in of) sum.through.set(of.link, (sum.through.get(of.link) ?? 0) + amount);
  }
  return [...shifts.values()].flatMap((row) => [...row.values()]);
}

function settings({ list, name, flow, words }: Speaker, moves: readonly Move[]): string {
  return list(moves, (move) => `${name(move.id)} ${words.change(flow(move.from), flow(move.to))}`);
}

function endOf({ node, role }: SinkPart): End {
  return { id: node.id, role };
}

function bare({ id, from, to }: Move): MoveFinding["moves"][number] {
  return { id, from, to };
}
