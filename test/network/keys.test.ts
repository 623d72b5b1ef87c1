import { describe, expect, test } from "vitest";
import { errorsOf, caught, city, codes, paths, sample, spoilt, stateErrorsOf } from "./samples.js";
import { loadNetwork, NetworkError } from "../../src/index.js";

describe("an unknown key is told with the nearest that is known", () => {
  test.each<[path: string, near: string]>([
    ["nods", "nodes"],
    ["unit", "units"],
    ["energyprice", "energyPrice"],
    ["units.flwo", "flow"],
    ["name.ze", "zh"],
    ["nodes[0].inflwo", "inflow"],
    ["nodes[0].poplation", "population"],
    ["nodes[2].volume.inital", "initial"],
    ["nodes[2].volume.maxx", "max"],
    ["nodes[3].minflow", "minFlow"],
    ["nodes[3].treatmentcost", "treatmentCost"],
    ["nodes[5].capcity", "capacity"],
    ["links[0].tarjet", "target"],
    ["links[1].enrgy", "energy"],
    ["links[2].reverse_capacity", "reverseCapacity"],
    ["links[3].travel_time", "travelTime"],
  ])("%s", (path, near) => {
    const key = path.split(".").at(-1)!;
    const errors = errorsOf(spoilt(path, 1));
    expect(errors).toMatchObject([{ code: "unknown-key", path, hint: `Did you mean "${near}"?` }]);
    expect(errors[0]?.message).toContain(`unknown key ${JSON.stringify(key)}. Did you mean "${near}"?`);
    for (const part of ["nodes", "links", "volume"]) {
      if (path.includes(`${part}[`) || path.includes(`.${part}.`)) expect(errors[0]?.message).toContain(part);
    }
  });

  test("in an element's name", () => {
    expect(errorsOf(spoilt("nodes[0].name", { en: "North", zg: "北" }))).toMatchObject([
      { code: "unknown-key", path: "nodes[0].name.zg", hint: 'Did you mean "zh"?' },
    ]);
  });

  test("or with all that are known, where none is near", () => {
    const [issue] = errorsOf(spoilt("nodes[2].volume.colour", "red"));
    expect(issue?.message).toBe('nodes[2] "tank": volume has an unknown key "colour". Known are min, max, initial.');
  });

  test("of the kind that has it", () => {
    // A junction has no capacity, a conduit no reverse: keys of another kind are unknown too.
    expect(codes(errorsOf(spoilt("nodes[1].capacity", 1)))).toEqual(["unknown-key"]);
    expect(codes(errorsOf(spoilt("links[0].reverseCapacity", 1)))).toEqual(["unknown-key"]);
    expect(codes(errorsOf(spoilt("nodes[3].maxRamp", 1)))).toEqual(["unknown-key"]);
  });

  test("each one of several", () => {
    const file = spoilt("nodes[1].x", 1);
    file.nodes[1]!.y = 2;
    file.links[0]!.z = 3;
    file.w = 4;
    expect(paths(errorsOf(file)).sort()).toEqual(["links[0].z", "nodes[1].x", "nodes[1].y", "w"]);
  });

  test("even where it holds nothing, or has an inherited name", () => {
    expect(codes(errorsOf({ ...sample(), foo: undefined }))).toEqual(["unknown-key"]);
    for (const key of ["constructor", "toString", "hasOwnProperty", "prototype"]) {
      for (const where of [key, `units.${key}`, `nodes[1].${key}`, `nodes[2].volume.${key}`, `links[0].${key}`]) {
        expect(errorsOf(spoilt(where, 1))).toMatchObject([{ code: "unknown-key", path: where }]);
      }
    }
  });

  test("in a state", () => {
    expect(stateErrorsOf(city(), { setpoints: {} })).toMatchObject([
      { code: "unknown-key", path: "setpoints", hint: 'Did you mean "setPoints"?' },
    ]);
    expect(stateErrorsOf(city(), { inflow: {}, outt: [] })).toHaveLength(2);
  });
});

