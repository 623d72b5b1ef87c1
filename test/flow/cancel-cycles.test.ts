import fc from "fast-check";
import { expect, test } from "vitest";
import { cancelCycles } from "../../src/flow/cancel-cycles.js";
import { NetworkSimplex } from "../../src/flow/simplex/network-simplex.js";

interface Arc {
  readonly tail: number;
  readonly head: number;
  readonly lower: number;
  readonly upper: number;
  readonly flow: number;
  readonly cost: number;
}

const figure = fc.oneof(fc.nat(4), fc.nat(2 ** 40));

/** Any network with a flow within its bounds; parallel arcs, two-way arcs, cycles and arcs that can't change occur. */
const cases = fc
  .record({
    nodes: fc.integer({ min: 2, max: 8 }),
    arcs: fc.array(
      fc.record({
        tail: fc.nat(),
        head: fc.nat(),
        lower: fc.oneof(fc.constant(0), fc.integer({ min: -5, max: 5 })),
        more: figure,
        at: figure,
        cost: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 })),
      }),
      { maxLength: 24 },
    ),
  })
  .map(({ nodes, arcs }) => ({
    nodes,
    arcs: arcs.flatMap(({ tail, head, lower, more, at, cost }): Arc[] => {
      const [from, to] = [tail % nodes, head % nodes];
      if (from === to) return [];
      return [{ tail: from, head: to, lower, upper: lower + more, flow: lower + (at % (more + 1)), cost }];
    }),
  }));

test("the cost is the least, the potentials prove it, and what nodes give stays as it is", () => {
  fc.assert(
    fc.property(cases, ({ nodes, arcs }) => {
      const column = (key: keyof Arc) => arcs.map((arc) => arc[key]);
      const [tail, head, lower, upper, cost] = (["tail", "head", "lower", "upper", "cost"] as const).map(column);
      const flow = Float64Array.from(column("flow"));
      const potentials = cancelCycles({ nodes, tail: tail!, head: head!, lower: lower!, upper: upper!, flow }, cost!);

      const simplex = new NetworkSimplex(nodes, tail!, head!);
      arcs.forEach((arc, a) => {
        simplex.lower[a] = arc.lower;
        simplex.upper[a] = arc.upper;
        simplex.cost[a] = arc.cost;
        simplex.supply[arc.tail]! += arc.flow;
        simplex.supply[arc.head]! -= arc.flow;
      });
      expect(simplex.solve()).toBe("optimal");
      const total = (of: ArrayLike<number>) =>
        arcs.reduce((sum, arc, a) => sum + BigInt(arc.cost) * BigInt(of[a]!), 0n);
      expect(total(flow)).toBe(total(simplex.flow));

      const left = simplex.supply.slice();
      arcs.forEach((arc, a) => {
        left[arc.tail]! -= flow[a]!;
        left[arc.head]! += flow[a]!;
        expect(flow[a]).toBeGreaterThanOrEqual(arc.lower);
        expect(flow[a]).toBeLessThanOrEqual(arc.upper);
        const reduced = arc.cost + potentials[arc.tail]! - potentials[arc.head]!;
        if (reduced > 0) expect(flow[a]).toBe(arc.lower);
        if (reduced < 0) expect(flow[a]).toBe(arc.upper);
      });
      expect([...left].every((off) => off === 0)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
