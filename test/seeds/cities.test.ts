import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { certify, checkNetwork, dispatch, loadNetwork, presentPlan, stateOf } from "../../src/index.js";
import type { State } from "../../src/index.js";

const read = (path: string) => readFileSync(new URL(`../../seeds/${path}`, import.meta.url), "utf8");
const seed = (name: string) => ({
  network: loadNetwork(read(`${name}/network.json`)),
  state: JSON.parse(read(`${name}/state.json`)) as State,
});

// Levels to which plants can be evened out, as exact fractions, and the moves that takes, from an independent LP.
const surveys: readonly [city: string, levels: readonly [share: number, plants: readonly string[]][], moves: number][] =
  [
    [
      "milwaukee",
      [
        [0.46048, ["fox-river"]],
        [1.43 / 4.1, ["sussex-regional"]],
        [104.869 / 565, ["jones-island", "south-shore"]],
      ],
      5.153309733613,
    ],
    [
      "cobb-atlanta",
      [
        [8.1 / 10.05, ["chicken-creek", "fowler", "hampton-creek", "james-creek", "shakerag"]],
        [7.809 / 12.001, ["fitzgerald-creek", "riverbend", "rose-creek"]],
        [80 / 124, ["cobb-noonday-creek", "cobb-northwest", "cobb-south", "cobb-sutton"]],
        [0.6315, ["bethelview"]],
        [0.3 / 0.76, ["dick-creek"]],
        [24.462 / 65.7, ["big-creek", "camp-creek", "johns-creek", "little-bear", "little-river"]],
      ],
      24.477157133975,
    ],
    [
      "denver",
      [
        [220.524 / 276.7, ["brighton", "metro", "sand-creek", "south-adams", "westminster-big-dry-creek"]],
        [0.60016, ["south-platte-renew"]],
      ],
      5.670113841706,
    ],
    [
      "cleveland",
      [
        [0.74, ["hinckley"]],
        [8.958 / 22, ["euclid"]],
        [0.3925, ["bedford"]],
        [1.288 / 3.6, ["bedford-heights"]],
        [94.138 / 920, ["neorsd-easterly", "neorsd-southerly", "neorsd-westerly"]],
      ],
      16.88697826107,
    ],
  ];

describe.each(surveys)("%s", (city, levels, moves) => {
  const { network, state } = seed(city);
  const plan = dispatch(network, { state });
  const value = (name: string) => plan.objectives.find((one) => one.name === name)?.value;

  test("is sound, and its plan proved", () => {
    expect(checkNetwork(network)).toEqual([]);
    expect(certify(network, stateOf(network, { state }), plan)).toEqual({ valid: true, optimal: true, problems: [] });
    expect(["flooding", "spill", "starved", "surcharge", "cost"].map(value)).toEqual([0, 0, 0, 0, 0]);
  });

  test("plants are as even as they can be", () => {
    const expected = new Map(levels.flatMap(([share, plants]) => plants.map((id) => [id, share] as const)));
    expect(plan.plants.map((plant) => plant.id).sort()).toEqual([...expected.keys()].sort());
    // To the quantum, 10⁻⁹ MGD, that a plant takes more or less.
    for (const { id, utilisation, available } of plan.plants)
      expect(Math.abs(utilisation - expected.get(id)!)).toBeLessThan(1e-9 / available + 5e-9);
  });

  test("with as few moves as that takes", () => {
    expect(value("moves")).toBeCloseTo(moves, 6);
  });

  test("today's set points can be kept as they stand", () => {
    const present = presentPlan(network, { state });
    expect(present.objectives.find((one) => one.name === "moves")?.value).toBe(0);
  });
});

describe("xinxiang", () => {
  const { network, state } = seed("xinxiang");
  const shares = (out: string[]) =>
    dispatch(network, { state, outages: out })
      .plants.filter((plant) => plant.available > 0)
      .map((plant) => plant.utilisation)
      .sort((a, b) => b - a);
  const value = (out: string[], name: string) =>
    dispatch(network, { state, outages: out }).objectives.find((one) => one.name === name)?.value;

  test("evens out to three levels, exactly", () => {
    expect(shares([])).toEqual(
      [369 / 460, 369 / 460, 0.748, 0.748, 0.748, 0.6].map((share) => expect.closeTo(share, 10) as number),
    );
    expect(value([], "cost")).toBeCloseTo(9_263_069_791 / 552_000, 6);
    expect(value([], "moves")).toBeCloseTo(60_859 / 5750, 9);
  });

  // From an independent LP: spill and surcharge, weighted; utilisations.
  test.each<[out: string, spill: number, surcharge: number, shares: number[]]>([
    ["wwtp-east", 25.375, 0.8, [1, 0.748, 0.748, 0.748, 0.66]],
    ["wwtp-north", 7.05, 2.56, [411 / 460, 411 / 460, 119 / 150, 119 / 150, 0.6]],
    ["wwtp-gaoxin", 10.8, 2.59, [0.95, 0.748, 0.748, 0.748, 0.72]],
    ["wwtp-jingkai", 4.8, 0, [381 / 460, 381 / 460, 0.748, 0.748, 0.748]],
    ["wwtp-west", 6, 3.66, [149 / 160, 68 / 75, 59 / 70, 0.82, 0.6]],
    ["wwtp-south", 0, 1.97, [0.959375, 0.959375, 68 / 75, 0.82, 0.6]],
  ])("%s out", (out, spill, surcharge, expected) => {
    expect(value([out], "flooding")).toBe(0);
    expect(value([out], "spill")).toBeCloseTo(spill, 9);
    expect(value([out], "surcharge")).toBeCloseTo(surcharge, 9);
    expect(shares([out])).toEqual(expected.map((share) => expect.closeTo(share, 9) as number));
  });
});
