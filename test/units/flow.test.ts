import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FLOW_UNITS,
  fromQuanta,
  MOST_QUANTA,
  quantaPer,
  roundFlow,
  SECONDS_PER_HOUR,
  toQuanta,
  unitLabel,
  type FlowUnit,
} from "../../src/units/flow.js";

const SECONDS_PER_DAY = 86_400;
const ML_PER_M3 = 1_000_000;
/** One US gallon is 231 cubic inches, an inch is 2.54 cm. */
const ML_PER_GALLON = (231 * 254 ** 3) / 1e6;

describe("each unit by its definition, in mL/d", () => {
  test.each<[FlowUnit, number]>([
    ["m3/s", ML_PER_M3 * SECONDS_PER_DAY],
    ["m3/d", ML_PER_M3],
    ["10k m3/d", 10_000 * ML_PER_M3],
    ["万m3/d", 10_000 * ML_PER_M3],
    ["m3/h", 24 * ML_PER_M3],
    ["L/s", 1000 * SECONDS_PER_DAY],
  ])("%s", (unit, quanta) => {
    expect(toQuanta(1, unit)).toBe(quanta);
    expect(fromQuanta(quanta, unit)).toBe(1);
  });

  test("MGD is a million US gallons of 231 cubic inches a day; its quantum is the 10⁻⁹th of it", () => {
    expect(toQuanta(1, "MGD")).toBe(1e9);
    const quantum = (1e6 * ML_PER_GALLON) / 1e9;
    expect(quantaPer("m3/s", "MGD")).toBeCloseTo((ML_PER_M3 * SECONDS_PER_DAY) / quantum, 4);
    expect(quantaPer("m3/h", "MGD")).toBeCloseTo((ML_PER_M3 * 24) / quantum, 4);
  });

  test("the list of units is the table above and nothing else", () => {
    expect([...FLOW_UNITS].sort()).toEqual(["10k m3/d", "L/s", "MGD", "m3/d", "m3/h", "m3/s", "万m3/d"].sort());
  });

  test("the SI constants", () => {
    for (const unit of FLOW_UNITS.filter((one) => one !== "MGD")) {
      expect(quantaPer("m3/s", unit)).toBe(ML_PER_M3 * SECONDS_PER_DAY);
      expect(quantaPer("m3/h", unit)).toBe(ML_PER_M3 * 24);
    }
    expect(SECONDS_PER_HOUR).toBe(3600);
    expect(MOST_QUANTA).toBe(2 ** 50);
    expect(Math.floor(fromQuanta(MOST_QUANTA, "m3/s"))).toBe(13_031);
  });
});

test("万m3/d is 10k m3/d", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 900_000, noNaN: true }), (flow) => {
      expect(toQuanta(flow, "万m3/d")).toBe(toQuanta(flow, "10k m3/d"));
    }),
  );
  expect(toQuanta(12.35, "万m3/d")).toBe(123_500 * ML_PER_M3);
});

describe("a figure comes back as it was written", () => {
  /** Figures of up to four decimals, up to a tenth of what is held exactly. */
  const figures = (unit: FlowUnit) =>
    fc.integer({ min: 0, max: 4 }).chain((decimals) => {
      const most = Math.floor(Math.min(fromQuanta(MOST_QUANTA, unit) / 10, 1e9) * 10 ** decimals);
      return fc.integer({ min: -most, max: most }).map((digits) => Number(`${digits}e-${decimals}`) + 0);
    });

  test.each(FLOW_UNITS)("%s", (unit) => {
    fc.assert(
      fc.property(figures(unit), (flow) => {
        expect(fromQuanta(toQuanta(flow, unit), unit) + 0).toBe(flow);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(FLOW_UNITS)("%s, and so do sums and differences of such figures", (unit) => {
    const decimal = (digits: number) => Number(`${digits}e-4`) + 0;
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), fc.integer({ min: -1e7, max: 1e7 }), (a, b) => {
        const quanta = toQuanta(decimal(a), unit) + toQuanta(decimal(b), unit);
        expect(fromQuanta(quanta, unit) + 0).toBe(decimal(a + b));
        expect(roundFlow(decimal(a) + decimal(b), unit) + 0).toBe(decimal(a + b));
        expect(roundFlow(decimal(a) - decimal(b), unit) + 0).toBe(decimal(a - b));
      }),
      { numRuns: 1000 },
    );
  });

  test("nine decimals of MGD", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), (digits) => {
        const figure = Number(`${digits}e-9`);
        expect(fromQuanta(toQuanta(figure, "MGD"), "MGD")).toBe(figure);
      }),
    );
  });
});

test.each(FLOW_UNITS)("%s: whole quanta survive the way out and back", (unit) => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), (quanta) => {
      expect(toQuanta(fromQuanta(quanta, unit), unit) + 0).toBe(quanta + 0);
    }),
    { numRuns: 1000 },
  );
});

test("what is no whole number of quanta is rounded to the nearest", () => {
  expect(toQuanta(1.4e-6, "m3/d")).toBe(1);
  expect(toQuanta(1.6e-6, "m3/d")).toBe(2);
  expect(toQuanta(-1.6e-6, "m3/d")).toBe(-2);
});

test("labels raise the exponent", () => {
  expect(FLOW_UNITS.map(unitLabel)).toEqual(["m³/s", "m³/d", "10k m³/d", "万m³/d", "m³/h", "L/s", "MGD"]);
});
