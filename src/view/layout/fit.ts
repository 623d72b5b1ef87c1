/** From places in the plane to places on the picture: fitted to its box, and symbols moved apart where they lie on one another. */
import type { Box } from "./boxes.js";
import type { Places } from "./layout.js";

export interface Frame {
  readonly width: number;
  /** Of the map; the legend lies below. */
  readonly height: number;
}

/** From this width on a picture is wide, px. */
const WIDE = 600;
const PADDING = { wide: 56, narrow: 26, upright: 34 };

/** Room around the map, so that symbols and some names beside them stay on the picture. */
export function insideOf({ width, height }: Frame): Box {
  const side = width >= WIDE ? PADDING.wide : PADDING.narrow;
  const upright = Math.min(PADDING.upright, height / 4);
  return { left: side, right: width - side, top: upright, bottom: height - upright };
}

function spans({ x, y }: Places) {
  const range = (values: Float64Array) => {
    let [least, most] = [Infinity, -Infinity];
    for (const v of values) [least, most] = [Math.min(least, v), Math.max(most, v)];
    return { least, span: most - least };
  };
  return { across: range(x), down: range(y) };
}

/** How high a map is at most, over its width: a narrow screen is high. */
const HIGHEST = { wide: 0.8, narrow: 1.2 };

/** The height of a map of this width that suits the network's shape: from a letterbox to what a page holds. */
export function suitingHeight(places: Places, width: number): number {
  const { across, down } = spans(places);
  const inner = insideOf({ width, height: 4 * PADDING.upright });
  const room = inner.right - inner.left;
  const aspect = across.span > 0 ? down.span / across.span : down.span > 0 ? Infinity : 0;
  const most = width >= WIDE ? HIGHEST.wide : HIGHEST.narrow;
  return Math.round(room * Math.min(most, Math.max(0.3, aspect)) + 2 * PADDING.upright);
}

/** Fewer nodes than this have no outliers among them. */
const A_CITY = 10;
/** The part of the nodes that makes the city, and how many times as long as it is all may be without anything being drawn nearer. */
const [MOST, LONG] = [0.9, 1.35];
/** What lies outside is drawn no farther from the city than this share of its length. */
const OUTSKIRTS = 0.15;

/**
 * With what lies far out drawn nearer, each direction by itself, so that few outliers don't squeeze a city. Nodes keep their order, and
 * those of the city their places.
 */
export function drawnIn(places: Places): { readonly places: Places; readonly isDrawnIn: boolean } {
  const [x, y] = [axisDrawnIn(places.x), axisDrawnIn(places.y)];
  return { places: { x: x ?? places.x, y: y ?? places.y }, isDrawnIn: x !== undefined || y !== undefined };
}

function axisDrawnIn(values: Float64Array): Float64Array | undefined {
  const count = values.length;
  if (count < A_CITY) return undefined;
  const sorted = values.slice().sort();
  const most = Math.ceil(MOST * count);
  const at = (i: number) => sorted[i] ?? 0;
  // The shortest stretch that holds so many of them.
  let first = 0;
  for (let i = 1; i + most <= count; i++) if (at(i + most - 1) - at(i) < at(first + most - 1) - at(first)) first = i;
  const [low, high] = [at(first), at(first + most - 1)];
  const span = high - low;
  if (span === 0 || at(count - 1) - at(0) <= LONG * span) return undefined;
  const limit = OUTSKIRTS * span;
  const nearer = (distance: number) => (limit * distance) / (limit + distance);
  return values.map((v) => (v < low ? low - nearer(low - v) : v > high ? high + nearer(v - high) : v));
}

/** In the middle of the frame, as large as it goes. */
export function fitted(places: Places, frame: Frame): Places {
  const { across, down } = spans(places);
  const inner = insideOf(frame);
  const [roomX, roomY] = [inner.right - inner.left, inner.bottom - inner.top];
  const factor = Math.min(
    across.span > 0 ? roomX / across.span : Infinity,
    down.span > 0 ? roomY / down.span : Infinity,
  );
  const axis = (values: Float64Array, { least, span }: { least: number; span: number }, low: number, room: number) =>
    values.map((v) => (span > 0 ? low + (room - span * factor) / 2 + (v - least) * factor : low + room / 2));
  return {
    x: axis(places.x, across, inner.left, roomX),
    y: axis(places.y, down, inner.top, roomY),
  };
}

