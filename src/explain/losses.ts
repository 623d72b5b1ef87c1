/** Why water floods or spills. */
import { forcedLosses, type ForcedLoss } from "../contingency/forcing-cut.js";
import { intakeOf } from "../dispatch/intake.js";
import type { PlanFlow } from "../dispatch/plan.js";
import type { SinkPart } from "../dispatch/problem.js";
import { fromQuanta, toQuanta } from "../units/flow.js";
import type { Hold, LossFinding } from "./finding.js";
import { holdAt } from "./holds.js";
import { namesIn, type Subject } from "./subject.js";
import type { Tell } from "./tell.js";

/** Flooding first, then spills; of each the largest first. */
export function lossFindings(subject: Subject, tell: Tell): LossFinding[] {
  const { problem, flow } = subject;
  const forced = forcedLosses(problem, flow);
  const out = (sink: SinkPart) => fromQuanta(intakeOf(sink, flow), problem.network.units.flow);
  return (["flooding", "spill"] as const).flatMap((loss) => {
    const cuts = forced.filter(({ kind }) => kind === loss);
    const told = new Set(cuts.flatMap(({ at }) => at.map(({ id }) => id)));
    const sinks = loss === "flooding" ? problem.flooding : problem.outfalls;
    const others = sinks.filter((sink) => intakeOf(sink, flow) > 0 && !told.has(sink.node.id));
    return [
      ...bySize(cuts.map((cut) => ({ cut, flow: lost(cut.at) }))).map(({ cut }) => forcedLoss(subject, cut, tell)),
      ...bySize(others.map((sink) => ({ id: sink.node.id, flow: out(sink) }))).map((at) =>
        unforcedLoss(subject, loss, at, tell),
      ),
    ];
  });
}

function forcedLoss(subject: Subject, cut: ForcedLoss, tell: Tell): LossFinding {
  const { kind: loss, nodes, inflow } = cut;
  const at = bySize(cut.at);
  const unit = subject.network.units.flow;
  const holds = bySize(holdsOf(subject, cut));
  const leaving = fromQuanta(
    holds.reduce((sum, { flow }) => sum + toQuanta(flow, unit), 0),
    unit,
  );
  return {
    kind: "loss",
    loss,
    at,
    isForced: true,
    nodes,
    inflow,
    leaving,
    holds,
    text: tell(({ words, name, amount, list, holds: why }) => {
      const what = words[loss](
        amount(lost(at)),
        list(at, (one) => name(one.id)),
      );
      const reasons = holds.length === 0 ? [words.noWayOut] : why(holds);
      return words.sentence([words.because(what, words.leaving(amount(inflow), amount(leaving))), ...reasons]);
    }),
  };
}

function unforcedLoss(subject: Subject, loss: "flooding" | "spill", at: PlanFlow, tell: Tell): LossFinding {
  const names = namesIn(subject.policy);
  const place = (names as readonly string[]).indexOf(loss);
  const before = place === -1 ? [] : names.slice(0, place);
  return {
    kind: "loss",
    loss,
    at: [at],
    isForced: false,
    nodes: [],
    inflow: 0,
    leaving: 0,
    holds: [],
    text: tell(({ words, name, amount, list, objective }) => {
      const reason = before.length === 0 ? words.uncounted : words.unforced(list(before, objective), before.length);
      return words.sentence([words.because(words[loss](amount(at.flow), name(at.id)), reason)]);
    }),
  };
}

function holdsOf({ problem }: Subject, { links, plants, outfalls }: ForcedLoss): Hold[] {
  const parts = new Map(problem.links.map((part) => [part.link.id, part]));
  const sinks = new Map([...problem.plants, ...problem.outfalls].map((sink) => [sink.node.id, sink]));
  return [
    ...links.map((link): Hold => ({ ...link, by: parts.get(link.id)?.share === 0 ? "outage" : "capacity" })),
    ...[...plants, ...outfalls].flatMap((end): Hold[] => {
      const sink = sinks.get(end.id);
      return sink === undefined ? [] : [holdAt(sink, end.flow)];
    }),
  ];
}

function lost(at: readonly PlanFlow[]): number {
  return at.reduce((sum, { flow }) => sum + flow, 0);
}

function bySize<T extends { readonly flow: number }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => Math.abs(b.flow) - Math.abs(a.flow));
}
