import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { leastReinforcement, reinforcementSteps, type Reinforcement } from "../../src/contingency/reinforcement.js";
import { NetworkSimplex } from "../../src/flow/simplex/network-simplex.js";
import {
  loadHighs,
  loadNetwork,
  NetworkError,
  OptionError,
  prepare,
  stateOf,
  type LinearBackend,
  type NetworkFile,
  type Outage,
  type State,
} from "../../src/index.js";
import { solve, type Row } from "../../src/linear/program.js";
import { cityAndState } from "../support/cities.js";
import { modelOf, QUANTA, type Model } from "../support/model.js";
import { instances, type Instance } from "../support/networks.js";
import { runs } from "../support/runs.js";

type Scenario = readonly Outage[];

/** Two districts with a plant each and a two-way tie between them, as in the README. */
const twin = (): NetworkFile => ({
  units: { flow: "m3/s" },
  nodes: [
    { id: "north", kind: "catchment", inflow: 0.9 },
    { id: "south", kind: "catchment", inflow: 0.3 },
    { id: "east", kind: "plant", capacity: 1 },
    { id: "west", kind: "plant", capacity: 1 },
    { id: "river", kind: "outfall" },
  ],
  links: [
    { id: "a", kind: "conduit", from: "north", to: "east", capacity: 1.5 },
    { id: "b", kind: "conduit", from: "south", to: "west", capacity: 1.5 },
    { id: "tie", kind: "gate", from: "east", to: "west", capacity: 0.25, reverseCapacity: 0.25 },
    { id: "cso", kind: "gate", from: "east", to: "river", capacity: 2 },
  ],
});
const city = loadNetwork(twin());

