import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { byRank } from "../../src/contingency/screen.js";
import { ComponentScreening } from "../../src/contingency/component-screening.js";
import { FlowProblem } from "../../src/problem/problem.js";
import {
  criticality,
  dispatch,
  loadNetwork,
  NetworkError,
  OptionError,
  screenOutages,
  streamOutages,
  timeToSpill,
} from "../../src/index.js";
import type { Network, NetworkFile, OutageResult, Plan, ScreenOptions, State } from "../../src/index.js";
import { elementsOf } from "../../src/network/checked.js";
import { componentsOf } from "../../src/network/components.js";
import { fromQuanta, toQuanta } from "../../src/units/flow.js";
import { cityAndState, twin } from "../support/cities.js";
import { FC_RUNS } from "../support/runs.js";
import { inOneFile, towns } from "../support/towns.js";

/** Wet wells that take minutes to fill, not seconds. */
const withWells = (file: NetworkFile): NetworkFile => ({
  ...file,
  nodes: file.nodes.map((node) => (node.kind === "storage" ? { ...node, volume: { max: 3000, initial: 600 } } : node)),
});

function expectCold(network: Network, state: State, result: OutageResult, tolerance = 0): void {
  const options = { state, outages: result.out };
  const plan = dispatch(network, { ...options, tolerance });
  const unit = network.units.flow;
  const sum = (list: Plan["spills"]) =>
    fromQuanta(
      list.reduce((total, { flow }) => total + toQuanta(flow, unit), 0),
      unit,
    );
  const isLost = plan.status === "spilling" || plan.status === "flooding";
  expect(result).toEqual({
    out: result.out,
    status: plan.status,
    objectives: plan.objectives,
    lost: { flooding: sum(plan.flooding), spill: sum(plan.spills) },
    highestUtilisation: Math.max(0, ...plan.plants.map((plant) => plant.utilisation)),
    minutesToSpill: isLost ? timeToSpill(network, options).acting.minutesToSpill : null,
  });
}

