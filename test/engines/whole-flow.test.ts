import fc from "fast-check";
import { expect, test } from "vitest";
import { toWholeFlow } from "../../src/engines/whole-flow.js";
import { EngineError } from "../../src/index.js";
import type { FlowModel } from "../../src/problem/flow-model.js";

/** Only what is read of a model. */
const model = (arcs: readonly (readonly [tail: number, head: number])[], supply: Float64Array) =>
  ({
    nodes: supply.length,
    tail: Int32Array.from(arcs, ([tail]) => tail),
    head: Int32Array.from(arcs, ([, head]) => head),
    supply,
  }) as unknown as FlowModel;

function balanceOf(arcs: readonly (readonly [tail: number, head: number])[], nodes: number, flow: ArrayLike<number>) {
  const balance = new Float64Array(nodes);
  arcs.forEach(([tail, head], a) => {
    balance[tail]! += flow[a]!;
    balance[head]! -= flow[a]!;
  });
  return [...balance];
}

const NODES = 5;
const arc = fc.record({
  ends: fc.tuple(fc.nat(NODES - 1), fc.nat(NODES - 1)).filter(([tail, head]) => tail !== head),
  lower: fc.nat(3),
  room: fc.nat(9),
  share: fc.nat(100),
  /** What a solver is off by, in quanta. */
  off: fc.integer({ min: -400, max: 400 }).map((n) => n / 100),
});

test("whatever a solver is off by, flows come out whole, within their bounds and in balance", () => {
  fc.assert(
    fc.property(fc.array(arc, { minLength: 4, maxLength: 14, size: "max" }), fc.constantFrom(1, 16), (list, unit) => {
      const arcs = list.map(({ ends }) => ends);
      const lower = Float64Array.from(list, (one) => one.lower);
      const upper = Float64Array.from(list, (one) => one.lower + one.room);
      const right = list.map((one) => one.lower + Math.round((one.room * one.share) / 100));
      const supply = Float64Array.from(balanceOf(arcs, NODES, right));
      const x = list.map(({ off }, a) => (right[a]! + off) / unit);
      const flow = toWholeFlow(model(arcs, supply), x, { unit, atBound: 1e-6, lower, upper });
      expect(balanceOf(arcs, NODES, flow)).toEqual([...supply]);
      for (const [a, quanta] of flow.entries()) {
        expect(Number.isInteger(quanta)).toBe(true);
        expect(quanta).toBeGreaterThanOrEqual(lower[a]!);
        expect(quanta).toBeLessThanOrEqual(upper[a]!);
      }
    }),
    { numRuns: 1000 },
  );
});

test.each([
  [1502, [2, 1000, 500]],
  [1503, [2, 1000, 501]],
  [1501, [2, 1000, 499]],
])("flows near a bound are at it, all others are rounded and give way first: %i", (supply, right) => {
  const arcs = [[0, 1], [0, 1], [0, 1]] as const; // prettier-ignore
  const bounds = { lower: Float64Array.of(2, 2, 2), upper: Float64Array.of(1000, 1000, 1000) };
  const options = { unit: 10, atBound: 0.1, ...bounds };
  const flow = toWholeFlow(model(arcs, Float64Array.of(supply, -supply)), [0.27, 99.93, 50.004], options);
  expect([...flow]).toEqual(right);
});

test("what rounding has misplaced goes where a flow stands between its bounds, and elsewhere only as far as it must", () => {
  const arcs = [[0, 1], [0, 1], [0, 1]] as const; // prettier-ignore
  const bounds = { lower: Float64Array.of(0, 0, 5), upper: Float64Array.of(9, 9, 9) };
  const ask = (inflow: number) => [
    ...toWholeFlow(model(arcs, Float64Array.of(inflow, -inflow)), [0, 7, 5], { unit: 1, atBound: 0.1, ...bounds }),
  ];
  expect(ask(14)).toEqual([0, 9, 5]);
  expect(ask(5)).toEqual([0, 0, 5]);
  const [first, second, third] = ask(15) as [number, number, number];
  expect([first + third, second]).toEqual([6, 9]);
});

test("what no flow can balance is refused", () => {
  const bounds = { lower: new Float64Array(1), upper: Float64Array.of(3) };
  const ask = () => toWholeFlow(model([[0, 1]], Float64Array.of(4, -4)), [3], { unit: 1, atBound: 1e-6, ...bounds });
  expect(ask).toThrow(EngineError);
  expect(ask).toThrow("the solver's flow can't be brought into balance");
});
