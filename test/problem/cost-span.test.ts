import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatch, ENGINE_NAMES, loadNetwork, OptionError, type NetworkFile, type Policy } from "../../src/index.js";
import { spanFault } from "../../src/problem/cost-span.js";

const MOST = 2 ** 44;
const stage = (weights: object) => new Map(Object.entries(weights)) as never;
/** Only those that a stage names are read. */
const some = (costs: object) => costs as never;

describe("what can be weighed", () => {
  test.each<[what: string, weights: object, costs: object]>([
    ["nothing that costs anything", { cost: 1, moves: 2 }, { cost: [0, 0], moves: [0, 0] }],
    ["an objective that no arc has", { cost: 1, spill: 1 }, { cost: [5], spill: [0] }],
    ["whole figures up to the most", { spill: 1, cost: 1 }, { spill: [1, 0], cost: [0, MOST - 1] }],
    ["decimals that one factor makes whole", { spill: 0.001, cost: 1 }, { spill: [1, 0], cost: [0, 1e9] }],
    ["figures that keep six digits where none does", { spill: 1, cost: 1 }, { spill: [1 / 3, 0], cost: [0, 2 ** 21] }],
    ["one objective alone, however far apart", { spill: 2 }, { spill: [1e-9, 1e9] }],
    ["one objective alone, with any weight", { spill: 1e250 }, { spill: [1, 2] }],
    ["costs below zero", { starved: 1, cost: 1 }, { starved: [-1, 0], cost: [7, 8] }],
  ])("%s", (_what, weights, costs) => {
    expect(spanFault(stage(weights), some(costs), MOST)).toBeUndefined();
  });
});

describe("what can't", () => {
  const apart =
    /^policy: \{ .* \} weighs costs from .* to .* against each other, further apart than numbers can hold; give/;
  test.each<[what: string, weights: object, costs: object, message: RegExp]>([
    ["more than the most, with nothing small left", { spill: 3, cost: 1 }, { spill: [1, 0], cost: [0, 1e16] }, apart],
    ["thirds beside more than 24 bits", { spill: 1, cost: 1 }, { spill: [1 / 3, 0], cost: [0, 2 ** 25] }, apart],
    ["two figures on one arc", { spill: 1, cost: 1 }, { spill: [1], cost: [1e16] }, apart],
    ["two figures on one arc, one below zero", { starved: 1e16, cost: 1 }, { starved: [-1], cost: [1 / 3] }, apart],
    ["weights alone", { spill: 1e-9, moves: 1e9 }, { spill: [1, 0], moves: [0, 1] }, apart],
    ["sums of what each fits alone", { spill: 1, cost: 1 }, { spill: [MOST, 1], cost: [MOST, 1] }, apart],
    [
      "beyond all numbers",
      { spill: 1e300 },
      { spill: [1e9] },
      /makes costs larger than numbers can hold; give smaller/,
    ],
    ["so in sum", { spill: 1, cost: 1 }, { spill: [1e308], cost: [1e308] }, /larger than numbers can hold/],
    [
      "close to nothing",
      { spill: 1e-310 },
      { spill: [1, 2] },
      /makes costs smaller than numbers can hold; give larger/,
    ],
  ])("%s", (_what, weights, costs, message) => {
    expect(spanFault(stage(weights), some(costs), MOST)).toMatch(message);
  });

  test("the sentence names the weights and the figures", () => {
    expect(spanFault(stage({ flooding: 3, cost: 1e6 }), some({ flooding: [1, 0], cost: [0, 3.6e9] }), MOST)).toBe(
      "policy: { flooding: 3, cost: 1000000 } weighs costs from 3 to 3600000000000000 against each other, further apart than " +
        "numbers can hold; give the more important objective a place of its own, or weights that are less far apart.",
    );
  });
});

/** Water may be treated, at a price, spill at the river or at the brook, or flood. */
const city = ({ price = 0, river = 1, brook = 1, target = 0.1 } = {}): NetworkFile => ({
  units: { flow: "m3/s" },
  nodes: [
    { id: "town", kind: "catchment", inflow: 0.4 },
    { id: "works", kind: "plant", capacity: 1, treatmentCost: price },
    { id: "river", kind: "outfall", weight: river },
    { id: "brook", kind: "outfall", weight: brook },
  ],
  links: [
    { id: "a", kind: "conduit", from: "town", to: "works", capacity: 1, target },
    { id: "b", kind: "gate", from: "town", to: "river", capacity: 1 },
    { id: "c", kind: "gate", from: "town", to: "brook", capacity: 1 },
  ],
});

describe.each(ENGINE_NAMES)("a dispatch by %s", (engine) => {
  const plan = (file: NetworkFile, policy: Policy) => dispatch(loadNetwork(file), { engine, policy });

  test.each<[what: string, file: NetworkFile, policy: Policy]>([
    ["treatment at a price beyond all weights", city({ price: 1e6 }), [{ flooding: 5, cost: 1e6 }, "spill"]],
    ["an outfall's weight", city({ river: 1e9 }), [{ spill: 1e6, flooding: 1 }]],
    ["weights of a policy", city(), ["balance", { surcharge: 1e-9, spill: 1e9 }]],
    ["weights close to nothing", city(), [{ flooding: 1e-312 }]],
    ["weights beyond numbers", city({ price: 1e9 }), ["flooding", { cost: 1e299 }]],
  ])("is refused: %s", (_what, file, policy) => {
    const call = () => plan(file, policy);
    expect(call).toThrow(OptionError);
    expect(call).toThrow(/^policy: \{ .* numbers can hold/);
  });

  test("weighs figures that are far apart but fit", () => {
    // Treating a m³/s for an hour costs 360 000, spilling it into the river 500, flooding a million.
    const { objectives } = plan(city({ price: 100, river: 1e3, brook: 2e3 }), [{ flooding: 1e6, cost: 1, spill: 0.5 }]);
    expect(objectives.map(({ value }) => value)).toEqual([0, 0, 400]);
  });

  test("takes a single objective with any weight as it is", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-290, max: 1e290, noNaN: true }), (weight) => {
        const { spills } = plan(city({ river: 2, brook: 1 }), [
          { surcharge: 1 },
          { flooding: weight },
          { spill: weight },
        ]);
        expect(spills.map(({ flow }) => flow)).toEqual([0.3, 0]);
      }),
      { numRuns: 30 },
    );
  });
});
