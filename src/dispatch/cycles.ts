/**
 * What changes from one flow to another of the same inflow: a circulation through the ground, which falls apart into cycles. A
 * cycle through the ground takes water from one sink (plant, outfall, place that floods) to another; any other cycle only changes
 * the way.
 *
 * No cycle undoes what another does: along each, links and sinks change the way they do in all. So a flow with some of the cycles
 * done is between the one and the other in every link and sink, and as possible as they are.
 */
import { intakeOf } from "./intake.js";
import { linkFlow } from "./plan.js";
import type { FlowProblem, SinkPart } from "./problem.js";

/** More flows from `tail` to `head` than did, by `amount` quanta: in a link, or at a sink, whose edges touch the ground. */
export interface Change {
  readonly tail: number;
  readonly head: number;
  amount: number;
  /** A link by its place in `problem.links`, or a sink. */
  readonly of: { readonly link: number } | { readonly sink: SinkPart };
}

export interface Cycle {
  /** In order: each begins where the one before ends. The first leaves the ground, where the cycle touches it. */
  readonly changes: readonly Change[];
  readonly amount: number;
  /** Where water ends less, and where it ends instead; neither where it only takes another way. */
  readonly shift: { readonly from: SinkPart; readonly to: SinkPart } | undefined;
}

/**
 * The cycles that lead from `present` to `flow`, both whole quanta per arc of the problem.
 *
 * @remarks (links + nodes) × cycles, of which there are at most as many as links and sinks that change
 */
export function cyclesBetween(problem: FlowProblem, present: ArrayLike<number>, flow: ArrayLike<number>): Cycle[] {
  const { ground } = problem;
  const changes = changesBetween(problem, present, flow);
  const leaving: Change[][] = Array.from({ length: problem.nodes }, () => []);
  for (const change of changes) leaving[change.tail]?.push(change);
  const next = (v: number) => {
    const list = leaving[v] ?? [];
    while (list.at(-1)?.amount === 0) list.pop();
    return list.at(-1);
  };

  const cycles: Cycle[] = [];
  // From the ground first: what is left after that are cycles that don't touch it.
  for (const start of [ground, ...changes.map((change) => change.tail)]) {
    while (next(start) !== undefined) {
      const path: Change[] = [];
      const seenAt = new Map([[start, 0]]);
      let v = start;
      for (let step = next(v); step !== undefined; step = next(v)) {
        path.push(step);
        v = step.head;
        const since = seenAt.get(v);
        if (since !== undefined) {
          cycles.push(takeOut(path.slice(since), ground));
          break;
        }
        seenAt.set(v, path.length);
      }
    }
  }
  return cycles;
}

function takeOut(changes: readonly Change[], ground: number): Cycle {
  const amount = changes.reduce((least, change) => Math.min(least, change.amount), Infinity);
  for (const change of changes) change.amount -= amount;
  // A cycle through the ground leaves it against one sink, which gets less, and comes back through another, which gets more.
  const begin = Math.max(
    0,
    changes.findIndex((change) => change.tail === ground),
  );
  const inOrder = [...changes.slice(begin), ...changes.slice(0, begin)];
  const [from, to] = [inOrder[0]?.of, inOrder.at(-1)?.of];
  const isShift = from !== undefined && to !== undefined && "sink" in from && "sink" in to;
  return { changes: inOrder, amount, shift: isShift ? { from: from.sink, to: to.sink } : undefined };
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
