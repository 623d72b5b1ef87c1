/**
 * Plans whose flows were changed and that tell all else honestly again: utilisations, headroom, objectives, status and moves follow
 * from the new flows. So a plan can be wrong in one thing alone. Reads the definition (model.ts); of `src/`
 * it takes the forks alone.
 */
import type { Network, Plan, State } from "../../src/index.js";
import { splitsOf } from "../../src/network/checks/forks.js";
import { flowOf as flowIn, levelsOf, modelOf, shareIn, sharesOf, valueOf } from "./model.js";

/** Quanta more (or less) by id. Water that ends may do so in a plant, at an outfall or where it floods. */
export interface Change {
  readonly links?: Readonly<Record<string, number>>;
  readonly intakes?: Readonly<Record<string, number>>;
  readonly spills?: Readonly<Record<string, number>>;
  readonly floods?: Readonly<Record<string, number>>;
  /** What goes round, by link. */
  readonly rounds?: Readonly<Record<string, number>>;
}

/** The plan with other flows. Its certificate stays as it is. */
export function retold(network: Network, state: State, plan: Plan, change: Change): Plan {
  const model = modelOf(network, state);
  const { quantum } = model;
  const old = flowIn(model, plan);
  const moved = (ids: readonly string[], flows: readonly number[], by: Readonly<Record<string, number>> = {}) => {
    const unknown = Object.keys(by).find((id) => !ids.includes(id));
    if (unknown !== undefined) throw new Error(`nothing flows at ${unknown}`);
    return flows.map((flow, i) => flow + (by[ids[i]!] ?? 0));
  };
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const flow = {
    links: moved(ids(model.links), old.links, change.links),
    plants: moved(ids(model.plants), old.plants, change.intakes),
    outfalls: moved(ids(model.outfalls), old.outfalls, change.spills),
    flooding: moved(ids(model.nodes), old.flooding, change.floods),
    circulation: moved(ids(model.links), old.circulation, change.rounds),
  };
  const written = (quanta: number) => quanta / quantum;
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
  const links = model.links.map((link, i) => {
    const quanta = flow.links[i]!;
    const room = quanta < 0 ? -link.low : link.high;
    return {
      id: link.id,
      flow: written(quanta),
      utilisation: room > 0 ? Math.abs(quanta) / room : 0,
      aboveTarget: written(Math.max(0, Math.abs(quanta) - link.target)),
    };
  });
  const objectives = plan.objectives.map((one) => {
    if (one.name === "sharing") return { ...one, value: sharesOf(model, flow).sort((a, b) => b - a) };
    if (one.name === "balance") return { ...one, value: levelsOf(model, flow).sort((a, b) => b - a) };
    const value = valueOf(model, flow, one.name);
    return { ...one, value: one.name === "cost" ? value : (value * model.perM3s) / quantum };
  });
  const flowOf = new Map([
    ...model.links.map(({ id }, i) => [id, flow.links[i]!] as const),
    ...model.plants.map(({ id }, i) => [id, flow.plants[i]!] as const),
  ]);
  const isAny = (list: readonly number[]) => list.some((quanta) => quanta > 0);
  return {
    ...plan,
    status: isAny(flow.flooding)
      ? "flooding"
      : isAny(flow.outfalls)
        ? "spilling"
        : links.some((link) => link.aboveTarget > 0)
          ? "surcharged"
          : "normal",
    objectives,
    plants: model.plants
      .map(({ id, capacity }, i) => ({
        id,
        intake: written(flow.plants[i]!),
        available: written(capacity),
        utilisation: capacity > 0 ? flow.plants[i]! / capacity : 0,
        headroom: written(capacity - flow.plants[i]!),
      }))
      .sort(byId),
    links: links.sort(byId),
    spills: model.outfalls.map(({ id }, i) => ({ id, flow: written(flow.outfalls[i]!) })).sort(byId),
    flooding: model.nodes
      .map(({ id }, v) => ({ id, flow: written(flow.flooding[v]!) }))
      .filter((row) => row.flow !== 0)
      .sort(byId),
    circulation: model.links
      .flatMap(({ id }, i) => (flow.circulation[i] === 0 ? [] : [{ id, flow: written(flow.circulation[i]!) }]))
      .sort(byId),
    locks: plan.locks.map((row) => {
      const quanta = flowOf.get(row.id)!;
      const short = Math.max(
        0,
        Math.round((row.min ?? -Infinity) * quantum) - quanta,
        quanta - Math.round((row.max ?? Infinity) * quantum),
      );
      return { ...row, flow: written(quanta), short: written(short), costs: [] };
    }),
    splits: splitsOf(network, (id) => written(flowOf.get(id)!), shareIn(state)),
    moves: model.links
      .flatMap(({ id, setPoint }, i) =>
        setPoint === undefined || setPoint === flow.links[i]!
          ? []
          : [{ id, from: written(setPoint), to: written(flow.links[i]!), why: "", shifts: [] }],
      )
      .sort(byId),
  };
}

/** The plan without its proof: all that can be shown of it is that it can be, and that it is what it says. */
export function bare({ certificate: _proof, ...plan }: Plan): Plan {
  return plan;
}
