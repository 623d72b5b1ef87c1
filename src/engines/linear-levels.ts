/**
 * Evening out by linear programs, level by level: the least level that no open sink need exceed; then, of the open sinks, those that
 * can't be below it whatever the others do (what they are below it is maximised in sum until nobody is): they stay there.
 */
import { intakeOf } from "../problem/flows.js";
import type { FlowAtHand, Limit, Step } from "./linear-step.js";
import type { Sink } from "../problem/flow-model.js";

/** A sink that can be lowered by no more than this (in the solver's unit) can't be lowered. */
const LOWERABLE = 1e-5;

/** @param sinks with ratings above 0, which intakes are divided by */
export function lowerLevels(sinks: readonly Sink[], { flow, unit }: FlowAtHand, run: Step): void {
  const rating = (sink: Sink) => sink.rating / unit;
  /** `intake + Σ more ≤ level`; `level` in the solver's unit. */
  const capped = (sink: Sink, level: number, more: Limit["more"] = []): Limit => ({
    arcs: sink.arcs,
    coefficient: () => 1,
    more,
    room: level - intakeOf(sink, flow) / unit,
  });
  const done = new Map<Sink, number>();
  while (done.size < sinks.length) {
    const open = sinks.filter((sink) => !done.has(sink));
    const caps = () => [...done].map(([sink, level]) => capped(sink, level));
    const highest = Math.max(...open.map((sink) => intakeOf(sink, flow) / sink.rating));
    // The fall is counted in flow at the largest sink, so that no coefficient magnifies the solver's rounding.
    const largest = Math.max(...open.map(rating));
    const [fall] = run(
      undefined,
      [-1],
      [
        ...caps(),
        ...open.map((sink) =>
          capped(sink, highest * rating(sink), [{ column: 0, coefficient: rating(sink) / largest }]),
        ),
      ],
    );
    const level = highest - fall! / largest;
    let bound = open;
    for (;;) {
      const below = run(
        undefined,
        bound.map(() => -1),
        [
          ...caps(),
          ...open.filter((sink) => !bound.includes(sink)).map((sink) => capped(sink, level * rating(sink))),
          ...bound.map((sink, i) => capped(sink, level * rating(sink), [{ column: i, coefficient: 1 }])),
        ],
      );
      const least = below.reduce((min, room) => Math.min(min, room), Infinity);
      // At least one sink is bound; where rounding hides which, it is the one with the least room.
      const still = bound.filter((_sink, i) => below[i]! <= Math.max(LOWERABLE, least));
      if (still.length === bound.length) break;
      bound = still;
    }
    for (const sink of bound) done.set(sink, level * rating(sink));
  }
}
