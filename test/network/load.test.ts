import { describe, expect, test } from "vitest";
import { checkNetwork, loadNetwork, networkGraph, dispatch, NetworkError, TrunkflowError } from "../../src/index.js";
import { caught, errorsOf, sample, spoilt } from "./samples.js";

test("the sample of all kinds has nothing wrong or odd about it", () => {
  expect(checkNetwork(sample())).toEqual([]);
});

test("text and data give the same network", () => {
  expect(loadNetwork(JSON.stringify(sample()))).toEqual(loadNetwork(sample()));
});

test("a byte order mark before the text is passed over", () => {
  expect(loadNetwork(`\ufeff${JSON.stringify(sample())}`)).toEqual(loadNetwork(sample()));
});

test("defaults are filled in, and only where nothing is given", () => {
  const network = loadNetwork({
    units: { flow: "m3/d" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 1 },
      { id: "s", kind: "storage", volume: { max: 9 } },
      { id: "p", kind: "plant", capacity: 2 },
      { id: "o", kind: "outfall" },
    ],
    links: [
      { id: "l", kind: "conduit", from: "c", to: "p", capacity: 1 },
      { id: "g", kind: "gate", from: "s", to: "p", capacity: 1 },
    ],
  });
  expect(network).toEqual({
    units: { flow: "m3/d" },
    energyPrice: 1,
    nodes: [
      { id: "c", kind: "catchment", inflow: 1, availability: 1, floodWeight: 1 },
      { id: "s", kind: "storage", volume: { min: 0, max: 9 }, availability: 1, floodWeight: 1 },
      {
        id: "p",
        kind: "plant",
        capacity: 2,
        availability: 1,
        floodWeight: 1,
        minFlow: 0,
        treatmentCost: 0,
        weight: 1,
      },
      { id: "o", kind: "outfall", availability: 1, weight: 1 },
    ],
    links: [
      { id: "l", kind: "conduit", from: "c", to: "p", capacity: 1, availability: 1, energy: 0, weight: 1 },
      {
        id: "g",
        kind: "gate",
        from: "s",
        to: "p",
        capacity: 1,
        reverseCapacity: 0,
        availability: 1,
        energy: 0,
        weight: 1,
      },
    ],
  });
  const full = loadNetwork(sample());
  expect(full).toMatchObject(sample());
});

/** Every object in a tree, itself included. */
function parts(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(parts)];
}

test("the network is frozen to its last leaf", () => {
  const all = parts(loadNetwork(sample()));
  expect(all.length).toBeGreaterThan(15);
  expect(all.filter((part) => !Object.isFrozen(part))).toEqual([]);
});

test("the input is neither changed nor kept", () => {
  const file = sample();
  const before = structuredClone(file);
  const network = loadNetwork(file);
  expect(file).toEqual(before);
  expect(parts(file).filter((part) => Object.isFrozen(part))).toEqual([]);
  const kept = new Set(parts(file));
  expect(parts(network).filter((part) => kept.has(part))).toEqual([]);
  file.nodes[0]!.inflow = 99;
  expect(network.nodes[0]).toMatchObject({ inflow: 0.35 });
});

test("a frozen file loads", () => {
  const file = sample();
  for (const part of parts(file)) Object.freeze(part);
  expect(loadNetwork(file)).toEqual(loadNetwork(sample()));
});

test("a network goes through JSON and back", () => {
  const network = loadNetwork(sample());
  expect(loadNetwork(JSON.stringify(network))).toEqual(network);
});

describe("a network that is loaded already", () => {
  test("stays the one it is", () => {
    const network = loadNetwork(sample());
    expect(loadNetwork(network)).toBe(network);
  });

  test("is checked with the same findings as its file", () => {
    const file = spoilt("links[0].target", 7);
    file.nodes.push({ id: "lost", kind: "junction" });
    const fromFile = checkNetwork(file);
    expect(fromFile.map((issue) => issue.code).sort()).toEqual(["idle-target", "isolated"]);
    expect(checkNetwork(loadNetwork(file))).toEqual(fromFile);
  });

  test("isn't a copy of it", () => {
    const copy = { ...loadNetwork(sample()) };
    for (const use of [networkGraph, dispatch]) {
      const thrown = caught(() => use(copy));
      expect(thrown).toBeInstanceOf(NetworkError);
      expect((thrown as Error).message).toContain("loadNetwork");
    }
    expect(loadNetwork(copy)).not.toBe(copy);
  });
});

describe("the error", () => {
  test("is a class with a stable code, and spells its issues out", () => {
    const thrown = caught(() => loadNetwork(spoilt("links[3].capacity", -0.4)));
    expect(thrown).toBeInstanceOf(NetworkError);
    expect(thrown).toBeInstanceOf(TrunkflowError);
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).toMatchObject({
      name: "NetworkError",
      code: "network",
      message: 'links[3] "d": capacity is -0.4; a capacity is 0 or more (m³/s).',
    });
  });

  test("has a line per issue up to twenty, and counts the rest", () => {
    const bad = (n: number) => ({
      ...sample(),
      links: [],
      nodes: Array.from({ length: n }, (_, i) => ({ id: `p${i}`, kind: "plant", capacity: -1 })),
    });
    const lines = (n: number) => (caught(() => loadNetwork(bad(n))) as Error).message.split("\n");
    expect(lines(20)).toHaveLength(20);
    expect(lines(23)).toHaveLength(21);
    expect(lines(23).at(-1)).toBe("… and 3 more");
    expect(errorsOf(bad(23))).toHaveLength(23);
  });

  test("of warnings alone doesn't come", () => {
    const file = spoilt("links[0].target", 7);
    expect(checkNetwork(file).map((issue) => issue.severity)).toEqual(["warning"]);
    expect(loadNetwork(file).links[0]).toMatchObject({ target: 7 });
  });
});