describe("by hand", () => {
  test("two plants with a tie: one addition serves two outages", () => {
    // East lost: its 0.9 must pass the tie (0.25 + 0.65), and west must take 1.2 (1 + 0.2): 0.85 together.
    const east = leastReinforcement(city, { scenarios: ["east"] });
    expect(east).toEqual({
      add: [
        { id: "tie", capacity: 0.65 },
        { id: "west", capacity: 0.2 },
      ],
      total: 0.85,
      hopeless: [],
    });
    // West lost: 0.3 must come back over the tie (0.25 + 0.05), and east must take 1.2 (1 + 0.2): 0.25 together.
    const west = leastReinforcement(city, { scenarios: ["west"] });
    expect(west.add).toEqual([
      { id: "east", capacity: 0.2 },
      { id: "tie", capacity: 0.05 },
    ]);
    expect(west.total).toBe(0.25);
    // Both: the tie's 0.65 for the one serves the other, so that it is 1.05, not 0.85 + 0.25 = 1.1.
    const both = leastReinforcement(city, { scenarios: ["east", "west"] });
    expect(both.add).toEqual([
      { id: "east", capacity: 0.2 },
      { id: "tie", capacity: 0.65 },
      { id: "west", capacity: 0.2 },
    ]);
    expect(both.total).toBe(1.05);
  });

  test("every single loss, and none", () => {
    const every = leastReinforcement(city);
    // As above; and the loss of a main cuts its catchment off.
    expect(every.total).toBe(1.05);
    expect(every.hopeless).toEqual([
      { outages: ["a"], flow: 0.9 },
      { outages: ["b"], flow: 0.3 },
    ]);
    const listed = ["cso", "west", "tie", [], "b", "a", "east"];
    expect(leastReinforcement(city, { scenarios: listed })).toEqual(every);
  });

  test("the state as it is: overflow to the river doesn't count as treated", () => {
    // 0.75 and the full tie's 0.25 fill west, so east must take 1.4 − 0.25 = 1.15; by way of the tie and west it would be twice 0.15.
    const state = { inflows: { north: 1.4, south: 0.75 } };
    expect(leastReinforcement(city, { state, scenarios: [[]] })).toEqual({
      add: [{ id: "east", capacity: 0.15 }],
      total: 0.15,
      hopeless: [],
    });
    expect(leastReinforcement(city, { scenarios: [[]] })).toEqual({ add: [], total: 0, hopeless: [] });
  });

  test("of what is lost in part, added capacity counts by what is left", () => {
    // East at 40 % and the tie lost: (1 + x) · 0.4 = 0.9, x = 1.25.
    const loss = [{ id: "east", availability: 0.4 }, "tie"];
    expect(leastReinforcement(city, { scenarios: [loss] }).add).toEqual([{ id: "east", capacity: 1.25 }]);
    // With the tie, 0.9 − 0.4 = 0.5 may leave east: 0.25 more over the tie is dearer than none, cheaper than 0.25 / 0.4 at east.
    expect(leastReinforcement(city, { scenarios: [loss.slice(0, 1)] }).add).toEqual([{ id: "tie", capacity: 0.25 }]);
    // A millionth left: it treats that millionth, and nobody makes it larger.
    const wreck = leastReinforcement(city, { scenarios: [{ id: "east", availability: 1e-6 }] });
    expect(wreck.add.map(({ id }) => id)).toEqual(["tie", "west"]);
    expect(wreck.total).toBeCloseTo(0.85 - 2e-6, 9);
    expect(leastReinforcement(city, { scenarios: [["tie", { id: "east", availability: 1e-6 }]] })).toEqual({
      add: [],
      total: 0,
      hopeless: [{ outages: ["east", "tie"], flow: 0.899999 }],
    });
  });

  test.each([1234.567891, 1234.567892, 1234.567893, 1234.567894])(
    "large figures come out to the last digit: %d",
    (capacity) => {
      const file: NetworkFile = {
        units: { flow: "m3/s" },
        nodes: [
          { id: "river", kind: "catchment", inflow: 9876.543210987 },
          { id: "works", kind: "plant", capacity },
        ],
        links: [{ id: "tunnel", kind: "conduit", from: "river", to: "works", capacity: 9876.543210986 }],
      };
      // The tunnel lacks 1e-9, which is 86.4 quanta of all the inflow's 8.5e14; the works lack the inflow without their capacity.
      const quanta = (flow: number) => Math.round(flow * QUANTA["m3/s"]);
      const { add } = leastReinforcement(loadNetwork(file), { scenarios: [[]] });
      expect(add.map((row) => [row.id, quanta(row.capacity)])).toEqual([
        ["tunnel", quanta(9876.543210987) - quanta(9876.543210986)],
        ["works", quanta(9876.543210987) - quanta(capacity)],
      ]);
    },
  );

  test("what rounding to whole quanta takes away is made good", () => {
    // The program counts shares of quanta, of which no plant or main has any: here its answer is a quantum short in one scenario.
    const q = (quanta: number) => quanta / 1e6;
    const file: NetworkFile = {
      units: { flow: "m3/d" },
      nodes: [
        { id: "a", kind: "catchment", inflow: q(9) },
        { id: "b", kind: "catchment", inflow: q(10) },
        { id: "p", kind: "plant", capacity: q(2) },
        { id: "q", kind: "plant", capacity: q(1) },
        { id: "r", kind: "plant", capacity: 0 },
      ],
      links: [
        { id: "ma", kind: "conduit", from: "a", to: "p", capacity: q(8) },
        { id: "mb", kind: "conduit", from: "b", to: "q", capacity: q(6) },
        { id: "tie-p", kind: "gate", from: "p", to: "q", capacity: q(1), reverseCapacity: q(3) },
        { id: "tie-r", kind: "gate", from: "q", to: "r", capacity: q(3), reverseCapacity: q(2) },
      ],
    };
    const left = (shares: Record<string, number>) =>
      Object.entries(shares).map(([id, availability]) => ({ id, availability }));
    const outages = [
      left({ p: 0.45, q: 1 / 3, ma: 0.45, mb: 0.7, "tie-p": 0.7, "tie-r": 0.3 }),
      left({ q: 0.3, r: 0.45, ma: 0.7 }),
      left({ p: 1 / 3, ma: 0.45, mb: 1 / 3, "tie-r": 0.7 }),
    ];
    const found = leastReinforcement(loadNetwork(file), { scenarios: outages });
    const enough = loadNetwork(enlarged(file, found));
    expect(leastReinforcement(enough, { scenarios: outages })).toEqual({ add: [], total: 0, hopeless: [] });
  });

  test("a catchment that is cut off, or is out itself, asks for nothing", () => {
    const file = twin();
    file.nodes.push({ id: "hill", kind: "catchment", inflow: 0.2 }, { id: "shaft", kind: "junction" });
    file.links.push(
      { id: "c", kind: "conduit", from: "hill", to: "shaft", capacity: 0.2 },
      { id: "d", kind: "conduit", from: "shaft", to: "west", capacity: 0.1 },
    );
    const hilly = loadNetwork(file);
    const lost = (...outages: (Outage | Scenario)[]) => leastReinforcement(hilly, { scenarios: outages });
    expect(lost("c")).toEqual({ add: [], total: 0, hopeless: [{ outages: ["c"], flow: 0.2 }] });
    expect(lost("shaft")).toEqual({ add: [], total: 0, hopeless: [{ outages: ["shaft"], flow: 0.2 }] });
    expect(lost("hill")).toEqual({ add: [], total: 0, hopeless: [{ outages: ["hill"], flow: 0.2 }] });
    // Nothing lost: d is 0.1 too small. East lost as well as c: as without the hill.
    expect(lost([])).toMatchObject({ add: [{ id: "d", capacity: 0.1 }], hopeless: [] });
    const both = lost(["east", "c"]);
    expect(both.total).toBe(0.85);
    expect(both.hopeless).toEqual([{ outages: ["c", "east"], flow: 0.2 }]);
    // No plant left: all of it, but for what nobody can treat anyway.
    expect(lost(["west", "east"])).toMatchObject({ add: [], hopeless: [{ flow: 1.4 }] });
  });

  test("a link without capacity may be built, a one-way gate stays one-way, a dead end is no way", () => {
    const file: NetworkFile = {
      units: { flow: "L/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 10 },
        { id: "mill", kind: "junction" },
        { id: "works", kind: "plant", capacity: 10 },
      ],
      links: [
        { id: "blind", kind: "conduit", from: "town", to: "mill", capacity: 0 },
        { id: "one-way", kind: "gate", from: "works", to: "town", capacity: 10 },
        { id: "planned", kind: "pump", from: "town", to: "works", capacity: 0 },
      ],
    };
    expect(leastReinforcement(loadNetwork(file)).add).toEqual([{ id: "planned", capacity: 10 }]);
    file.links[1] = { ...file.links[1]!, kind: "gate", reverseCapacity: 4 };
    // Nothing lost: 6 more, anywhere; but for the loss of each, the other must carry all: 10 and 6.
    expect(leastReinforcement(loadNetwork(file)).add).toEqual([
      { id: "one-way", capacity: 6 },
      { id: "planned", capacity: 10 },
    ]);
    expect(leastReinforcement(loadNetwork(file), { scenarios: [[]] }).total).toBe(6);
  });

  test("no inflow, no links", () => {
    const file: NetworkFile = { units: { flow: "m3/s" }, nodes: [{ id: "x", kind: "plant", capacity: 0 }], links: [] };
    expect(leastReinforcement(loadNetwork(file))).toEqual({ add: [], total: 0, hopeless: [] });
  });
});

