/** Every sentence about a file is said in Chinese, with the same names and figures. What else the samples produce is held to it as well. */
import { describe, expect, test } from "vitest";
import {
  checkNetwork,
  checkState,
  dispatch,
  issueText,
  loadNetwork,
  NetworkError,
  OptionError,
  type Issue,
  type Network,
} from "../../src/index.js";
import { outagesOf } from "../../src/network/outage.js";
import { EXPECTATIONS } from "../../src/text/en/expectations.js";
import { HINTS, ISSUES } from "../../src/text/en/issues.js";
import { ODDITIES } from "../../src/text/en/oddities.js";
import { caught, city, expectChinese, sample, spoilt, type Loose } from "./samples.js";

const bytes = (...codes: number[]) => Uint8Array.from(codes);
const text = (before: string, ...codes: number[]) => bytes(...Buffer.from(before), ...codes);

function cyclic(): unknown {
  const file = sample();
  file.nodes[0]!.volume = file;
  return file;
}

const deep = () => Array.from({ length: 40 }).reduce<unknown>((inner) => [inner], []);
const withLinks = (...links: Loose[]) => ({ ...sample(), links: [...sample().links, ...links] });

/** Files that are told of, one sentence or more each. */
const FILES: unknown[] = [
  text("", 0xff, 0xfe, 0, 0),
  text("", 0xff, 0xfe, 0x7b),
  text('{"a":"', 0xff, 0, 0x80, 0),
  text('{"a":"', 0xe4, 0xb8, 0xad, 0xe4, 0xb8, 0xad, 0xe4),
  text('{"a":"', 0xb1, 0xb1, 0xc7, 0xf8, 0x22),
  text('{"a":"', 0xaa, 0x46, 0xbc, 0x74, 0x22),
  "",
  ...[
    '{"a"',
    "{a: 1}",
    '{"a" 1}',
    '{"a": }',
    "[1 2]",
    "[1,]",
    "[] x",
    '["\\x"]',
    '["',
    '["\n"]',
    '["\t"]',
    "// x",
    "['a']",
  ],
  "\ufffd",
  '{"units": {}, "units": {}}',
  { ...sample(), description: deep() },
  JSON.parse(JSON.stringify(sample()).replace('"units"', '"__proto__": {}, "units"')),
  cyclic(),
  { ...sample(), name: "\ufffd", nodse: [] },
  spoilt("nodes[0].id", "\ufffd"),
  spoilt("nodes[1].id", "north"),
  spoilt("nodes[1].colour", "red"),
  spoilt("links[0].from", "nort"),
  spoilt("links[0].to", "north"),
  spoilt("links[3].from", "cso"),
  withLinks({ id: "f", kind: "gate", from: "k1", to: "cso", capacity: 1, reverseCapacity: 1 }),
  spoilt("nodes[0].inflow", 1e9),
  spoilt("nodes[3].minFlow", 9),
  spoilt("nodes[2].volume.min", 9000),
  spoilt("nodes[2].volume.initial", 9000),
  spoilt("links[0].target", 9),
  {
    ...sample(),
    nodes: [...sample().nodes, { id: "lone", kind: "junction" }, { id: "dry", kind: "plant", capacity: 1 }],
  },
  { ...sample(), nodes: [...sample().nodes, { id: "lost", kind: "catchment", inflow: 1 }] },
  withLinks({ id: "a2", kind: "conduit", from: "north", to: "k1", capacity: 1 }),
  withLinks(
    { id: "f", kind: "pump", from: "east", to: "west", capacity: 1 },
    { id: "g", kind: "pump", from: "west", to: "east", capacity: 1 },
  ),
  withLinks({ id: "f", kind: "conduit", from: "k1", to: "west", capacity: 1 }),
  // What a schema expects.
  undefined,
  [],
  ...["id", "kind", "inflow", "bod", "population", "at", "availability", "floodWeight", "name"].map((key) =>
    spoilt(`nodes[0].${key}`, key === "id" ? 7 : -1),
  ),
  spoilt("nodes[0].id", ""),
  spoilt("nodes[0].id", "__proto__"),
  spoilt("nodes[0].at", ["x", 1]),
  spoilt("nodes[0].floodWeight", 1e12),
  spoilt("nodes[2].volume", 7),
  ...["min", "max", "initial"].map((key) => spoilt(`nodes[2].volume.${key}`, -1)),
  ...["capacity", "minFlow", "treatmentCost", "weight"].map((key) => spoilt(`nodes[3].${key}`, -1)),
  spoilt("nodes[3].treatmentCost", 1e12),
  spoilt("nodes[3].weight", 1e12),
  spoilt("nodes[5].weight", -1),
  ...["kind", "target", "energy", "weight", "travelTime"].map((key) => spoilt(`links[0].${key}`, -1)),
  spoilt("links[2].reverseCapacity", -1),
  ...["$schema", "units", "units.flow", "energyPrice", "nodes", "links"].map((key) => spoilt(key, 7)),
  spoilt("nodes", []),
];

