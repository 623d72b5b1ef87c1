import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takeOutCycles } from "../../src/flow/flow-cycles.js";

interface Arc {
  readonly tail: number;
  readonly head: number;
  readonly flow: number;
}

const NODES = 7;
const flows = fc.array(
  fc.record({ tail: fc.nat(NODES - 1), head: fc.nat(NODES - 1), flow: fc.oneof(fc.nat(4), fc.constant(2 ** 50)) }),
  { maxLength: 24 },
);

function takenOut(arcs: readonly Arc[], begin = 0, nodes = NODES) {
  const left = Float64Array.from(arcs, ({ flow }) => flow);
  const cycles: { arcs: number[]; amount: number }[] = [];
  const [tail, head] = [arcs.map((arc) => arc.tail), arcs.map((arc) => arc.head)];
  const take = (found: Int32Array, amount: number) => cycles.push({ arcs: [...found], amount });
  const order = takeOutCycles({ nodes, tail, head, left }, take, begin);
  return { left, cycles, order };
}

describe("the cycles of a flow", () => {
  test("one through another, by hand", () => {
    // 0 → 1 → 2 → 0 carries 2, of which 1 goes round 1 → 2 → 1 as well; 2 → 3 leads out.
    const arcs = [
      { tail: 0, head: 1, flow: 2 },
      { tail: 1, head: 2, flow: 3 },
      { tail: 2, head: 1, flow: 1 },
      { tail: 2, head: 0, flow: 2 },
      { tail: 2, head: 3, flow: 5 },
    ];
    const { left, cycles, order } = takenOut(arcs, 0, 4);
    expect(cycles).toEqual([
      { arcs: [1, 2], amount: 1 },
      { arcs: [0, 1, 3], amount: 2 },
    ]);
    expect([...left]).toEqual([0, 0, 0, 0, 5]);
    expect([...order]).toEqual([0, 1, 3, 2]);
  });

  test("nothing at all", () => {
    expect(takenOut([], 0, 0)).toEqual({ left: new Float64Array(), cycles: [], order: new Int32Array() });
  });

  test("are cycles, add up with what is left to the flow, and leave none", () => {
    let found = 0;
    fc.assert(
      fc.property(flows, fc.nat(NODES - 1), (arcs, begin) => {
        const { left, cycles, order } = takenOut(arcs, begin);
        const sum = Array.from(left);
        for (const cycle of cycles) {
          found++;
          expect(cycle.amount).toBeGreaterThan(0);
          const path = cycle.arcs.map((a) => arcs[a]!);
          path.forEach(({ head }, i) => {
            expect(path[(i + 1) % path.length]!.tail).toBe(head);
          });
          expect(new Set(path.map(({ tail }) => tail)).size).toBe(path.length);
          for (const a of cycle.arcs) sum[a]! += cycle.amount;
        }
        expect(sum).toEqual(arcs.map(({ flow }) => flow));
        expect(cycles.length).toBeLessThanOrEqual(arcs.length);
        expect([...order].sort((a, b) => a - b)).toEqual([...Array(NODES).keys()]);
        const place = new Map([...order].map((v, k) => [v, k]));
        arcs.forEach(({ tail, head }, a) => {
          if (left[a]! > 0) expect(place.get(head)!).toBeLessThan(place.get(tail)!);
        });
      }),
      { numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  test("that meet the node to begin from are told from there", () => {
    const ring = [0, 1, 2].map((v) => ({ tail: v, head: (v + 1) % 3, flow: 1 }));
    for (const begin of [0, 1, 2]) expect(takenOut(ring, begin, 3).cycles[0]?.arcs[0]).toBe(begin);
  });

  test("of what is no number are none, and the search ends", () => {
    const ring = [0, 1, 2].map((v) => ({ tail: v, head: (v + 1) % 3, flow: v === 1 ? NaN : Infinity }));
    expect(takenOut(ring, 0, 3).cycles).toEqual([]);
    expect(takenOut(ring.map((arc) => ({ ...arc, flow: Infinity }))).cycles.length).toBe(1);
  });

  test("a chain of 100 000 nodes is no stack too deep", () => {
    const nodes = 100_000;
    const chain = Array.from({ length: nodes }, (_, v) => ({ tail: v, head: (v + 1) % nodes, flow: 1 }));
    expect(takenOut(chain, 0, nodes).cycles.map(({ arcs }) => arcs.length)).toEqual([nodes]);
  });
});
