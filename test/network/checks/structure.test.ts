import { describe, expect, test } from "vitest";
import { checkNetwork, loadNetwork } from "../../../src/index.js";
import { errorsOf, expectSound, type Loose } from "../samples.js";

const C = { id: "c", kind: "catchment", inflow: 1 };
const P = { id: "p", kind: "plant", capacity: 1 };
const O = { id: "o", kind: "outfall" };
const J = (id: string) => ({ id, kind: "junction" });
const link = (id: string, from: string, to: string, more: Loose = {}): Loose => ({
  id,
  kind: "conduit",
  from,
  to,
  capacity: 1,
  ...more,
});
const pump = (id: string, from: string, to: string, more: Loose = {}) => link(id, from, to, { kind: "pump", ...more });

/** The warnings of a network that loads. */
function warnings(nodes: Loose[], links: Loose[]) {
  const file = { units: { flow: "m3/s" }, nodes, links };
  const issues = checkNetwork(file);
  expectSound(issues);
  expect(issues.every((issue) => issue.severity === "warning")).toBe(true);
  expect(errorsOf(file)).toEqual([]);
  expect(loadNetwork(file).nodes).toHaveLength(nodes.length);
  return issues.map(({ code, path, message }) => ({ code, path, message }));
}

test("a sound network has none", () => {
  expect(warnings([C, P], [link("a", "c", "p")])).toEqual([]);
});

describe("a catchment that reaches nothing", () => {
  test("without a way", () => {
    expect(warnings([C, P, { ...C, id: "c2" }], [link("a", "c", "p")])).toEqual([
      {
        code: "unreachable",
        path: "nodes[2]",
        message: 'nodes[2] "c2": no plant and no outfall can be reached from it; all of its inflow would flood.',
      },
    ]);
  });

  test("with a way against the flow", () => {
    expect(warnings([C, P, { ...C, id: "c2" }], [link("a", "c", "p"), link("b", "p", "c2")])).toMatchObject([
      { code: "unreachable", path: "nodes[2]" },
    ]);
  });

  test("an outfall is something", () => {
    expect(warnings([C, O], [link("a", "c", "o")])).toEqual([]);
  });

  test("through others it may", () => {
    expect(warnings([C, J("j"), J("k"), P], [link("a", "c", "j"), link("b", "j", "k"), link("d", "k", "p")])).toEqual(
      [],
    );
  });
});

describe("a plant that nothing reaches", () => {
  test("without a way", () => {
    expect(warnings([C, P, { ...P, id: "p2" }], [link("a", "c", "p")])).toEqual([
      {
        code: "unreachable",
        path: "nodes[2]",
        message: 'nodes[2] "p2": no catchment reaches this plant; it will stay idle.',
      },
    ]);
  });

  test("with a way from nowhere", () => {
    expect(warnings([C, P, { ...P, id: "p2" }, J("j")], [link("a", "c", "p"), link("b", "j", "p2")])).toMatchObject([
      { code: "unreachable", path: "nodes[2]" },
    ]);
  });

  test("through another plant it may", () => {
    expect(warnings([C, P, { ...P, id: "p2" }], [link("a", "c", "p"), link("b", "p", "p2")])).toEqual([]);
  });
});

describe("a two-way gate counts both ways", () => {
  const gate = (reverseCapacity: number) => link("g", "p", "c", { kind: "gate", reverseCapacity });

  test("backwards from the catchment to the plant", () => {
    expect(warnings([C, P], [gate(0.5)])).toEqual([]);
  });

  test("a one-way gate doesn't", () => {
    expect(warnings([C, P], [gate(0)]).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "unreachable nodes[0]",
      "unreachable nodes[1]",
    ]);
  });
});

