import { describe, expect, test } from "vitest";
import { certify, checkState, dispatch, loadNetwork, loadState, NetworkError, stateOf } from "../../src/index.js";
import { clippedSetPoints, timesInflow } from "../../src/network/state.js";
import { fromQuanta, MOST_QUANTA } from "../../src/units/flow.js";
import { caught, city, codes, expectSound, messages, paths, sample, spoilt, stateErrorsOf } from "./samples.js";

test("a state from text, with a byte order mark, or data", () => {
  const state = {
    inflows: { north: 0.4 },
    availability: { east: 0.5, a: 0 },
    out: ["west", "e"],
    volumes: { tank: 5000 },
    setPoints: { b: 0.1, c: -0.1 },
    locks: { b: 0.1, c: { min: -0.1, max: 0 }, west: { max: 0.2 } },
  };
  expect(loadState(city(), state)).toEqual(state);
  expect(loadState(city(), JSON.stringify(state))).toEqual(state);
  expect(loadState(city(), `\ufeff${JSON.stringify(state)}`)).toEqual(state);
  expect(loadState(city(), { $schema: "https://example.org", ...state })).toEqual(state);
});

test("parts that aren't given are empty, and one's own", () => {
  const empty = { inflows: {}, availability: {}, out: [], volumes: {}, setPoints: {}, locks: {} };
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
        data: { is: "notInNetwork", part, id: '"nort"', hint: { is: "nearest", name: '"north"' } },
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
    for (const value of [0, 0.5])
      expect(stateErrorsOf(network, { volumes: { tank: value } })).toMatchObject([{ code: "range" }]);
    for (const value of [10, 20]) expect(stateErrorsOf(network, { volumes: { tank: value } })).toEqual([]);
  });

  test("flows that aren't held exactly", () => {
    expect(codes(stateErrorsOf(city(), { inflows: { north: 104_250 } }))).toEqual(["range"]);
    const wide = loadNetwork(spoilt("links[1].capacity", 1e300));
    for (const b of [104_250, 1e300]) expect(codes(stateErrorsOf(wide, { setPoints: { b } }))).toEqual(["range"]);
    const back = loadNetwork(spoilt("links[2].reverseCapacity", 1e300));
    for (const c of [-104_250, -1e300]) expect(codes(stateErrorsOf(back, { setPoints: { c } }))).toEqual(["range"]);
    const most = fromQuanta(MOST_QUANTA, "m3/s");
    expect(stateErrorsOf(city(), { inflows: { north: most } })).toEqual([]);
    expect(stateErrorsOf(wide, { setPoints: { b: most } })).toEqual([]);
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
    const oneWay = loadNetwork(spoilt("links[2].reverseCapacity", 0));
    expect(messages(stateErrorsOf(oneWay, { setPoints: { c: -0.1 } }))).toEqual([
      'setPoints.c is -0.1; "c" runs one way, so its flow is 0 or more.',
    ]);
  });
});

describe("a set point beyond the link's capacity", () => {
  const told = (setPoints: Record<string, number>) => {
    const issues = checkState(city(), { setPoints });
    expectSound(issues);
    expect(issues.map(({ code, severity }) => `${code} ${severity}`)).toEqual(
      issues.map(() => "set-point-clipped warning"),
    );
    return issues.map(({ path, message }) => [path, message]);
  };

  test("is taken as the capacity that way, and told", () => {
    const setPoints = { b: 0.75, c: -0.3 };
    expect(loadState(city(), { setPoints }).setPoints).toEqual({ b: 0.5, c: -0.1 });
    expect(clippedSetPoints(city(), { setPoints })).toEqual([
      { id: "b", given: 0.75, taken: 0.5 },
      { id: "c", given: -0.3, taken: -0.1 },
    ]);
    expect(told(setPoints)).toEqual([
      ["setPoints.b", 'setPoints.b is 0.75 m³/s; "b" carries 0.5 m³/s at most, so that is taken.'],
      ["setPoints.c", 'setPoints.c is -0.3 m³/s; "c" carries 0.1 m³/s at most that way, so that is taken.'],
    ]);
    expect(setPoints).toEqual({ b: 0.75, c: -0.3 });
  });

  test.each([9, 104_250, 1e300, Number.MAX_VALUE])("however far: %d", (far) => {
    expect(loadState(city(), { setPoints: { b: far, c: -far } }).setPoints).toEqual({ b: 0.5, c: -0.1 });
    expect(told({ b: far, c: -far })).toHaveLength(2);
    expect(dispatch(city(), { state: { setPoints: { b: far } } }).moves).toMatchObject([{ id: "b", from: 0.5 }]);
  });

  test("at it, or within a quantum of it, there is nothing to tell", () => {
    const setPoints = { b: 0.5 + 1e-13, c: -0.1 };
    expect(loadState(city(), { setPoints }).setPoints).toEqual(setPoints);
    expect(told(setPoints)).toEqual([]);
  });

  test("what is out or lost in part changes nothing: the file's capacity counts", () => {
    const state = { setPoints: { b: 0.5 }, availability: { b: 0.1 }, out: ["c"] };
    expect(checkState(city(), state)).toEqual([]);
    expect(loadState(city(), state).setPoints).toEqual({ b: 0.5 });
  });

  test("doesn't hide what is wrong", () => {
    const state = { setPoints: { b: 9 }, out: ["wets"] };
    expect(paths(stateErrorsOf(city(), state))).toEqual(["out[0]"]);
  });

  test("check tells what loadState refuses as well", () => {
    expect(checkState(city(), { out: ["wets"] })).toEqual(stateErrorsOf(city(), { out: ["wets"] }));
    expect(checkState(city(), "{")).toMatchObject([{ code: "json" }]);
    expect(checkState(city(), {})).toEqual([]);
  });
});

