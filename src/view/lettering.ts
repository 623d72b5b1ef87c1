/** Which texts stand on a map, and where: figures of plants and outfalls, then names by what matters more. */
import type { NetworkLink, NetworkNode, NodeKind } from "../network/schema.js";
import { formatFlowWithUnit, formatShare } from "../units/format.js";
import type { FlowUnit } from "../units/flow.js";
import { along, type Curve, type Point } from "./curve.js";
import type { Frame } from "./fit.js";
import {
  candidatesAbout,
  candidatesBeside,
  settle,
  shortened,
  takenBoxes,
  textWidth,
  traffic,
  pushedInside,
  type TextPlace,
} from "./labels.js";
import { widthOf, type WidthScale } from "./scale.js";
import { ringGap, SIGN_AT } from "./symbols.js";

export interface Lettering {
  readonly place: TextPlace;
  readonly text: string;
  readonly size: number;
  readonly isBold: boolean;
}

export interface Letters {
  /** Name of each node, where it found room. */
  readonly nodes: readonly (Lettering | undefined)[];
  /** Place for a plant's utilisation, an outfall's spill, or what floods at another node. */
  readonly amounts: readonly (Lettering | undefined)[];
  /** Name of each link. */
  readonly links: readonly (Lettering | undefined)[];
}

interface Scene {
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
  readonly unit: FlowUnit;
}

const SIZE: Readonly<Record<NodeKind, number>> = { plant: 12, outfall: 11, storage: 11, catchment: 11, junction: 10 };
const LINK_SIZE = 10;
const AMOUNT_SIZE = 11;
/** Names are cut to this share of the picture's width, and to this many px. */
const MOST_WIDTH = { share: 0.34, px: 200 };
/** Where there is no room for a plant's name it is cut to these shares of that, but never to what says nothing, px. */
const SHORTER = [0.65, 0.45];
const LEAST_WIDTH = 72;
/** Below these scales the names of mains and junctions, of catchments, and of all but plants are left out. */
const [ROOMY, CROWDED, TINY] = [0.7, 0.45, 0.25];
const PROMINENT = { plant: true, outfall: true, storage: true };
/** How many samples of lines (6 px each) may run through a text; a name of less weight is rather left out. */
const MOST_TRAFFIC: Readonly<Record<NodeKind | "link", number>> = {
  plant: Infinity,
  outfall: Infinity,
  storage: Infinity,
  catchment: 16,
  junction: 8,
  link: 5,
};
const LINE_HEIGHT = 14;
/** Widest figure that is made room for: eight digits of flow. */
const WIDEST_FLOW = 99_999;

