import { describe, expect, test } from "vitest";
import { certify, dispatch, FLOW_UNITS, loadNetwork } from "../../src/index.js";
import { codes, errorsOf, messages, paths, sample, spoilt } from "./samples.js";

/** Every figure of the sample, and what its message calls for. */
const AMOUNTS: [path: string, expectation: string][] = [
  ["energyPrice", "an energy price is 0 or more (money per kWh)"],
  ["nodes[0].inflow", "an inflow is 0 or more (m³/s)"],
  ["nodes[0].bod", "a BOD concentration is 0 or more (mg/L)"],
  ["nodes[0].population", "a population is 0 or more (persons)"],
  ["nodes[2].volume.min", "a least volume is 0 or more (m³)"],
  ["nodes[2].volume.max", "a most volume is 0 or more (m³)"],
  ["nodes[2].volume.initial", "an initial volume is 0 or more (m³)"],
  ["nodes[3].capacity", "a capacity is 0 or more (m³/s)"],
  ["nodes[3].minFlow", "a least flow is 0 or more (m³/s)"],
  ["nodes[3].treatmentCost", "a treatment cost is 0 or more (money per m³)"],
  ["nodes[3].weight", "a plant's weight is above 0"],
  ["nodes[3].availability", "an availability is from 0 (nothing) to 1 (all of it)"],
  ["nodes[5].capacity", "a capacity is 0 or more (m³/s)"],
  ["nodes[5].weight", "an outfall's weight is 0 or more (no unit)"],
  ["links[0].capacity", "a capacity is 0 or more (m³/s)"],
  ["links[0].target", "a target is 0 or more (m³/s)"],
  ["links[0].travelTime", "a travel time is 0 or more (s)"],
  ["links[0].weight", "a link's weight is 0 or more (no unit)"],
  ["links[1].energy", "an energy is 0 or more (kWh/m³)"],
  ["links[2].reverseCapacity", "a reverse capacity is 0 or more (m³/s)"],
];