const STATES: unknown[] = [
  7,
  { inflows: { north: -1, nort: 1, east: 1 } },
  { inflows: { north: 1e9, cso: 1 }, setPoints: { b: 7, c: -7, d: "x" } },
  { setPoints: { b: -1 } },
  { setPoints: { b: 7, c: -7 } },
  { volumes: { tank: 9000 } },
  { availability: 7, volumes: { tank: -1 } },
  { out: ["b", "b"], locks: { b: { min: 2, max: 1 }, east: 1e9, c: "x" } },
  { out: [7], locks: { b: -1, c: { min: "x" } } },
  { out: 7, $schema: 7 },
  { setPoints: { "\ufffd": 1 } },
];

/** What is thrown besides. */
const REFUSED: (() => unknown)[] = [
  () => outagesOf(city(), [["b", "b"], "x", { id: "c", availability: 7 }]),
  () => dispatch(sample() as unknown as Network),
  () => dispatch(loadNetwork({ ...sample(), nodes: [...sample().nodes, ...wet()] })),
];

/** Catchments whose inflows are right one by one, and too much together. */
function wet(): Loose[] {
  return ["w1", "w2"].map((id) => ({ id, kind: "catchment", inflow: 10_000 }));
}

const issues: Issue[] = [
  ...FILES.flatMap((file) => checkNetwork(file)),
  ...STATES.flatMap((state) => checkState(city(), state)),
  ...REFUSED.flatMap((act) => {
    const reason = caught(act);
    expect(reason).toBeInstanceOf(NetworkError);
    return (reason as NetworkError).issues;
  }),
];

test("is the same in Chinese", () => {
  expect(issues.length).toBeGreaterThan(100);
  for (const issue of issues) expectChinese(issue);
});

describe("no sentence is left out", () => {
  const told = (of: readonly (string | undefined)[]) => [...new Set(of)].filter((one) => one !== undefined).sort();

  test("on files, states and networks", () => {
    expect(told(issues.map(({ data }) => data.is))).toEqual(Object.keys({ ...ISSUES, ...ODDITIES }).sort());
  });

  test("on what would be right", () => {
    expect(told(issues.map(({ data }) => (data.is === "value" ? data.expected.is : undefined)))).toEqual(
      Object.keys(EXPECTATIONS).sort(),
    );
  });

  test("on what may have been meant", () => {
    expect(told(issues.map(({ data }) => data.hint?.is))).toEqual(Object.keys(HINTS).sort());
  });
});

test("by hand", () => {
  const chinese = (file: unknown) => checkNetwork(file).map((issue) => issueText(issue, "zh"));
  expect(chinese(spoilt("links[0].from", "nort"))).toContain(
    'links[0] "a"：from 指向节点 "nort"，而该节点未定义。是否应为 "north"？',
  );
  expect(chinese(spoilt("nodes[0].inflow", -1))).toEqual([
    'nodes[0] "north"：inflow 为 -1；来水量应不小于 0（m³/s）。',
  ]);
  expect(chinese('{"a": [1,]}')).toEqual(['文件不是 JSON：第 1 行第 9 列，逗号与 "]" 之间缺少内容。']);
  expect(checkState(city(), { inflows: { east: 1 } }).map((issue) => issueText(issue, "zh"))).toEqual([
    'inflows 中的 "east" 是污水处理厂（plant）；inflows 只能用于汇水区（catchment）。',
  ]);
  const [issue] = issues;
  expect(() => issueText(issue!, "fr" as "zh")).toThrow(OptionError);
});
