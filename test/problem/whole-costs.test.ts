import fc from "fast-check";
import { expect, test } from "vitest";
import { exactFactor, largestCost, wholeCosts } from "../../src/problem/whole-costs.js";

const whole = (cost: number[], most = 2 ** 40) => {
  const result = new Float64Array(cost.length);
  wholeCosts(Float64Array.from(cost), most, result);
  return [...result];
};

test("decimal figures and their products become whole by a power of ten", () => {
  expect(whole([0, 1, 10])).toEqual([0, 1, 10]);
  expect(whole([0.5, -1, 0.25])).toEqual([50, -100, 25]);
  // 0.29 · 100 is a little less than 29.
  expect(whole([0.29, 1])).toEqual([29, 100]);
  expect(whole([0.06 * 0.65 * 3600, 0.9 * 3600])).toEqual([1404, 32_400]);
});

test("potentials have room for the largest cost of every node", () => {
  expect(largestCost(1)).toBe(2 ** 47 - 1 / 64);
  expect(1000 * largestCost(1000)).toBeCloseTo(2 ** 47, 0);
});

test("powers of ten are tried up to nine decimals", () => {
  expect(exactFactor(Float64Array.of(3, 0.000_000_007), 2 ** 53)).toBe(1e9);
  expect(exactFactor(Float64Array.of(3, 0.000_000_000_7), 2 ** 53)).toBeUndefined();
  expect(exactFactor(Float64Array.of(3, 0.07), 299)).toBeUndefined();
  expect(exactFactor(Float64Array.of(3, 0.07), 300)).toBe(100);
});

test("nothing costs nothing", () => {
  expect(whole([0, 0])).toEqual([0, 0]);
});

test("where no power of ten will do, costs keep their proportions to within rounding, and their bound", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((c) => c === 0 || Math.abs(c) > 1e-200),
        { minLength: 1, maxLength: 8 },
      ),
      (cost) => {
        const most = 2 ** 40;
        const result = whole(cost, most);
        const largest = Math.max(...cost.map(Math.abs));
        const i = cost.findIndex((c) => Math.abs(c) === largest);
        result.forEach((value, a) => {
          expect(Number.isInteger(value)).toBe(true);
          expect(Math.abs(value)).toBeLessThanOrEqual(most);
          if (largest > 0) expect(Math.abs(value / result[i]! - cost[a]! / cost[i]!)).toBeLessThan(1e-9);
        });
      },
    ),
  );
});