export function labelled(scene: Scene): Letters {
  const { nodes, links, points, radii, curves, names, frame, scale, widths } = scene;
  const isCrowded = scale < CROWDED;
  const bounds = { left: 2, top: 2, right: frame.width - 2, bottom: frame.height - 2 };
  // Texts and what is looked for; and small signs, which the figure and the name of a plant may cover where there is no other room.
  const firm = takenBoxes(frame.width, frame.height);
  const soft = takenBoxes(frame.width, frame.height);
  const lines = traffic(frame.width, frame.height);
  const most = Math.min(MOST_WIDTH.px, MOST_WIDTH.share * frame.width);
  nodes.forEach((node, i) => {
    const { x, y } = points[i] ?? ORIGIN;
    // Where dots lie close, names of plants are written over them.
    if (isCrowded && !(node.kind in PROMINENT)) {
      lines.add(x, y);
      return;
    }
    const r = (radii[i] ?? 0) + 1;
    (node.kind in PROMINENT ? firm : soft).add({ left: x - r, right: x + r, top: y - r, bottom: y + r });
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
    const r = scene.signRadius + 1;
    soft.add({ left: x - r, right: x + r, top: y - r, bottom: y + r });
  });

  const amounts = new Array<Lettering | undefined>(nodes.length);
  const nodeNames = new Array<Lettering | undefined>(nodes.length);
  const linkNames = new Array<Lettering | undefined>(links.length);
  const widestFlow = formatFlowWithUnit(Math.min(WIDEST_FLOW, Math.max(10, widths.top)), scene.unit);
  const ofKind = (kind: NodeKind, weight: (node: NetworkNode) => number = () => 0) =>
    inOrder(
      nodes.flatMap((node, i) => (node.kind === kind ? [i] : [])),
      (i) => {
        const node = nodes[i];
        return node === undefined ? 0 : weight(node);
      },
    );

  const plants = ofKind("plant", (node) => (node.kind === "plant" ? node.capacity : 0));
  for (const i of plants) amounts[i] = amount(i, formatShare(1));
  for (const i of plants) nodeNames[i] = name(i);
  if (scale >= TINY) {
    const outfalls = ofKind("outfall");
    for (const i of outfalls) nodeNames[i] = name(i);
    for (const i of outfalls) amounts[i] = amount(i, widestFlow);
    for (const i of ofKind("storage")) nodeNames[i] = name(i);
  }
  if (!isCrowded) {
    const catchments = ofKind("catchment", (node) => (node.kind === "catchment" ? node.inflow : 0));
    for (const i of catchments) nodeNames[i] = name(i);
    if (scale >= ROOMY) {
      const mains = inOrder(
        links.flatMap((link, k) => (link.name === undefined ? [] : [k])),
        (k) => links[k]?.capacity ?? 0,
      );
      for (const k of mains) linkNames[k] = linkName(k);
      for (const i of ofKind("junction")) if (nodes[i]?.name !== undefined) nodeNames[i] = name(i);
    }
    nodes.forEach((node, i) => {
      if (node.kind !== "plant" && node.kind !== "outfall") amounts[i] = amount(i, widestFlow);
    });
  }
  return { nodes: nodeNames, amounts, links: linkNames };

  function amount(i: number, text: string): Lettering | undefined {
    const kind = nodes[i]?.kind ?? "junction";
    const { x, y } = points[i] ?? ORIGIN;
    const width = textWidth(text, AMOUNT_SIZE, true);
    const near = (gap: number) => {
      const [right, left, under, over, ...corners] = candidatesAbout(x, y, clearOf(i) + gap, width, AMOUNT_SIZE);
      return [under, over, right, left, ...corners].filter((candidate) => candidate !== undefined);
    };
    // An outfall's may have to stand past its name.
    const candidates = kind === "outfall" ? [...near(1), ...near(1 + LINE_HEIGHT).slice(0, 2)] : near(1);
    const place =
      settle(candidates, bounds, [firm, soft], lines, Infinity) ??
      (kind === "plant" ? settle(candidates, bounds, [firm], lines, Infinity) : undefined);
    return place && { place, text, size: AMOUNT_SIZE, isBold: true };
  }

  function name(i: number): Lettering | undefined {
    const kind = nodes[i]?.kind ?? "junction";
    const { x, y } = points[i] ?? ORIGIN;
    const [size, isBold] = [SIZE[kind], kind === "plant"];
    // Plants and outfalls are looked for: rather a name a little way off, or a plant's cut shorter, than none.
    const isSought = kind in PROMINENT;
    const both = [firm, soft] as const;
    const tries = [
      { share: 1, obstacles: both },
      ...(kind === "plant"
        ? [both, [firm] as const].flatMap((obstacles) => SHORTER.map((share) => ({ share, obstacles })))
        : []),
    ];
    for (const { share, obstacles } of tries) {
      const text = shortened(names.nodes[i] ?? "", Math.max(LEAST_WIDTH, share * most), size, isBold);
      const width = textWidth(text, size, isBold);
      const gaps = isSought ? [3, 3 + LINE_HEIGHT, 9 + LINE_HEIGHT] : [3];
      const candidates = gaps.flatMap((gap) =>
        candidatesAbout(x, y, clearOf(i) + gap, width, size).map((candidate) =>
          candidate.place.anchor === "middle" ? pushedInside(candidate, bounds) : candidate,
        ),
      );
      const place = settle(candidates, bounds, obstacles, lines, MOST_TRAFFIC[kind]);
      if (place !== undefined) return { place, text, size, isBold };
    }
    return undefined;
  }

  /** How far from its middle a node's symbol and the ring around it reach. */
  function clearOf(i: number): number {
    const kind = nodes[i]?.kind;
    return (radii[i] ?? 0) + (kind === "plant" || kind === "outfall" ? 1 : ringGap(scale) + 1);
  }

  function linkName(k: number): Lettering | undefined {
    const [link, curve] = [links[k], curves[k]];
    if (link === undefined || curve === undefined || curve.length < 24) return undefined;
    const text = shortened(names.links[k] ?? "", most, LINK_SIZE);
    const width = textWidth(`${text} ${formatShare(1)}`, LINK_SIZE);
    const gap = widthOf(link.capacity, widths) / 2 + 2;
    const candidates = [0.5, 0.4, 0.6, 0.3, 0.7].flatMap((share) =>
      candidatesBeside(along(curve, share), gap, width, LINK_SIZE),
    );
    const place = settle(candidates, bounds, [firm, soft], lines, MOST_TRAFFIC.link);
    return place && { place, text, size: LINK_SIZE, isBold: false };
  }
}

const ORIGIN: Point = { x: 0, y: 0 };

/** Indices by weight, largest first, then by place. */
function inOrder(indices: readonly number[], weight: (index: number) => number): number[] {
  return indices
    .map((i) => ({ i, weight: weight(i) }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i)
    .map(({ i }) => i);
}
