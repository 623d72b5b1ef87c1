import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, loadState, stateOf } from "../../src/index.js";
import { caught, city, codes, messages, paths, sample, stateErrorsOf } from "./samples.js";

test("a state from text, with a byte order mark, or data", () => {
  const state = {
    inflows: { north: 0.4 },
    availability: { east: 0.5, a: 0 },
    out: ["west", "e"],
    volumes: { tank: 5000 },
    setPoints: { b: 0.1, c: -0.1 },
  };
  expect(loadState(city(), state)).toEqual(state);
  expect(loadState(city(), JSON.stringify(state))).toEqual(state);
  expect(loadState(city(), `\ufeff${JSON.stringify(state)}`)).toEqual(state);
  expect(loadState(city(), { $schema: "https://example.org", ...state })).toEqual(state);
});

test("parts that aren't given are empty, and one's own", () => {
  const empty = { inflows: {}, availability: {}, out: [], volumes: {}, setPoints: {} };
  const state = loadState(city(), {});
  expect(state).toEqual(empty);
  state.inflows.north = 3;
  state.out.push("east");
  expect(loadState(city(), {})).toEqual(empty);
});

test("the input is neither changed nor kept", () => {
  const input = { inflows: { north: 0.4 }, out: ["west"] };
  const before = structuredClone(input);
  const state = loadState(city(), input);
  state.inflows.north = 9;
  state.out.push("east");
  expect(input).toEqual(before);
  loadState(city(), Object.freeze({ out: Object.freeze(["west"]) }));
});

describe("ids that the network doesn't have", () => {
  test.each(["inflows", "availability", "volumes", "setPoints"])("in %s", (part) => {
    expect(stateErrorsOf(city(), { [part]: { nort: 0 } })).toEqual([
      {
        code: "unknown-id",
        severity: "error",
        path: `${part}.nort`,
        message: `${part} names "nort", which the network doesn't have. Did you mean "north"?`,
        hint: 'Did you mean "north"?',
      },
    ]);
    expect(stateErrorsOf(city(), { [part]: { "quite another": 0 } })).toMatchObject([
      { path: `${part}["quite another"]`, message: `${part} names "quite another", which the network doesn't have.` },
    ]);
  });

  test("in out", () => {
    expect(stateErrorsOf(city(), { out: ["east", "wets"] })).toMatchObject([
      { code: "unknown-id", path: "out[1]", hint: 'Did you mean "west"?' },
    ]);
  });
});

describe("ids of the wrong kind", () => {
  const all = ["north", "k1", "tank", "east", "cso", "a", "b", "c"];
  test.each([
    ["inflows", ["north"], "catchment"],
    ["volumes", ["tank"], "storage"],
    ["setPoints", ["b", "c"], "pump or gate"],
    ["availability", all, ""],
  ])("in %s", (part, right, kinds) => {
    const errors = stateErrorsOf(city(), { [part]: Object.fromEntries(all.map((id) => [id, 0])) });
    expect(paths(errors)).toEqual(all.filter((id) => !right.includes(id)).map((id) => `${part}.${id}`));
    expect(new Set(codes(errors))).toEqual(new Set(errors.length === 0 ? [] : ["wrong-kind"]));
    for (const message of messages(errors)) expect(message).toMatch(new RegExp(`; ${part} are of a ${kinds}\\.$`));
  });
});

