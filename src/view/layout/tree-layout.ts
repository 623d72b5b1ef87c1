/** A plain layout from links alone: a spreading tree that follows the sewers up from the plants. */
import type { Neighbours, Places } from "./layout.js";

/** Rings about the sinks: how far out tells the distance to a sink, and what drains together lies together. */
export function treeLayout(near: Neighbours, sinks: readonly number[]): Places {
  const order = near.length;
  const depth = new Int32Array(order).fill(-1);
  const parent = new Int32Array(order).fill(-1);
  const reached: number[] = [];
  const reach = (roots: readonly number[]) => {
    const first = reached.length;
    for (const i of roots) depth[i] = 0;
    reached.push(...roots);
    for (let k = first; k < reached.length; k++) {
      const i = reached[k] ?? 0;
      for (const j of near[i] ?? []) {
        if (depth[j] !== -1) continue;
        depth[j] = (depth[i] ?? 0) + 1;
        parent[j] = i;
        reached.push(j);
      }
    }
  };
  reach(sinks);
  for (let i = 0; i < order; i++) if (depth[i] === -1) reach([i]);

  // A node's share of the circle is that of all that hangs on it.
  const weight = new Float64Array(order).fill(1);
  for (const i of [...reached].reverse()) {
    const p = parent[i] ?? -1;
    if (p !== -1) weight[p] = (weight[p] ?? 0) + (weight[i] ?? 0);
  }
  const begin = new Float64Array(order);
  let free = 0;
  const places = { x: new Float64Array(order), y: new Float64Array(order) };
  const inner = Math.sqrt(sinks.length);
  for (const i of reached) {
    const [p, share] = [parent[i] ?? -1, weight[i] ?? 0];
    const start = p === -1 ? free : (begin[p] ?? 0);
    if (p === -1) free += share;
    else begin[p] = start + share;
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
