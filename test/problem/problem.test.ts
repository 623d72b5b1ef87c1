/** What a state makes of the arcs: held against the definition (model.ts), and against a problem that is made anew. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tidyCost } from "../../src/problem/flow-model.js";
import { FlowProblem } from "../../src/problem/problem.js";
import type { LinkPart, SinkPart } from "../../src/problem/parts.js";
import { loadNetwork, loadState, type Network, type State } from "../../src/index.js";
import type { FullState } from "../../src/network/types.js";
import { askingLocks, lockRange, type Lock } from "../../src/network/locks.js";
import { cityAndState } from "../support/cities.js";
import { modelOf, QUANTA } from "../support/model.js";

type Locks = Record<string, Lock>;

const tenths = fc.integer({ min: 0, max: 20 }).map((n) => n / 10);
/** A quantum, in m³/s. */
const least = fc.constant(1 / 86_400e6);
const held = fc.oneof(tenths, tenths, least);
const scene = fc
  .record({
    base: cityAndState,
    shares: fc.array(fc.constantFrom(1, 1, 0.5, 0.37, 0), { minLength: 20, maxLength: 20 }),
    states: fc.array(
      fc.record({
        inflow: tenths,
        out: fc.array(fc.nat(), { maxLength: 2 }),
        availability: fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 0.25, 0.5, 1)), { maxLength: 3 }),
        set: fc.array(fc.tuple(fc.nat(), tenths), { maxLength: 4 }),
        locks: fc.array(fc.tuple(fc.nat(), fc.constantFrom("at", "least", "most", "back", "range"), held, held), {
          maxLength: 4,
        }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ base, shares, states }) => {
    const links = base.file.links.map((link, i) => ({ ...link, availability: shares[i % shares.length]! }));
    const network = loadNetwork({ ...base.file, links });
    const elements = [...network.nodes, ...network.links];
    const pick = <T>(list: readonly T[], which: number): T | undefined => list[which % Math.max(1, list.length)];
    const settable = network.links.filter(({ kind }) => kind !== "conduit");
    const lockable = elements.filter(({ kind }) => kind === "pump" || kind === "gate" || kind === "plant");
    const made = states.map((one) => {
      const setPoints: Record<string, number> = {};
      for (const [which, flow] of one.set) {
        const link = pick(settable, which);
        if (link === undefined) continue;
        const isBack = link.kind === "gate" && link.reverseCapacity > 0 && which % 3 === 0;
        setPoints[link.id] = isBack ? -Math.min(flow, link.reverseCapacity) : Math.min(flow, link.capacity);
      }
      const locks: Locks = {};
      for (const [which, kind, a, b] of one.locks) {
        const element = pick(lockable, which);
        if (element === undefined) continue;
        const isTwoWay = element.kind === "gate" && element.reverseCapacity > 0;
        if (kind === "at") locks[element.id] = a;
        if (kind === "least") locks[element.id] = { min: a };
        if (kind === "most") locks[element.id] = { max: a };
        if (kind === "back" && isTwoWay) locks[element.id] = { max: -a };
        if (kind === "range") locks[element.id] = { min: Math.min(a, b), max: Math.max(a, b) };
      }
      const inflows = Object.fromEntries(
        network.nodes
          .filter(({ kind }) => kind === "catchment")
          .flatMap(({ id }, i) => (i % 2 ? [] : [[id, one.inflow]])),
      );
      const availability = Object.fromEntries(
        one.availability.flatMap(([which, share]) => {
          const element = pick(elements, which);
          return element === undefined ? [] : [[element.id, share]];
        }),
      );
      const out = [...new Set(one.out.flatMap((which) => pick(elements, which)?.id ?? []))];
      return loadState(network, { inflows, availability, out, setPoints, locks });
    });
    return { network, states: [loadState(network, base.state), ...made] };
  });

/** All that engines read of a problem. */
function read(problem: FlowProblem) {
  const part = ({ link, ...rest }: LinkPart) => ({ id: link.id, ...rest });
  const sink = ({ node, ...rest }: SinkPart) => ({ id: node.id, ...rest });
  const { upper, supply, total, mayCirculate, cost, weights } = problem;
  return structuredClone({
    upper,
    supply,
    total,
    mayCirculate,
    cost,
    links: problem.links.map(part),
    sinks: [...problem.plants, ...problem.outfalls, ...problem.flooding].map(sink),
    approximate: weights.approximate,
    exact: problem.plants.map((_, i) => weights.exact(i)),
  });
}

const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);

/** What arcs that fill in order cost for a flow of `x`, in one objective. */
function costOf(arcs: readonly number[], x: number, upper: Float64Array, cost: Float64Array): number {
  let left = x;
  return sum(
    arcs.map((a) => {
      const here = Math.min(left, upper[a]!);
      left -= here;
      return here * cost[a]!;
    }),
  );
}

