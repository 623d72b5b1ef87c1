/** Why set points change: what they do together, told once for each shift of water. */
import { cyclesBetween } from "../plan/ways/cycles.js";
import { intakeOf, linkFlow } from "../problem/flows.js";
import type { Move } from "../plan/plan.js";
import { PresentSolver } from "../dispatch/component-solver.js";
import { networkEngine } from "../engines/network-engine.js";
import type { SinkPart } from "../problem/parts.js";
import { byId } from "../text/order.js";
import { fromQuanta } from "../units/flow.js";
import { formatShare } from "../text/format.js";
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

/** What keeping all set points would do in a component, and the moves of the plan there. */
interface Kept {
  readonly subject: Subject;
  /** With what goes round in it: where it gives way to other water, that is what it is stopped for. */
  readonly present: ArrayLike<number>;
  readonly moveOf: (link: number) => Move | undefined;
}

/** Shifts by how much water they are of, then what only goes another way, then what can't be kept. */
export function moveFindings(subjects: readonly Subject[], tell: Tell): (() => MoveFinding)[] {
  const moves = new Map(subjects[0]?.plan.moves.map((move) => [move.id, move]));
  if (moves.size === 0) return [];
  const kept = subjects.flatMap((subject): Kept[] => {
    const { network, state, policy, tolerance, problem } = subject;
    const moveOf = (i: number) => moves.get(problem.links[i]?.link.id ?? "");
    if (![...problem.links.keys()].some((i) => moveOf(i) !== undefined)) return [];
    const present = new PresentSolver(network, { policy, tolerance }, networkEngine);
    present.solve(state);
    return [{ subject, present: present.uncut, moveOf }];
  });
  const shifts = kept
    .flatMap((one) => shiftsBetween(one.subject, one.present).map((shift) => ({ ...one, shift })))
    .sort((a, b) => b.shift.quanta - a.shift.quanta);

  const rounds = new Set(subjects[0]?.plan.circulation.map(({ id }) => id));
  const explained = new Set<Move>();
  const told = shifts.flatMap(({ subject, present, moveOf, shift }): (() => MoveFinding)[] => {
    const set = [...shift.through].sort((a, b) => b[1] - a[1]).flatMap(([i]) => moveOf(i) ?? []);
    for (const move of set) explained.add(move);
    return set.length === 0 ? [] : [() => shiftFinding(subject, present, shift, set, tell)];
  });

  const rest = kept.flatMap(({ subject: { problem, flow }, present, moveOf }) =>
    problem.links.flatMap((part, i): { readonly move: Move; readonly purpose: MoveFinding["purpose"] }[] => {
      const move = moveOf(i);
      if (move === undefined || explained.has(move)) return [];
      if (rounds.has(move.id)) return [{ move, purpose: "circulation" }];
      const isUnkept = linkFlow(part, present) === linkFlow(part, flow);
      return [{ move, purpose: isUnkept ? "unkept" : "reroute" }];
    }),
  );
  let known = 0;
  for (const { problem } of subjects) for (const { setPoint } of problem.links) if (!Number.isNaN(setPoint)) known += 1;
  for (const purpose of ["reroute", "circulation", "unkept"] as const) {
    const set = rest
      .filter((one) => one.purpose === purpose)
      .map(({ move }) => move)
      .sort(byId);
    if (set.length === 0) continue;
    const text = (speaker: Speaker) => {
      const { words } = speaker;
      const list = settings(speaker, set);
      return words.sentence([
        purpose === "unkept" ? words.unkept(list, set.length, known - set.length) : words.set(words[purpose], list),
      ]);
    };
    told.push(() => ({ kind: "move", purpose, moves: set.map(bare), text: tell(text) }));
  }
  return told;
}

function shiftFinding(
  { network, flow }: Subject,
  present: ArrayLike<number>,
  { from, to, quanta }: Shift,
  set: readonly Move[],
  tell: Tell,
): MoveFinding {
  const shift = { from: endOf(from), to: endOf(to), flow: fromQuanta(quanta, network.units.flow) };
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
  return { kind: "move", purpose: "shift", shift, moves: set.map(bare), text };
}

function shiftsBetween({ problem, flow }: Subject, present: ArrayLike<number>): Shift[] {
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
