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

/** Sinks whose shares lie so close to whole numbers, and to each other, that doubles can't tell. */
const close = fc.record({
  scale: fc.constantFrom(1n, 2n ** 30n, 2n ** 45n),
  unit: fc.constantFrom(1n, 2n ** 53n, 3n ** 50n),
  list: fc.array(
    fc.record({
      w: fc.bigInt({ min: 1n, max: 9n }),
      off: fc.bigInt({ min: 0n, max: 2n }),
      more: fc.integer({ min: -1, max: 1 }),
      down: fc.constantFrom(0, 1, 2, 2 ** 40, 2 ** 52),
      up: fc.constantFrom(0, 1, 2, 2 ** 40),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  shift: fc.integer({ min: -3, max: 3 }),
});

test("is the level of the definition, however close shares come to bounds and whole numbers", () => {
  fc.assert(
    fc.property(close, ({ scale, unit, list, shift }) => {
      const exact = list.map(({ w, off }) => w * unit + off);
      const aim = list.map(({ w, more }) => Math.max(0, Number(w * scale) + more));
      const low = list.map(({ down }, t) => Math.max(0, aim[t]! - down));
      const high = list.map(({ up }, t) => aim[t]! + up);
      const whole = (of: readonly number[]) => of.reduce((all, one) => all + BigInt(one), 0n);
      const total = [whole(aim) + BigInt(shift), whole(low), whole(high)].sort((a, b) =>
        a < b ? -1 : a > b ? 1 : 0,
      )[1]!;
      const [least, most] = [Float64Array.from(low), Float64Array.from(high)];
      const weights = { approximate: Float64Array.from(exact, Number), exact: (t: number) => exact[t]! };
      evenLevel([...list.keys()], Number(total), weights, least, most);

      // Of the levels at which a bound begins or ends to hold, the last one at which no more is taken than there is: level and
      // intakes as fractions of one number.
      const one = exact.reduce((all, weight) => all * weight, 1n);
      const at = (level: bigint, t: number) => {
        const [from, to, share] = [BigInt(low[t]!) * one, BigInt(high[t]!) * one, level * exact[t]!];
        return share < from ? from : share > to ? to : share;
      };
      const taken = (level: bigint) => exact.reduce((all, _, t) => all + at(level, t), 0n);
      const breaks = exact.flatMap((weight, t) =>
        [BigInt(low[t]!), BigInt(high[t]!)].map((bound) => (bound * one) / weight),
      );
      const reached = breaks
        .filter((level) => taken(level) <= total * one)
        .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const from = reached.at(-1);
      const open = (t: number) =>
        from !== undefined && BigInt(low[t]!) * one <= from * exact[t]! && from * exact[t]! < BigInt(high[t]!) * one;
      const free = exact.reduce((all, weight, t) => (open(t) ? all + weight : all), 0n);
      const missing = total * one - (from === undefined ? taken(-1n) : taken(from));
      for (const t of list.keys()) {
        // at + missing · weight / free, of one.
        const base = at(from ?? -1n, t);
        const [share, of] = open(t) && free > 0n ? [base * free + missing * exact[t]!, one * free] : [base, one];
        const floor = share / of;
        expect(BigInt(least[t]!)).toBe(floor);
        expect(BigInt(most[t]!)).toBe(floor * of === share ? floor : floor + 1n);
      }
    }),
    { numRuns: 3000 },
  );
});

test("raises in the order of the definition, however close", () => {
  fc.assert(
    fc.property(close, ({ scale, unit, list }) => {
      const exact = list.map(({ w, off }) => w * unit + off);
      const least = list.map(({ w, more }) => Math.max(0, Number(w * scale) + more));
      const most = list.map(({ up }, t) => least[t]! + Math.min(up, 1));
      const weights = { approximate: Float64Array.from(exact, Number), exact: (t: number) => exact[t]! };
      const order = raisingOrder([...list.keys()], weights, Float64Array.from(least), Float64Array.from(most));
      const right = [...list.keys()]
        .filter((t) => most[t]! > least[t]!)
        .sort((a, b) => {
          const [one, other] = [BigInt(least[a]! + 1) * exact[b]!, BigInt(least[b]! + 1) * exact[a]!];
          return one < other ? -1 : one > other ? 1 : a - b;
        });
      expect(order).toEqual(right);
    }),
    { numRuns: 1000 },
  );
});
