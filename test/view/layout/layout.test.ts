/** Where nodes come to lie: as the map has them, and somewhere sound whatever `at` says. */
import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, renderSvg, type NetworkFile } from "../../../src/index.js";
import { drawingOf, type Drawing } from "../../../src/view/drawing/drawing.js";
import { freeLayout } from "../../../src/view/layout/free-layout.js";
import type { Layout } from "../../../src/view/layout/layout.js";
import { city } from "../../../bench/cities.js";
import { all, parse } from "../xml.js";

type At = [number, number] | undefined;

/** A chain of junctions at these places, with a plant at its end. */
function chain(places: readonly At[]): NetworkFile {
  const nodes = places.map((at, i) => {
    const common = { id: `n${i}`, ...(at !== undefined && { at }) };
    return i === places.length - 1
      ? { ...common, kind: "plant" as const, capacity: 1 }
      : { ...common, kind: "catchment" as const, inflow: 0.1 };
  });
  const links = places.slice(1).map((_, i) => ({
    id: `l${i}`,
    kind: "conduit" as const,
    from: `n${i}`,
    to: `n${i + 1}`,
    capacity: 1,
  }));
  return { units: { flow: "m3/s" }, nodes, links };
}

const drawn = (places: readonly At[], options = {}) => drawingOf(loadNetwork(chain(places)), freeLayout, options);

/** Differences of two nodes' places. */
function step(drawing: Drawing, i: number, j: number): [number, number] {
  const [a, b] = [drawing.nodes[i]!, drawing.nodes[j]!];
  return [b.x - a.x, b.y - a.y];
}

function expectSound(drawing: Drawing): void {
  for (const { x, y, radius } of drawing.nodes) {
    expect(x).toBeGreaterThanOrEqual(radius);
    expect(y).toBeGreaterThanOrEqual(radius);
    expect(x).toBeLessThanOrEqual(drawing.width - radius);
    expect(y).toBeLessThanOrEqual(drawing.height - radius);
  }
}

test("x runs to the right and y upward, in one scale", () => {
  const drawing = drawn([
    [0, 0],
    [100, 0],
    [100, 50],
  ]);
  const [right, up] = [step(drawing, 0, 1), step(drawing, 1, 2)];
  expect(right[0]).toBeGreaterThan(500);
  expect(right[1]).toBeCloseTo(0);
  expect(up[0]).toBeCloseTo(0);
  expect(-up[1] / right[0]).toBeCloseTo(0.5);
});

test("a degree of longitude is as wide as it is at that latitude", () => {
  const drawing = drawn([
    [10, 60],
    [10.2, 60],
    [10.2, 60.1],
  ]);
  // cos 60° = 1/2, so the box is a square.
  expect(-step(drawing, 1, 2)[1] / step(drawing, 0, 1)[0]).toBeCloseTo(1, 2);
});

test("metres are not taken for degrees", () => {
  const drawing = drawn([
    [500_010, 60],
    [500_030, 60],
    [500_030, 70],
  ]);
  expect(-step(drawing, 1, 2)[1] / step(drawing, 0, 1)[0]).toBeCloseTo(0.5, 5);
});

const DEGENERATE: Record<string, At[]> = {
  "one point for all": [
    [7, 7],
    [7, 7],
    [7, 7],
  ],
  "two on one point": [
    [0, 0],
    [0, 0],
    [9, 9],
  ],
  "a billionth apart": [
    [0, 0],
    [1e-9, 0],
    [0, 1e-9],
  ],
  "far away": [
    [1e12, 1e12],
    [1e12 + 50, 1e12],
    [1e12, 1e12 + 50],
  ],
  "as far as numbers go": [
    [-Number.MAX_VALUE, 0],
    [Number.MAX_VALUE, 0],
    [0, Number.MAX_VALUE],
  ],
  "as near as numbers go": [
    [0, 0],
    [Number.MIN_VALUE, 0],
    [0, 2 * Number.MIN_VALUE],
  ],
  "on a horizontal line": [
    [0, 5],
    [1, 5],
    [2, 5],
  ],
  "on a vertical line": [
    [5, 0],
    [5, 1],
    [5, 2],
  ],
  "one far from the rest": [
    [0, 0],
    [1e-6, 0],
    [1e9, 1e9],
  ],
  "no places": [undefined, undefined, undefined],
  "one place": [[3, 3], undefined, undefined],
  "two places": [[0, 0], undefined, [1, 0]],
  "a lone node": [[12, -3]],
  "a lone node without a place": [undefined],
};