describe("locks", () => {
  const told = (locks: unknown, of = city()) =>
    stateErrorsOf(of, { locks }).map(({ code, path, message }) => [code, path, message]);

  test("hold pumps, gates and plants at a flow or in a range", () => {
    for (const lock of [0, 0.1, { min: 0 }, { max: 0 }, { min: 0.1, max: 0.1 }, { min: 0, max: 0.2 }])
      expect(told({ b: lock, c: lock, east: lock })).toEqual([]);
    // Only what is given bounds a flow.
    for (const lock of [-0.1, { min: -0.1 }, { max: -0.1 }, { min: -0.2, max: -0.1 }])
      expect(told({ c: lock })).toEqual([]);
    for (const id of ["north", "k1", "tank", "cso", "a"])
      expect(told({ [id]: 0 })).toEqual([
        ["wrong-kind", `locks.${id}`, expect.stringContaining("locks are of a pump")],
      ]);
    expect(told({ wets: 0 })).toEqual([["unknown-id", "locks.wets", expect.stringContaining('mean "west"')]]);
  });

  test("have a range that isn't empty", () => {
    expect(told({ b: { min: 0.2, max: 0.1 } })).toEqual([
      ["range", "locks.b", "locks.b: its min (0.2) is above its max (0.1)."],
    ]);
  });

  test("don't hold a flow below 0 where water goes one way", () => {
    const oneWay = loadNetwork(spoilt("links[2].reverseCapacity", 0));
    const text = "it holds a flow below 0, but water goes one way there; a flow is 0 or more.";
    for (const lock of [-0.1, { min: -0.1 }, { max: -0.1 }, { min: -0.1, max: 0.1 }]) {
      for (const id of ["b", "west"])
        expect(told({ [id]: lock })).toEqual([["range", `locks.${id}`, `locks.${id}: ${text}`]]);
      expect(told({ c: lock }, oneWay)).toEqual([["range", "locks.c", `locks.c: ${text}`]]);
    }
  });

  test("hold flows that are held exactly", () => {
    const most = fromQuanta(MOST_QUANTA, "m3/s");
    const text = "locks.c: it holds more than can be held exactly.";
    for (const lock of [104_250, -104_250, 1e300, { min: 104_250 }, { max: -104_250 }])
      expect(told({ c: lock })).toEqual([["range", "locks.c", text]]);
    expect(told({ c: { min: -most, max: most } })).toEqual([]);
  });

  test("a bound beyond all flows is none, as a capacity is", () => {
    const network = city();
    for (const most of [104_250, 1e300, Number.MAX_VALUE]) {
      expect(told({ c: { min: -most, max: most }, west: { max: most } })).toEqual([]);
      const state = { locks: { c: { min: -most, max: most }, west: { max: most } } };
      const { locks, ...plan } = dispatch(network, { state });
      expect(locks.map(({ short, costs }) => [short, costs])).toEqual([
        [0, []],
        [0, []],
      ]);
      expect(plan).toEqual({ ...dispatch(network), locks: undefined });
      expect(certify(network, stateOf(network, { state }), { locks, ...plan })).toMatchObject({
        problems: [],
        optimal: true,
      });
    }
  });

  test("are figures by id", () => {
    for (const lock of ["0.1", null, [], [0.1], {}, { min: NaN }, { min: "0", max: 1 }, { least: 1 }, NaN, Infinity])
      expect(new Set(paths(stateErrorsOf(city(), { locks: { b: lock } })).map((path) => path.slice(0, 7)))).toEqual(
        new Set(["locks.b"]),
      );
    for (const locks of [null, [], [0.1], 3, "b"]) expect(paths(stateErrorsOf(city(), { locks }))).toEqual(["locks"]);
    const trap = JSON.parse('{ "locks": { "__proto__": 1 }, "out": ["wets"] }') as object;
    expect(paths(stateErrorsOf(city(), trap)).sort()).toEqual(["locks.__proto__", "out[0]"]);
  });
});

test("a state of nothing that was checked is refused", () => {
  for (const network of [undefined, null, {}, sample()]) {
    expect(() => loadState(network as never, {})).toThrow(NetworkError);
    expect(() => checkState(network as never, {})).toThrow(NetworkError);
  }
});

test("inflows times a factor, the file's where the state has none", () => {
  const file = sample();
  file.nodes.push({ id: "south", kind: "catchment", inflow: 0.2 });
  const network = loadNetwork(file);
  const state = loadState(network, { inflows: { north: 0.4 }, out: ["west"] });
  expect(timesInflow(network, state, 2.5)).toEqual({ ...state, inflows: { north: 1, south: 0.5 } });
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

test.each([
  [{}, "locks.tie is an object; a lock is a flow, or a range"],
  [{ min: undefined }, "locks.tie is an object; a lock is a flow, or a range"],
  [{ least: 1 }, 'locks.tie has an unknown key "least"'],
])("a lock that holds nothing says what a lock is: %j", (lock, message) => {
  expect(checkState(city(), { locks: { tie: lock } })[0]!.message).toContain(message);
});

test("what a part of a state isn't of is told with its article", () => {
  expect(checkState(city(), { inflows: { cso: 1 } })[0]!.message).toBe(
    'inflows names "cso", which is an outfall; inflows are of a catchment.',
  );
});
