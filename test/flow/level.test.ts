import fc from "fast-check";
import { expect, test } from "vitest";
import { evenLevel, raisingOrder, wholeWeights } from "../../src/flow/level.js";

const sinks = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(12), fc.nat(12)), {
  minLength: 1,
  maxLength: 6,
});

test("finds the level at which clamped shares add up to the total, as a fraction", () => {
  fc.assert(
    fc.property(sinks, fc.nat(), (list, part) => {
      const weight = Float64Array.from(list, ([w]) => w);
      const least = Float64Array.from(list, ([, from]) => from);
      const most = Float64Array.from(list, ([, from, more]) => from + more);
      const [low, high] = [least.slice(), most.slice()];
      const sum = (of: Float64Array) => of.reduce((a, b) => a + b, 0);
      const total = sum(least) + (part % (sum(most) - sum(least) + 1));
      const all = [...list.keys()];
      const level = evenLevel(all, total, wholeWeights(weight), least, most);
      if (level.weight === 0) {
        expect(sum(least)).toBe(total);
        expect([...least]).toEqual([...most]);
        return;
      }
      // By definition, with the level λ = level.total / level.weight and everything times level.weight to stay whole.
      const shares = all.map((t) =>
        Math.min(Math.max(level.total * weight[t]!, low[t]! * level.weight), high[t]! * level.weight),
      );
      expect(shares.reduce((a, b) => a + b, 0)).toBe(total * level.weight);
      for (const t of all) {
        expect(least[t]).toBe(Math.floor(shares[t]! / level.weight));
        expect(most[t]).toBe(Math.ceil(shares[t]! / level.weight));
      }
    }),
    { numRuns: 2000 },
  );
});

test("stays exact where products pass 2^53", () => {
  const [least, most] = [new Float64Array(2), new Float64Array(2).fill(2 ** 50)];
  const weight = Float64Array.of(2 ** 49 + 1, 2 ** 49);
  evenLevel([0, 1], 2 ** 49, wholeWeights(weight), least, most);
  // 2^49 · (2^49 + 1) / (2^50 + 1) = 2^48 + 2^48 / (2^50 + 1)
  expect([...least]).toEqual([2 ** 48, 2 ** 48 - 1]);
  expect([...most]).toEqual([2 ** 48 + 1, 2 ** 48]);
});

test("raises first where one more is worth least, then by number", () => {
  const weight = Float64Array.of(1, 2, 2, 4);
  expect(
    raisingOrder([0, 1, 2, 3], wholeWeights(weight), Float64Array.of(1, 3, 3, 9), Float64Array.of(2, 4, 4, 9)),
  ).toEqual([0, 1, 2]);
});

test("decides by the weights themselves where their doubles can't", () => {
  // Doubles hold neither weight; the shares of 2^40 + 1 quanta are 1 : 2 to the quantum only with the weights as they are.
  const exact = [3n ** 50n, 2n * 3n ** 50n];
  const weights = { approximate: Float64Array.from(exact, Number), exact: (t: number) => exact[t]! };
  const [least, most] = [new Float64Array(2), new Float64Array(2).fill(2 ** 50)];
  evenLevel([0, 1], 3 * 2 ** 49, weights, least, most);
  expect([...least]).toEqual([2 ** 49, 2 ** 50]);
  expect([...most]).toEqual([2 ** 49, 2 ** 50]);
});
