/** Why water floods or spills. */
import { forcedLosses, type ForcedLoss } from "../plan/ways/loss-cuts.js";
import { intakeOf } from "../problem/flows.js";
import type { PlanFlow } from "../plan/plan.js";
import type { SinkPart } from "../problem/parts.js";
import { fromQuanta, roundFlow, toQuanta, type FlowUnit } from "../units/flow.js";
import type { Hold, LossFinding } from "./finding.js";
import { namesIn, type Subject } from "./subject.js";
import type { Tell } from "./tell.js";

/** Flooding first, then spills; of each what is forced first, the largest before others. */
export function lossFindings(subjects: readonly Subject[], tell: Tell): (() => LossFinding)[] {
  const losses = subjects.flatMap((subject) => lossesOf(subject, tell));
  const rank = ({ loss, isForced }: Loss) => (loss === "flooding" ? 0 : 2) + (isForced ? 0 : 1);
  return losses.sort((a, b) => rank(a) - rank(b) || b.flow - a.flow).map(({ find }) => find);
}

interface Loss extends Pick<LossFinding, "loss" | "isForced"> {
  readonly flow: number;
  readonly find: () => LossFinding;
}

function lossesOf(subject: Subject, tell: Tell): Loss[] {
  const { problem, flow } = subject;
  const forced = forcedLosses(problem, flow);
  const out = (sink: SinkPart) => fromQuanta(intakeOf(sink, flow), problem.network.units.flow);
  return (["flooding", "spill"] as const).flatMap((loss) => {
    const cuts = forced.filter(({ kind }) => kind === loss);
    const told = new Set(cuts.flatMap(({ at }) => at.map(({ id }) => id)));
    const sinks = loss === "flooding" ? problem.flooding : problem.outfalls;
    const others = sinks.filter((sink) => intakeOf(sink, flow) > 0 && !told.has(sink.node.id));
    return [
      ...cuts.map((cut) => ({
        loss,
        isForced: true,
        flow: lost(cut.at, problem.network.units.flow),
        find: () => forcedLoss(subject, cut, tell),
      })),
      ...others.map((sink) => ({
        loss,
        isForced: false,
        flow: out(sink),
        find: () => unforcedLoss(subject, loss, sink, { id: sink.node.id, flow: out(sink) }, tell),
      })),
    ];
  });
}

function forcedLoss(subject: Subject, cut: ForcedLoss, tell: Tell): LossFinding {
  const { kind: loss, nodes, inflow } = cut;
  const at = bySize(cut.at);
  const unit = subject.network.units.flow;
  const holds = bySize(holdsOf(cut));
  const leaving = fromQuanta(
    holds.reduce((sum, { flow }) => sum + toQuanta(Math.max(0, flow), unit), 0),
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
        amount(lost(at, unit)),
        list(at, (one) => name(one.id)),
      );
      const reasons = holds.length === 0 ? [words.noWayOut] : why(holds);
      return words.sentence([words.because(what, words.leaving(amount(inflow), amount(leaving))), ...reasons]);
    }),
  };
}

function unforcedLoss(
  { policy }: Subject,
  loss: "flooding" | "spill",
  sink: SinkPart,
  at: PlanFlow,
  tell: Tell,
): LossFinding {
  const place = policy.findIndex((entry) => namesIn([entry]).includes(loss));
  const before = namesIn(policy.slice(0, Math.max(0, place)));
  const beside = namesIn(policy.slice(place, place + 1)).filter((name) => name !== loss);
  const isWeightless = place !== -1 && sink.node.kind === "outfall" && sink.node.weight === 0;
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
      const rivals = [
        ...(before.length > 0 ? [words.before(list(before, objective), before.length)] : []),
        ...(beside.length > 0 ? [words.beside(list(beside, objective), beside.length)] : []),
      ];
      const counted = rivals.length === 0 ? words.uncounted : words.unforced(rivals);
      const reason = isWeightless ? words.weightless : counted;
      return words.sentence([words.because(words[loss](amount(at.flow), name(at.id)), reason)]);
    }),
  };
}

function holdsOf({ links, plants, outfalls }: ForcedLoss): Hold[] {
  return [...links, ...plants, ...outfalls].map(({ id, flow, out, locked }) => ({
    id,
    flow,
    by: out ? "outage" : locked ? "lock" : "capacity",
  }));
}

function lost(at: readonly PlanFlow[], unit: FlowUnit): number {
  const sum = at.reduce((total, { flow }) => total + flow, 0);
  return roundFlow(sum, unit);
}

function bySize<T extends { readonly flow: number }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => Math.abs(b.flow) - Math.abs(a.flow));
}