describe.each(Object.entries(DEGENERATE))("%s", (_, places) => {
  test.each([{}, { width: 200, height: 200 }, { width: 2000, height: 210 }])("at %j", (options) => {
    const network = loadNetwork(chain(places));
    expectSound(drawingOf(network, freeLayout, options));
    const svg = renderSvg(network, dispatch(network), options);
    for (const { attributes } of all(parse(svg))) {
      for (const name of ["d", "x", "y"]) expect(attributes[name] ?? "").toMatch(/^[-\d. MLQHVahvlmz]*$/);
    }
  });
});

test("nodes that share a point are moved apart", () => {
  const drawing = drawn([
    [0, 0],
    [0, 0],
    [0, 0],
    [100, 60],
  ]);
  for (const [i, j] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    expect(Math.hypot(...step(drawing, i, j))).toBeGreaterThan(drawing.nodes[i]!.radius + drawing.nodes[j]!.radius);
  }
});

test("a node without a place lies beside its neighbours", () => {
  const places: At[] = Array.from({ length: 20 }, (_, i) => [i % 5, Math.floor(i / 5)]);
  const drawing = drawn(places.map((at, i) => (i === 7 || i === 12 ? undefined : at)));
  const order = drawing.nodes.map((node) => node.id);
  const at = (id: string) => order.indexOf(id);
  for (const [id, near] of [
    ["n7", ["n6", "n8"]],
    ["n12", ["n11", "n13"]],
  ] as const) {
    const [dx, dy] = [0, 1].map((axis) =>
      near.reduce((sum, other) => sum + step(drawing, at(id), at(other))[axis as 0 | 1] / 2, 0),
    );
    // The middle of its two neighbours, but for being moved off other symbols.
    expect(Math.hypot(dx!, dy!)).toBeLessThan(40);
  }
});

test("a part without any place lies below the rest, and inside", () => {
  const placed = chain([
    [0, 0],
    [10, 0],
    [10, 5],
  ]);
  const network = loadNetwork({
    ...placed,
    nodes: [...placed.nodes, { id: "p", kind: "junction" }, { id: "q", kind: "junction" }],
    links: [...placed.links, { id: "pq", kind: "conduit", from: "p", to: "q", capacity: 1 }],
  });
  const drawing = drawingOf(network, freeLayout);
  expectSound(drawing);
  const lowest = Math.max(...drawing.nodes.filter((node) => node.id.startsWith("n")).map((node) => node.y));
  for (const node of drawing.nodes) if (!node.id.startsWith("n")) expect(node.y).toBeGreaterThan(lowest);
});

test("without places, neighbours lie nearer than others and nothing lies on anything", () => {
  const file = city({ nodes: 60, plants: 3, family: "tree", seed: 4 });
  const network = loadNetwork({
    ...file,
    nodes: file.nodes.map(({ at: _at, ...node }) => node) as NetworkFile["nodes"],
  });
  const drawing = drawingOf(network, freeLayout);
  expectSound(drawing);
  const of = new Map(drawing.nodes.map((node) => [node.id, node]));
  const distance = (a: string, b: string) => Math.hypot(of.get(a)!.x - of.get(b)!.x, of.get(a)!.y - of.get(b)!.y);
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const all = drawing.nodes.flatMap((a) => drawing.nodes.filter((b) => b.id > a.id).map((b) => distance(a.id, b.id)));
  expect(mean(network.links.map((link) => distance(link.from, link.to)))).toBeLessThan(0.5 * mean(all));
  expect(Math.min(...all)).toBeGreaterThan(5);
});

test("a network is laid out once, whatever the size it is drawn at", () => {
  let count = 0;
  const counting: Layout = (near, sinks) => {
    count++;
    return freeLayout(near, sinks);
  };
  const network = loadNetwork(chain([undefined, undefined, undefined]));
  const [first] = [{ width: 400 }, { width: 800, language: "zh" as const }, { width: 400, zoom: 2 }].map((options) =>
    drawingOf(network, counting, options),
  );
  expect(count).toBe(1);
  expect(drawingOf(network, freeLayout, { width: 400 }).nodes).toEqual(first!.nodes);
});

test("few outliers don't squeeze a city, keep their order, and the legend says so", () => {
  const grid = Array.from({ length: 20 }, (_, i): At => [i % 5, Math.floor(i / 5)]);
  const [compact, far] = [drawn(grid), drawn([...grid, [2, -40]])];
  const span = (drawing: Drawing) => step(drawing, 0, 4)[0];
  expect(span(far)).toBeGreaterThan(0.7 * span(compact));
  expect(far.nodes.find(({ id }) => id === "n20")!.y).toBeGreaterThan(
    Math.max(...far.nodes.slice(0, 20).map(({ y }) => y)),
  );
  expect([compact, far].map(({ legend }) => legend?.svg.includes("Far places are drawn nearer"))).toEqual([
    false,
    true,
  ]);
});
