import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { certify, dispatch, ENGINE_NAMES, loadNetwork, presentPlan, stateOf } from "../../src/index.js";
import type { State } from "../../src/index.js";

const read = (name: string) => readFileSync(new URL(`../../seeds/two-plants/${name}`, import.meta.url), "utf8");
const network = loadNetwork(read("network.json"));
const dayState = JSON.parse(read("state.json")) as State;

// Each row is worked out by hand in the seed's README: flooding, spill, starved, surcharge, balance, cost, moves, sharing.
const scenarios: readonly [name: string, state: State, objectives: readonly (number | number[])[]][] = [
  ["dry weather", {}, [0, 0, 0, 0, [0.75, 0.75], 4055.04, 0.25, [0, 0]]],
  [
    "the interconnection half shut",
    { availability: { interconnection: 0.5 } },
    [0, 0, 0, 0.01, [0.81, 0.65], 4030.416, 0.13, [0, 0]],
  ],
  ["west out", { out: ["west"] }, [0, 1.44, 0, 0, [0.8], 1734.552, 0.31, [0, 0]]],
  ["east out", { out: ["east"] }, [0, 0.76, 0, 0.2, [1], 3240, 0.18, [0, 0]]],
  ["night", { inflows: { north: 0.4, south: 0.08 } }, [0, 0, 0.12, 0, [0.3, 0.3], 1620, 0.1, [0, 0]]],
  ["storm", { inflows: { north: 1.3, south: 0.6 } }, [0.2, 0.2, 0, 0.2, [1, 1], 5412.6, 0.25, [0.2 / 1.3, 0]]],
];

describe.each(ENGINE_NAMES)("two plants by hand, engine %s", (engine) => {
  test.each(scenarios)("%s", (_name, change, expected) => {
    const state = { ...dayState, ...change };
    const plan = dispatch(network, { state, engine });
    expect(certify(network, state, plan)).toEqual({ valid: true, optimal: engine === "network", problems: [] });
    expect(plan.objectives.map((objective) => objective.name)).toEqual([
      "flooding",
      "spill",
      "starved",
      "surcharge",
      "balance",
      "cost",
      "moves",
      "sharing",
    ]);
    plan.objectives.forEach(({ value }, i) => {
      const right = expected[i];
      if (typeof value === "number") expect(value).toBeCloseTo(right as number, 8);
      else {
        expect(value).toHaveLength((right as number[]).length);
        value.forEach((share, k) => {
          expect(share).toBeCloseTo((right as number[])[k]!, 8);
        });
      }
    });
  });

  test("the status quo keeps the set points", () => {
    const plan = presentPlan(network, { state: dayState, engine });
    const value = (name: string) => plan.objectives.find((objective) => objective.name === name)?.value;
    expect(value("moves")).toBe(0);
    expect(value("surcharge")).toBeCloseTo(0.1, 9);
    expect(value("cost")).toBeCloseTo(3996, 6);
    expect(plan.plants.map(({ id, utilisation }) => [id, utilisation])).toEqual([
      ["east", 0.5],
      ["west", 0.9],
    ]);
    expect(certify(network, stateOf(network, { state: dayState }), plan).problems).toEqual([]);
  });
});