/** How far apart nodes lie if they are spread evenly over the part of the picture that they take. */
export function spacing(places: Places): number {
  const { across, down } = spans(places);
  const count = places.x.length;
  if (count === 1) return Infinity;
  return Math.max(Math.sqrt((across.span * down.span) / count), Math.max(across.span, down.span) / (count - 1));
}

const ROUNDS = 12;

/** Moves symbols that overlap apart, both by half, within `inner`. */
export function movedApart(places: Places, radii: Float64Array, inner: Box): Places {
  const [x, y] = [places.x.slice(), places.y.slice()];
  const grid = cellsOf(radii, inner);
  for (let round = 0; round < ROUNDS; round++) {
    const near = grid(x, y);
    let moves = 0;
    for (let i = 0; i < x.length; i++) near(i, (j) => (moves += part(x, y, radii, i, j) ? 1 : 0));
    for (let i = 0; i < x.length; i++) {
      x[i] = Math.min(inner.right, Math.max(inner.left, x[i] ?? 0));
      y[i] = Math.min(inner.bottom, Math.max(inner.top, y[i] ?? 0));
    }
    if (moves === 0) break;
  }
  return { x, y };
}

type Visit = (i: number, visit: (j: number) => void) => void;

/** A grid whose cells are as large as two symbols, and few enough; `near(i)` visits the later nodes of the cells about node i. */
function cellsOf(radii: Float64Array, inner: Box): (x: Float64Array, y: Float64Array) => Visit {
  const [width, height] = [inner.right - inner.left, inner.bottom - inner.top];
  const largest = radii.reduce((a, b) => Math.max(a, b), 0);
  const cell = Math.max(1, 2 * largest, Math.sqrt((width * height) / (4 * radii.length)));
  const columns = Math.floor(width / cell) + 1;
  const rows = Math.floor(height / cell) + 1;
  const first = new Int32Array(columns * rows);
  const next = new Int32Array(radii.length);
  return (x, y) => {
    const column = (i: number) => Math.floor(((x[i] ?? 0) - inner.left) / cell);
    const row = (i: number) => Math.floor(((y[i] ?? 0) - inner.top) / cell);
    // Moves of the round must not change who is near whom.
    const [columnOf, rowOf] = [Int32Array.from(x, (_, i) => column(i)), Int32Array.from(y, (_, i) => row(i))];
    first.fill(-1);
    for (let i = x.length - 1; i >= 0; i--) {
      const at = (rowOf[i] ?? 0) * columns + (columnOf[i] ?? 0);
      next[i] = first[at] ?? -1;
      first[at] = i;
    }
    return (i, visit) => {
      const [c, r] = [columnOf[i] ?? 0, rowOf[i] ?? 0];
      for (let v = Math.max(0, r - 1); v <= Math.min(rows - 1, r + 1); v++) {
        for (let u = Math.max(0, c - 1); u <= Math.min(columns - 1, c + 1); u++) {
          for (let j = first[v * columns + u] ?? -1; j !== -1; j = next[j] ?? -1) if (j > i) visit(j);
        }
      }
    };
  };
}

/** The golden angle: directions for nodes on one point that don't repeat. */
const TURN = Math.PI * (3 - Math.sqrt(5));

function part(x: Float64Array, y: Float64Array, radii: Float64Array, i: number, j: number): boolean {
  let [dx, dy] = [(x[j] ?? 0) - (x[i] ?? 0), (y[j] ?? 0) - (y[i] ?? 0)];
  const wanted = (radii[i] ?? 0) + (radii[j] ?? 0);
  const distance = Math.sqrt(dx * dx + dy * dy);
  if (distance >= wanted - 0.01) return false;
  if (distance < 1e-6) [dx, dy] = [Math.cos(TURN * j), Math.sin(TURN * j)];
  else [dx, dy] = [dx / distance, dy / distance];
  const step = (wanted - distance) / 2;
  x[i] = (x[i] ?? 0) - dx * step;
  y[i] = (y[i] ?? 0) - dy * step;
  x[j] = (x[j] ?? 0) + dx * step;
  y[j] = (y[j] ?? 0) + dy * step;
  return true;
}