/** Flows to look at: where a cost may change, and in between. */
const places = (most: number, cuts: readonly number[]) => [
  ...new Set([0, most, Math.floor(most / 3), ...cuts.filter((cut) => cut > 0 && cut < most)]),
];

const problemOf = (network: Network, states: readonly FullState[]) =>
  new FlowProblem(
    network,
    states.flatMap(({ locks }) => askingLocks(locks)),
  );

describe("the arcs of a state", () => {
  test("carry what links, plants and outfalls can, at the costs of the definition", () => {
    fc.assert(
      fc.property(scene, ({ network, states: [, state] }) => {
        const problem = problemOf(network, [state!]);
        problem.load(state!);
        const model = modelOf(network, state);
        const quantum = QUANTA[network.units.flow];
        const held = (id: string) => {
          const { min, max } = lockRange(state!.locks[id] ?? {});
          return { least: Math.round(min * quantum), most: Math.round(max * quantum) };
        };
        const asked = sum(
          Object.keys(state!.locks).map((id) => {
            const { least, most } = held(id);
            return Math.max(0, least, -most);
          }),
        );
        const set = sum(model.links.map(({ setPoint }) => Math.abs(setPoint ?? 0)));
        const reach = model.inflow + asked + set;
        expect(problem.total).toBe(model.inflow);
        expect(problem.mayCirculate).toBe(asked + set > 0);
        const { upper, cost } = problem;

        for (const part of problem.links) {
          const link = model.links.find(({ id }) => id === part.link.id)!;
          const { least, most } = held(link.id);
          const { target, setPoint = NaN } = link;
          for (const [arcs, room, sign, asks] of [
            [part.forward, Math.min(link.high, Math.max(0, most)), 1, Math.max(0, least)],
            [part.backward, Math.min(0 - link.low, Math.max(0, 0 - least)), -1, Math.max(0, 0 - most)],
          ] as const) {
            const full = Math.min(room, reach);
            expect(sum(arcs.map((a) => upper[a]!))).toBe(full);
            for (const x of places(full, [target, sign * setPoint, asks])) {
              const of = (name: "surcharge" | "moves" | "locks" | "cost") => costOf(arcs, x, upper, cost[name]) + 0;
              expect(of("surcharge")).toBeCloseTo(link.weight * Math.max(0, x - target), 6);
              const moved = Number.isNaN(setPoint) ? 0 : Math.abs(sign * x - setPoint) - Math.abs(setPoint);
              expect(of("moves")).toBe(moved);
              expect(of("locks")).toBe(Math.max(0, asks - x) - asks);
              expect(of("cost")).toBeCloseTo(link.price * 3600 * x, 3);
            }
            for (const name of ["surcharge", "moves", "locks"] as const) {
              const slopes = arcs.map((a) => cost[name][a]!);
              expect(slopes).toEqual([...slopes].sort((a, b) => a - b));
            }
          }
        }
        for (const [i, sink] of problem.plants.entries()) {
          const plant = model.plants.find(({ id }) => id === sink.node.id)!;
          const { least, most } = held(plant.id);
          const asks = Math.max(0, least);
          const full = Math.min(plant.capacity, Math.max(0, most));
          expect(sum(sink.arcs.map((a) => upper[a]!))).toBe(full);
          for (const x of places(full, [plant.least, asks])) {
            const of = (name: "starved" | "locks") => costOf(sink.arcs, x, upper, cost[name]) + 0;
            expect(of("starved")).toBe(Math.max(0, plant.least - x) - plant.least);
            expect(of("locks")).toBe(Math.max(0, asks - x) - asks);
          }
          for (const a of sink.arcs) expect(cost.cost[a]).toBeCloseTo(plant.price * 3600, 6);
          expect(sink.rating).toBeCloseTo(plant.capacity * plant.weight, 3);
          expect(problem.weights.approximate[i]).toBe(sink.rating);
        }
        for (const sink of problem.outfalls) {
          const outfall = model.outfalls.find(({ id }) => id === sink.node.id)!;
          expect(sum(sink.arcs.map((a) => upper[a]!))).toBe(Math.min(outfall.capacity, model.inflow));
          expect(sink.arcs.map((a) => cost.spill[a])).toEqual([outfall.weight]);
        }
        for (const sink of problem.flooding) {
          const node = model.nodes.find(({ id }) => id === sink.node.id)!;
          expect(sink.arcs.map((a) => upper[a])).toEqual([model.inflow]);
          expect(sink.arcs.map((a) => cost.flooding[a])).toEqual([node.floodWeight]);
          expect(sink.rating).toBe(node.inflow);
          expect(problem.supply[sink.at]).toBe(node.inflow);
        }
        expect(problem.supply[problem.ground]).toBe(-model.inflow);
      }),
      { numRuns: 300 },
    );
  });

  test("are those of a problem made anew, whatever was loaded or changed before", () => {
    fc.assert(
      fc.property(scene, fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }), ({ network, states }, between) => {
        const kept = problemOf(network, states);
        for (const [i, state] of states.entries()) {
          const before = { ...read(kept), slopes: kept.slopes };
          kept.load(state);
          const fresh = problemOf(network, states);
          fresh.load(state);
          expect(read(kept)).toEqual(read(fresh));
          const isChanged = !isSame(before.cost, kept.cost);
          if (isChanged) expect(kept.slopes).toBeGreaterThan(before.slopes);
          switch (between[i]) {
            case 0:
              kept.capAtSetPoints();
              break;
            case 1:
              for (const plant of kept.plants) kept.rate(plant, 7);
              break;
            case 2:
              for (const i of kept.links.keys()) kept.addCapacity(i, 3, "forth");
              break;
            case 3:
              for (const [i, { backward }] of kept.links.entries())
                if (backward.length > 0) kept.addCapacity(i, 3, "back");
              break;
            case 4:
              for (const sink of [...kept.plants, ...kept.outfalls]) kept.addCapacity(sink, 3);
              break;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  const isSame = (a: FlowProblem["cost"], b: FlowProblem["cost"]) =>
    Object.keys(a).every((name) =>
      a[name as keyof typeof a].every((one, i) => Object.is(one + 0, b[name as keyof typeof b][i]! + 0)),
    );
});

describe("a change of a problem", () => {
  const network = loadNetwork({
    units: { flow: "m3/d" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 9 },
      { id: "p", kind: "plant", capacity: 4, weight: 0.5 },
      { id: "o", kind: "outfall", capacity: 2 },
    ],
    links: [
      { id: "a", kind: "gate", from: "c", to: "p", capacity: 3, reverseCapacity: 2, target: 1 },
      { id: "b", kind: "pump", from: "c", to: "o", capacity: 3 },
    ],
  });
  const ONE = 1e6;
  const loaded = (state: State) => {
    const problem = new FlowProblem(network);
    problem.load(loadState(network, state));
    const carry = (arcs: readonly number[]) => sum(arcs.map((a) => problem.upper[a]!));
    return {
      problem,
      carry,
      a: problem.links[0]!,
      b: problem.links[1]!,
      plant: problem.plants[0]!,
      end: problem.outfalls[0]!,
    };
  };

  test("may cap pumps and gates at their set points, the way they are set", () => {
    const forth = loaded({ setPoints: { a: 2 } });
    forth.problem.capAtSetPoints();
    expect([forth.a.forward, forth.a.backward, forth.b.forward].map(forth.carry)).toEqual([2 * ONE, 0, 3 * ONE]);
    expect(forth.a.forward.map((at) => forth.problem.upper[at])).toEqual([ONE, ONE, 0]);
    const back = loaded({ setPoints: { a: -1, b: 0 } });
    back.problem.capAtSetPoints();
    expect([back.a.forward, back.a.backward, back.b.forward].map(back.carry)).toEqual([0, ONE, 0]);
  });

  test("may be more capacity, either way", () => {
    const { problem, carry, a, plant, end } = loaded({});
    problem.addCapacity(0, ONE);
    expect([a.forward, a.backward].map(carry)).toEqual([4 * ONE, 2 * ONE]);
    problem.addCapacity(0, 2 * ONE, "back");
    expect([a.forward, a.backward].map(carry)).toEqual([4 * ONE, 4 * ONE]);
    problem.addCapacity(plant, ONE);
    problem.addCapacity(end, ONE);
    expect([plant.arcs, end.arcs].map(carry)).toEqual([5 * ONE, 3 * ONE]);
  });

  test("may be what plants are evened out by", () => {
    const { problem, plant } = loaded({});
    expect([plant.rating, problem.weights.approximate[0], problem.weights.exact(0)]).toEqual([
      2 * ONE,
      2 * ONE,
      20n * BigInt(ONE),
    ]);
    problem.rate(plant, 7);
    expect([plant.rating, problem.weights.approximate[0], problem.weights.exact(0)]).toEqual([7, 7, 7n]);
    problem.load(loadState(network, {}));
    expect(problem.weights.exact(0)).toBe(20n * BigInt(ONE));
  });

  test("has tidy costs of 1 for every link, either way", () => {
    const { problem, a, b } = loaded({});
    const cost = tidyCost(problem);
    const isLink = new Set([...a.forward, ...a.backward, ...b.forward]);
    expect([...cost]).toEqual([...cost.keys()].map((at) => (isLink.has(at) ? 1 : 0)));
  });
});