/** How messages show a value that is no figure. */
const NO_FIGURES: [value: unknown, shown: string][] = [
  [NaN, "NaN"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
  [-0.4, "-0.4"],
  ["0.4", '"0.4"'],
  [null, "null"],
  [true, "true"],
  [[], "an empty list"],
  [[1], "a list"],
  [{}, "an object"],
  [1n, "1"],
];

/** Where Infinity says that there is no limit. */
const LIMITS = [
  "nodes[2].volume.max",
  "nodes[5].capacity",
  "links[0].capacity",
  "links[0].target",
  "links[2].reverseCapacity",
];

describe.each(AMOUNTS)("%s", (path, expectation) => {
  test.each(NO_FIGURES.filter(([value]) => value !== Infinity || !LIMITS.includes(path)))(
    "is not %s",
    (value, shown) => {
      const errors = errorsOf(spoilt(path, value));
      expect(paths(errors)).toEqual([path]);
      expect(codes(errors)).toEqual(["value"]);
      expect(errors[0]?.message).toContain(` is ${shown}; ${expectation}.`);
    },
  );

  test("may be 0, but for a weight that is divided by", () => {
    const errors = errorsOf(spoilt(path, 0));
    expect(paths(errors)).toEqual(path === "nodes[3].weight" ? [path] : zeroClashes(path));
  });
});

/** Where 0 alone clashes with another figure of the sample. */
function zeroClashes(path: string): string[] {
  if (path === "nodes[2].volume.max") return ["nodes[2].volume.initial"];
  if (path === "nodes[3].capacity") return ["nodes[3].minFlow"];
  return [];
}

test.each(["nodes[0].inflow", "nodes[3].capacity", "nodes[2].volume", "nodes[2].volume.max", "links[1].capacity"])(
  "%s must be there",
  (path) => {
    const errors = errorsOf(spoilt(path, undefined));
    expect(codes(errors)).toEqual(["missing"]);
    expect(paths(errors)).toEqual([path]);
    expect(errors[0]?.message).toContain("is missing; ");
  },
);

test("a message says what, where and what would be right", () => {
  expect(messages(errorsOf(spoilt("links[3].capacity", -0.4)))).toEqual([
    'links[3] "d": capacity is -0.4; a capacity is 0 or more (m³/s).',
  ]);
  expect(messages(errorsOf(spoilt("nodes[2].volume.max", NaN)))).toEqual([
    'nodes[2] "tank": volume.max is NaN; a most volume is 0 or more (m³).',
  ]);
});

test("messages speak the file's unit, and of none where that isn't known", () => {
  const file = spoilt("links[3].capacity", -0.4);
  file.units = { flow: "万m3/d" };
  expect(errorsOf(file)[0]?.message).toMatch(/\(万m³\/d\)\.$/);
  file.units = { flow: "furlongs" };
  expect(errorsOf(file).find((issue) => issue.path === "links[3].capacity")?.message).toMatch(
    /\(the file's flow unit\)\.$/,
  );
});

describe("figures that don't go together", () => {
  test("a least flow above the capacity", () => {
    expect(messages(errorsOf(spoilt("nodes[3].minFlow", 2)))).toEqual([
      'nodes[3] "east": minFlow (2 m³/s) exceeds capacity (1.74 m³/s).',
    ]);
  });

  test("a least volume above the most", () => {
    const errors = errorsOf(spoilt("nodes[2].volume", { min: 3, max: 1 }));
    expect(paths(errors)).toEqual(["nodes[2].volume"]);
    expect(messages(errors)).toEqual(['nodes[2] "tank": volume.min (3 m³) exceeds volume.max (1 m³).']);
  });

  test.each([5001, 9e15])("a volume of %d beyond the most", (initial) => {
    expect(paths(errorsOf(spoilt("nodes[2].volume.initial", initial)))).toEqual(["nodes[2].volume.initial"]);
  });

  test("a volume below the least", () => {
    const errors = errorsOf(spoilt("nodes[2].volume", { min: 10, max: 20, initial: 9 }));
    expect(codes(errors)).toEqual(["range"]);
    expect(messages(errors)).toEqual([
      'nodes[2] "tank": volume.initial is 9 m³; it lies between min (10 m³) and max (20 m³).',
    ]);
  });

  test("a volume at either limit is one", () => {
    expect(errorsOf(spoilt("nodes[2].volume", { min: 10, max: 20, initial: 10 }))).toEqual([]);
    expect(errorsOf(spoilt("nodes[2].volume", { min: 10, max: 20, initial: 20 }))).toEqual([]);
  });
});

describe("flows beyond what is held exactly", () => {
  test.each(["nodes[0].inflow", "nodes[3].capacity"])("%s", (path) => {
    const errors = errorsOf(spoilt(path, 13_032));
    expect(paths(errors)).toContain(path);
    expect(new Set(codes(errors))).toEqual(new Set(["range"]));
    expect(errors[0]?.message).toContain("13032 m³/s; the most that is held exactly is 13031 m³/s.");
    expect(errorsOf(spoilt(path, 13_030))).toEqual([]);
  });

  test("all inflows together", () => {
    const file = sample();
    file.nodes[0]!.inflow = 10_000;
    file.nodes.push({ id: "south", kind: "catchment", inflow: 10_000 });
    file.links.push({ id: "s", kind: "conduit", from: "south", to: "k1", capacity: 1 });
    const errors = errorsOf(file);
    expect(paths(errors)).toEqual(["nodes"]);
    expect(errors[0]?.message).toContain("all inflows together are 20000 m³/s");
  });

  test.each(["nodes[5].capacity", "links[0].capacity", "links[2].reverseCapacity"])(
    "%s may be as good as none",
    (path) => {
      for (const capacity of [104_250, 1e300, Number.MAX_VALUE]) {
        const network = loadNetwork(spoilt(path, capacity));
        const plan = dispatch(network);
        expect(certify(network, {}, plan).problems).toEqual([]);
      }
    },
  );
});

describe("units", () => {
  test.each(FLOW_UNITS)("%s is one", (flow) => {
    expect(loadNetwork({ ...sample(), units: { flow } }).units.flow).toBe(flow);
  });

  test.each(["m3/min", "", "M3/S", "m³/s", 3, null, ["m3/s"]])("%j is none", (flow) => {
    const errors = errorsOf({ ...sample(), units: { flow } });
    expect(paths(errors)).toEqual(["units.flow"]);
    expect(errors[0]?.message).toContain(`a flow unit is one of ${FLOW_UNITS.join(", ")}.`);
  });

  test("a near miss is hinted at", () => {
    const [issue] = errorsOf({ ...sample(), units: { flow: "mgd " } });
    expect(issue?.hint).toBeUndefined();
    expect(errorsOf({ ...sample(), units: { flow: "m3/sec" } })[0]?.hint).toBe('Did you mean "m3/s"?');
    expect(errorsOf({ ...sample(), units: { flow: "万m³/d" } })[0]?.hint).toBe('Did you mean "万m3/d"?');
  });

  test("units are an object, and must be there", () => {
    expect(messages(errorsOf({ ...sample(), units: "m3/s" }))).toEqual([
      'units is "m3/s"; units name the flow unit of the file: { "flow": "m3/s" }.',
    ]);
    expect(codes(errorsOf(spoilt("units", undefined)))).toEqual(["missing"]);
    expect(codes(errorsOf({ ...sample(), units: {} }))).toEqual(["missing"]);
  });
});

describe("a place", () => {
  test.each([[[1]], [[1, 2, 3]], [[1, NaN]], [["1", 2]], ["1,2"], [{ x: 1, y: 2 }]])("is not %j", (at) => {
    const errors = errorsOf(spoilt("nodes[1].at", at));
    expect(errors).toHaveLength(1);
    expect(errors[0]?.path).toMatch(/^nodes\[1\]\.at/);
  });
});
