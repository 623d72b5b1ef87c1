import { describe, expect, test } from "vitest";
import { checkNetwork, dispatch, loadNetwork, loadState, networkGraph } from "../../src/index.js";
import { codes, errorsOf, messages, paths, sample, spoilt, stateErrorsOf, type LooseFile } from "./samples.js";

describe("an id occurs once", () => {
  test("among nodes", () => {
    const file = sample();
    file.nodes.push({ id: "k1", kind: "junction" });
    expect(errorsOf(file)).toMatchObject([
      {
        code: "duplicate-id",
        path: "nodes[6].id",
        message: 'nodes[6] "k1": the id is taken by nodes[1]; an id occurs once among all nodes and links.',
      },
    ]);
  });

  test("among links", () => {
    expect(errorsOf(spoilt("links[4].id", "a"))).toMatchObject([
      { code: "duplicate-id", path: "links[4].id", message: /^links\[4\] "a": the id is taken by links\[0\];/ },
    ]);
  });

  test("among nodes and links", () => {
    expect(errorsOf(spoilt("links[1].id", "east"))).toMatchObject([
      { code: "duplicate-id", path: "links[1].id", message: /^links\[1\] "east": the id is taken by nodes\[3\];/ },
    ]);
  });

  test("and every repetition is told", () => {
    const file = sample();
    file.nodes.push({ id: "k1", kind: "junction" }, { id: "k1", kind: "junction" });
    expect(paths(errorsOf(file))).toEqual(["nodes[6].id", "nodes[7].id"]);
  });

  test("in exactly that spelling", () => {
    const file = sample();
    file.nodes.push({ id: "K1", kind: "junction" }, { id: "k1 ", kind: "junction" });
    expect(errorsOf(file)).toEqual([]);
  });
});

test.each<[unknown, string]>([
  ["", "an id has at least one character"],
  [7, "an id is a text"],
  [null, "an id is a text"],
  [["x"], "an id is a text"],
  ["__proto__", 'an id is any text but "__proto__"'],
])("the id %j is none", (id, expectation) => {
  for (const path of ["nodes[1].id", "links[4].id"]) {
    const errors = errorsOf(spoilt(path, id)).filter((issue) => issue.code !== "unknown-id");
    expect(paths(errors)).toEqual([path]);
    expect(errors[0]?.message).toContain(`; ${expectation}.`);
  }
});

describe("a dangling end", () => {
  test.each(["from", "to"])("is told with the nearest name: %s", (end) => {
    const errors = errorsOf(spoilt(`links[3].${end}`, end === "from" ? "k-1" : "eest"));
    const [wrong, right] = end === "from" ? ["k-1", "k1"] : ["eest", "east"];
    expect(errors).toEqual([
      {
        code: "unknown-id",
        severity: "error",
        path: `links[3].${end}`,
        message: `links[3] "d": ${end} names node "${wrong}", which is not defined. Did you mean "${right}"?`,
        hint: `Did you mean "${right}"?`,
        data: {
          is: "endUnknown",
          item: 'links[3] "d"',
          end,
          id: `"${wrong}"`,
          hint: { is: "nearest", name: `"${right}"` },
        },
      },
    ]);
  });

  test("has no hint where no name is near", () => {
    const [issue] = errorsOf(spoilt("links[3].to", "a wholly different name"));
    expect(issue?.hint).toBeUndefined();
    expect(issue?.message).toMatch(/is not defined\.$/);
  });

  test("at both ends is told twice", () => {
    const file = spoilt("links[3].to", "x1");
    file.links[3]!.from = "x2";
    expect(paths(errorsOf(file))).toEqual(["links[3].from", "links[3].to"]);
  });

  test("a link is no end", () => {
    expect(codes(errorsOf(spoilt("links[3].to", "a")))).toEqual(["unknown-id"]);
  });
});

test("a link joins two nodes", () => {
  expect(messages(errorsOf(spoilt("links[3].to", "k1")))).toEqual([
    'links[3] "d": it starts and ends at node "k1"; a link joins two nodes.',
  ]);
  expect(codes(errorsOf(spoilt("links[3].to", "k1")))).toEqual(["self-loop"]);
});

describe("water that left doesn't come back", () => {
  test("by a link that starts at an outfall", () => {
    const errors = errorsOf(spoilt("links[3].from", "cso"));
    expect(codes(errors)).toEqual(["wrong-kind"]);
    expect(paths(errors)).toEqual(["links[3].from"]);
  });

  test("by a two-way gate", () => {
    const errors = errorsOf(spoilt("links[2].to", "cso"));
    expect(codes(errors)).toEqual(["wrong-kind"]);
    expect(paths(errors)).toEqual(["links[2].reverseCapacity"]);
  });

  test("a one-way gate to an outfall is fine", () => {
    const file = spoilt("links[2].to", "cso");
    file.links[2]!.reverseCapacity = 0;
    expect(errorsOf(file)).toEqual([]);
  });
});

