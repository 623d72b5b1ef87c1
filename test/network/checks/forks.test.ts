/** Which forks nothing can set. */
import { expect, test } from "vitest";
import { checkNetwork, loadNetwork } from "../../../src/index.js";
import { passiveForks, splitsOf } from "../../../src/network/checks/forks.js";
import { expectSound, type Loose } from "../samples.js";

const KINDS: Record<string, Loose> = {
  c: { kind: "catchment", inflow: 1 },
  p: { kind: "plant", capacity: 1 },
  o: { kind: "outfall" },
  t: { kind: "storage", volume: { max: 10 } },
};

/** Nodes are of the kind their first letter stands for, else junctions; `a>b` is a conduit, `a|b` a gate, `a^b` a pump. */
function network(drawn: string, more: Record<string, Loose> = {}) {
  const words = drawn.split(" ");
  const ends = new Set(words.flatMap((word) => word.split(/[>|^]\d?/)));
  const kinds = { ">": "conduit", "|": "gate", "^": "pump" } as Record<string, string>;
  return {
    units: { flow: "m3/s" },
    nodes: [...ends].map((id) => ({ id, ...(KINDS[id[0]!] ?? { kind: "junction" }), ...more[id] })),
    links: words.map((word) => {
      const [, from, sign, to] = /^(\w+)([>|^]\d?)(\w+)$/.exec(word)!;
      return { id: word, kind: kinds[sign![0]!], from, to, capacity: 1, ...more[word] };
    }),
  };
}

const forks = (drawn: string, more: Record<string, Loose> = {}) =>
  Object.fromEntries(
    passiveForks(loadNetwork(network(drawn, more))).map(({ id, links }) => [id, links.map((link) => link.id)]),
  );

test.each<[what: string, drawn: string, passive: Record<string, string[]>]>([
  ["two plants by gravity", "c>f f>p1 f>p2", { f: ["f>p1", "f>p2"] }],
  ["three plants by gravity", "c>f f>p1 f>p2 f>p3", { f: ["f>p1", "f>p2", "f>p3"] }],
  ["a catchment is a fork as well", "c>p1 c>p2", { c: ["c>p1", "c>p2"] }],
  ["so is a storage", "c>t t>p1 t>p2", { t: ["t>p1", "t>p2"] }],
  ["and a plant that passes water on", "c>p p>p1 p>p2", { p: ["p>p1", "p>p2"] }],
  ["a gate on one of two", "c>f f|p1 f>p2", {}],
  ["a gate on one of three", "c>f f|p1 f>p2 f>p3", { f: ["f>p2", "f>p3"] }],
  ["a pump on one of two", "c>f f^p1 f>p2", {}],
  ["a gate further down", "c>f f>x x|p1 f>p2", {}],
  ["a pump far down", "c>f f>x x>y y>z z^p1 f>p2", {}],
  ["a gate further down, with a way round it", "c>f f>x x|p1 x>p2 f>p2", { f: ["f>p2", "f>x"] }],
  ["a gate further down, with an overflow before it", "c>f f>x x|p1 x>o f>p2", { f: ["f>p2", "f>x"] }],
  ["mains that meet again", "c>f f>x f>y x>z y>z z>p", { f: ["f>x", "f>y"] }],
  ["mains that meet again above a pump", "c>f f>x f>y x>z y>z z^p", {}],
  ["twin mains", "c>f f>1p f>2p", {}],
  ["twin mains and another", "c>f f>1p f>2p f>p2", { f: ["f>1p", "f>2p", "f>p2"] }],
  ["an overflow beside the main", "c>f f>p f>o", {}],
  ["an overflow by a long way", "c>f f>p f>x x>y y>o", {}],
  ["two overflows beside the main", "c>f f>p f>o1 f>x x>o2", {}],
  ["an overflow beside a pump station with one of its own", "c>f f>x x^p x>o1 f>o2", {}],
  ["an overflow beside two mains", "c>f f>p1 f>p2 f>o", { f: ["f>p1", "f>p2"] }],
  ["a way that may end in a plant or an outfall is none", "c>f f>p1 f>x x>o x>p2", { f: ["f>p1", "f>x"] }],
  ["a dead end", "c>f f>p f>x", {}],
  ["a ring that leads nowhere", "c>f f>p f>x x>y y>x", {}],
  ["a ring with a plant on it", "c>f f>p1 f>x x>y y>x y>p2", { f: ["f>p1", "f>x"], y: ["y>p2", "y>x"] }],
  ["a ring with pumps on it", "c>f f>p1 f>x x>y y>x y^p2", {}],
  ["two forks in a row", "c>f f>p1 f>g g>p2 g>p3", { f: ["f>g", "f>p1"], g: ["g>p2", "g>p3"] }],
])("%s", (_, drawn, passive) => {
  expect(forks(drawn)).toEqual(passive);
});

