/** The course of a link on the picture: a line, or a quadratic curve where it has to keep clear of another. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Ends in the middle of its nodes. `bend` is the control point, the middle of the line where it is straight. */
export interface Curve {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
  readonly isStraight: boolean;
  /** Share of the course at which it leaves the symbol of its first node, and enters that of its last. */
  readonly leaves: number;
  readonly enters: number;
  /** Length between the symbols, px. */
  readonly length: number;
}

/** A figure with one decimal at most: a tenth of a pixel is less than anyone sees. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

/** `bulge` is how far its middle lies off the line, to the left of it as drawn (y down) where positive. */
export function curveOf(from: Point, to: Point, bulge: number, gapFrom: number, gapTo: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.sqrt(dx * dx + dy * dy);
  const off = length > 0 ? (2 * bulge) / length : 0;
  const bend = { x: (from.x + to.x) / 2 + dy * off, y: (from.y + to.y) / 2 - dx * off };
  const leaves = length > 0 ? Math.min(0.45, gapFrom / length) : 0;
  const enters = length > 0 ? Math.max(0.55, 1 - gapTo / length) : 1;
  return { from, bend, to, isStraight: off === 0, leaves, enters, length: length * (enters - leaves) };
}

export function pathOf({ from, bend, to, isStraight }: Curve): string {
  const start = `M${px(from.x)} ${px(from.y)}`;
  return isStraight
    ? `${start}L${px(to.x)} ${px(to.y)}`
    : `${start}Q${px(bend.x)} ${px(bend.y)} ${px(to.x)} ${px(to.y)}`;
}

/** The point at a share of the part that can be seen, and the direction there, of length 1. */
export function along(curve: Curve, share: number): Point & { readonly dx: number; readonly dy: number } {
  const { from, bend, to, leaves, enters } = curve;
  const t = leaves + (enters - leaves) * share;
  const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  const dx = (1 - t) * (bend.x - from.x) + t * (to.x - bend.x);
  const dy = (1 - t) * (bend.y - from.y) + t * (to.y - bend.y);
  const norm = Math.sqrt(dx * dx + dy * dy);
  return {
    x: a * from.x + b * bend.x + c * to.x,
    y: a * from.y + b * bend.y + c * to.y,
    dx: norm > 0 ? dx / norm : 1,
    dy: norm > 0 ? dy / norm : 0,
  };
}
