/**
 * Where nodes lie, in a plane of no unit whose larger side is about 1, y downward as on a screen.
 *
 * `at` is taken as a map has it: [x, y] or [longitude, latitude], y or north upward. Nodes without are put beside their
 * neighbours; parts of the network that have no place at all are laid out below, and so is a network without any.
 */
import type { NetworkLink, NetworkNode } from "../../network/types.js";

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Indices of the nodes that each node shares a link with; twins once. */
export type Neighbours = readonly (readonly number[])[];

/** Lays out nodes that have no places; `sinks` are what the sewers run towards. */
export type Layout = (near: Neighbours, sinks: readonly number[]) => Places;

/** @param layout for what has no place */
export function placesOf(nodes: readonly NetworkNode[], links: readonly NetworkLink[], layout: Layout): Places {
  if (nodes.length === 1) return { x: new Float64Array(1), y: new Float64Array(1) };
  const near = neighboursOf(nodes, links);
  const given = givenPlaces(nodes);
  if (given === undefined) return layout(near, sinksOf(nodes));
  const isPlaced = nodes.map((node) => node.at !== undefined);
  if (isPlaced.includes(false)) {
    const step = typicalLength(given, near, isPlaced);
    besideNeighbours(given, near, isPlaced, step);
    below(given, near, isPlaced, step, sinksOf(nodes), layout);
  }
  return given;
}

function neighboursOf(nodes: readonly NetworkNode[], links: readonly NetworkLink[]): Neighbours {
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const near = nodes.map(() => new Set<number>());
  for (const link of links) {
    const [i, j] = [index.get(link.from), index.get(link.to)];
    if (i === undefined || j === undefined || i === j) continue;
    near[i]?.add(j);
    near[j]?.add(i);
  }
  return near.map((set) => [...set].sort((a, b) => a - b));
}

/** What the sewers run towards. */
function sinksOf(nodes: readonly NetworkNode[]): number[] {
  const of = (kind: NetworkNode["kind"]) => nodes.flatMap((node, i) => (node.kind === kind ? [i] : []));
  const plants = of("plant");
  return plants.length > 0 ? plants : of("outfall");
}

/** A box of less than this in both directions, within the globe's bounds, is one of degrees. */
const MOST_DEGREES = 5;

/** What `at` says; undefined where it tells no two nodes apart. */
function givenPlaces(nodes: readonly NetworkNode[]): Places | undefined {
  // Halves, so that the span of any two numbers is a number.
  const at = nodes.map((node) => (node.at === undefined ? undefined : ([node.at[0] / 2, node.at[1] / 2] as const)));
  const box = { minX: Infinity, maxX: -Infinity, minY: Infinity, maxY: -Infinity };
  for (const place of at) {
    if (place === undefined) continue;
    box.minX = Math.min(box.minX, place[0]);
    box.maxX = Math.max(box.maxX, place[0]);
    box.minY = Math.min(box.minY, place[1]);
    box.maxY = Math.max(box.maxY, place[1]);
  }
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
  if (!(Math.max(width, height) > 0)) return undefined;

  const squeeze = degreeWidth(box);
  const span = Math.max(width * squeeze, height);
  return {
    x: Float64Array.from(at, (place) => (place === undefined ? 0 : ((place[0] - box.minX) / span) * squeeze)),
    y: Float64Array.from(at, (place) => (place === undefined ? 0 : (box.maxY - place[1]) / span)),
  };
}

/** How wide a degree of longitude is beside one of latitude; 1 for what isn't in degrees. The box is in halves. */
function degreeWidth(box: { minX: number; maxX: number; minY: number; maxY: number }): number {
  const isOnGlobe = Math.max(-box.minX, box.maxX) <= 90 && Math.max(-box.minY, box.maxY) <= 42.5;
  const isSmall = Math.max(box.maxX - box.minX, box.maxY - box.minY) < MOST_DEGREES / 2;
  if (!isOnGlobe || !isSmall) return 1;
  // Rounded, for a cosine's last digit isn't the same everywhere.
  return Math.round(1000 * Math.cos(((box.minY + box.maxY) * Math.PI) / 180)) / 1000;
}