describe("figures", () => {
  test.each([NaN, Infinity, -Infinity, "1", null, [], {}])("%s is none", (value) => {
    for (const [part, id] of [
      ["inflows", "north"],
      ["availability", "east"],
      ["volumes", "tank"],
      ["setPoints", "b"],
    ] as const) {
      const errors = stateErrorsOf(city(), { [part]: { [id]: value } });
      expect(paths(errors)).toEqual([`${part}.${id}`]);
      expect(codes(errors)).toEqual(["value"]);
    }
  });

  test("messages say what would be right, in the file's unit", () => {
    const state = { inflows: { north: -1 }, availability: { a: 1.1 }, volumes: { tank: -1 }, setPoints: { b: NaN } };
    expect(messages(stateErrorsOf(city(), state))).toEqual([
      "inflows.north is -1; an inflow is 0 or more (m³/s).",
      "availability.a is 1.1; an availability is from 0 (nothing) to 1 (all of it).",
      "volumes.tank is -1; a volume is 0 or more (m³).",
      "setPoints.b is NaN; a set point is a flow (m³/s).",
    ]);
  });

  test("an availability is a share", () => {
    for (const value of [-0.01, 1.01]) {
      expect(paths(stateErrorsOf(city(), { availability: { a: value } }))).toEqual(["availability.a"]);
    }
    expect(stateErrorsOf(city(), { availability: { a: 0, b: 1 } })).toEqual([]);
  });

  test("a volume is one that the storage can hold", () => {
    const file = sample();
    file.nodes[2]!.volume = { min: 10, max: 20 };
    const network = loadNetwork(file);
    for (const value of [9.99, 20.01]) {
      expect(stateErrorsOf(network, { volumes: { tank: value } })).toMatchObject([
        { code: "range", path: "volumes.tank", message: `volumes.tank is ${value} m³; "tank" holds 10 to 20 m³.` },
      ]);
    }
    for (const value of [10, 20]) expect(stateErrorsOf(network, { volumes: { tank: value } })).toEqual([]);
  });

  test("flows that aren't held exactly", () => {
    expect(codes(stateErrorsOf(city(), { inflows: { north: 104_250 } }))).toEqual(["range"]);
    for (const b of [104_250, -104_250, Number.MAX_VALUE]) {
      expect(codes(stateErrorsOf(city(), { setPoints: { b } }))).toContain("range");
    }
  });

  test("inflows that aren't held exactly together with those the state doesn't name are refused by the dispatch", () => {
    const file = sample();
    file.nodes[0]!.inflow = 10_000;
    file.nodes.push({ id: "south", kind: "catchment", inflow: 0 });
    const network = loadNetwork(file);
    expect(() => dispatch(network, { state: { inflows: { south: 10_000 } } })).toThrow(
      "all inflows together are 20000 m³/s",
    );
    expect(dispatch(network, { state: { inflows: { south: 10_000, north: 1 } } }).status).toBe("flooding");
  });

  test("a pump doesn't run backwards, nor a one-way gate", () => {
    expect(paths(stateErrorsOf(city(), { setPoints: { b: -0.1 } }))).toEqual(["setPoints.b"]);
    expect(stateErrorsOf(city(), { setPoints: { c: -0.1 } })).toEqual([]);
  });
});

describe("out", () => {
  test("names each element once", () => {
    expect(stateErrorsOf(city(), { out: ["east", "a", "east", "east"] })).toMatchObject([
      { code: "duplicate-id", path: "out[2]", message: 'out names "east" twice.' },
      { code: "duplicate-id", path: "out[3]" },
    ]);
  });

  test.each(["east", 3, null, { 0: "east" }])("is a list, not %j", (out) => {
    expect(messages(stateErrorsOf(city(), { out }))[0]).toMatch(/^out is .*; out is a list of ids\.$/);
  });

  test("is a list of texts", () => {
    const errors = stateErrorsOf(city(), { out: ["east", 3, null] });
    expect(paths(errors)).toEqual(["out[1]", "out[2]"]);
    expect(errors[0]?.message).toBe("out[1] is 3; what is out is named by its id.");
  });
});

test("parts are objects", () => {
  for (const part of ["inflows", "availability", "volumes", "setPoints"]) {
    for (const value of [3, [], "north", null, new Map([["north", 1]])]) {
      expect(paths(stateErrorsOf(city(), { [part]: value }))).toEqual([part]);
    }
  }
});

test("all problems are told at once", () => {
  const errors = stateErrorsOf(city(), {
    inflows: { nort: 1, east: 1 },
    availability: { q: 1 },
    volumes: { tank: 9999 },
    setPoints: { a: 1 },
    out: ["x", "cso", "cso"],
  });
  expect(paths(errors)).toEqual([
    "inflows.nort",
    "inflows.east",
    "availability.q",
    "volumes.tank",
    "setPoints.a",
    "out[0]",
    "out[2]",
  ]);
});

test("a wrong figure and an unknown id are told at once", () => {
  const errors = stateErrorsOf(city(), { inflows: { north: -1 }, out: ["wets"], foo: 1 });
  expect(paths(errors).sort()).toEqual(["foo", "inflows.north", "out[0]"]);
});

test("dispatch refuses what loadState refuses", () => {
  for (const act of [
    () => dispatch(city(), { state: { out: ["wets"] } }),
    () => dispatch(city(), { outages: ["wets"] }),
    () => stateOf(city(), { outages: ["wets"] }),
  ]) {
    expect((caught(act) as Error).message).toBe(
      'out names "wets", which the network doesn\'t have. Did you mean "west"?',
    );
  }
});
