/**
 * What changes from one flow to another of the same inflow: a circulation through the ground, which falls apart into cycles. A
 * cycle through the ground takes water from one sink (plant, outfall, place that floods) to another; any other cycle only changes
 * the way.
 *
 * No cycle undoes what another does: along each, links and sinks change the way they do in all. So a flow with some of the cycles
 * done is between the one and the other in every link and sink, and as possible as they are.
 */
import { bug } from "../../errors.js";
import { takeOutCycles } from "../../flow/flow-cycles.js";
import { intakeOf, linkFlow } from "../../problem/flows.js";
import type { FlowProblem } from "../../problem/problem.js";
import type { SinkPart } from "../../problem/parts.js";

/** More flows from `tail` to `head` than did: in a link, or at a sink, whose edges touch the ground. */
export interface Change {
  readonly tail: number;
  readonly head: number;
  /** A link by its place in `problem.links`, or a sink. */
  readonly of: { readonly link: number } | { readonly sink: SinkPart };
}

export interface Cycle {
  /** In order: each begins where the one before ends. The first leaves the ground, where the cycle touches it. */
  readonly changes: readonly Change[];
  /** Quanta, along all of it. */
  readonly amount: number;
  /** Where water ends less, and where it ends instead; neither where it only takes another way. */
  readonly shift: { readonly from: SinkPart; readonly to: SinkPart } | undefined;
}

/**
 * The cycles that lead from `present` to `flow`, both whole quanta per arc of the problem.
 *
 * @throws EngineError where one of them doesn't balance, or they aren't of the same inflow
 * @remarks links + nodes + the lengths of the cycles, of which there are at most as many as links and sinks that change
 */
export function cyclesBetween(problem: FlowProblem, present: ArrayLike<number>, flow: ArrayLike<number>): Cycle[] {
  const { ground, nodes } = problem;
  const changes: Change[] = [];
  const amounts: number[] = [];
  const add = (tail: number, head: number, amount: number, of: Change["of"]) => {
    if (amount === 0) return;
    changes.push(amount > 0 ? { tail, head, of } : { tail: head, head: tail, of });
    amounts.push(Math.abs(amount));
  };
  // In the order in which they are followed: what ends flooding first, and water that can end where it is goes nowhere.
  for (const sink of [...problem.plants, ...problem.outfalls, ...problem.flooding].reverse())
    add(sink.at, ground, intakeOf(sink, flow) - intakeOf(sink, present), { sink });
  for (const [link, part] of [...problem.links.entries()].reverse())
    add(part.from, part.to, linkFlow(part, flow) - linkFlow(part, present), { link });

  const left = Float64Array.from(amounts);
  const [tail, head] = [changes.map((change) => change.tail), changes.map((change) => change.head)];
  const cycles: Cycle[] = [];
  const take = (arcs: Int32Array, amount: number) => {
    const inOrder = Array.from(arcs, (a) => changes[a]).filter((change) => change !== undefined);
    cycles.push({ changes: inOrder, amount, shift: shiftOf(inOrder, ground) });
  };
  // From the ground first: a cycle through it begins there.
  takeOutCycles({ nodes, tail, head, left }, take, ground);
  if (left.some((amount) => amount !== 0)) throw bug("two flows differ by what doesn't balance.");
  return cycles;
}

/** A cycle through the ground leaves it against one sink, which gets less, and comes back through another, which gets more. */
function shiftOf(changes: readonly Change[], ground: number): Cycle["shift"] {
  const [from, to] = [changes[0], changes.at(-1)];
  const isShift = from?.tail === ground && to?.head === ground && "sink" in from.of && "sink" in to.of;
  return isShift ? { from: from.of.sink, to: to.of.sink } : undefined;
}