describe("what is refused", () => {
  test("ids that the network doesn't have, with the nearest that it has", () => {
    const call = () => leastReinforcement(city, { scenarios: ["eats"] });
    expect(call).toThrow(NetworkError);
    expect(call).toThrow('Did you mean "east"?');
    expect(() => leastReinforcement(city, { state: { out: ["wets"] } })).toThrow(NetworkError);
    expect(() => leastReinforcement(city, { scenarios: [["east", "east"]] })).toThrow(NetworkError);
    expect(() => leastReinforcement(twin() as never)).toThrow(NetworkError);
  });

  test.each<[outages: unknown, message: string]>([
    [[], "scenarios are an empty list; they are a list, each"],
    ["east", 'scenarios are "east"; they are a list, each'],
    [[7], "an outage is 7; an outage is an id"],
    [["east", "west", "east"], 'scenarios list "east" twice'],
    [
      [
        ["west", "east"],
        ["east", { id: "west" }],
      ],
      'scenarios list "east" with "west" twice',
    ],
    [[[], "east", []], "scenarios list the state as it is twice"],
  ])("outages %j", (outages, message) => {
    const call = () => leastReinforcement(city, { scenarios: outages as Outage[] });
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });

  test("an option that doesn't exist", () => {
    expect(() => leastReinforcement(city, { scenario: ["east"] } as never)).toThrow(
      'there is no option "scenario". Did you mean "scenarios"?',
    );
  });
});