describe("a __proto__ key", () => {
  const withProto = (text: string, at: string) => {
    expect(text).toContain(at);
    return text.replace(at, `"__proto__": { "capacity": 9, "inflow": 9, "polluted": true }, ${at}`);
  };

  test.each([
    ['"units"', "__proto__", "the input"],
    ['"flow"', "units.__proto__", "units"],
    ['"id":"k1"', "nodes[1].__proto__", "nodes[1]"],
    ['"max"', "nodes[2].volume.__proto__", "nodes[2].volume"],
    ['"zh"', "name.__proto__", "name"],
    ['"id":"c"', "links[2].__proto__", "links[2]"],
  ])("beside %s", (at, path, where) => {
    const text = withProto(JSON.stringify(sample()), at);
    for (const input of [text, JSON.parse(text) as unknown]) {
      expect(errorsOf(input)).toMatchObject([
        { code: "reserved-key", path, message: `${where} has a key "__proto__"; that name can't be used.` },
      ]);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("deep in a part that no file has", () => {
    const text = withProto(JSON.stringify({ ...sample(), foo: { bar: [{ baz: [[{ qux: 1 }]] }] } }), '"qux"');
    expect(paths(errorsOf(text))).toEqual(["foo.bar[0].baz[0][0].__proto__", "foo"]);
  });

  test("each one of several", () => {
    const text = withProto(withProto(JSON.stringify(sample()), '"max"'), '"id":"c"');
    expect(paths(errorsOf(text)).sort()).toEqual(["links[2].__proto__", "nodes[2].volume.__proto__"]);
  });

  test.each(["inflows", "availability", "volumes", "setPoints"])("in a state's %s", (part) => {
    const text = `{ "${part}": { "__proto__": 1 } }`;
    for (const input of [text, JSON.parse(text) as unknown]) {
      expect(stateErrorsOf(city(), input)).toMatchObject([{ code: "reserved-key", path: `${part}.__proto__` }]);
    }
  });

  test("is not a prototype that a file written in code has", () => {
    // The literal below sets a prototype; what is inherited is no part of the file.
    const thrown = caught(() => loadNetwork({ __proto__: null, ...sample() }));
    expect(thrown).toBeUndefined();
  });
});

describe("what isn't a tree", () => {
  test("a network that contains itself", () => {
    const file = sample();
    file.nodes[1]!.name = file;
    expect(errorsOf(file)).toMatchObject([
      {
        code: "cyclic",
        path: "nodes[1].name",
        message: "nodes[1].name refers back to what contains it; a file is a tree.",
      },
    ]);
  });

  test("each cycle is told", () => {
    const file = sample();
    file.nodes[1]!.name = file.nodes;
    file.links[0]!.to = file.links[0];
    expect(paths(errorsOf(file)).sort()).toEqual(["links[0].to", "nodes[1].name"]);
  });

  test("a list that contains itself", () => {
    const list: unknown[] = [];
    list.push(list);
    expect(codes(errorsOf({ ...sample(), nodes: list }))).toEqual(["cyclic"]);
    expect(codes(errorsOf(list))).toEqual(["cyclic"]);
  });

  test("a state that contains itself", () => {
    const state: Record<string, unknown> = {};
    state.inflows = state;
    expect(stateErrorsOf(city(), state)).toMatchObject([{ code: "cyclic", path: "inflows" }]);
  });

  test("a part that several places share is no cycle", () => {
    const file = sample();
    const at = [1, 2];
    file.nodes[0]!.at = at;
    file.nodes[1]!.at = at;
    expect(errorsOf(file)).toEqual([]);
  });

  test("parts shared so often that writing them out would take forever", () => {
    let lump: unknown[] = [];
    for (let i = 0; i < 30; i++) lump = [lump, lump];
    expect(codes(errorsOf({ ...sample(), name: lump }))).toEqual(["value"]);
  });
});

describe("bottomless nesting", () => {
  const DEPTH = 100_000;
  const lists = "[".repeat(DEPTH) + "]".repeat(DEPTH);
  const objects = '{"a":'.repeat(DEPTH) + "1" + "}".repeat(DEPTH);

  test.each([
    ["lists", lists],
    ["objects", objects],
  ])("of %s", (_name, deep) => {
    for (const text of [deep, `{"nodes":${deep}}`, `{"units":{"flow":${deep}}}`]) {
      for (const input of [text, JSON.parse(text) as unknown]) expect(codes(errorsOf(input))).toEqual(["too-deep"]);
    }
    for (const part of ["out", "inflows"]) {
      expect(codes(stateErrorsOf(city(), `{"${part}":${deep}}`))).toEqual(["too-deep"]);
    }
  });
});

test("a state is of a network that loadNetwork returned", async () => {
  const { loadState } = await import("../../src/index.js");
  for (const network of [{}, null, undefined, sample(), { ...city() }]) {
    const thrown = caught(() => loadState(network as never, {}));
    expect(thrown).toBeInstanceOf(NetworkError);
    expect((thrown as Error).message).toContain("loadNetwork");
  }
});