describe("each screened figure is that of a cold dispatch of the same outage", () => {
  test("alone and in pairs, whatever the city", () => {
    let pruned = 0;
    let screened = 0;
    const solved = vi.spyOn(ComponentScreening.prototype as unknown as { figures: () => unknown }, "figures");
    fc.assert(
      fc.property(cityAndState, fc.nat(), ({ file, state }, from) => {
        const network = loadNetwork(withWells(file));
        const ids = [...network.nodes, ...network.links].map(({ id }) => id);
        const elements = ids.map((_id, i) => ids[(i + from) % ids.length]!).slice(0, 7);
        solved.mockClear();
        const results = [...streamOutages(network, { state, depth: 2, elements })];
        screened += results.length;
        pruned += results.length - solved.mock.calls.length;
        for (const result of results) expectCold(network, state, result);
      }),
      { numRuns: 150 * FC_RUNS },
    );
    // Both ways are taken: results are read off others, and found anew.
    expect(pruned / screened).toBeGreaterThan(0.2);
    expect(pruned / screened).toBeLessThan(0.9);
    vi.restoreAllMocks();
  });

  test("a node that one of its links leaves dry isn't solved for again", () => {
    // Without main nothing gets beyond the town, so k is as good as out; without weir the river is.
    const network = loadNetwork({
      nodes: [
        { id: "town", kind: "catchment", inflow: 2 },
        { id: "k", kind: "junction" },
        { id: "p", kind: "plant", capacity: 1 },
        { id: "river", kind: "outfall" },
      ],
      links: [
        { id: "main", kind: "conduit", from: "town", to: "k", capacity: 2 },
        { id: "inlet", kind: "conduit", from: "k", to: "p", capacity: 2 },
        { id: "weir", kind: "conduit", from: "k", to: "river", capacity: 2 },
      ],
      units: { flow: "m3/s" },
    });
    const solved = vi.spyOn(
      ComponentScreening.prototype as unknown as { figures: (lost: number[]) => unknown },
      "figures",
    );
    const results = screenOutages(network);
    const ids = ["k", "p", "river", "main", "inlet", "weir"];
    expect(solved.mock.calls.map(([lost]) => lost.map((i) => ids[i]).join())).toEqual([
      "",
      "main",
      "inlet",
      "p",
      "weir",
    ]);
    for (const result of results) expectCold(network, {}, result);
    vi.restoreAllMocks();
  });

  test("also of what a plan within a tolerance does without, but evening out doesn't", () => {
    // Even by the lift, 0.5 and 0.5; then the cheaper east takes as much as the tolerance of 0.1 lets it, by the sewer, and the lift
    // rests. Without the lift 0.55 and 0.45 are as even as can be, and the tolerance begins there.
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "north", kind: "catchment", inflow: 0.55 },
        { id: "south", kind: "catchment", inflow: 0.45 },
        { id: "east", kind: "plant", capacity: 1, treatmentCost: 0.2 },
        { id: "west", kind: "plant", capacity: 1, treatmentCost: 1 },
      ],
      links: [
        { id: "a", kind: "conduit", from: "north", to: "east", capacity: 1 },
        { id: "b", kind: "conduit", from: "south", to: "west", capacity: 1 },
        { id: "lift", kind: "pump", from: "north", to: "west", capacity: 1, energy: 0.1 },
        { id: "sewer", kind: "conduit", from: "south", to: "east", capacity: 1 },
        { id: "spare", kind: "conduit", from: "south", to: "east", capacity: 0 },
      ],
    });
    const options = { tolerance: 0.1, elements: ["lift", "spare"] };
    const results = [...streamOutages(network, { ...options, depth: 2 })];
    expect(results.map(({ out, highestUtilisation }) => [out.join(), highestUtilisation])).toEqual([
      ["lift", 0.65],
      ["spare", 0.6],
      ["lift,spare", 0.65],
    ]);
    for (const result of results) expectCold(network, {}, result, options.tolerance);
  });

  test("also in part, under another policy, within a tolerance", () => {
    const network = loadNetwork(twin());
    const state = { setPoints: { tie: 0.2, lift: 0.1, cso: 0 } };
    const options = { policy: ["spill", "balance", { cost: 1, moves: 2 }], tolerance: 0.05 } as const;
    const elements = [{ id: "east", availability: 0.4 }, { id: "a", availability: 0.5 }, "tie", "river", "west"];
    for (const result of screenOutages(network, { ...options, state, elements, depth: 2 })) {
      const outages = elements.filter((outage) => result.out.includes(typeof outage === "string" ? outage : outage.id));
      expect(result.objectives).toEqual(dispatch(network, { ...options, state, outages }).objectives);
    }
  });
});

describe("a network of several components", () => {
  test("each figure is that of a cold dispatch, of elements in one and of pairs from two", () => {
    let across = 0;
    fc.assert(
      fc.property(towns, fc.nat(), fc.constantFrom(0, 0, 0.1), (list, from, tolerance) => {
        const { file, state } = inOneFile(list);
        const network = loadNetwork(withWells(file));
        const ids = [...network.nodes, ...network.links].map(({ id }) => id);
        const elements = ids.map((_id, i) => ids[(i * 7 + from) % ids.length]!).slice(0, 6);
        const unique = [...new Set(elements)];
        for (const result of streamOutages(network, { state, depth: 2, elements: unique, tolerance })) {
          expectCold(network, state, result, tolerance);
          const parts = componentsOf(network).filter((part) => result.out.some((id) => elementsOf(part).has(id)));
          if (parts.length > 1) across += 1;
        }
      }),
      { numRuns: 25 * FC_RUNS },
    );
    expect(across).toBeGreaterThan(50);
  });

  test("an outage costs a solve in its own component, and a pair from two costs none", () => {
    const { nodes, links, units } = twin();
    const named = (town: string) => ({
      nodes: nodes.map((node) => ({ ...node, id: node.id + town })),
      links: links.map((link) => ({ ...link, id: link.id + town, from: link.from + town, to: link.to + town })),
    });
    const [one, other] = [named("1"), named("2")];
    const network = loadNetwork({
      units,
      nodes: [...one.nodes, ...other.nodes],
      links: [...one.links, ...other.links],
    });
    const solved = vi.spyOn(FlowProblem.prototype, "load");
    const elements = ["a1", "a2", "b2"];
    const stream = streamOutages(network, { elements, depth: 2 });
    const solves = () => {
      const nodesOf = (solved.mock.contexts as FlowProblem[]).map((problem) => problem.network.nodes[0]!.id);
      solved.mockClear();
      return nodesOf;
    };
    expect(solves()).toEqual(["east1", "east2"]);
    const next = () => [(stream.next().value as OutageResult).out.join(), ...solves()];
    expect(next()).toEqual(["a1", "east1"]);
    expect(next()).toEqual(["a2", "east2"]);
    expect(next()).toEqual(["b2", "east2"]);
    expect(next()).toEqual(["a1,a2"]);
    expect(next()).toEqual(["a1,b2"]);
    // Once to start from, and once for the pair.
    expect(next()).toEqual(["a2,b2", "east2", "east2"]);
    vi.restoreAllMocks();
  });

  test("more inflow in all than adds up exactly is refused", () => {
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: ["c1", "c2"].map((id) => ({ id, kind: "catchment" as const, inflow: 1 })),
      links: [],
    });
    const state = { inflows: { c1: 9000, c2: 9000 } };
    expect(() => screenOutages(network, { state })).toThrow("the most that is held exactly");
  });
});