describe("kinds", () => {
  test.each(["plnt", "__proto__", "constructor", "toString", 3, null, undefined, {}])(
    "%j is none of a node",
    (kind) => {
      const [issue, ...others] = errorsOf(spoilt("nodes[1].kind", kind));
      expect(others).toEqual([]);
      expect(issue).toMatchObject({ path: "nodes[1].kind", code: kind === undefined ? "missing" : "value" });
      expect(issue?.message).toContain("a node's kind is one of catchment, junction, storage, plant, outfall.");
    },
  );

  test.each(["pipe", "plant", "hasOwnProperty", 0, undefined])("%j is none of a link", (kind) => {
    const [issue, ...others] = errorsOf(spoilt("links[1].kind", kind));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ path: "links[1].kind" });
    expect(issue?.message).toContain("a link's kind is one of conduit, pump, gate.");
  });
});

/** Names that every object inherits: as ids they are ids like any other. */
const INHERITED = ["constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"] as const;

/** A catchment, two plants, a storage, an outfall, and links between them, all under inherited names. */
function inherited(): LooseFile {
  const [catchment, storage, pump, gate, plant] = INHERITED;
  return {
    units: { flow: "m3/s" },
    nodes: [
      { id: catchment, kind: "catchment", inflow: 1 },
      { id: storage, kind: "storage", volume: { max: 10 } },
      { id: plant, kind: "plant", capacity: 4 },
      { id: "isPrototypeOf", kind: "plant", capacity: 4 },
      { id: "propertyIsEnumerable", kind: "outfall" },
    ],
    links: [
      { id: pump, kind: "pump", from: catchment, to: storage, capacity: 4, energy: 0.1 },
      { id: gate, kind: "gate", from: storage, to: plant, capacity: 4, reverseCapacity: 4 },
      { id: "toLocaleString", kind: "conduit", from: storage, to: "isPrototypeOf", capacity: 4 },
      { id: "__lookupGetter__", kind: "conduit", from: storage, to: "propertyIsEnumerable", capacity: 4 },
    ],
  };
}

describe("inherited names as ids", () => {
  test("load, and an unknown one is unknown", () => {
    expect(checkNetwork(inherited())).toEqual([]);
    expect(codes(errorsOf(spoilt("links[3].to", "constructor")))).toEqual(["unknown-id"]);
    expect(codes(stateErrorsOf(loadNetwork(sample()), { inflows: { toString: 1 } }))).toEqual(["unknown-id"]);
    expect(codes(stateErrorsOf(loadNetwork(sample()), { out: ["hasOwnProperty"] }))).toEqual(["unknown-id"]);
  });

  test("are nodes and edges of the graph", () => {
    const graph = networkGraph(loadNetwork(inherited()));
    expect(graph.nodes()).toEqual(expect.arrayContaining(["constructor", "toString"]));
    expect(graph.source("hasOwnProperty")).toBe("constructor");
    expect(graph.getNodeAttribute("constructor", "kind")).toBe("catchment");
  });

  test("are in states", () => {
    const network = loadNetwork(inherited());
    const state = {
      inflows: { constructor: 2 },
      availability: { __defineGetter__: 0.5 },
      out: ["propertyIsEnumerable"],
      volumes: { toString: 3 },
      setPoints: { hasOwnProperty: 1, valueOf: -1 },
      locks: { hasOwnProperty: { max: 1 } },
    };
    expect(loadState(network, state)).toEqual(state);
    expect(loadState(network, {})).toEqual({
      inflows: {},
      availability: {},
      out: [],
      volumes: {},
      setPoints: {},
      locks: {},
    });
  });

  test("are dispatched like any other", () => {
    const network = loadNetwork(inherited());
    const plan = dispatch(network, {
      state: { inflows: { constructor: 3 }, availability: { __defineGetter__: 0.5 }, setPoints: { valueOf: -0.5 } },
      outages: ["propertyIsEnumerable"],
    });
    expect(plan.status).toBe("normal");
    expect(plan.plants).toEqual([
      { id: "__defineGetter__", intake: 1, available: 2, utilisation: 0.5, headroom: 1 },
      { id: "isPrototypeOf", intake: 2, available: 4, utilisation: 0.5, headroom: 2 },
    ]);
    expect(plan.moves.map(({ id, from, to }) => ({ id, from, to }))).toEqual([{ id: "valueOf", from: -0.5, to: 1 }]);
    // A state that says nothing of them must not find what objects inherit.
    expect(dispatch(network).plants.map((plant) => plant.intake)).toEqual([0.5, 0.5]);
  });
});
