import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  certify,
  dispatch,
  loadNetwork,
  loadState,
  OptionError,
  preventivePlan,
  stateOf,
  type Outage,
} from "../../src/index.js";
import { twin } from "../support/cities.js";

describe("two districts, by hand", () => {
  // North's 0.9 reaches the east plant, south's 0.3 the west plant; from east to west the tie takes 0.25 and the lift 0.5. Losing the
  // east plant spills 0.9 less what is set to go west, which is 0.3 when plants are even; losing the west plant spills south's 0.3, for the east plant takes
  // in all that reaches it.
  const city = loadNetwork(twin());
  const { plan, unsecured, risks, price } = preventivePlan(city, { secure: ["east", "west", "cso"] });

  test("each outage is told before and after, in the order given", () => {
    expect(risks.map(({ outages }) => outages)).toEqual([["east"], ["west"], ["cso"]]);
    expect(risks.map((risk) => Math.round(risk.unsecured * 1e6) / 1e6)).toEqual([0.6, 0.3, 0]);
    expect(risks.map((risk) => Math.round(risk.secured * 1e6) / 1e6)).toEqual([0.3, 0.3, 0]);
    expect(plan.plants.map(({ intake }) => Math.round(intake * 1e6) / 1e6)).toEqual([0.3, 0.9]);
    expect(unsecured).toEqual(dispatch(city));
  });

  test("a list that doesn't have the west plant sends all it can there, and pays for it", () => {
    const east = preventivePlan(city, { secure: ["east"] });
    expect(east.risks[0]?.unsecured).toBeCloseTo(0.6, 6);
    expect(east.risks[0]?.secured).toBeCloseTo(0.2, 6);
    expect(east.plan.plants.map(({ intake }) => Math.round(intake * 1e6) / 1e6)).toEqual([0.2, 1]);
    const { highestUtilisation, cost } = east.price;
    expect(highestUtilisation.unsecured).toBe(0.6);
    expect(highestUtilisation.secured).toBeCloseTo(1, 6);
    // Each unit more than 0.25 goes by the lift at 0.1, each unit west costs 0.1 more to treat; 3600 s.
    expect(cost.unsecured).toBeCloseTo(3600 * (0.6 * 0.5 + 0.6 * 0.6 + 0.05 * 0.1), 4);
    expect(cost.secured).toBeCloseTo(3600 * (0.2 * 0.5 + 1 * 0.6 + 0.45 * 0.1), 2);
  });

  test("both plans are what dispatch makes of the same options", () => {
    expect(plan).toEqual(dispatch(city, { secure: ["east", "west", "cso"] }));
    const policy = ["flooding", "spill", "security", "cost"] as const;
    const options = { outages: ["tie"], policy, state: { inflows: { south: 0.5 } } };
    const other = preventivePlan(city, { ...options, secure: ["east"] });
    expect(other.plan).toEqual(dispatch(city, { ...options, secure: ["east"] }));
    expect(other.unsecured).toEqual(dispatch(city, { ...options, policy: ["flooding", "spill", "cost"] }));
    expect(price.cost.secured).toBeGreaterThanOrEqual(0);
  });

  test("several at once are one outage, and a pair is as bad as either", () => {
    const pair: Outage[] = ["west", { id: "lift", availability: 0.5 }];
    const { risks: both } = preventivePlan(city, { secure: [pair, "west"] });
    expect(both[0]?.outages).toEqual(["west", "lift"]);
    expect(both[0]!.secured).toBeGreaterThanOrEqual(both[1]!.secured);
  });

  test("without a list it says what is missing", () => {
    expect(() => preventivePlan(city, {} as never)).toThrow(OptionError);
    expect(() => preventivePlan(city, {} as never)).toThrow(/needs the option secure/);
    expect(() => preventivePlan(city, { secure: [] })).toThrow(OptionError);
  });
});

test.each(["two-plants", "xinxiang", "milwaukee"])("%s: no plant's loss is as bad as it was", (name) => {
  const read = (file: string) => readFileSync(new URL(`../../seeds/${name}/${file}.json`, import.meta.url), "utf8");
  const city = loadNetwork(read("network"));
  const state = loadState(city, read("state"));
  const secure = city.nodes.filter((node) => node.kind === "plant").map((node) => node.id);
  const { plan, unsecured, risks } = preventivePlan(city, { state, secure });
  const worst = (which: "unsecured" | "secured") => Math.max(...risks.map((risk) => risk[which]));
  expect(worst("secured")).toBeLessThan(worst("unsecured"));
  expect(plan.objectives[2]).toEqual({ name: "security", value: worst("secured"), unit: city.units.flow });
  expect(plan.objectives.slice(0, 2)).toEqual(unsecured.objectives.slice(0, 2));
  expect(certify(city, stateOf(city, { state }), plan, { secure }).problems).toEqual([]);
});