test("where there is nothing to lose, or nothing is named, the table is empty", () => {
  const hamlet = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [{ id: "c", kind: "catchment", inflow: 1 }],
    links: [],
  });
  expect(screenOutages(hamlet)).toEqual([]);
  expect(screenOutages(hamlet, { depth: 2 })).toEqual([]);
  expect(criticality(hamlet)).toEqual([]);
  expect(screenOutages(loadNetwork(twin()), { elements: [] })).toEqual([]);
});

describe("a screening by hand", () => {
  // 1.2 m³/s in all, plants of 1 each. Without east, its 0.9 can only pass on by the tie and the pump, 0.25 + 0.5, to west, which
  // has 0.7 left beside the south's 0.3: 0.2 spills. Without west, the south's 0.3 gets over by the tie's 0.25 alone: 0.05
  // floods, and east takes 1 of 1.15, so that 0.15 spill (weight 2). Without a or b everything above floods.
  const city = loadNetwork(twin());

  test("worst first", () => {
    const table = screenOutages(city).map(({ out, status, objectives }) => {
      const value = (name: string) => objectives.find((one) => one.name === name)?.value;
      return [out[0], status, value("flooding"), value("spill")];
    });
    expect(table.slice(0, 4)).toEqual([
      ["a", "flooding", 0.9, 0],
      ["b", "flooding", 0.3, 0],
      ["west", "flooding", 0.05, 0.3],
      ["east", "spilling", 0, 0.4],
    ]);
    expect(table.slice(4).every(([, status]) => status === "normal")).toBe(true);
    // Of those that lose no water, only the pump leaves a plant fuller: the tie alone can't even out 0.9 and 0.3. The rest by id.
    expect(table.slice(4).map(([id]) => id)).toEqual(["lift", "cso", "river", "tie"]);
  });

  test("what comes first in a ranking outweighs all that comes later", () => {
    const result = (
      out: string,
      flooding: number,
      spill: number,
      full: number,
      above: number,
      minutes: number | null,
    ) =>
      ({
        out: [out],
        status: "flooding",
        objectives: [
          { name: "flooding", value: flooding, unit: "m3/s" },
          { name: "spill", value: spill, unit: "m3/s" },
          { name: "surcharge", value: above, unit: "m3/s" },
        ],
        lost: { flooding, spill: 0 },
        highestUtilisation: full,
        minutesToSpill: minutes,
      }) satisfies OutageResult;
    const ranked = [
      result("z", 2, 0, 0, 0, null),
      result("y", 1, 2, 0, 0, null),
      result("x", 1, 1, 0.9, 0, null),
      result("w", 1, 1, 0.8, 3, null),
      result("v", 1, 1, 0.8, 2, 5),
      result("t", 1, 1, 0.8, 2, 9),
      result("u", 1, 1, 0.8, 2, 9),
      result("s", 1, 1, 0.8, 2, null),
    ];
    expect([...ranked].reverse().sort(byRank)).toEqual(ranked);
  });

  test("catchments are only screened where they are asked for", () => {
    const out = (options: ScreenOptions) => screenOutages(city, options).flatMap((result) => result.out);
    expect(out({})).not.toContain("north");
    expect(out({ elements: ["north"] })).toEqual(["north"]);
  });

  test("progress is told to the last", () => {
    const seen: [number, number][] = [];
    screenOutages(city, { depth: 2, elements: ["a", "b", "tie"], onProgress: (...told) => seen.push(told) });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });

  test("a stream gives single outages first, then pairs, and nothing is worked out that isn't asked for", () => {
    const solved = vi.spyOn(ComponentScreening.prototype, "pair");
    const stream = streamOutages(city, { depth: 2, elements: ["a", "b", "tie"] });
    const outs = [];
    for (const { out } of stream) {
      outs.push(out.join());
      if (outs.length === 4) break;
    }
    expect(outs).toEqual(["a", "b", "tie", "a,b"]);
    expect(solved).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
  });
});

