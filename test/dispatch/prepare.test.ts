import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  certify,
  dispatch,
  ENGINE_NAMES,
  loadNetwork,
  NetworkError,
  OptionError,
  prepare,
  stateOf,
} from "../../src/index.js";
import type { Language, Plan, Policy, State } from "../../src/index.js";
import { cityAndState, twin } from "../support/cities.js";

describe("a prepared network", () => {
  test("gives the plan that a cold dispatch gives, to the last digit, whatever was solved before", () => {
    fc.assert(
      fc.property(cityAndState, fc.infiniteStream(fc.nat(1000)), ({ file, state }, numbers) => {
        const network = loadNetwork(file);
        const ready = prepare(network);
        const next = (below: number) => (numbers.next().value ?? 0) % Math.max(1, below);
        const catchments = network.nodes.filter((node) => node.kind === "catchment");
        const elements = [...network.nodes, ...network.links];
        let now: State = state;
        for (let change = 0; change < 100; change++) {
          const one = elements[next(elements.length)]!.id;
          const catchment = catchments[next(catchments.length)];
          const kind = next(4);
          if (kind === 0 && catchment !== undefined) {
            now = { ...now, inflows: { ...now.inflows, [catchment.id]: next(30) / 10 } };
          } else if (kind === 1) now = { ...now, availability: { ...now.availability, [one]: next(11) / 10 } };
          else if (kind === 2) now = { ...now, out: now.out?.includes(one) === true ? [] : [one] };
          else now = { ...now, setPoints: change % 2 === 0 ? {} : (state.setPoints ?? {}) };
          const warm = ready.solve({ state: now });
          if (change % 10 !== 9) continue;
          // The proof may be another one: potentials aren't unique.
          const { certificate: _one, ...warmPlan } = warm.plan();
          const { certificate: _other, ...coldPlan } = dispatch(network, { state: now });
          expect(warmPlan).toEqual(coldPlan);
          if (change === 99) expect(certify(network, stateOf(network, { state: now }), warm.plan()).optimal).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("tells status and objectives without a plan", () => {
    const ready = prepare(loadNetwork(twin()));
    const dry = ready.solve();
    expect(dry.status).toBe("normal");
    expect(dry.objective("balance").value).toEqual([0.6, 0.6]);
    const failed = ready.solve({ outages: ["east"] });
    expect(failed.status).toBe("spilling");
    // 0.9 arrives at east: 0.25 through the tie, 0.45 through the lift fill west to 1 with its own 0.3; 0.2 spills, weight 2.
    expect(failed.objective("spill").value).toBeCloseTo(0.4, 12);
    expect(failed.plan().objectives[1]).toEqual(failed.objective("spill"));
  });
});

test("a prepared network takes the options that a dispatch takes, and no others", () => {
  const ready = prepare(loadNetwork(twin()));
  expect(() => ready.solve({ outage: ["east"] } as never)).toThrow('Did you mean "outages"?');
});

describe("options", () => {
  const city = loadNetwork(twin());

  test.each<[what: string, call: () => unknown, message: string]>([
    ["no object", () => dispatch(city, null as never), "options are null"],
    ["a misspelt one", () => dispatch(city, { tolerence: 0.1 } as never), 'Did you mean "tolerance"?'],
    ["an unknown engine", () => dispatch(city, { engine: "networks" as never }), 'Did you mean "network"?'],
    ["an unknown language", () => dispatch(city, { language: "fr" as Language }), "there is no language"],
    ["a tolerance as text", () => dispatch(city, { tolerance: "0.1" as never }), "a tolerance is a share"],
    ["a tolerance below 0", () => dispatch(city, { tolerance: -0.1 }), "a tolerance is a share"],
    ["a tolerance that is NaN", () => dispatch(city, { tolerance: NaN }), "a tolerance is a share"],
    ["an unknown objective", () => dispatch(city, { policy: ["spil"] as never }), 'Did you mean "spill"?'],
    ["an objective twice", () => dispatch(city, { policy: ["spill", { spill: 1 }] }), "occurs twice"],
    ["a weight of 0", () => dispatch(city, { policy: [{ spill: 0 }] }), "a weight is above 0"],
    ["balance among weights", () => dispatch(city, { policy: [{ balance: 1 }] as never }), "balance is a vector"],
    ["a policy of nothing", () => dispatch(city, { policy: [] }), "policy is an empty list"],
    ["weights of nothing", () => dispatch(city, { policy: [{}] }), "policy: an object weighs nothing"],
    ["weights that aren't given", () => dispatch(city, { policy: [{ spill: undefined }] as never }), "weighs nothing"],
    ["an objective that isn't given", () => dispatch(city, { policy: [undefined] as never }), "undefined is neither"],
    ["a policy with a hole", () => dispatch(city, { policy: new Array(1) as never }), "undefined is neither"],
    ["a policy in a policy", () => dispatch(city, { policy: [[]] as never }), "an empty list weighs nothing"],
    ["a policy that is no list", () => dispatch(city, { policy: "spill" as never }), "policy is a list"],
    ["an engine of null", () => dispatch(city, { engine: null as never }), "there is no engine null"],
    ["a weight that is no number", () => dispatch(city, { policy: [{ spill: 1n as never }] }), "a weight is above 0"],
    ["options of null", () => stateOf(city, null as never), "options are null"],
    [
      "a value of nothing known",
      () =>
        prepare(city)
          .solve()
          .objective("spil" as never),
      'no objective "spil"',
    ],
    ["a policy of nothing known", () => dispatch(city, { policy: [null] as never }), "neither an objective"],
    ["outages as text", () => dispatch(city, { outages: "east" as never }), "they are a list"],
    ["an outage of null", () => dispatch(city, { outages: [null] as never }), "an outage is an id, or"],
    ["an outage without an id", () => dispatch(city, { outages: [{ availability: 1 }] as never }), "an object"],
    [
      "a key an outage doesn't have",
      () => dispatch(city, { outages: [{ id: "east", share: 1 }] as never }),
      'an outage has "share"',
    ],
    ["a plan that is none", () => dispatch(city, { from: {} as Plan }), "from is not a plan"],
    [
      "a plan of another city",
      () => dispatch(city, { from: { links: [{ id: "x", flow: 1, utilisation: 0, aboveTarget: 0 }] } }),
      '"x"',
    ],
  ])("%s", (_what, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });

  test.each<[what: string, call: () => unknown, message: string]>([
    ["an outage of nothing known", () => dispatch(city, { outages: ["eats"] }), 'Did you mean "east"?'],
    ["an outage named twice", () => dispatch(city, { outages: ["east", "east"] }), "twice"],
    ["a share that is left of 2", () => dispatch(city, { outages: [{ id: "east", availability: 2 }] }), "from 0"],
    ["a file that wasn't loaded", () => dispatch(twin() as never), "call loadNetwork"],
  ])("%s", (_what, call, message) => {
    expect(call).toThrow(NetworkError);
    expect(call).toThrow(message);
  });
});

describe.each(ENGINE_NAMES)("the policy, engine %s", (engine) => {
  const city = loadNetwork(twin());
  const value = (plan: Plan, name: string) => plan.objectives.find((one) => one.name === name)?.value;

  test("objectives are listed in the order they were taken", () => {
    const policy: Policy = ["flooding", { cost: 1, moves: 2 }, "balance"];
    expect(dispatch(city, { policy, engine }).objectives.map((one) => one.name)).toEqual([
      "flooding",
      "cost",
      "moves",
      "balance",
    ]);
  });

  test("cost before balance keeps the water where it is cheap", () => {
    // East treats at 0.5 and west at 0.6: east fills up, over the tie, which runs backwards.
    const plan = dispatch(city, { policy: ["flooding", "spill", "cost", "balance"], engine });
    expect(plan.plants.map((plant) => plant.intake)).toEqual([1, 0.2]);
    expect(value(plan, "cost")).toBeCloseTo((1 * 0.5 + 0.2 * 0.6) * 3600, 6);
  });

  test("a tolerance lets cost move plants so far and no further", () => {
    // Even, both run at 0.6, for which 0.25 goes through the tie and 0.05 is lifted. Within 0.02 east may keep 0.62.
    const even = dispatch(city, { engine });
    expect(value(even, "cost")).toBeCloseTo((0.6 * 0.5 + 0.6 * 0.6 + 0.05 * 0.1) * 3600, 6);
    const loose = dispatch(city, { tolerance: 0.02, engine });
    loose.plants.forEach((plant, i) => {
      expect(plant.utilisation).toBeCloseTo([0.62, 0.58][i]!, 9);
    });
    expect(value(loose, "cost")).toBeCloseTo((0.62 * 0.5 + 0.58 * 0.6 + 0.03 * 0.1) * 3600, 5);
  });

  test("a plant of weight 2 runs twice as full", () => {
    const file = twin();
    const west = file.nodes.find((node) => node.id === "west")!;
    Object.assign(west, { weight: 2 });
    const plan = dispatch(loadNetwork(file), { engine });
    expect(plan.plants.map((plant) => Math.round(plant.utilisation * 1e9) / 1e9)).toEqual([0.4, 0.8]);
  });

  test("a gate runs backwards where that evens out", () => {
    const state = { inflows: { north: 0.2, south: 0.6 } };
    const plan = dispatch(city, { state, engine });
    expect(plan.links.find((link) => link.id === "tie")?.flow).toBeCloseTo(-0.2, 9);
    expect(plan.plants.map((plant) => Math.round(plant.intake * 1e9) / 1e9)).toEqual([0.4, 0.4]);
  });
});

test("a set point beyond what a link carries is taken as that, and told", () => {
  const city = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 1 },
      { id: "p", kind: "plant", capacity: 2 },
    ],
    links: [{ id: "lift", kind: "pump", from: "c", to: "p", capacity: 2, name: { en: "Lift", zh: "提升泵" } }],
  });
  const plan = dispatch(city, { state: { setPoints: { lift: 5 } } });
  expect(plan.moves).toMatchObject([{ id: "lift", from: 2, to: 1 }]);
  expect(plan.notes).toEqual([
    {
      code: "set-point-clipped",
      id: "lift",
      text: "Lift carries 2.000 m³/s at most; its set point of 5.000 m³/s is taken as that.",
    },
  ]);
  expect(dispatch(city, { state: { setPoints: { lift: 5 } }, language: "zh" }).notes[0]?.text).toBe(
    "提升泵的输送能力为 2.000 m³/s，设定值 5.000 m³/s 按此取用。",
  );
  expect(dispatch(city, { state: { setPoints: { lift: 2 } } }).notes).toEqual([]);
  expect(certify(city, { setPoints: { lift: 5 } }, plan).problems).toEqual([]);
});
