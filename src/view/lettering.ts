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
  type Candidate,
  type TextPlace,
} from "./labels.js";
import { widthOf, type WidthScale } from "./scale.js";

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
  readonly unit: FlowUnit;
}

const SIZE: Readonly<Record<NodeKind, number>> = { plant: 12, outfall: 11, storage: 11, catchment: 11, junction: 10 };
const LINK_SIZE = 10;
const AMOUNT_SIZE = 11;
/** Names are cut to this share of the picture's width, and to this many px. */
const MOST_WIDTH = { share: 0.34, px: 170 };
/** Below this scale only plants, outfalls and storages have their names written. */
const CROWDED = 0.45;
/** Widest figure that is made room for: eight digits of flow. */
const WIDEST_FLOW = 99_999;

export function labelled(scene: Scene): Letters {
  const { nodes, links, points, radii, curves, names, frame, scale } = scene;
  const bounds = { left: 2, top: 2, right: frame.width - 2, bottom: frame.height - 2 };
  const taken = takenBoxes(frame.width, frame.height);
  const lines = traffic(frame.width, frame.height);
  points.forEach(({ x, y }, i) => {
    const r = (radii[i] ?? 0) + 1;
    taken.add({ left: x - r, right: x + r, top: y - r, bottom: y + r });
  });
  curves.forEach((curve, k) => {
    const steps = Math.max(1, Math.ceil(curve.length / 6));
    for (let s = 0; s <= steps; s++) {
      const { x, y } = along(curve, s / steps);
      lines.add(x, y);
    }
    if (links[k]?.kind === "conduit" || scale < CROWDED) return;
    const { x, y } = along(curve, 0.36);
    const r = 7 * scale;
    taken.add({ left: x - r, right: x + r, top: y - r, bottom: y + r });
  });
  const most = Math.min(MOST_WIDTH.px, MOST_WIDTH.share * frame.width);

  const write = (text: string, size: number, isBold: boolean, candidates: (width: number) => Candidate[]) => {
    const place = settle(candidates(textWidth(text, size, isBold)), bounds, taken, lines);
    return place && { place, text, size, isBold };
  };
  const amount = (i: number, text: string) => {
    const { x, y } = points[i] ?? { x: 0, y: 0 };
    return write(text, AMOUNT_SIZE, true, (width) => {
      const [right, left, under, over] = candidatesAbout(x, y, (radii[i] ?? 0) + 2, width, AMOUNT_SIZE);
      return [under, over, right, left].filter((candidate) => candidate !== undefined);
    });
  };
  const name = (i: number) => {
    const node = nodes[i];
    if (node === undefined) return undefined;
    const { x, y } = points[i] ?? { x: 0, y: 0 };
    const [size, isBold] = [SIZE[node.kind], node.kind === "plant"];
    const text = shortened(names.nodes[i] ?? "", most, size, isBold);
    return write(text, size, isBold, (width) => {
      const near = candidatesAbout(x, y, (radii[i] ?? 0) + 4, width, size);
      // Past the figure that may stand under or over it.
      return node.kind === "plant" || node.kind === "outfall"
        ? [...near, ...candidatesAbout(x, y, (radii[i] ?? 0) + 3 + 1.2 * AMOUNT_SIZE, width, size).slice(2, 4)]
        : near;
    });
  };

  const amounts = new Array<Lettering | undefined>(nodes.length);
  const written = new Array<Lettering | undefined>(nodes.length);
  const inOrder = (kind: NodeKind, weight: (node: NetworkNode) => number) =>
    nodes
      .flatMap((node, i) => (node.kind === kind ? [{ i, weight: weight(node) }] : []))
      .sort((a, b) => b.weight - a.weight || a.i - b.i)
      .map(({ i }) => i);
  const plants = inOrder("plant", (node) => (node.kind === "plant" ? node.capacity : 0));
  const outfalls = inOrder("outfall", () => 0);
  const catchments = inOrder("catchment", (node) => (node.kind === "catchment" ? node.inflow : 0));
  const widestFlow = formatFlowWithUnit(Math.min(WIDEST_FLOW, Math.max(10, scene.widths.top)), scene.unit);
  for (const i of plants) amounts[i] = amount(i, formatShare(1));
  for (const i of plants) written[i] = name(i);
  for (const i of outfalls) amounts[i] = amount(i, widestFlow);
  for (const i of outfalls) written[i] = name(i);
  for (const i of inOrder("storage", () => 0)) written[i] = name(i);
  const linkNames = new Array<Lettering | undefined>(links.length);
  if (scale >= CROWDED) {
    for (const i of catchments) written[i] = name(i);
    const order = links
      .map((link, k) => ({ k, capacity: link.capacity }))
      .sort((a, b) => b.capacity - a.capacity || a.k - b.k);
    for (const { k } of order) linkNames[k] = linkName(k);
    for (const i of inOrder("junction", () => 0)) if (nodes[i]?.name !== undefined) written[i] = name(i);
    nodes.forEach((node, i) => {
      if (node.kind !== "plant" && node.kind !== "outfall") amounts[i] = amount(i, widestFlow);
    });
  }
  return { nodes: written, amounts, links: linkNames };

  function linkName(k: number): Lettering | undefined {
    const [link, curve] = [links[k], curves[k]];
    if (link === undefined || curve === undefined || curve.length < 24) return undefined;
    const figure = ` ${formatShare(1)}`;
    const room = textWidth(figure, LINK_SIZE);
    const text = shortened(names.links[k] ?? "", most - room, LINK_SIZE);
    const gap = widthOf(link.capacity, scene.widths) / 2 + 2;
    const place = settle(
      [0.5, 0.4, 0.6, 0.3, 0.7].flatMap((share) =>
        candidatesBeside(along(curve, share), gap, textWidth(text, LINK_SIZE) + room, LINK_SIZE),
      ),
      bounds,
      taken,
      lines,
    );
    return place && { place, text, size: LINK_SIZE, isBold: false };
  }
}
