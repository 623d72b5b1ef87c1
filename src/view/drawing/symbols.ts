/** The shapes of a map, as path data. */
import type { NodeKind } from "../../network/types.js";
import { px, type Point } from "../layout/curve.js";

type Heading = Point & { readonly dx: number; readonly dy: number };

/** Half the size of a symbol at full scale, px. */
export const RADIUS: Readonly<Record<NodeKind, number>> = {
  plant: 13,
  storage: 9,
  outfall: 8,
  catchment: 6,
  junction: 2.8,
};

/** Where along a link its signs stand: pump or gate, above target, direction. */
export const [SIGN_AT, MARK_AT, ARROW_AT] = [0.3, 0.52, 0.74];

/** Between a node's symbol and the ring that says it floods. */
export function ringGap(scale: number): number {
  return 2 + 2 * scale;
}

export function circle(x: number, y: number, r: number): string {
  // Twice the rounded radius, or the two halves wouldn't meet in a circle.
  const half = Math.max(0.1, Math.round(r * 10) / 10);
  return `M${px(x - half)} ${px(y)}a${half} ${half} 0 1 0 ${px(2 * half)} 0a${half} ${half} 0 1 0 ${px(-2 * half)} 0z`;
}

/** A square for a plant, an open tank for a storage, a triangle that points down for an outfall, a ring or a dot for the rest. */
export function nodePath(kind: NodeKind, { x, y }: Point, r: number): string {
  switch (kind) {
    case "plant":
      return `M${px(x - r)} ${px(y - r)}h${px(2 * r)}v${px(2 * r)}h${px(-2 * r)}z`;
    case "storage": {
      const [w, h] = [r, 0.75 * r];
      return `M${px(x - w)} ${px(y - h)}v${px(2 * h)}h${px(2 * w)}v${px(-2 * h)}M${px(x - w)} ${px(y)}h${px(2 * w)}`;
    }
    case "outfall":
      return `M${px(x - r)} ${px(y - 0.75 * r)}h${px(2 * r)}l${px(-r)} ${px(1.6 * r)}z`;
    case "catchment":
    case "junction":
      return circle(x, y, r);
  }
}

/** Between a symbol and the frame that says it is held: names stand close above. */
export function frameGap(scale: number): number {
  return 1.5 + 1.5 * scale;
}

/** A frame around what is held. */
export function framePath(at: Point, r: number): string {
  return nodePath("plant", at, r);
}

/** The part of a plant's square that is filled, from below. */
export function levelPath({ x, y }: Point, r: number, share: number): string {
  const inner = r - 1;
  const height = 2 * inner * Math.min(1, Math.max(0, share));
  if (height < 0.05) return "";
  return `M${px(x - inner)} ${px(y + inner)}v${px(-height)}h${px(2 * inner)}v${px(height)}z`;
}

export function crossPath({ x, y }: Point, r: number): string {
  return `M${px(x - r)} ${px(y - r)}l${px(2 * r)} ${px(2 * r)}m0 ${px(-2 * r)}l${px(-2 * r)} ${px(2 * r)}`;
}

/** A triangle that stands upright, for a main above its target. */
export function alertPath({ x, y }: Point, r: number): string {
  return `M${px(x)} ${px(y - r)}l${px(r)} ${px(1.8 * r)}h${px(-2 * r)}z`;
}

/** A head whose tip is `size` ahead of the middle; `sign` -1 turns it around. */
export function arrowPath(at: Heading, size: number, half: number, sign: number): string {
  const [dx, dy] = [at.dx * sign, at.dy * sign];
  const [tipX, tipY] = [at.x + dx * size, at.y + dy * size];
  const [backX, backY] = [at.x - dx * size, at.y - dy * size];
  return (
    `M${px(tipX)} ${px(tipY)}L${px(backX - dy * half)} ${px(backY + dx * half)}` +
    `L${px(backX + dy * half)} ${px(backY - dx * half)}z`
  );
}

/** A pump is a circle, a gate two triangles point to point, as on a flow sheet. */
export function signPath(kind: "pump" | "gate", at: Heading, r: number): string {
  if (kind === "pump") return circle(at.x, at.y, r);
  const place = placesAbout(at, r);
  return `M${place(-1.1, -0.8)}L${place(1.1, 0.8)}L${place(1.1, -0.8)}L${place(-1.1, 0.8)}z`;
}

/** The triangle within a pump's circle, which points along the link. */
export function bladePath(at: Heading, r: number): string {
  const place = placesAbout(at, r);
  return `M${place(-0.45, -0.62)}L${place(0.8, 0)}L${place(-0.45, 0.62)}z`;
}

function placesAbout({ x, y, dx, dy }: Heading, r: number): (along: number, across: number) => string {
  return (along, across) => `${px(x + r * (along * dx - across * dy))} ${px(y + r * (along * dy + across * dx))}`;
}