describe("what can't be screened", () => {
  const city = loadNetwork(twin());

  test.each<[what: string, options: unknown, message: string]>([
    ["no list", { elements: "east" }, "they are a list"],
    ["a depth of 3", { depth: 3 }, "depth is 3; it is 1"],
    ["no outage", { elements: [7] }, "an outage is an id, or"],
    ["an option that there isn't", { depht: 2 }, 'Did you mean "depth"?'],
    ["a tolerance of 2", { tolerance: 2 }, "tolerance is 2"],
  ])("%s", (_what, options, message) => {
    expect(() => streamOutages(city, options as ScreenOptions)).toThrow(OptionError);
    expect(() => screenOutages(city, options as ScreenOptions)).toThrow(message);
  });

  test.each<[what: string, options: ScreenOptions, message: string]>([
    ["an unknown element", { elements: ["eats"] }, 'Did you mean "east"?'],
    ["one listed twice", { elements: ["east", { id: "east", availability: 0.5 }] }, "twice"],
    ["a share above 1", { elements: [{ id: "east", availability: 1.5 }] }, "from 0"],
    ["an unknown element in the state", { state: { out: ["eats"] } }, 'Did you mean "east"?'],
  ])("%s", (_what, options, message) => {
    expect(() => screenOutages(city, options)).toThrow(NetworkError);
    expect(() => streamOutages(city, options)).toThrow(message);
  });

  test("an aborted screening throws what it was aborted for, and gives nothing", () => {
    const reason = new Error("enough");
    expect(() => screenOutages(city, { signal: AbortSignal.abort(reason) })).toThrow(reason);
    const controller = new AbortController();
    let told = 0;
    const onProgress = () => {
      if (++told === 3) controller.abort(reason);
    };
    expect(() => screenOutages(city, { signal: controller.signal, onProgress })).toThrow(reason);
    expect(told).toBe(3);
  });

  test("a city in which everything is out is screened like any other", () => {
    const out = [...city.nodes, ...city.links].map(({ id }) => id);
    for (const result of screenOutages(city, { state: { out } })) {
      expect(result).toMatchObject({ status: "flooding", highestUtilisation: 0, minutesToSpill: 0 });
    }
  });
});

test("what is locked stays so after each outage, and set points that would circulate count as in a plan", () => {
  const network = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 1 },
      { id: "k", kind: "junction" },
      { id: "p", kind: "plant", capacity: 2 },
      { id: "q", kind: "plant", capacity: 2 },
      { id: "far town", kind: "catchment", inflow: 0.5 },
      { id: "far plant", kind: "plant", capacity: 1 },
    ],
    links: [
      { id: "there", kind: "pump", from: "c", to: "k", capacity: 2 },
      { id: "back", kind: "pump", from: "k", to: "c", capacity: 2 },
      { id: "main", kind: "conduit", from: "k", to: "p", capacity: 2 },
      { id: "gate", kind: "gate", from: "c", to: "q", capacity: 2 },
      { id: "far main", kind: "conduit", from: "far town", to: "far plant", capacity: 1 },
    ],
  });
  const state: State = { setPoints: { there: 1.5, back: 1 }, locks: { gate: { min: 0.2, max: 0.7 } } };
  const results = screenOutages(network, { state });
  expect(results.length).toBe(9);
  for (const result of results) expectCold(network, state, result);
});
