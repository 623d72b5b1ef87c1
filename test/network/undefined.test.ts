/** What is undefined isn't given: in files, in states and in options alike. */
import { expect, test } from "vitest";
import {
  certify,
  criticality,
  dispatch,
  explain,
  leastReinforcement,
  loadNetwork,
  loadState,
  OptionError,
  prepare,
  presentPlan,
  preventivePlan,
  redispatch,
  renderSvg,
  screenOutages,
  stateOf,
  survivalTable,
  timeToSpill,
} from "../../src/index.js";
import { city } from "./samples.js";

const nothing = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, undefined]));

test("in a network", () => {
  const nodes = [
    { id: "c", kind: "catchment", inflow: 1 },
    { id: "s", kind: "storage", volume: { max: 9 } },
    { id: "p", kind: "plant", capacity: 2 },
    { id: "o", kind: "outfall" },
  ];
  const links = [
    { id: "l", kind: "conduit", from: "c", to: "s", capacity: 1 },
    { id: "g", kind: "gate", from: "s", to: "p", capacity: 1 },
    { id: "e", kind: "pump", from: "s", to: "o", capacity: 1 },
  ];
  const bare = { units: { flow: "m3/s" }, nodes, links };
  const more: Record<string, object> = {
    catchment: nothing("bod", "population"),
    storage: { volume: { max: 9, ...nothing("min", "initial") } },
    plant: nothing("minFlow", "treatmentCost", "weight"),
    outfall: nothing("capacity", "weight"),
    gate: nothing("reverseCapacity"),
  };
  const filled = {
    ...bare,
    ...nothing("$schema", "name", "description", "energyPrice"),
    nodes: nodes.map((node) => ({ ...node, ...nothing("name", "availability", "at"), ...more[node.kind] })),
    links: links.map((link) => ({
      ...link,
      ...nothing("name", "availability", "target", "energy", "weight", "travelTime"),
      ...more[link.kind],
    })),
  };
  expect(loadNetwork(filled)).toEqual(loadNetwork(bare));
  expect(dispatch(loadNetwork(filled))).toEqual(dispatch(loadNetwork(bare)));
  expect(() => loadNetwork({ ...bare, links: undefined })).toThrow("links is missing");
});

test("in a state, for a part or for an id", () => {
  const empty = loadState(city(), {});
  const parts = Object.keys(empty);
  expect(parts).toContain("setPoints");
  expect(loadState(city(), nothing("$schema", ...parts))).toEqual(empty);
  const state = loadState(city(), {
    inflows: { north: undefined },
    availability: { east: undefined, west: 0.5, a: undefined },
    volumes: { tank: undefined },
    setPoints: { b: undefined, c: 0.1 },
  });
  expect(state).toStrictEqual({ ...empty, availability: { west: 0.5 }, setPoints: { c: 0.1 } });
  expect(() => loadState(city(), { inflows: { nort: undefined } })).toThrow('Did you mean "north"?');
});

test("in options", () => {
  const network = city();
  const plan = dispatch(network);
  const state = stateOf(network);
  const about = nothing("policy", "tolerance", "engine", "secure", "state", "outages", "from", "language");
  const outages = [{ id: "east", availability: undefined as never }];
  const of = nothing("state", "policy", "tolerance", "depth", "elements", "onProgress", "signal");
  const calls: [given: unknown, without: unknown][] = [
    [dispatch(network, about), plan],
    [dispatch(network, undefined), plan],
    [dispatch(network, { policy: ["flooding", { spill: 1, cost: undefined as never }, "cost"] }).objectives.length, 3],
    [dispatch(network, { outages }), dispatch(network, { outages: ["east"] })],
    [prepare(network, about).solve(about).plan(), plan],
    [stateOf(network, about), state],
    [presentPlan(network, about), presentPlan(network)],
    [certify(network, nothing(...Object.keys(state)), plan, nothing("policy", "tolerance", "secure")).problems, []],
    [explain(network, state, plan, nothing("policy", "tolerance")), explain(network, state, plan)],
    [renderSvg(network, undefined, nothing("width", "height", "theme", "language", "out")), renderSvg(network)],
    [screenOutages(network, of), screenOutages(network)],
    [criticality(network, of), criticality(network)],
    [survivalTable(network, nothing("state", "peak")), survivalTable(network)],
    [leastReinforcement(network, nothing("state", "scenarios")), leastReinforcement(network)],
    [
      timeToSpill(network, { ...nothing("state", "from", "hours", "profile"), outages: ["east"] }),
      timeToSpill(network, { outages: ["east"] }),
    ],
    [
      redispatch(network, plan, { ...nothing("state", "language", "tolerance", "policy"), outages: ["east"] }),
      redispatch(network, plan, { outages: ["east"] }),
    ],
    [preventivePlan(network, { ...about, secure: ["e"] }), preventivePlan(network, { secure: ["e"] })],
  ];
  for (const [given, without] of calls) expect(given).toEqual(without);
});

test("a part of the state among the options is sent where it belongs", () => {
  const network = city();
  const plan = dispatch(network);
  for (const part of ["inflows", "availability", "out", "volumes", "setPoints", "locks"]) {
    const options = { [part]: {} } as never;
    const calls = [
      () => dispatch(network, options),
      () => prepare(network).solve(options),
      () => screenOutages(network, options),
      () => timeToSpill(network, options),
      () => survivalTable(network, options),
    ];
    for (const call of calls) {
      expect(call).toThrow(OptionError);
      expect(call).toThrow(`there is no option "${part}"; put it into state: { state: { ${part}: … } }.`);
    }
    expect(() => certify(network, {}, plan, options)).toThrow(
      `there is no option "${part}"; it is a part of the state.`,
    );
  }
});
