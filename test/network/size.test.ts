/** Files far beyond any city: they load or are refused with every error, in time and memory in proportion to the file. */
import { expect, test } from "vitest";
import { checkNetwork, loadNetwork, NetworkError } from "../../src/index.js";
import { caught, codes } from "./samples.js";

const MILLION = 1_000_000;
/** What a machine ten times slower than a laptop needs; what isn't linear takes far longer. */
const PATIENCE = 60_000;

const units = { flow: "m3/s" };
const junctions = (n: number, prefix = "j") =>
  Array.from({ length: n }, (_, i) => ({ id: `${prefix}${i}`, kind: "junction" }));

function seconds(act: () => void): number {
  const start = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

test("a million nodes load", { timeout: PATIENCE }, () => {
  const file = { units, nodes: junctions(MILLION), links: [] };
  const time = seconds(() => {
    expect(loadNetwork(file).nodes).toHaveLength(MILLION);
  });
  console.log(`a million nodes: ${time.toFixed(1)} s`);
});

test("a million errors are all told, and the message stays short", { timeout: PATIENCE }, () => {
  const nodes = Array.from({ length: MILLION }, (_, i) => ({ id: `p${i}`, kind: "plant", capacity: -1 }));
  const time = seconds(() => {
    const thrown = caught(() => loadNetwork({ units, nodes, links: [] }));
    expect(thrown).toBeInstanceOf(NetworkError);
    const { issues, message } = thrown as NetworkError;
    expect(issues).toHaveLength(MILLION);
    expect(issues.at(-1)?.path).toBe(`nodes[${MILLION - 1}].capacity`);
    expect(message.length).toBeLessThan(3000);
    expect(message).toMatch(/… and 999980 more$/);
  });
  console.log(`a million errors: ${time.toFixed(1)} s`);
});

test("a hundred thousand unknown keys of one element", () => {
  const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, i]));
  expect(checkNetwork({ units, nodes: [{ id: "j", kind: "junction", ...keys }], links: [] })).toHaveLength(100_000);
});

test("dangling ends cost no more each in a large file than in a small one", () => {
  const file = (n: number) => ({
    units,
    nodes: junctions(n, "chamber-"),
    links: Array.from({ length: n }, (_, i) => ({
      id: `l${i}`,
      kind: "conduit",
      from: `chamber-${i}x`,
      to: `chamber-${i}`,
      capacity: 1,
    })),
  });
  const time = (n: number) =>
    seconds(() => {
      expect(codes(checkNetwork(file(n)))).toEqual(Array(n).fill("unknown-id"));
    }) / n;
  time(500);
  // Ten times the file; quadratic work makes each end ten times dearer.
  expect(time(6000) / time(600)).toBeLessThan(5);
});

test("a line of pumps as long as memory allows", () => {
  const n = 50_000;
  const pumps = Array.from({ length: n - 1 }, (_, i) => ({
    id: `p${i}`,
    kind: "pump",
    from: `j${i}`,
    to: `j${i + 1}`,
    capacity: 1,
  }));
  expect(checkNetwork({ units, nodes: junctions(n), links: pumps })).toEqual([]);
  const ring = [...pumps, { id: "back", kind: "pump", from: `j${n - 1}`, to: "j0", capacity: 1 }];
  expect(codes(checkNetwork({ units, nodes: junctions(n), links: ring }))).toEqual(["free-cycle"]);
});

test("many cycles of pumps", () => {
  const n = 4000;
  const pumps = Array.from({ length: n }, (_, i) => [
    { id: `f${i}`, kind: "pump", from: `x${i}`, to: `y${i}`, capacity: 1 },
    { id: `g${i}`, kind: "pump", from: `y${i}`, to: `x${i}`, capacity: 1 },
  ]).flat();
  const issues = checkNetwork({ units, nodes: [...junctions(n, "x"), ...junctions(n, "y")], links: pumps });
  expect(codes(issues)).toEqual(Array(n).fill("free-cycle"));
});

test("a main with a hundred thousand twins", () => {
  const n = 100_000;
  const links = Array.from({ length: n }, (_, i) => ({
    id: `l${i}`,
    kind: "conduit",
    from: "j0",
    to: "j1",
    capacity: 1,
  }));
  expect(checkNetwork({ units, nodes: junctions(2), links })).toHaveLength(n - 1);
});