test.each<[what: string, more: Record<string, Loose>]>([
  ["a main without capacity", { "f>p1": { capacity: 0 } }],
  ["one whose capacity is less than half a quantum", { "f>p1": { capacity: 1e-12 } }],
  ["a main that is out", { "f>p1": { availability: 0 } }],
  ["a plant without capacity", { p1: { capacity: 0 } }],
  ["a plant that is out", { p1: { availability: 0 } }],
])("%s is no way on", (_, more) => {
  expect(forks("c>f f>p1 f>p2", more)).toEqual({});
});

test("a junction that is out lets nothing pass; a plant that is out does", () => {
  expect(forks("c>f f>x x>p1 f>p2", { x: { availability: 0 } })).toEqual({});
  expect(forks("c>f f>p1 p1>p3 f>p2", { p1: { availability: 0 } })).toEqual({ f: ["f>p1", "f>p2"] });
});

test("a gate counts the way it runs", () => {
  // Water goes on from x through the gate only where it runs backwards too.
  const drawn = "c>f f>x x>o f>p1 c2>q q|x q>p2";
  expect(forks(drawn)).toEqual({});
  expect(forks(drawn, { "q|x": { reverseCapacity: 1 } })).toEqual({ f: ["f>p1", "f>x"] });
});

test("names and order in the file decide nothing but the order of what is told", () => {
  const file = network("c>z z>p1 z>p2 c>a a>p3 a>p1");
  const turned = { ...file, nodes: file.nodes.toReversed(), links: file.links.toReversed() };
  expect(passiveForks(loadNetwork(turned))).toEqual(passiveForks(loadNetwork(file)));
  expect(passiveForks(loadNetwork(file)).map(({ id }) => id)).toEqual(["a", "c", "z"]);
});

test("a line of conduits as long as memory allows", () => {
  const n = 30_000;
  const line = Array.from({ length: n }, (_, i) => `j${i}>j${i + 1}`).join(" ");
  expect(forks(`c>j0 ${line} j${n}>p1 j0>p2`)).toEqual({ j0: ["j0>j1", "j0>p2"] });
});

test("check warns, and says what helps", () => {
  const issues = checkNetwork(network("c>f f>p1 f>p2"));
  expectSound(issues);
  expect(issues).toEqual([
    {
      code: "passive-split",
      severity: "warning",
      path: "nodes[1]",
      message:
        'nodes[1] "f": water splits here between conduits "f>p1", "f>p2", and nothing sets how; a plan may ask for a split that doesn\'t come about. A gate on all but one of them would set it.',
      data: { is: "passiveSplit", item: 'nodes[1] "f"', names: ['"f>p1"', '"f>p2"'], more: 0 },
    },
  ]);
});

test("a warning lists a few of many", () => {
  const mains = Array.from({ length: 9 }, (_, i) => `f>p${i}`);
  const [issue] = checkNetwork(network(`c>f ${mains.join(" ")}`));
  expect(issue?.message).toContain('"f>p0", "f>p1", "f>p2", "f>p3", "f>p4" and 4 more, and nothing');
});

test("splits that water runs over", () => {
  const city = loadNetwork(network("c>f f>p1 f>p2 c>g g>p3 g>p4"));
  const flows: Record<string, number> = { "f>p1": 0.75, "f>p2": 0, "c>f": 0.75 };
  const flowOf = (id: string) => flows[id] ?? 0;
  const split = { id: "f", links: [{ id: "f>p1", flow: 0.75 }, { id: "f>p2", flow: 0 }] }; // prettier-ignore
  expect(splitsOf(city, flowOf).find(({ id }) => id === "f")).toEqual(split);
  expect(splitsOf(city, flowOf).map(({ id }) => id)).toEqual(["c", "f"]);
  // What a state has out counts; the file's availability is for the file alone.
  expect(splitsOf(city, flowOf, ({ id }) => (id === "p2" ? 0 : 1)).map(({ id }) => id)).toEqual(["c"]);
  const shut = loadNetwork(network("c>f f>p1 f>p2", { "f>p2": { availability: 0 } }));
  expect(splitsOf(shut, () => 1)).toEqual([]);
  expect(splitsOf(shut, () => 1, () => 1)).toHaveLength(1); // prettier-ignore
});
