import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LexicographicDual } from "../../../src/flow/simplex/lexicographic-dual.js";
import { NetworkSimplex } from "../../../src/flow/simplex/network-simplex.js";

const STAGES = 4;

/** What can change, and what can't. From every node an arc leads to the ground, the last node, so that any supply has a way. */
interface Case {
  readonly nodes: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly costs: readonly Float64Array[];
  readonly upper: Float64Array;
  readonly supply: Float64Array;
  readonly changes: readonly (readonly [which: number, value: number])[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    inner: fc.integer({ min: 1, max: 7 }),
    links: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(9), fc.nat(2), fc.nat(2)), { maxLength: 20 }),
    supply: fc.array(fc.nat(9), { minLength: 7, maxLength: 7 }),
    changes: fc.array(fc.tuple(fc.nat(), fc.nat(9)), { minLength: 1, maxLength: 12 }),
  })
  .map(({ inner, links, supply, changes }) => {
    const arcs = links
      .map(([a, b, upper, dear, cheap]) => ({ tail: a % inner, head: b % (inner + 1), upper, price: [0, dear, cheap] }))
      .filter(({ tail, head }) => tail !== head);
    for (let v = 0; v < inner; v++) arcs.push({ tail: v, head: inner, upper: 1e6, price: [1 + (v % 2), 0, 0] });
    return {
      nodes: inner + 1,
      tail: Int32Array.from(arcs, ({ tail }) => tail),
      head: Int32Array.from(arcs, ({ head }) => head),
      // The last stage tells all arcs apart, so that most often a single flow is left.
      costs: Array.from({ length: STAGES }, (_, k) =>
        Float64Array.from(arcs, ({ price }, a) => price[k] ?? 1000 + ((a * 7919) % 1009)),
      ),
      upper: Float64Array.from(arcs, ({ upper }) => upper),
      supply: Float64Array.from({ length: inner + 1 }, (_, v) =>
        v < inner ? supply[v]! : -supply.slice(0, inner).reduce((a, b) => a + b, 0),
      ),
      changes,
    };
  });

/** Stage by stage with the other kernel, fixing what each optimum leaves no choice of. */
function staged({ nodes, tail, head, costs, upper, supply }: Case) {
  const simplex = new NetworkSimplex(nodes, tail, head);
  simplex.upper.set(upper);
  simplex.supply.set(supply);
  const potentials: Float64Array[] = [];
  for (const cost of costs) {
    for (let a = 0; a < cost.length; a++) simplex.cost[a] = simplex.lower[a] === simplex.upper[a] ? 0 : cost[a]!;
    expect(simplex.solve()).toBe("optimal");
    potentials.push(simplex.potential.slice());
    for (let a = 0; a < cost.length; a++) {
      const r = simplex.cost[a]! + simplex.potential[tail[a]!]! - simplex.potential[head[a]!]!;
      if (r !== 0) simplex.lower[a] = simplex.upper[a] = simplex.flow[a]!;
    }
  }
  const isFree = (a: number) => simplex.lower[a] !== simplex.upper[a];
  const isOnly = [...tail.keys()].every((a) => !isFree(a) || simplex.state[a] === 0);
  return { flow: [...simplex.flow], potentials, isFree, isOnly };
}

function worth(it: Case, flow: readonly number[]): bigint[] {
  return it.costs.map((cost) => flow.reduce((sum, f, a) => sum + BigInt(f) * BigInt(cost[a]!), 0n));
}

/** Whatever is spoilt in one arc, the flow no longer counts as the only optimum. */
function expectNoticed(dual: LexicographicDual, upper: Float64Array): void {
  const { flow, lead, isBasic, isHeld } = dual;
  const spoil = (array: Float64Array | Int16Array, a: number, value: number) => {
    const before = array[a]!;
    array[a] = value;
    expect(dual.isOptimal()).toBe(false);
    array[a] = before;
  };
  for (let a = 0; a < flow.length; a++) {
    spoil(flow, a, upper[a]! + 1);
    spoil(flow, a, -1);
    if (isBasic[a] === 1 || upper[a] === 0 || isHeld[a] === 1) continue;
    spoil(flow, a, upper[a]! - flow[a]!);
    spoil(lead, a, 0);
  }
  expect(dual.isOptimal()).toBe(true);
}

const UNEVENED = { sinks: [], reliefs: [], parts: undefined };
/** Of one stage, in which arc 0 may change. */
const only = (cost: number[], potential: number[]) => ({
  ...UNEVENED,
  costs: [Float64Array.from(cost)],
  potentials: [Float64Array.from(potential)],
  early: 1,
  isFree: (a: number) => a === 0,
});

describe("the lexicographic dual simplex", () => {
  test("after any changes of bounds and supplies finds what solving stage by stage finds, or gives up", () => {
    let found = 0;
    let changes = 0;
    fc.assert(
      fc.property(cases, (it) => {
        const start = staged(it);
        if (!start.isOnly) return;
        const dual = new LexicographicDual(
          it.nodes,
          it.tail,
          it.head,
          it.nodes - 1,
          it.upper,
          it.supply,
          Float64Array.from(start.flow),
        );
        dual.adopt({ ...UNEVENED, ...start, costs: it.costs, early: STAGES, upper: it.upper });
        expect(dual.place([]) && dual.mend(() => false)).toBe(true);
        expect([...dual.flow]).toEqual(start.flow);
        for (const [which, value] of it.changes) {
          const links = it.tail.length - (it.nodes - 1);
          const at = which % (it.nodes - 1 + links);
          if (at < links) it.upper[at] = value;
          else {
            it.supply[it.nodes - 1]! += it.supply[at - links]! - value;
            it.supply[at - links] = value;
          }
          changes++;
          const isFound = dual.place([]) && dual.mend(() => false);
          const cold = staged(it);
          if (!isFound) return;
          found++;
          expect(cold.isOnly).toBe(true);
          expect(dual.isOptimal()).toBe(true);
          expectNoticed(dual, it.upper);
          expect([...dual.flow]).toEqual(cold.flow);
          expect(worth(it, [...dual.flow])).toEqual(worth(it, cold.flow));
        }
      }),
      { numRuns: 1500 },
    );
    // It is of use only if it seldom gives up.
    expect(found / changes).toBeGreaterThan(0.8);
  });

  test("gives up where more than one flow is as good", () => {
    // Two ways of equal cost from node 0 to the ground.
    const [tail, head] = [Int32Array.of(0, 0), Int32Array.of(1, 1)];
    const dual = new LexicographicDual(
      2,
      tail,
      head,
      1,
      Float64Array.of(5, 5),
      Float64Array.of(3, -3),
      new Float64Array(2),
    );
    dual.adopt({ ...only([2, 2], [-2, 0]), upper: [5, 5] });
    expect(dual.place([])).toBe(false);
  });

  test("gives up where what a node gives has no way", () => {
    const dual = new LexicographicDual(
      2,
      Int32Array.of(0),
      Int32Array.of(1),
      1,
      Float64Array.of(5),
      Float64Array.of(6, -6),
      new Float64Array(1),
    );
    dual.adopt({ ...only([1], [-1, 0]), upper: [5] });
    expect(dual.place([])).toBe(true);
    expect(dual.mend(() => false)).toBe(false);
  });
});
