/** Which texts stand on a map, and where: figures and names of plants, then other names by what matters more, and figures of losses. */
import type { NetworkNode, NodeKind } from "../../network/types.js";
import { formatShare } from "../../text/format.js";
import { gapBetween, overlap, type Box } from "../layout/boxes.js";
import { along } from "../layout/curve.js";
import { CROWDED, groundOf, isNearest, placesLeft, PROMINENT, ROOMY, TINY, type Scene } from "./label-ground.js";
import {
  AMOUNT_SIZE,
  candidatesAbout,
  candidatesBeside,
  NAME_SIZE,
  pushedInside,
  shortened,
  textWidth,
  type Candidate,
  type Lettering,
  type TextPlace,
} from "./labels.js";
import { plantLetters } from "./plant-letters.js";
import { widthOf } from "../layout/scale.js";
import { shortNames } from "./short-names.js";
import { ringGap } from "../drawing/symbols.js";

/** What is lost at a node, and how it may be written, the best first. */
export interface Loss {
  /** The node's place in the drawing's list. */
  readonly at: number;
  readonly texts: readonly string[];
}

export interface LossLetters {
  readonly figures: ReadonlyMap<number, Lettering>;
  /** Whose names give way to them. */
  readonly hiddenNodes: ReadonlySet<number>;
  readonly hiddenLinks: ReadonlySet<number>;
}

export interface Letters {
  /** Name of each node, where it found room. */
  readonly nodes: readonly (Lettering | undefined)[];
  /** Utilisation of each plant, where it found room. */
  readonly figures: readonly (Lettering | undefined)[];
  /** Name of each link. */
  readonly links: readonly (Lettering | undefined)[];
  /** Figures of losses, placed in this order. No other figure gives way to them, but names do. */
  readonly lossesAt: (losses: readonly Loss[]) => LossLetters;
}

/** Names are cut to this share of the picture's width, and to this many px. */
const MOST_WIDTH = { share: 0.34, px: 200 };
const LINK_SIZE = 10;
/** How far names stand off, px; those of outfalls and storages, which are looked for, farther where there is no other room. */
const [NEAR, FAR] = [[3], [3, 10, 17]];
/** How far figures of losses stand off. */
const LOSS_GAPS = [1, 6, 14, 24];
/** What a px that a text stands off costs, and a name that would have to go for a loss, in samples of lines. */
const [OFF, HIDES] = [0.5, 20];
/** How many samples of lines (6 px each) may run through a text; a name of less weight is rather left out. */
const MOST_TRAFFIC: Readonly<Record<NodeKind | "link", number>> = {
  plant: Infinity,
  outfall: Infinity,
  storage: Infinity,
  catchment: 16,
  junction: 8,
  link: 5,
};

/** Whose name a box is. */
interface Owner {
  readonly of: "nodes" | "links";
  readonly at: number;
}