describe("how far it is, and stopping", () => {
  test("progress goes up to all scenarios", () => {
    const told: [number, number][] = [];
    leastReinforcement(city, { onProgress: (...one) => told.push(one) });
    const done = told.map(([count]) => count);
    expect(done).toEqual([...new Set(done)].sort((a, b) => a - b));
    // Two plants and four links, and the state as it is.
    expect(told.at(-1)).toEqual([7, 7]);
  });

  test("a signal ends it with what it was aborted for", () => {
    const reason = new Error("enough");
    expect(() => leastReinforcement(city, { signal: AbortSignal.abort(reason) })).toThrow(reason);
    const controller = new AbortController();
    let told = 0;
    const onProgress = () => {
      told += 1;
      controller.abort(reason);
    };
    expect(() => leastReinforcement(city, { signal: controller.signal, onProgress })).toThrow(reason);
    expect(told).toBe(1);
  });

  test("in pieces it is the same, and there are many of them", () => {
    const steps = reinforcementSteps(city);
    let pieces = 0;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        expect(step.value).toEqual(leastReinforcement(city));
        break;
      }
      pieces += 1;
    }
    // Each scenario is looked at twice at least.
    expect(pieces).toBeGreaterThan(14);
  });
});

test("towns that nothing joins are reinforced each by itself, whatever is lost where", () => {
  const file = twin();
  const other = twin();
  const moved = (id: string) => `other-${id}`;
  file.nodes.push(...other.nodes.map((node) => ({ ...node, id: moved(node.id) })));
  file.links.push(
    ...other.links.map((one) => ({ ...one, id: moved(one.id), from: moved(one.from), to: moved(one.to) })),
  );
  const both = loadNetwork(file);
  const told: [number, number][] = [];
  const solved = vi.spyOn(NetworkSimplex.prototype, "solve");
  const found = leastReinforcement(both, { onProgress: (...one) => told.push(one) });
  const twice = solved.mock.calls.length;
  const alone = leastReinforcement(city);
  expect(twice).toBe(2 * (solved.mock.calls.length - twice));
  vi.restoreAllMocks();
  expect(found.add).toEqual(
    [...alone.add, ...alone.add.map((row) => ({ ...row, id: moved(row.id) }))].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  expect(found.total).toBe(2.1);
  expect(found.hopeless.map(({ outages }) => outages)).toEqual([["a"], ["b"], ["other-a"], ["other-b"]]);
  expect(told.at(-1)).toEqual([14, 14]);
  // Two losses at once are each town's own: hopeless together, reinforced apart.
  const joint = leastReinforcement(both, {
    scenarios: [
      ["east", "other-b"],
      ["b", "other-west"],
    ],
  });
  expect(joint.hopeless).toEqual([
    { outages: ["b", "other-west"], flow: 0.3 },
    { outages: ["east", "other-b"], flow: 0.3 },
  ]);
  expect(joint.add.filter(({ id }) => !id.startsWith("other-"))).toEqual(
    leastReinforcement(city, { scenarios: ["east", "b"] }).add,
  );
});

test("mains one after the other are seen to be too small at once, not one a round", () => {
  // A chain of a dozen mains with room for 1, a catchment of 1 at each manhole: the k-th lacks k − 1, the plant 11.
  const count = 12;
  const nodes: NetworkFile["nodes"] = [{ id: "works", kind: "plant", capacity: 1 }];
  const links: NetworkFile["links"] = [];
  for (let k = 1; k <= count; k++) {
    const id = (place: number) => `n${String(place).padStart(2, "0")}`;
    nodes.push({ id: id(k), kind: "catchment", inflow: 1 });
    links.push({ id: `m${k}`, kind: "conduit", from: id(k), to: k === count ? "works" : id(k + 1), capacity: 1 });
  }
  const chain = loadNetwork({ units: { flow: "m3/s" }, nodes, links });
  const solved = vi.spyOn(NetworkSimplex.prototype, "solve");
  const found = leastReinforcement(chain, { scenarios: [[]] });
  expect(found.total).toBe(66 + 11);
  expect(found.add.find(({ id }) => id === "m12")?.capacity).toBe(11);
  expect(solved).toHaveBeenCalledTimes(2);
  vi.restoreAllMocks();
});

/** A network, a state and scenarios of it, no two of them alike: some, or every single loss and none. */
interface Question extends Instance {
  readonly outages: readonly Scenario[];
}

const questions: fc.Arbitrary<Question> = fc
  .record({
    instance: fc.oneof(instances({ maxNodes: 14 }), cityAndState),
    isEvery: fc.constantFrom(false, false, true),
    losses: fc.array(
      fc.array(fc.record({ element: fc.nat(), availability: fc.constantFrom(0, 0, 0, 0.5, 0.3, 1 / 3) }), {
        maxLength: 3,
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ instance: { file, state }, isEvery, losses: drawn }) => {
    const elements = [...file.nodes, ...file.links];
    const losses = isEvery ? [[], ...elements.map((_, element) => [{ element, availability: 0 }])] : drawn;
    const scenarios = new Map<string, Scenario>();
    for (const loss of losses) {
      const byId = new Map(
        loss.map(({ element, availability }) => [elements[element % elements.length]!.id, availability]),
      );
      const sorted = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
      scenarios.set(
        JSON.stringify(sorted),
        sorted.map(([id, availability]) => (availability === 0 ? id : { id, availability })),
      );
    }
    // An outfall of weight 0 is spilt at freely, even where a plant has room.
    const nodes = file.nodes.map((node) => (node.kind === "outfall" ? { ...node, weight: 1 } : node));
    return { file: { ...file, nodes }, state, outages: [...scenarios.values()] };
  });

/** The file with the added capacities. */
function enlarged(file: NetworkFile, { add }: Reinforcement): NetworkFile {
  const more = new Map(add.map(({ id, capacity }) => [id, capacity]));
  return {
    ...file,
    nodes: file.nodes.map((node) =>
      node.kind === "plant" ? { ...node, capacity: node.capacity + (more.get(node.id) ?? 0) } : node,
    ),
    links: file.links.map((link) => {
      const capacity = link.capacity + (more.get(link.id) ?? 0);
      if (link.kind !== "gate" || !((link.reverseCapacity ?? 0) > 0)) return { ...link, capacity };
      return { ...link, capacity, reverseCapacity: link.reverseCapacity! + (more.get(link.id) ?? 0) };
    }),
  };
}

/** A file in m³/s with figures in tenths, each of which becomes one quantum. */
function tiny({ nodes, links }: NetworkFile): NetworkFile {
  const quantum = (flow: number) => Math.round(flow * 10) / 1e6;
  return {
    units: { flow: "m3/d" },
    nodes: nodes.map((node) => {
      if (node.kind === "catchment") return { ...node, inflow: quantum(node.inflow) };
      return node.kind === "plant" ? { ...node, capacity: quantum(node.capacity), minFlow: 0 } : node;
    }),
    links: links.map((link) => ({
      ...link,
      capacity: quantum(link.capacity),
      ...(link.kind === "gate" && { reverseCapacity: quantum(link.reverseCapacity ?? 0) }),
    })),
  };
}

/** Share of each link and plant that is left, read off a network whose capacities are all 1. */
function sharesOf(file: NetworkFile, state: State): Model {
  const one = {
    ...file,
    nodes: file.nodes.map((node) => (node.kind === "plant" ? { ...node, capacity: 1, minFlow: 0 } : node)),
    links: file.links.map((link) =>
      link.kind === "gate"
        ? { ...link, capacity: 1, reverseCapacity: (link.reverseCapacity ?? 0) > 0 ? 1 : 0 }
        : { ...link, capacity: 1 },
    ),
  };
  return modelOf(one, state);
}

/** Quanta that enter where no plant can be reached over what is left, whatever its size. */
function cutOff(shares: Model): number {
  const wet = new Set(shares.plants.flatMap((plant) => (plant.capacity > 0 ? [plant.node] : [])));
  for (let before = -1; before < wet.size;) {
    before = wet.size;
    for (const { from, to, low, high } of shares.links) {
      if (high > 0 && wet.has(to)) wet.add(from);
      if (low < 0 && wet.has(from)) wet.add(to);
    }
  }
  return shares.nodes.reduce((sum, node, v) => (wet.has(v) ? sum : sum + node.inflow), 0);
}

/** The least total in quanta, all scenarios' flows in one linear program. */
function allAtOnce({ file, state, outages }: Question, backend: LinearBackend): number {
  const network = loadNetwork(file);
  const { quantum, inflow, links, plants } = modelOf(file, state);
  const unit = Math.max(1, inflow) / 1000;
  const [lower, upper, objective]: [number[], number[], number[]] = [[], [], []];
  const rows: Row[] = [];
  const column = (low: number, high: number, cost = 0) => {
    // What may run both ways is one column each way, as columns start at a finite bound.
    lower.push(low / unit);
    upper.push(high / unit);
    return objective.push(cost) - 1;
  };
  const row = (terms: readonly (readonly [number, number])[], low: number, high: number) =>
    rows.push({
      columns: terms.map(([j]) => j),
      coefficients: terms.map(([, by]) => by),
      lower: low / unit,
      upper: high / unit,
    });
  const addLink = links.map(() => column(0, Infinity, 1));
  const addPlant = plants.map(() => column(0, Infinity, 1));
  for (const lost of outages) {
    const now = stateOf(network, { state, outages: lost });
    const [model, shares] = [modelOf(file, now), sharesOf(file, now)];
    const balance = model.nodes.map((): [number, number][] => []);
    model.links.forEach((link, i) => {
      const { low, high } = shares.links[i]!;
      const forward = column(0, Infinity);
      const backward = column(0, low < 0 ? Infinity : 0);
      row([[forward, 1], [addLink[i]!, -high / quantum]], -Infinity, link.high); // prettier-ignore
      if (low < 0) row([[backward, 1], [addLink[i]!, low / quantum]], -Infinity, -link.low); // prettier-ignore
      balance[link.from]!.push([forward, 1], [backward, -1]);
      balance[link.to]!.push([forward, -1], [backward, 1]);
    });
    model.plants.forEach((plant, i) => {
      const intake = column(0, Infinity);
      row([[intake, 1], [addPlant[i]!, -shares.plants[i]!.capacity / quantum]], -Infinity, plant.capacity); // prettier-ignore
      balance[plant.node]!.push([intake, 1]);
    });
    const flooding = model.nodes.map(({ inflow: most }) => column(0, most));
    flooding.forEach((flood, v) => balance[v]!.push([flood, 1]));
    row(
      flooding.map((flood) => [flood, 1]),
      -Infinity,
      cutOff(shares),
    );
    model.nodes.forEach((node, v) => row(balance[v]!, node.inflow, node.inflow));
  }
  const answer = solve({ objective, lower, upper, rows }, backend);
  if (answer.status !== "optimal") throw new Error(answer.status);
  return [...addLink, ...addPlant].reduce((sum, j) => sum + answer.x[j]! * unit, 0);
}

describe("of any network", () => {
  let highs: LinearBackend;

  beforeAll(async () => {
    highs = await loadHighs();
  });

  test("the total is that of one linear program with all scenarios' flows", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { file, state, outages } = question;
        const quantum = QUANTA[file.units.flow];
        const found = leastReinforcement(loadNetwork(file), { state, scenarios: outages });
        const { inflow } = modelOf(file, state);
        const expected = allAtOnce(question, highs);
        expect(Math.abs(found.total * quantum - expected)).toBeLessThan(1e-6 * Math.max(inflow, expected) + 50);
        expect(found.add.reduce((sum, { capacity }) => sum + capacity, 0)).toBeCloseTo(found.total, 6);
        expect(found.add.every(({ capacity }) => capacity > 0)).toBe(true);
      }),
      runs(150),
    );
  });

  test("with the added capacities, no scenario loses more than what is hopeless", () => {
    fc.assert(
      fc.property(questions, ({ file, state, outages }) => {
        const quantum = QUANTA[file.units.flow];
        const found = leastReinforcement(loadNetwork(file), { state, scenarios: outages });
        const larger = prepare(loadNetwork(enlarged(file, found)));
        const ids = (lost: Scenario) => lost.map((outage) => (typeof outage === "string" ? outage : outage.id)).join();
        for (const lost of outages) {
          const plan = larger.solve({ state, outages: lost }).plan();
          const left = [...plan.flooding, ...plan.spills].reduce(
            (sum, { flow }) => sum + Math.round(flow * quantum),
            0,
          );
          expect(left).toBe(cutOff(sharesOf(file, stateOf(loadNetwork(file), { state, outages: lost }))));
          const rows = found.hopeless.filter((row) => row.outages.join() === ids(lost));
          if (left === 0 && outages.filter((other) => ids(other) === ids(lost)).length === 1) expect(rows).toEqual([]);
          if (left > 0) expect(rows.map(({ flow }) => Math.round(flow * quantum))).toContain(left);
        }
      }),
      runs(150),
    );
  });

  test("so it is for every single loss in larger cities", () => {
    fc.assert(
      fc.property(instances({ minNodes: 25, maxNodes: 45 }), ({ file, state }) => {
        const found = leastReinforcement(loadNetwork(file), { state });
        const again = leastReinforcement(loadNetwork(enlarged(file, found)), { state });
        expect(again).toEqual({ ...found, add: [], total: 0 });
      }),
      runs(25),
    );
  });

  test("so it is where a capacity is a few quanta, and what is left of it no whole number", () => {
    fc.assert(
      fc.property(cityAndState, fc.constantFrom(0.3, 1 / 3, 0.5, 0.7), fc.nat(), ({ file, state }, left, odd) => {
        const small = tiny(file);
        const network = loadNetwork(small);
        const worn = [...small.nodes, ...small.links].map(({ id }) => ({ id, availability: left }));
        const outages = [[], worn, worn.filter((_, i) => (odd >> i) % 2 === 0), worn.filter((_, i) => i % 2 === 0)];
        const scenarios = [...new Map(outages.map((lost) => [lost.map(({ id }) => id).join(), lost])).values()];
        const now = { out: state.out ?? [] };
        const found = leastReinforcement(network, { state: now, scenarios: scenarios });
        expect(leastReinforcement(loadNetwork(enlarged(small, found)), { state: now, scenarios: scenarios })).toEqual({
          ...found,
          add: [],
          total: 0,
        });
      }),
      runs(150),
    );
  });

  test("more scenarios never need less, and one that is reinforced needs nothing more", () => {
    fc.assert(
      fc.property(questions, fc.nat(), ({ file, state, outages }, few) => {
        const quantum = QUANTA[file.units.flow];
        const network = loadNetwork(file);
        const all = leastReinforcement(network, { state, scenarios: outages });
        const some = leastReinforcement(network, { state, scenarios: outages.slice(0, 1 + (few % outages.length)) });
        expect(Math.round((some.total - all.total) * quantum)).toBeLessThan(50);
        const again = leastReinforcement(loadNetwork(enlarged(file, all)), { state, scenarios: outages });
        expect(again).toEqual({ add: [], total: 0, hopeless: all.hopeless });
      }),
      runs(80),
    );
  });

  test("the order of the file and of the scenarios never matters", () => {
    fc.assert(
      fc.property(questions, ({ file, state, outages }) => {
        const backwards = { ...file, nodes: [...file.nodes].reverse(), links: [...file.links].reverse() };
        const found = leastReinforcement(loadNetwork(file), { state, scenarios: outages });
        expect(leastReinforcement(loadNetwork(backwards), { state, scenarios: [...outages].reverse() })).toEqual(found);
        expect(leastReinforcement(loadNetwork(backwards), { state })).toEqual(
          leastReinforcement(loadNetwork(file), { state }),
        );
      }),
      runs(60),
    );
  });
});
