import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certify, dispatch, ENGINE_NAMES, FLOW_UNITS, loadNetwork, stateOf } from "../../src/index.js";
import type { EngineName, NetworkFile, Plan, State } from "../../src/index.js";
import { QUANTA_PER_M3S, toQuanta } from "../../src/units/flow.js";
import { cityAndState } from "../support/cities.js";

/** The slow engine gets fewer runs; `FC_RUNS` multiplies all of them. */
const runs = (engine: EngineName, most: number) => ({
  numRuns: Math.round((engine === "network" ? most : most / 4) * Number(process.env.FC_RUNS ?? 1)),
});

/** Objective values of the first four objectives, each a number. */
const first = (plan: Plan) => plan.objectives.slice(0, 4).map(({ value }) => value as number);
const TOLERANCE = 1e-7;

/** Below 0 where `a` is better: the first difference decides. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i]! - b[i]!) > TOLERANCE) return a[i]! - b[i]!;
  return 0;
}

const deepFreeze = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
};

describe.each(ENGINE_NAMES)("engine %s", (engine) => {
  const solve = (file: NetworkFile, state: State) => dispatch(loadNetwork(file), { state, engine });

  test("conservation and capacity: the plan passes its check", () => {
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const network = loadNetwork(file);
        expect(certify(network, stateOf(network, { state }), solve(file, state))).toEqual({
          valid: true,
          optimal: engine === "network",
          problems: [],
        });
      }),
      runs(engine, 400),
    );
  });

  test("conservation again, in whole quanta by other code: all inflow ends somewhere, and every node balances", () => {
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const plan = solve(file, state);
        const quanta = (flow: number) => {
          const value = flow * QUANTA_PER_M3S;
          expect(Math.abs(value - Math.round(value))).toBeLessThan(1e-3);
          return Math.round(value);
        };
        const left = new Map<string, number>();
        const add = (id: string, amount: number) => left.set(id, (left.get(id) ?? 0) + amount);
        for (const node of file.nodes) if (node.kind === "catchment") add(node.id, quanta(node.inflow));
        for (const { id, flow } of plan.links) {
          const link = file.links.find((one) => one.id === id)!;
          add(link.from, -quanta(flow));
          add(link.to, quanta(flow));
        }
        for (const { id, intake } of plan.plants) add(id, -quanta(intake));
        for (const { id, flow } of [...plan.spills, ...plan.flooding]) add(id, -quanta(flow));
        expect([...left.values()].filter((amount) => amount !== 0)).toEqual([]);
      }),
      runs(engine, 400),
    );
  });

  test("more capacity of a link or outfall never makes it worse", () => {
    fc.assert(
      fc.property(cityAndState, fc.nat(), fc.constantFrom(0.1, 1), ({ file, state }, which, more) => {
        const grown = structuredClone(file);
        const wide = [...grown.links, ...grown.nodes.filter((node) => node.kind === "outfall")];
        fc.pre(wide.length > 0);
        const one = wide[which % wide.length]!;
        if (one.capacity === undefined) return;
        one.capacity += more;
        const [before, after] = [solve(file, state), solve(grown, state)];
        const balance = (plan: Plan) =>
          plan.objectives.find((objective) => objective.name === "balance")!.value as number[];
        expect(
          compare([...first(after), ...balance(after)], [...first(before), ...balance(before)]),
        ).toBeLessThanOrEqual(0);
      }),
      runs(engine, 300),
    );
  });

  test("a larger plant never makes flooding or spill worse", () => {
    fc.assert(
      fc.property(cityAndState, fc.nat(), ({ file, state }, which) => {
        const grown = structuredClone(file);
        const plants = grown.nodes.filter((node) => node.kind === "plant");
        fc.pre(plants.length > 0);
        plants[which % plants.length]!.capacity += 0.5;
        const [before, after] = [solve(file, state), solve(grown, state)];
        expect(compare(first(after).slice(0, 2), first(before).slice(0, 2))).toBeLessThanOrEqual(0);
      }),
      runs(engine, 200),
    );
  });

  test("the unit of the file leaves the plan alone", () => {
    const inUnit = (file: NetworkFile, state: State, unit: (typeof FLOW_UNITS)[number]) => {
      const factor = toQuanta(1, "m3/s") / toQuanta(1, unit);
      const flow = (value: number | undefined) => (value === undefined ? undefined : value * factor);
      const change = (element: object) =>
        Object.fromEntries(
          Object.entries(element).map(([key, value]: [string, unknown]) =>
            ["inflow", "capacity", "minFlow", "target", "reverseCapacity"].includes(key)
              ? [key, flow(value as number)]
              : [key, value],
          ),
        );
      return {
        file: { units: { flow: unit }, nodes: file.nodes.map(change), links: file.links.map(change) },
        state: {
          ...state,
          setPoints: Object.fromEntries(
            Object.entries(state.setPoints ?? {}).map(([id, value]) => [id, value * factor]),
          ),
        },
        factor,
      };
    };
    fc.assert(
      fc.property(
        cityAndState,
        fc.constantFrom(...FLOW_UNITS.filter((unit) => unit !== "MGD")),
        ({ file, state }, unit) => {
          const other = inUnit(file, state, unit);
          const [plan, same] = [solve(file, state), dispatch(loadNetwork(other.file), { state: other.state, engine })];
          expect(same.status).toBe(plan.status);
          plan.links.forEach((link, i) => {
            expect(same.links[i]!.flow / other.factor).toBeCloseTo(link.flow, 9);
          });
          expect(same.plants.map((plant) => plant.utilisation)).toEqual(plan.plants.map((plant) => plant.utilisation));
        },
      ),
      runs(engine, 200),
    );
  });

  test("the order of elements in the file never matters", () => {
    fc.assert(
      fc.property(
        cityAndState,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        ({ file, state }, numbers) => {
          const shuffled = <T>(list: readonly T[]) =>
            list
              .map((item) => ({ item, at: (numbers.next() as IteratorYieldResult<number>).value }))
              .sort((a, b) => a.at - b.at)
              .map(({ item }) => item);
          const other = { ...file, nodes: shuffled(file.nodes), links: shuffled(file.links) };
          expect(solve(other, state)).toEqual(solve(file, state));
        },
      ),
      runs(engine, 200),
    );
  });

  test("the same input gives the same plan, which survives JSON, and no input is changed", () => {
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const plan = solve(deepFreeze(structuredClone(file)), deepFreeze(structuredClone(state)));
        expect(solve(file, state)).toEqual(plan);
        expect(JSON.parse(JSON.stringify(plan)) as unknown).toEqual(plan);
      }),
      runs(engine, 200),
    );
  });

  test("leximin: no plant can be lowered without raising one that is at least as high", () => {
    // The objectives before balance leave some of the choice; fewer of them leave more, so here they are few.
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state, engine, policy: ["flooding", "balance"] });
        if (plan.status === "flooding" || plan.spills.some((end) => end.flow > 0)) return; // Then water could leave elsewhere.
        const quanta = new Map(plan.links.map((link) => [link.id, link.flow]));
        const isPassing = new Set(
          network.nodes
            .filter((node) => node.kind === "plant" || (node.availability > 0 && !(state.out ?? []).includes(node.id)))
            .map((node) => node.id),
        );
        const room = 1e-6;
        const plants = plan.plants.filter((plant) => plant.available > 0);
        const weight = (id: string) => {
          const node = network.nodes.find((one) => one.id === id);
          return node?.kind === "plant" ? node.weight : NaN;
        };
        for (const plant of plants) {
          if (plant.intake < room) continue;
          const reached = new Set([plant.id]);
          for (const at of reached) {
            for (const link of network.links) {
              if (!isPassing.has(link.from) || !isPassing.has(link.to) || (state.out ?? []).includes(link.id)) continue;
              const flow = quanta.get(link.id)!;
              const back = link.kind === "gate" ? link.reverseCapacity * link.availability : 0;
              if (link.from === at && flow < link.capacity * link.availability - room) reached.add(link.to);
              if (link.to === at && flow > -back + room) reached.add(link.from);
            }
          }
          for (const other of plants) {
            if (other === plant || !reached.has(other.id) || other.headroom < room) continue;
            const level = (one: typeof plant) => one.utilisation / weight(one.id);
            expect(level(other)).toBeGreaterThanOrEqual(
              level(plant) - 1e-5 / Math.min(plant.available, other.available),
            );
          }
        }
      }),
      runs(engine, 400),
    );
  });

  test("a tolerance keeps plants within it, and never costs more", () => {
    fc.assert(
      fc.property(cityAndState, fc.constantFrom(0.01, 0.1), ({ file, state }, tolerance) => {
        const network = loadNetwork(file);
        const even = dispatch(network, { state, engine });
        const loose = dispatch(network, { state, engine, tolerance });
        loose.plants.forEach((plant, i) => {
          expect(Math.abs(plant.utilisation - even.plants[i]!.utilisation)).toBeLessThanOrEqual(tolerance + 1e-6);
        });
        const cost = (plan: Plan) => plan.objectives.find((one) => one.name === "cost")!.value as number;
        expect(cost(loose)).toBeLessThanOrEqual(cost(even) + 1e-4);
        expect(compare(first(loose), first(even))).toBe(0);
      }),
      runs(engine, 150),
    );
  });

  test("out is out, whichever way it is said", () => {
    fc.assert(
      fc.property(cityAndState, fc.nat(), ({ file }, which) => {
        const network = loadNetwork(file);
        const elements = [...network.nodes, ...network.links];
        const { id } = elements[which % elements.length]!;
        const plan = dispatch(network, { outages: [id], engine });
        expect(dispatch(network, { state: { out: [id] }, engine })).toEqual(plan);
        expect(dispatch(network, { state: { availability: { [id]: 0 } }, engine })).toEqual(plan);
      }),
      runs(engine, 150),
    );
  });
});
