/** The shapes of a map, as path data. */
import type { LinkKind, NodeKind } from "../network/schema.js";
import { px, type Point } from "./curve.js";

/** Half the size of a symbol at full scale, px. */
export const RADIUS: Readonly<Record<NodeKind, number>> = {
  plant: 13,
  storage: 9,
  outfall: 8,
  catchment: 6,
  junction: 2.8,
};

export function circle(x: number, y: number, r: number): string {
  return `M${px(x - r)} ${px(y)}a${px(r)} ${px(r)} 0 1 0 ${px(2 * r)} 0a${px(r)} ${px(r)} 0 1 0 ${px(-2 * r)} 0z`;
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
export function arrowPath(at: Point & { dx: number; dy: number }, size: number, half: number, sign: number): string {
  const [dx, dy] = [at.dx * sign, at.dy * sign];
  const [tipX, tipY] = [at.x + dx * size, at.y + dy * size];
  const [backX, backY] = [at.x - dx * size, at.y - dy * size];
  return (
    `M${px(tipX)} ${px(tipY)}L${px(backX - dy * half)} ${px(backY + dx * half)}` +
    `L${px(backX + dy * half)} ${px(backY - dx * half)}z`
  );
}

/** A pump is a circle with a triangle in it, a gate two triangles point to point, as on a flow sheet; a conduit has no sign. */
export function linkSign(kind: LinkKind, at: Point & { dx: number; dy: number }, r: number): string {
  const { x, y, dx, dy } = at;
  const place = (along: number, across: number) =>
    `${px(x + r * (along * dx - across * dy))} ${px(y + r * (along * dy + across * dx))}`;
  switch (kind) {
    case "conduit":
      return "";
    case "pump":
      return `${circle(x, y, r)}M${place(-0.5, -0.75)}L${place(0.95, 0)}L${place(-0.5, 0.75)}`;
    case "gate":
      return `M${place(-1.1, -0.8)}L${place(1.1, 0.8)}L${place(1.1, -0.8)}L${place(-1.1, 0.8)}z`;
  }
}