/** Median length of the links between placed nodes. */
function typicalLength({ x, y }: Places, near: Neighbours, isPlaced: readonly boolean[]): number {
  const lengths = near.flatMap((others, i) =>
    isPlaced[i] === true ? others.flatMap((j) => (j > i && isPlaced[j] === true ? [distance(x, y, i, j)] : [])) : [],
  );
  const positive = lengths.filter((length) => length > 0).sort((a, b) => a - b);
  return positive[positive.length >> 1] ?? 1 / Math.sqrt(near.length);
}

function distance(x: Float64Array, y: Float64Array, i: number, j: number): number {
  const [dx, dy] = [(x[i] ?? 0) - (x[j] ?? 0), (y[i] ?? 0) - (y[j] ?? 0)];
  return Math.sqrt(dx * dx + dy * dy);
}

/** Places what can be reached from placed nodes, one ring of neighbours after another; `isPlaced` is brought up to date. */
function besideNeighbours({ x, y }: Places, near: Neighbours, isPlaced: boolean[], step: number): void {
  let ring = near.flatMap((others, i) => (isPlaced[i] !== true && others.some((j) => isPlaced[j] === true) ? [i] : []));
  while (ring.length > 0) {
    // All of a ring hang on what was placed before it, so that the order within matters little.
    const anchors = ring.map((i) => near[i]?.filter((j) => isPlaced[j] === true) ?? []);
    ring.forEach((i, k) => {
      const about = anchors[k] ?? [];
      const mean = (of: Float64Array) => about.reduce((sum, j) => sum + (of[j] ?? 0), 0) / about.length;
      x[i] = mean(x);
      y[i] = mean(y);
      const [only] = about;
      if (about.length === 1 && only !== undefined) {
        const angle = widestGap(x, y, only, near[only]?.filter((j) => isPlaced[j] === true) ?? []);
        x[i] += 0.6 * step * Math.cos(angle);
        y[i] += 0.6 * step * Math.sin(angle);
      }
      isPlaced[i] = true;
    });
    const next = new Set(ring.flatMap((i) => near[i]?.filter((j) => isPlaced[j] !== true) ?? []));
    ring = [...next].sort((a, b) => a - b);
  }
}

/** The direction from node `i` that lies in the middle of the widest gap between those of its links. */
function widestGap(x: Float64Array, y: Float64Array, i: number, others: readonly number[]): number {
  const angles = others
    .filter((j) => distance(x, y, i, j) > 0)
    .map((j) => Math.atan2((y[j] ?? 0) - (y[i] ?? 0), (x[j] ?? 0) - (x[i] ?? 0)))
    .sort((a, b) => a - b);
  let [best, widest] = [Math.PI / 4, 0];
  angles.forEach((angle, k) => {
    const next = angles[k + 1] ?? (angles[0] ?? 0) + 2 * Math.PI;
    if (next - angle > widest + 1e-9) [best, widest] = [(angle + next) / 2, next - angle];
  });
  return best;
}

/** Lays out below the rest what has no link to any placed node. */
function below(
  { x, y }: Places,
  near: Neighbours,
  isPlaced: readonly boolean[],
  step: number,
  sinks: readonly number[],
  layout: Layout,
): void {
  const rest = near.flatMap((_, i) => (isPlaced[i] === true ? [] : [i]));
  if (rest.length === 0) return;
  let [left, right, bottom] = [Infinity, -Infinity, -Infinity];
  near.forEach((_, i) => {
    if (isPlaced[i] !== true) return;
    left = Math.min(left, x[i] ?? 0);
    right = Math.max(right, x[i] ?? 0);
    bottom = Math.max(bottom, y[i] ?? 0);
  });
  const place = new Map(rest.map((i, k) => [i, k]));
  const indexOf = (list: readonly number[]) => list.flatMap((j) => place.get(j) ?? []);
  const free = layout(
    rest.map((i) => indexOf(near[i] ?? [])),
    indexOf(sinks),
  );
  const size = Math.min(Math.max(right - left, 0.5), step * Math.sqrt(rest.length));
  const margin = Math.min(0.15, step);
  rest.forEach((i, k) => {
    x[i] = (left + right) / 2 + ((free.x[k] ?? 0) - 0.5) * size;
    y[i] = bottom + margin + (free.y[k] ?? 0) * size;
  });
}
