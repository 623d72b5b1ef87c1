/** A plain layout from links alone: a spreading tree that follows the sewers up from the plants. */
import { reachedFrom } from "../../flow/adjacency.js";
import type { Neighbours, Places } from "./layout.js";

/** Rings about the sinks: how far out tells the distance to a sink, and what drains together lies together. */
export function treeLayout(near: Neighbours, sinks: readonly number[]): Places {
  const order = near.length;
  const next = (i: number) => near[i] ?? [];
  /** Per node the one that it hangs on, if any: what lies nearer comes first. */
  const parents = reachedFrom(sinks, next);
  for (let i = 0; i < order; i++)
    if (!parents.has(i)) for (const [j, parent] of reachedFrom([i], next)) parents.set(j, parent);

  // A node's share of the circle is that of all that hangs on it.
  const weight = new Float64Array(order).fill(1);
  for (const [i, p] of [...parents].reverse()) if (p !== undefined) weight[p] = (weight[p] ?? 0) + (weight[i] ?? 0);
  const depth = new Int32Array(order);
  const begin = new Float64Array(order);
  let free = 0;
  const places = { x: new Float64Array(order), y: new Float64Array(order) };
  const inner = Math.sqrt(sinks.length);
  for (const [i, p] of parents) {
    const share = weight[i] ?? 0;
    const start = p === undefined ? free : (begin[p] ?? 0);
    if (p === undefined) free += share;
    else {
      begin[p] = start + share;
      depth[i] = (depth[p] ?? 0) + 1;
    }
    begin[i] = start;
    const angle = (2 * Math.PI * (start + share / 2)) / order;
    const radius = 10 * (inner + (depth[i] ?? 0));
    // Rounded, for the last digit of a sine isn't the same everywhere.
    places.x[i] = Math.round(1000 * radius * Math.cos(angle)) / 1000;
    places.y[i] = Math.round(1000 * radius * Math.sin(angle)) / 1000;
  }
  return places;
}

/** From 0 to 1 in the larger direction, which is turned across. */
export function lying({ x, y }: Places): Places {
  const range = (values: Float64Array) => {
    const least = values.reduce((a, b) => Math.min(a, b), Infinity);
    return { least, span: values.reduce((a, b) => Math.max(a, b), -Infinity) - least };
  };
  const [across, down] = [range(x), range(y)];
  const span = Math.max(across.span, down.span);
  const scaled = (values: Float64Array, least: number) => values.map((v) => (span > 0 ? (v - least) / span : 0));
  const flat = { x: scaled(x, across.least), y: scaled(y, down.least) };
  return down.span > across.span ? { x: flat.y, y: flat.x } : flat;
}