export function labelled(scene: Scene): Letters {
  const { nodes, links, points, radii, curves, names, frame, scale, widths } = scene;
  const ground = groundOf(scene);
  const most = Math.min(MOST_WIDTH.px, MOST_WIDTH.share * frame.width);
  const short = shortOf(scene);
  const indicesOf = (kind: NodeKind, weight: (node: NetworkNode) => number = () => 0) =>
    inOrder(
      nodes.flatMap((node, i) => (node.kind === kind ? [i] : [])),
      (i) => {
        const node = nodes[i];
        return node === undefined ? 0 : weight(node);
      },
    );

  const plants = plantLetters(
    scene,
    ground,
    indicesOf("plant", (node) => (node.kind === "plant" ? node.capacity : 0)),
    short,
  );
  const nodeNames = [...plants.names];
  const linkNames = new Array<Lettering | undefined>(links.length);
  const owners = new Map<Box, Owner>();
  for (const [at, boxes] of plants.nameBoxes) for (const box of boxes) owners.set(box, { of: "nodes", at });
  if (scale >= TINY) {
    for (const i of indicesOf("outfall")) name(i);
    for (const i of indicesOf("storage")) name(i);
  }
  if (scale >= CROWDED)
    for (const i of indicesOf("catchment", (node) => (node.kind === "catchment" ? node.inflow : 0))) name(i);
  if (scale >= ROOMY) {
    const mains = inOrder(
      links.flatMap((link, k) => (link.name === undefined ? [] : [k])),
      (k) => links[k]?.capacity ?? 0,
    );
    for (const k of mains) linkName(k);
    for (const i of indicesOf("junction")) if (nodes[i]?.name !== undefined) name(i);
  }
  return { nodes: nodeNames, figures: plants.figures, links: linkNames, lossesAt };

  /** The best of the places that nothing else has. */
  function taken(places: readonly Candidate[], mostTraffic: number, owner: Owner): TextPlace | undefined {
    const best = places.find(({ box, through = 0 }) => through <= mostTraffic && ground.texts.isFree(box));
    if (best === undefined) return undefined;
    ground.texts.add(best.box);
    owners.set(best.box, owner);
    return best.place;
  }

  function name(i: number): void {
    const kind = nodes[i]?.kind ?? "junction";
    const own = ground.squares[i];
    if (own === undefined) return;
    const size = NAME_SIZE[kind];
    for (const text of new Set([names.nodes[i] ?? "", short[i] ?? ""].map((one) => shortened(one, most, size)))) {
      const places = around(i, kind in PROMINENT ? FAR : NEAR, textWidth(text, size), size).filter(
        ({ box }) => ground.signs.isFree(box) && isNearest(ground, box, own),
      );
      const place = taken(places, MOST_TRAFFIC[kind], { of: "nodes", at: i });
      if (place === undefined) continue;
      nodeNames[i] = { place, text, size, isBold: false };
      return;
    }
  }

  function around(i: number, gaps: readonly number[], width: number, size: number): Candidate[] {
    const [at, own] = [points[i], ground.squares[i]];
    if (at === undefined || own === undefined) return [];
    const isRinged = nodes[i]?.kind !== "plant" && nodes[i]?.kind !== "outfall";
    const half = (radii[i] ?? 0) + (isRinged ? ringGap(scale) : 0);
    const candidates = gaps.flatMap((gap) =>
      candidatesAbout(at, half, gap, width, size).map((one) =>
        pushedInside({ ...one, cost: one.cost + OFF * gap }, ground.bounds),
      ),
    );
    return placesLeft(ground, candidates, (box) => gapBetween(box, own), own);
  }

  function linkName(k: number): void {
    const [link, curve] = [links[k], curves[k]];
    if (link === undefined || curve === undefined || curve.length < 24) return;
    const text = shortened(names.links[k] ?? "", most, LINK_SIZE);
    const width = textWidth(`${text} ${formatShare(1)}`, LINK_SIZE);
    const gap = widthOf(link.capacity, widths) / 2 + 2;
    const candidates = [0.5, 0.4, 0.6, 0.3, 0.7].flatMap((share, rank) =>
      candidatesBeside(along(curve, share), gap, width, LINK_SIZE).map((one) => ({ ...one, cost: rank })),
    );
    const places = placesLeft(ground, candidates, () => gap).filter(({ box }) => ground.signs.isFree(box));
    const place = taken(places, MOST_TRAFFIC.link, { of: "links", at: k });
    if (place !== undefined) linkNames[k] = { place, text, size: LINK_SIZE, isBold: false };
  }

  function lossesAt(losses: readonly Loss[]): LossLetters {
    const figures = new Map<number, Lettering>();
    const hidden = { nodes: new Set<number>(), links: new Set<number>() };
    const written: Box[] = [];
    // A plant's figure gives way to what floods there.
    const firm = new Set(plants.figureBoxes.values());
    for (const { at } of losses) {
      const box = plants.figureBoxes.get(at);
      if (box !== undefined) firm.delete(box);
    }
    for (const { at, texts } of losses) {
      const found = texts
        .flatMap((text, k) =>
          around(at, LOSS_GAPS, textWidth(text, AMOUNT_SIZE, true), AMOUNT_SIZE).flatMap((one) => {
            const under = ground.texts.under(one.box);
            if (under.some((box) => firm.has(box)) || written.some((box) => overlap(box, one.box))) return [];
            const gone = under
              .flatMap((box) => owners.get(box) ?? [])
              .filter((owner) => !hidden[owner.of].has(owner.at));
            return [{ ...one, text, gone, cost: one.cost + HIDES * (gone.length + k) }];
          }),
        )
        .sort((a, b) => a.cost - b.cost)[0];
      if (found === undefined) continue;
      figures.set(at, { place: found.place, text: found.text, size: AMOUNT_SIZE, isBold: true });
      written.push(found.box);
      for (const owner of found.gone) hidden[owner.of].add(owner.at);
    }
    return { figures, hiddenNodes: hidden.nodes, hiddenLinks: hidden.links };
  }
}

/** Names of nodes without what many of their kind begin or end with. Whose a plant is can be left out; where a catchment is can't. */
function shortOf({ nodes, names }: Scene): string[] {
  const short = [...names.nodes];
  for (const kind of new Set(nodes.map((node) => node.kind))) {
    const those = nodes.flatMap((node, i) => (node.kind === kind ? [i] : []));
    const texts = shortNames(
      those.map((i) => names.nodes[i] ?? ""),
      kind !== "plant",
    );
    those.forEach((i, k) => (short[i] = texts[k] ?? ""));
  }
  return short;
}

/** Indices by weight, largest first, then by place. */
function inOrder(indices: readonly number[], weight: (index: number) => number): number[] {
  return indices
    .map((i) => ({ i, weight: weight(i) }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i)
    .map(({ i }) => i);
}
