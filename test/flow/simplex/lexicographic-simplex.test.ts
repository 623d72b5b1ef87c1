import fc from "fast-check";
import { expect, test } from "vitest";
import { LexicographicSimplex } from "../../../src/flow/simplex/lexicographic-simplex.js";
import { NetworkSimplex } from "../../../src/flow/simplex/network-simplex.js";

interface Case {
  readonly nodes: number;
  readonly arcs: readonly (readonly [tail: number, head: number, upper: number, flow: number])[];
  readonly costs: readonly (readonly number[])[];
  /** How many costs wait together. */
  readonly batch: number;
  /** Of each batch, an arc that the caller holds at what it carries then. */
  readonly held: readonly number[];
}

interface Held {
  readonly after: number;
  readonly arc: number;
  readonly flow: number;
}

const MAX_COST = 2 ** 40;

/** A flow within the bounds makes the supplies, so that there is one. Costs of any size: small ones fit together, large ones don't. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    nodes: fc.integer({ min: 2, max: 9 }),
    arcs: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(5), fc.nat()), { minLength: 1, maxLength: 22 }),
    scales: fc.array(fc.constantFrom(1, 1, 3, 1000, MAX_COST), { minLength: 1, maxLength: 5 }),
    digits: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 1, 3, -1), { minLength: 110, maxLength: 110 }),
    batch: fc.integer({ min: 1, max: 5 }),
    held: fc.array(fc.nat(21), { minLength: 5, maxLength: 5 }),
  })
  .map(({ nodes, arcs, scales, digits, batch, held }) => {
    const made = arcs
      .map(([t, h, upper, at]) => [t % nodes, h % nodes, upper, at % (upper + 1)] as const)
      .filter(([t, h]) => t !== h);
    return {
      nodes,
      arcs: made,
      costs: scales.map((scale, k) => made.map((_, a) => scale * digits[k * made.length + a]!)),
      batch,
      held,
    };
  });

function load(it: Case): NetworkSimplex {
  const simplex = new NetworkSimplex(
    it.nodes,
    it.arcs.map(([tail]) => tail),
    it.arcs.map(([, head]) => head),
  );
  it.arcs.forEach(([tail, head, upper, flow], a) => {
    simplex.upper[a] = upper;
    simplex.supply[tail]! += flow;
    simplex.supply[head]! -= flow;
  });
  return simplex;
}

const total = (cost: ArrayLike<number>, flow: ArrayLike<number>) =>
  Array.from(flow).reduce((sum, f, a) => sum + BigInt(f) * BigInt(cost[a]!), 0n);

/** The least of each cost in turn, one solve for each; what it may be is kept by reduced costs, looked at here. */
function inTurn(it: Case, held: readonly Held[]): bigint[] {
  const simplex = load(it);
  return it.costs.map((cost, k) => {
    for (const { after, arc, flow } of held) if (after === k) simplex.lower[arc] = simplex.upper[arc] = flow;
    simplex.cost.set(cost);
    expect(simplex.solve()).toBe("optimal");
    it.arcs.forEach(([tail, head], a) => {
      if (cost[a]! + simplex.potential[tail]! - simplex.potential[head]! !== 0)
        simplex.lower[a] = simplex.upper[a] = simplex.flow[a]!;
    });
    return total(cost, simplex.flow);
  });
}

test("minimises each cost among the optima of those before it, and proves each", () => {
  let solves = 0;
  let stages = 0;
  fc.assert(
    fc.property(cases, (it) => {
      const simplex = load(it);
      const solve = simplex.solve.bind(simplex);
      simplex.solve = () => {
        solves += 1;
        return solve();
      };
      const tail = Int32Array.from(it.arcs, ([from]) => from);
      const head = Int32Array.from(it.arcs, ([, to]) => to);
      const lexicographic = new LexicographicSimplex(simplex, tail, head);
      const held: Held[] = [];
      const potentials = it.costs.map(() => new Float64Array(it.nodes));
      lexicographic.begin();
      it.costs.forEach((cost, k) => {
        lexicographic.add(Float64Array.from(cost), potentials[k]!);
        if ((k + 1) % it.batch !== 0) return;
        expect(lexicographic.settle()).toBe("optimal");
        const arc = it.held[k]!;
        if (arc >= it.arcs.length) return;
        held.push({ after: k + 1, arc, flow: simplex.flow[arc]! });
        simplex.lower[arc] = simplex.upper[arc] = simplex.flow[arc]!;
      });
      expect(lexicographic.settle()).toBe("optimal");
      stages += it.costs.length;

      const least = inTurn(it, held);
      const isFixed = it.arcs.map(() => false);
      it.costs.forEach((cost, k) => {
        expect(total(cost, simplex.flow)).toBe(least[k]);
        const pi = potentials[k]!;
        for (const { after, arc } of held) if (after === k) isFixed[arc] = true;
        it.arcs.forEach(([from, to, upper], a) => {
          if (isFixed[a] === true) return;
          const reduced = cost[a]! + pi[from]! - pi[to]!;
          if (reduced > 0) expect(simplex.flow[a]).toBe(0);
          if (reduced < 0) expect(simplex.flow[a]).toBe(upper);
          if (reduced !== 0) isFixed[a] = true;
        });
      });
      it.arcs.forEach((_, a) => {
        if (isFixed[a] === true) expect(simplex.lower[a]).toBe(simplex.upper[a]);
      });
    }),
    { numRuns: 3000 },
  );
  // Most costs here are small, so that several are minimised at once.
  expect(solves / stages).toBeLessThan(0.8);
});

test("finds a flow where there is nothing to minimise, and tells where there is none", () => {
  const simplex = new NetworkSimplex(2, [0], [1]);
  const lexicographic = new LexicographicSimplex(simplex, Int32Array.of(0), Int32Array.of(1));
  simplex.upper[0] = 3;
  simplex.supply.set([2, -2]);
  lexicographic.begin();
  expect(lexicographic.settle()).toBe("optimal");
  expect([...simplex.flow]).toEqual([2]);
  simplex.supply.set([4, -4]);
  lexicographic.begin();
  lexicographic.add(Float64Array.of(1), new Float64Array(2));
  expect(lexicographic.settle()).toBe("infeasible");
});
