/**
 * Every flow of a tiny network. Figures are whole m³/s, and plants such that even intakes are whole sixths, so the optimum of each
 * objective is on the grid: it is found by trying all, and must be met exactly.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, type NetworkFile, type Plan, type State } from "../../src/index.js";
import { flowOf, levelsOf, modelOf, QUANTA, valueOf, type Flow, type Model } from "../support/model.js";
import { ENGINES, runs } from "../support/runs.js";

/** Capacities and weights of plants, and the step in which even intakes are whole: sums of capacity · weight divide it. */
const FLEETS: readonly {
  readonly plants: readonly (readonly [capacity: number, weight: number])[];
  readonly parts: number;
}[] = [
  { plants: [[2, 1]], parts: 1 },
  { plants: [[1, 1], [1, 1]], parts: 2 }, // prettier-ignore
  { plants: [[2, 1], [2, 1]], parts: 2 }, // prettier-ignore
  { plants: [[2, 0.5], [1, 1]], parts: 2 }, // prettier-ignore
  { plants: [[1, 1], [2, 1]], parts: 3 }, // prettier-ignore
  { plants: [[1, 2], [1, 1]], parts: 3 }, // prettier-ignore
  { plants: [[1, 1], [1, 1], [1, 1]], parts: 6 }, // prettier-ignore
  { plants: [[2, 0.5], [1, 1], [1, 1]], parts: 6 }, // prettier-ignore
];

/** Most flows that are tried. */
const MOST = 30_000;

interface Tiny {
  readonly file: NetworkFile;
  readonly state: State;
  readonly parts: number;
}

const tiny: fc.Arbitrary<Tiny> = fc
  .record({
    fleet: fc.constantFrom(...FLEETS),
    least: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
    costs: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
    inflows: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
    outfall: fc.option(fc.record({ capacity: fc.option(fc.nat(2)), weight: fc.nat(3) })),
    links: fc.array(
      fc.record({
        kind: fc.constantFrom("conduit", "pump", "gate"),
        from: fc.nat(),
        to: fc.nat(),
        capacity: fc.constantFrom(1, 1, 2, 3),
        back: fc.nat(1),
        target: fc.option(fc.nat(1)),
        energy: fc.nat(1),
        weight: fc.nat(2),
        setPoint: fc.option(fc.integer({ min: 0, max: 2 })),
      }),
      { minLength: 2, maxLength: 6, size: "max" },
    ),
    out: fc.option(fc.nat(), { freq: 5 }),
  })
  .map(({ fleet, least, costs, inflows, outfall, links, out }): Tiny => {
    const nodes: NetworkFile["nodes"] = [
      ...fleet.plants.map(([capacity, weight], i) => ({
        id: `p${i}`,
        kind: "plant" as const,
        capacity,
        weight,
        minFlow: Math.min(capacity, least[i]!),
        treatmentCost: costs[i]!,
      })),
      ...inflows.map((inflow, i) => ({ id: `c${i}`, kind: "catchment" as const, inflow })),
    ];
    const starts = nodes.map(({ id }) => id);
    if (outfall !== null) {
      nodes.push({
        id: "o",
        kind: "outfall",
        weight: outfall.weight,
        ...(outfall.capacity !== null && { capacity: outfall.capacity }),
      });
    }
    const setPoints: [string, number][] = [];
    const made = links.flatMap(
      ({ kind, from, to, capacity, back, target, energy, weight, setPoint }, i): NetworkFile["links"] => {
        // Most links start at a catchment.
        const start = starts[starts.length - 1 - (from % starts.length)]!;
        const end = nodes[to % nodes.length]!.id;
        if (start === end) return [];
        const id = `l${i}`;
        if (kind !== "conduit" && setPoint !== null) setPoints.push([id, setPoint]);
        const common = { id, from: start, to: end, capacity, energy, weight, ...(target !== null && { target }) };
        if (kind === "gate") return [{ ...common, kind, ...(end !== "o" && { reverseCapacity: back }) }];
        return [{ ...common, kind }];
      },
    );
    const elements = [...nodes, ...made];
    const state: State = {
      setPoints: Object.fromEntries(setPoints),
      ...(out !== null && { out: [elements[out % elements.length]!.id] }),
    };
    return { file: { units: { flow: "m3/s" }, nodes, links: made }, state, parts: fleet.parts };
  })
  .filter(({ file, state, parts }) => {
    const model = modelOf(file, state);
    const choices = model.links.map((link) => ((link.high - link.low) / QUANTA["m3/s"]) * parts + 1);
    return choices.reduce((product, count) => product * count, 1) <= MOST;
  });

/** Objective values in the default order, levels largest first in the middle. */
function vectorOf(model: Model, flow: Flow): number[] {
  return [
    ...(["flooding", "spill", "starved", "surcharge"] as const).map((name) => valueOf(model, flow, name)),
    ...levelsOf(model, flow).sort((a, b) => b - a),
    valueOf(model, flow, "cost"),
    valueOf(model, flow, "moves"),
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i]! - b[i]!) > 1e-9) return a[i]! - b[i]!;
  return 0;
}

/** The best flow whose links carry whole steps. What reaches a plant is taken in as far as it can be: flooding comes first. */
function best(model: Model, parts: number): number[] {
  const step = QUANTA["m3/s"] / parts;
  const links = model.links.map(() => 0);
  let found: number[] | undefined;
  const judge = () => {
    const left = model.nodes.map((node) => node.inflow);
    model.links.forEach((link, i) => {
      left[link.from]! -= links[i]!;
      left[link.to]! += links[i]!;
    });
    if (left.some((rest) => rest < 0)) return;
    const outfalls = model.outfalls.map((end) => left[end.node]!);
    if (model.outfalls.some((end, i) => outfalls[i]! > end.capacity)) return;
    const plants = model.plants.map((plant) => Math.min(plant.capacity, left[plant.node]!));
    const flooding = left.map((rest, v) => (model.nodes[v]!.canFlood ? rest : 0));
    model.plants.forEach((plant, i) => (flooding[plant.node]! -= plants[i]!));
    const vector = vectorOf(model, { links, plants, outfalls, flooding, circulation: links.map(() => 0) });
    if (found === undefined || compare(vector, found) < 0) found = vector;
  };
  const choose = (i: number) => {
    const link = model.links[i];
    if (link === undefined) {
      judge();
      return;
    }
    for (let at = link.low; at <= link.high; at += step) {
      links[i] = at;
      choose(i + 1);
    }
  };
  choose(0);
  return found!;
}

describe.each(ENGINES)("engine %s", (engine) => {
  test("every objective of a tiny network is the best of all flows", () => {
    let [busy, tried] = [0, 0];
    fc.assert(
      fc.property(tiny, ({ file, state, parts }) => {
        const model = modelOf(file, state);
        const plan: Plan = dispatch(loadNetwork(file), { state, engine });
        const [found, expected] = [vectorOf(model, flowOf(model, plan)), best(model, parts)];
        expect(found).toHaveLength(expected.length);
        // Whole thirds of a m³/s are whole quanta; general linear programs are rounded to some.
        const slack = engine === "network" ? 1e-9 : 1e-6;
        found.forEach((value, i) => {
          expect(Math.abs(value - expected[i]!), `${JSON.stringify({ found, expected })} at ${i}`).toBeLessThanOrEqual(
            slack * Math.max(1, expected[i]!),
          );
        });
        tried += 1;
        if (plan.plants.filter(({ intake }) => intake > 0).length > 1) busy += 1;
      }),
      runs(500, engine),
    );
    // The claim above isn't empty.
    expect(busy).toBeGreaterThan(tried / 100);
  });
});
