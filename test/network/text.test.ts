/** What is read from a file's text, and what a hostile text gets into messages. */
import { describe, expect, test } from "vitest";
import { checkNetwork, loadNetwork, loadState } from "../../src/index.js";
import { city, codes, errorsOf, expectSound, messages, sample, stateErrorsOf, UNSAFE } from "./samples.js";

describe("text that is no JSON", () => {
  const whole = JSON.stringify(sample());

  test.each<[name: string, text: string]>([
    ["nothing", ""],
    ["blanks", " \n\t"],
    ["a byte order mark alone", "\ufeff"],
    ["cut off at once", whole.slice(0, 1)],
    ["cut off half way", whole.slice(0, whole.length / 2)],
    ["cut off before the end", whole.slice(0, -1)],
    ["something behind", `${whole}x`],
    ["two files in one", whole + whole],
    ["comments", `// a comment\n${whole}`],
    ["a comma too many", '{"nodes": [],}'],
    ["single quotes", "{'nodes': []}"],
    ["NaN", '{"energyPrice": NaN}'],
    ["a binary file", "\u0000\u0001\u007fELF\u0000"],
    ["UTF-16 read as UTF-8", "\ufffd\ufffd{\u0000\n\u0000 \u0000"],
    ["an escape sequence", '{"units": \u001b[31m\n}'],
    ["a C1 control", '{"units": \u009b31m}'],
    ["text that turns round", '{"units": \u202e}'],
    ["a line separator", '{"units": \u2028}'],
  ])("%s", (_name, text) => {
    for (const errors of [errorsOf(text), stateErrorsOf(city(), text)]) {
      expect(codes(errors)).toEqual(["json"]);
      expect(errors[0]?.message).toMatch(/^the file is not JSON: /);
    }
  });

  test("every beginning of a file is refused", () => {
    for (let end = 0; end < whole.length; end++) expect(codes(errorsOf(whole.slice(0, end)))).toEqual(["json"]);
  });
});

test.each<[text: string, shown: string]>([
  ["null", "null"],
  ["3", "3"],
  ['"text"', '"text"'],
  ["true", "true"],
  ["[]", "an empty list"],
  ["[1]", "a list"],
])("JSON that is no file: %s", (text, shown) => {
  expect(messages(errorsOf(text))).toEqual([
    `the input is ${shown}; a network is an object with units, nodes and links.`,
  ]);
  expect(messages(stateErrorsOf(city(), text))).toEqual([
    `the input is ${shown}; a state is an object with inflows, availability, out, volumes, setPoints and locks, each optional.`,
  ]);
});

test("no input at all", () => {
  expect(messages(errorsOf(undefined))).toEqual([
    "the input is missing; a network is an object with units, nodes and links.",
  ]);
});

test("a file without elements", () => {
  expect(messages(errorsOf({ units: { flow: "m3/s" }, nodes: [], links: [] }))).toEqual([
    "nodes is an empty list; a network has at least one node.",
  ]);
  expect(codes(errorsOf({}))).toEqual(["missing", "missing", "missing"]);
});

const HOSTILE: [name: string, text: string][] = [
  ["a line break", "a\nb\r\nc"],
  ["NUL", "a\u0000b"],
  ["colours", "\u001b[31mred\u001b[0m"],
  ["a window title", "\u001b]0;owned\u0007"],
  ["C1 controls", "\u009b31m\u0085\u0090"],
  ["backspaces", "plant\b\b\b\b\bsafe"],
  ["an override", "\u202etxet\u202c"],
  ["isolates", "\u2066x\u2069\u2067\u2068"],
  ["marks", "\u200e\u200f"],
  ["the Arabic letter mark", "x\u061cy"],
  ["line separators", "a\u2028b\u2029c"],
  ["half a character", "a\ud83db"],
  ["a character cut by shortening", `${"x".repeat(58)}😀😀😀`],
  ["a character cut by shortening, one on", `${"x".repeat(59)}😀😀😀`],
  ["10 000 characters", "long".repeat(2500)],
  ["10 000 pairs", "😀".repeat(10_000)],
];

