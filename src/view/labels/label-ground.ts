/** What a map's texts have to keep clear of, and which places are left. */
import type { NetworkLink, NetworkNode } from "../../network/types.js";
import { BoxIndex, gapBetween, grown, squareAbout, type Box } from "../layout/boxes.js";
import { along, type Curve, type Point } from "../layout/curve.js";
import type { Frame } from "../layout/fit.js";
import { traffic, type Candidate, type Traffic } from "./labels.js";
import { widthOf, type WidthScale } from "../layout/scale.js";
import { SIGN_AT } from "../drawing/symbols.js";

export interface Scene {
  readonly nodes: readonly NetworkNode[];
  readonly links: readonly NetworkLink[];
  readonly points: readonly Point[];
  readonly radii: Float64Array;
  readonly curves: readonly Curve[];
  readonly names: { readonly nodes: readonly string[]; readonly links: readonly string[] };
  readonly frame: Frame;
  readonly scale: number;
  readonly widths: WidthScale;
  /** Half the size of the signs of pumps and gates, px. */
  readonly signRadius: number;
}

/** Whether a node's symbol is looked for, so that no text may lie on it. */
export const PROMINENT: Readonly<Record<string, true>> = { plant: true, outfall: true, storage: true };
/** Below these scales the names of mains and junctions, of catchments, and of all but plants are left out. */
export const [ROOMY, CROWDED, TINY] = [0.7, 0.45, 0.25];

/** A text is at least this much nearer to what it belongs to than to any plant besides, and at least so far from those, px. */
const [CLEAR, LEAST] = [3, 5];
/** What a place costs that lies on a small sign, in samples of lines. */
const SIGN = 6;

export interface Ground {
  readonly bounds: Box;
  /** Of each node. */
  readonly squares: readonly Box[];
  /** Symbols of all nodes; of those that are looked for; of plants among them. */
  readonly all: BoxIndex;
  readonly symbols: BoxIndex;
  readonly plants: BoxIndex;
  /** Small signs, which a text may cover where there is no other room. */
  readonly signs: BoxIndex;
  readonly texts: BoxIndex;
  readonly lines: Traffic;
}

export function groundOf({ nodes, links, points, radii, curves, frame, scale, widths, signRadius }: Scene): Ground {
  const index = () => new BoxIndex();
  const [symbols, all, plants, signs, texts] = [index(), index(), index(), index(), index()];
  const lines = traffic(frame.width, frame.height);
  const isCrowded = scale < CROWDED;
  const squares = nodes.map((node, i) => {
    const { x, y } = points[i] ?? ORIGIN;
    const square = squareAbout(x, y, radii[i] ?? 0);
    all.add(square);
    if (node.kind === "plant") plants.add(square);
    if (node.kind in PROMINENT) symbols.add(square);
    // Where dots lie close, names of plants are written over them.
    else if (isCrowded) lines.add(x, y);
    else signs.add(grown(square, 1));
    return square;
  });
  curves.forEach((curve, k) => {
    const link = links[k];
    if (link === undefined) return;
    const steps = Math.max(1, Math.ceil(curve.length / 6));
    // A broad main is in the way over its whole breadth.
    const half = widthOf(link.capacity, widths) / 2;
    for (let s = 0; s <= steps; s++) {
      const { x, y, dx, dy } = along(curve, s / steps);
      for (const off of half > 2 ? [-half, 0, half] : [0]) lines.add(x - off * dy, y + off * dx);
    }
    if (link.kind === "conduit" || isCrowded) return;
    const { x, y } = along(curve, SIGN_AT);
    signs.add(squareAbout(x, y, signRadius + 1));
  });
  const bounds = { left: 2, top: 2, right: frame.width - 2, bottom: frame.height - 2 };
  return { bounds, squares, all, symbols, plants, signs, texts, lines };
}

const ORIGIN: Point = { x: 0, y: 0 };

/**
 * Those of the candidates that lie on the picture, on no symbol, and so that nobody takes the text for one of another plant; with
 * what they cost, the least first.
 *
 * @param distance of a candidate from what it belongs to, px
 * @param own the square of the plant that it belongs to, or of the node
 */
export function placesLeft(
  { bounds, symbols, plants, signs, lines }: Ground,
  candidates: readonly Candidate[],
  distance: (box: Box) => number,
  own?: Box,
): Candidate[] {
  return candidates
    .flatMap((candidate) => {
      const { box } = candidate;
      const isWithin =
        box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
      if (!isWithin || !symbols.isFree(box)) return [];
      const reach = Math.max(LEAST, distance(box) + CLEAR);
      const isByItsOwn = plants
        .under(grown(box, reach))
        .every((plant) => plant === own || gapBetween(box, plant) >= reach);
      if (!isByItsOwn) return [];
      const through = lines.through(box);
      const cost = candidate.cost + through + (signs.isFree(box) ? 0 : SIGN);
      return [{ ...candidate, through, cost }];
    })
    .sort((a, b) => a.cost - b.cost);
}

/** Whether no other node's symbol is nearer to a text than its own. */
export function isNearest({ all }: Ground, box: Box, own: Box): boolean {
  const distance = gapBetween(box, own);
  return all.under(grown(box, distance)).every((other) => other === own || gapBetween(box, other) >= distance);
}