describe("pumps in a cycle without energy", () => {
  const sound = [C, P, J("x"), J("y"), J("z")];
  const way = [link("a", "c", "p"), link("b", "c", "x", { kind: "gate" }), link("d", "x", "p")];

  test("two", () => {
    expect(warnings(sound.slice(0, 4), [...way, pump("f", "x", "y"), pump("g", "y", "x")])).toEqual([
      {
        code: "free-cycle",
        path: "links",
        message:
          'pumps "f", "g" form a cycle without energy; water could go round it at no cost. Give them their energy (kWh/m³).',
      },
    ]);
  });

  test("energy anywhere in it breaks it", () => {
    const links = [pump("f", "x", "y"), pump("g", "y", "z"), pump("h", "z", "x", { energy: 0.01 })];
    expect(warnings(sound, [...way, ...links])).toEqual([]);
  });

  test("a line of them is none", () => {
    expect(warnings(sound, [...way, pump("f", "x", "y"), pump("g", "y", "z"), pump("h", "x", "z")])).toEqual([]);
  });

  test("two cycles are two", () => {
    const links = [
      pump("f", "x", "y"),
      pump("g", "y", "x"),
      pump("h", "z", "c"),
      pump("i", "c", "z"),
      pump("k", "x", "c", { energy: 0.01 }),
    ];
    const found = warnings(sound, [...way, ...links]).map(({ message }) => /pumps (.*) form/.exec(message)?.[1]);
    expect(found.sort()).toEqual(['"f", "g"', '"h", "i"']);
  });

  test("a long one is cut short", () => {
    const n = 9;
    const nodes = Array.from({ length: n }, (_, i) => J(`n${i}`));
    const ring = nodes.map((_, i) => pump(`r${i}`, `n${i}`, `n${(i + 1) % n}`));
    const [issue] = warnings([C, P, ...nodes], [link("a", "c", "p"), ...ring]);
    expect(issue?.message).toMatch(/^pumps "r0", "r1", "r2", "r3", "r4" and 4 more form a cycle/);
  });
});

describe("parallel links", () => {
  test("the later names the first", () => {
    const links = [link("a", "c", "p"), pump("b", "c", "p", { energy: 1 }), link("d", "c", "p")];
    expect(warnings([C, P], links)).toEqual([
      {
        code: "parallel",
        path: "links[1]",
        message: 'links[1] "b": it is parallel to links[0] "a"; fine for twin mains, else a duplicate.',
      },
      {
        code: "parallel",
        path: "links[2]",
        message: 'links[2] "d": it is parallel to links[0] "a"; fine for twin mains, else a duplicate.',
      },
    ]);
  });

  test("there and back is not parallel", () => {
    expect(warnings([C, P], [link("a", "c", "p"), link("b", "p", "c")])).toEqual([]);
  });
});

test.each([
  ["junction", {}],
  ["storage", { volume: { max: 1 } }],
  ["outfall", {}],
])("an isolated %s", (kind, more) => {
  expect(warnings([C, P, { id: "i", kind, ...more }], [link("a", "c", "p")])).toEqual([
    { code: "isolated", path: "nodes[2]", message: `nodes[2] "i": no link touches this ${kind}.` },
  ]);
});

describe("a target above the capacity", () => {
  test("never matters", () => {
    expect(warnings([C, P], [link("a", "c", "p", { target: 1.5 })])).toEqual([
      {
        code: "idle-target",
        path: "links[0].target",
        message: 'links[0] "a": target (1.5 m³/s) exceeds capacity (1 m³/s), so it never matters.',
      },
    ]);
  });

  test("at the capacity is no warning", () => {
    expect(warnings([C, P], [link("a", "c", "p", { target: 1 })])).toEqual([]);
  });

  test("of a gate is held against its wider way", () => {
    const gate = (target: number) => link("a", "c", "p", { kind: "gate", reverseCapacity: 2, target });
    expect(warnings([C, P], [gate(1.5)])).toEqual([]);
    expect(warnings([C, P], [gate(2.5)])).toMatchObject([{ code: "idle-target" }]);
  });
});
