import fc from "fast-check";
import { expect, test } from "vitest";
import { arcsAt, reachedFrom, writeArcsAt, type Incidence } from "../../src/flow/adjacency.js";

const NODES = 5;
const end = fc.integer({ min: -1, max: NODES - 1 });
const rows = ({ first, list }: Incidence) =>
  Array.from({ length: first.length - 1 }, (_, v) => [...list.subarray(first[v], first[v + 1])]);

test("each node has its arcs in order, one entry for each end that it is, and an arc may be passed over", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(end, end)), (arcs) => {
      const [tail, head] = [arcs.map(([v]) => v), arcs.map(([, w]) => w)];
      const at = (...ends: readonly (readonly number[])[]) =>
        Array.from({ length: NODES }, (_, v) =>
          arcs.flatMap((_arc, a) => ends.flatMap((of) => (of[a] === v ? [a] : []))),
        );
      expect(rows(arcsAt(NODES, tail))).toEqual(at(tail));
      expect(rows(arcsAt(NODES, tail, head))).toEqual(at(tail, head));
    }),
  );
});

test("what is written in place is what would be made anew", () => {
  const incidence = arcsAt(3, [0, 2, 2, 1], [1, 1, 0, 0]);
  writeArcsAt(incidence, [2, -1, 0, 2], [0, -1, 1, 1]);
  expect(rows(incidence)).toEqual([[0, 2], [2, 3], [0, 3]]); // prettier-ignore
  expect(rows(arcsAt(0, []))).toEqual([]);
});

test("a search comes by all that is reached, the nearest first, and by nothing twice", () => {
  const next: Record<string, string> = { a: "bc", b: "da", c: "d", d: "e", e: "", f: "a" };
  expect([...reachedFrom(["a"], (at) => next[at]!)]).toEqual([
    ["a", undefined],
    ["b", "a"],
    ["c", "a"],
    ["d", "b"],
    ["e", "d"],
  ]);
  expect([...reachedFrom(["e", "c", "e"], (at) => next[at]!)]).toEqual([
    ["e", undefined],
    ["c", undefined],
    ["d", "c"],
  ]);
  expect(reachedFrom([], () => ["a"]).size).toBe(0);
});