describe.each(HOSTILE)("%s never reaches a message raw", (_name, text) => {
  const id = `${text}.`;

  test("as a key", () => {
    const file = sample();
    for (const owner of [file, file.units, file.nodes[1], file.nodes[2]!.volume, file.links[0]]) {
      (owner as Record<string, unknown>)[id] = 1;
    }
    expect(errorsOf(file)).toHaveLength(5);
  });

  test("as a value", () => {
    const file = sample();
    file.units = { flow: text };
    file.energyPrice = text;
    file.nodes[0]!.kind = text;
    file.nodes[1]!.at = text;
    file.nodes[2]!.volume = text;
    file.links[0]!.capacity = text;
    expect(errorsOf(file).filter((issue) => issue.code === "value")).toHaveLength(6);
  });

  test("as an id", () => {
    const file = sample();
    file.nodes[1] = { id, kind: "junction", name: 3 };
    file.nodes.push({ id, kind: "junction" }, { id: `${id}2`, kind: "plant", capacity: 1, minFlow: 2 });
    file.links.push({ id: `${id}3`, kind: "gate", from: id, to: id, capacity: -1 });
    file.links.push({ id: `${id}3`, kind: "gate", from: `${id}4`, to: "cso", capacity: 1, reverseCapacity: 1 });
    expect(codes(errorsOf(file))).toEqual(expect.arrayContaining(["value", "duplicate-id", "self-loop", "unknown-id"]));
    file.nodes[1] = { id: "k1", kind: "junction" };
    file.nodes.splice(6, 1);
    file.links.splice(5);
    expect(codes(errorsOf(file))).toEqual(["range"]);
  });

  test("in a warning", () => {
    const warnings = checkNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id, kind: "catchment", inflow: 1 },
        { id: `${id}1`, kind: "plant", capacity: 1 },
        { id: `${id}2`, kind: "junction" },
        { id: `${id}3`, kind: "junction" },
        { id: `${id}4`, kind: "junction" },
      ],
      links: [
        { id: `${id}5`, kind: "pump", from: `${id}2`, to: `${id}3`, capacity: 1, target: 2 },
        { id: `${id}6`, kind: "pump", from: `${id}3`, to: `${id}2`, capacity: 1 },
        { id: `${id}7`, kind: "pump", from: `${id}3`, to: `${id}2`, capacity: 1 },
      ],
    });
    expectSound(warnings);
    expect(codes(warnings).sort()).toEqual(
      ["free-cycle", "idle-target", "isolated", "parallel", "unreachable", "unreachable"].sort(),
    );
  });

  test("in a state", () => {
    const value = { [id]: 1 };
    const errors = stateErrorsOf(city(), {
      inflows: value,
      availability: value,
      volumes: value,
      setPoints: value,
      out: [id],
    });
    expect(codes(errors)).toEqual(Array(5).fill("unknown-id"));
    expect(stateErrorsOf(city(), { out: id, inflows: { [id]: text }, [id]: 1 })).toHaveLength(4);
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [{ id, kind: "storage", volume: { max: 1 } }],
      links: [],
    });
    expect(codes(stateErrorsOf(network, { volumes: { [id]: 2 }, inflows: { [id]: 2 }, out: [id, id] }))).toEqual([
      "wrong-kind",
      "range",
      "duplicate-id",
    ]);
  });

  test("but stays as it is in the data", () => {
    const file = sample();
    file.nodes.push({ id, kind: "junction", name: text });
    const network = loadNetwork(file);
    expect(network.nodes.at(-1)).toMatchObject({ id, name: text });
    expect(loadState(network, { out: [id] }).out).toEqual([id]);
  });
});

test("the guard of these tests sees what it is for", () => {
  for (const [name, text] of HOSTILE) {
    expect(UNSAFE.test(text)).toBe(!/10 000|shortening/.test(name));
  }
  expect(UNSAFE.test("污水处理厂 – 😀")).toBe(false);
});
