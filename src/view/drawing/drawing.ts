/**
 * A network laid out on a picture: all that doesn't depend on a plan. Each link and node is one group whose children are the
 * same whatever the plan; `dress.ts` says what they look like under one.
 */
import { OptionError } from "../../errors.js";
import { assertNetwork } from "../../network/checked.js";
import { show } from "../../text/show.js";
import { checkLanguage, localise, textIn, type Language } from "../../text/language.js";
import type { LinkKind, Network, NetworkLink, NetworkNode, NodeKind } from "../../network/types.js";
import { coursesOf } from "../layout/courses.js";
import { along, pathOf, px, type Curve } from "../layout/curve.js";
import { visible } from "./escape.js";
import { fitted, insideOf, movedApart, spacing, suitingHeight, type Frame } from "../layout/fit.js";
import { AMOUNT_SIZE, type Lettering } from "../labels/labels.js";
import { labelled, type Letters } from "../labels/lettering.js";
import type { Layout } from "../layout/layout.js";
import { legendOf, type Legend } from "./legend.js";
import { planeOf } from "./plane.js";
import { THEME_NAMES, THEMES, type ThemeName, type WidthScale } from "../layout/scale.js";
import { bladePath, frameGap, framePath, nodePath, RADIUS, SIGN_AT, signPath } from "./symbols.js";
import { mapWords } from "../../text/words.js";

export interface DrawingOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: ThemeName;
  readonly language?: Language;
  /** Whether it is to show plans: colours are then explained, and widths stand for flows instead of capacities. */
  readonly isPlanned?: boolean;
  /** Whether something is held in the plans that it is to show: the frame around that is then explained. */
  readonly hasHeld?: boolean;
  /** Times as large as `width` and `height` say is the map itself; the legend isn't. */
  readonly zoom?: number;
}

/** Part of an element's group. */
export interface Child {
  readonly tag: "title" | "path" | "text";
  /** What no plan changes. */
  readonly fixed: Readonly<Record<string, string>>;
}

/** What a plan changes: an attribute of a child, by its place in the group, or its text (`#text`). */
export type Slot = readonly [child: number, attribute: string];

interface Drawn {
  readonly id: string;
  readonly kind: NodeKind | LinkKind;
  /** The frame around what is held; undefined for what nobody sets. */
  readonly frame: string | undefined;
  readonly children: readonly Child[];
  readonly slots: readonly Slot[];
}

export interface DrawnLink extends Drawn {
  readonly link: NetworkLink;
  readonly name: string;
  readonly curve: Curve;
  readonly label: string | undefined;
  /** Whether it has a rim to tell that it is full; without, the colour alone does. */
  readonly hasRim: boolean;
}

export interface DrawnNode extends Drawn {
  readonly node: NetworkNode;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly hasTitle: boolean;
  /** Where a plant's utilisation is written, where there is room. */
  readonly figure: Lettering | undefined;
  readonly hasName: boolean;
  readonly hasLeader: boolean;
}

export interface Drawing {
  readonly network: Network;
  readonly width: number;
  readonly height: number;
  readonly theme: ThemeName;
  readonly language: Language;
  readonly isPlanned: boolean;
  /** The network's name. */
  readonly title: string;
  /** In order of id; links are drawn before nodes. */
  readonly links: readonly DrawnLink[];
  /** By kind, then in order of id: plants lie above all else. */
  readonly nodes: readonly DrawnNode[];
  readonly widths: WidthScale;
  /** How large symbols are, 1 at full size. */
  readonly scale: number;
  /** What the map takes of width and height, times the zoom. */
  readonly frame: Frame;
  /** Where figures of losses stand, which no drawing knows before. */
  readonly lossesAt: Letters["lossesAt"];
  /** The strip below the map, where there is room for it. */
  readonly legend: Legend | undefined;
}

const DEFAULT_WIDTH = 960;
/** No side of a picture is shorter or longer, px. */
export const [LEAST_SIDE, MOST_SIDE] = [200, 20_000];
/** Nodes have to be this far apart, px, for symbols of full size. */
const ROOMY = 64;
/** Above this many elements, what few will miss is left out: titles of junctions, rims of full links. */
const LEAN = 2000;

export function checkTheme(theme: ThemeName): void {
  if (!THEME_NAMES.includes(theme)) throw new OptionError(`theme is ${show(theme)}; it is one of light, dark.`);
}

/** How high a map and its legend are that suit a network at a width. */
export function suitingSize(
  network: Network,
  layout: Layout,
  options: Required<Pick<DrawingOptions, "width" | "theme" | "language" | "isPlanned" | "hasHeld">>,
): { readonly map: number; readonly legend: number } {
  const { places, isDrawnIn } = planeOf(network, layout);
  // Its height is the same for all widths of lines.
  const legend = legendOf({ network, ...options, isDrawnIn, widths: widthScale(widestFlow(network), 1) });
  return { map: suitingHeight(places, options.width), legend: legend.height };
}

/**
 * @param layout for nodes without places
 * @throws NetworkError for what isn't a network, OptionError for options out of range
 * @remarks about linear in the network where nodes have places; the layout of one without takes longer
 */
export function drawingOf(network: Network, layout: Layout, options: DrawingOptions = {}): Drawing {
  assertNetwork(network);
  const { theme = "light", language = "en", isPlanned = true, hasHeld = false, zoom = 1 } = options;
  checkTheme(theme);
  checkLanguage(language);
  const width = side("width", options.width) ?? DEFAULT_WIDTH;
  const height = side("height", options.height);

  const { nodes, links, places: plane, isDrawnIn } = planeOf(network, layout);
  const look = { width, theme, language, isPlanned, hasHeld };
  const suiting = suitingSize(network, layout, look);
  const hasStrip = height === undefined || suiting.legend <= height / 2;
  const strip = hasStrip ? suiting.legend : 0;
  const room = height === undefined ? suiting.map : height - strip;
  const frame: Frame = { width: width * zoom, height: room * zoom };
  const roughly = fitted(plane, frame);
  const scale = Math.min(1, Math.max(0.12, spacing(roughly) / ROOMY));
  const widths = widthScale(widestFlow(network), scale);
  const signRadius =
    6 * Math.min(1, Math.max(0.3, (scale * 1.6) / Math.sqrt(Math.max(1, links.length / nodes.length))));
  const radii = Float64Array.from(nodes, (node) => radiusOf(node, scale));
  const at = movedApart(
    roughly,
    radii.map((r) => r + 3 * scale),
    insideOf(frame),
  );
  const points = nodes.map((_, i) => ({ x: at.x[i] ?? 0, y: at.y[i] ?? 0 }));
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const ends = links.map((link) => ({ from: index.get(link.from) ?? 0, to: index.get(link.to) ?? 0 }));
  const curves = coursesOf(points, radii, ends, 3 + 10 * scale);

  const named = {
    nodes: nodes.map((node) => nameOf(node, language)),
    links: links.map((link) => nameOf(link, language)),
  };
  const letters = labelled({
    nodes,
    links,
    points,
    radii,
    curves,
    names: named,
    frame,
    scale,
    widths,
    signRadius,
  });
  const isLean = nodes.length + links.length > LEAN;
  const ink = { theme, scale, signRadius, isLean };
  return {
    network,
    width,
    height: Math.round(room + strip),
    theme,
    language,
    isPlanned,
    title: visible(textIn(network.name, language) ?? mapWords(language).untitled),
    links: links.flatMap((link, k): DrawnLink[] => {
      const curve = curves[k];
      if (curve === undefined) return [];
      const letter = letters.links[k];
      const group = linkGroup(link, curve, letter, ink);
      return [{ id: link.id, kind: link.kind, link, name: named.links[k] ?? "", curve, label: letter?.text, ...group }];
    }),
    nodes: nodes.map((node, i): DrawnNode => {
      const [point, radius] = [points[i] ?? { x: 0, y: 0 }, radii[i] ?? 0];
      const group = nodeGroup(node, point, radius, letters.nodes[i], ink);
      const about = { node, name: named.nodes[i] ?? "", radius, figure: letters.figures[i] };
      return { id: node.id, kind: node.kind, ...about, ...point, ...group };
    }),
    widths,
    scale,
    frame,
    lossesAt: letters.lossesAt,
    legend: hasStrip ? legendOf({ network, ...look, isDrawnIn, widths }) : undefined,
  };
}

function side(name: "width" | "height", value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= LEAST_SIDE && value <= MOST_SIDE) return value;
  throw new OptionError(`${name} is ${show(value)}; it is a number of pixels from ${LEAST_SIDE} to ${MOST_SIDE}.`);
}

function nameOf(element: NetworkNode | NetworkLink, language: Language): string {
  return visible(localise(element, language));
}

/** The flow that is drawn widest: the largest capacity, but no more than there is water or room in plants for. */
function widestFlow({ nodes, links }: Network): number {
  const sum = (of: (node: NetworkNode) => number) => nodes.reduce((total, node) => total + of(node), 0);
  const inflow = sum((node) => (node.kind === "catchment" ? node.inflow : 0));
  const treated = sum((node) => (node.kind === "plant" ? node.capacity : 0));
  const largest = links.reduce((most, link) => Math.max(most, link.capacity), 0);
  return Math.min(largest, Math.max(inflow, treated) || largest);
}

function widthScale(top: number, scale: number): WidthScale {
  return { top, narrowest: Math.max(0.5, 1.2 * scale), widest: Math.max(2, 9 * scale) };
}

/** Plants are few and matter most: they shrink less than the rest. */
function radiusOf(node: NetworkNode, scale: number): number {
  const shrunk = node.kind === "plant" || node.kind === "outfall" ? Math.max(scale, 0.45) : scale;
  return RADIUS[node.kind] * shrunk;
}

interface Ink {
  readonly theme: ThemeName;
  readonly scale: number;
  readonly signRadius: number;
  readonly isLean: boolean;
}

/** Children and slots of a group, built up together. */
function group() {
  const children: Child[] = [];
  const slots: Slot[] = [];
  const add = (tag: Child["tag"], fixed: Record<string, string>, ...changing: string[]) => {
    for (const attribute of changing) slots.push([children.length, attribute]);
    children.push({ tag, fixed });
  };
  return { children, slots, add };
}

function linkGroup(
  link: NetworkLink,
  curve: Curve,
  letter: Lettering | undefined,
  { theme, scale, signRadius, isLean }: Ink,
) {
  const { background, ink } = THEMES[theme];
  const { children, slots, add } = group();
  const thin = scale < 0.5 ? "0.8" : "1.2";
  const d = pathOf(curve);
  add("title", {}, "#text");
  add("path", { d, stroke: "transparent", "stroke-width": "14" });
  if (!isLean) add("path", { d, stroke: ink }, "stroke-width");
  add("path", { d }, "stroke", "stroke-width", "stroke-dasharray");
  add("path", { stroke: background, "stroke-width": scale < 0.5 ? "0.5" : "1" }, "d", "fill");
  let frame: string | undefined;
  if (link.kind !== "conduit") {
    const r = Math.min(signRadius, Math.max(1, 0.2 * curve.length));
    const at = along(curve, SIGN_AT);
    add("path", {
      d: signPath(link.kind, at, r),
      fill: background,
      stroke: ink,
      "stroke-width": thin,
    });
    if (link.kind === "pump") add("path", { d: bladePath(at, r), fill: ink });
    frame = framePath(at, r + frameGap(scale));
    add("path", { stroke: ink, "stroke-width": thin }, "d");
  }
  add("path", { "stroke-width": scale < 0.5 ? "1.5" : "2" }, "d", "stroke", "fill");
  if (letter !== undefined) add("text", textAttributes(letter, theme), "#text", "display", "fill");
  return { children, slots, frame, hasRim: !isLean };
}

function nodeGroup(
  node: NetworkNode,
  point: { x: number; y: number },
  radius: number,
  letter: Lettering | undefined,
  { theme, scale, isLean }: Ink,
) {
  const { ink, muted, warning } = THEMES[theme];
  const { children, slots, add } = group();
  const thin = scale < 0.5 ? "1" : "1.5";
  const hasTitle = !(isLean && node.kind === "junction");
  if (hasTitle) add("title", {}, "#text");
  if (node.kind !== "outfall") add("path", { stroke: warning, "stroke-width": scale < 0.5 ? "1.5" : "2.5" }, "d");
  const outline = { d: nodePath(node.kind, point, radius), "stroke-width": thin };
  if (node.kind === "junction") add("path", { ...outline, stroke: muted }, "fill");
  else add("path", { ...outline, stroke: ink }, "fill", "stroke-dasharray");
  if (node.kind === "plant") add("path", {}, "d", "fill");
  const frame = node.kind === "plant" ? framePath(point, radius + frameGap(scale)) : undefined;
  if (frame !== undefined) add("path", { stroke: ink, "stroke-width": thin }, "d");
  add("path", { stroke: ink, "stroke-width": scale < 0.5 ? "1.2" : "2" }, "d");
  add("text", figureAttributes(theme), "#text", "fill", "x", "y", "text-anchor");
  const leader = letter?.leader;
  if (leader !== undefined) add("path", { d: leader, stroke: muted, "stroke-width": "1" }, "display");
  if (letter !== undefined)
    add("text", { ...textAttributes(letter, theme), fill: ink, "#text": letter.text }, "display");
  return { children, slots, frame, hasTitle, hasName: letter !== undefined, hasLeader: leader !== undefined };
}

/** With a rim in the colour of the ground, so that lines that run under it don't hurt. */
function textAttributes({ place, size, isBold }: Lettering, theme: ThemeName): Record<string, string> {
  return {
    x: px(place.x),
    y: px(place.y),
    ...(place.anchor !== "start" && { "text-anchor": place.anchor }),
    ...(size !== AMOUNT_SIZE && { "font-size": String(size) }),
    ...(isBold && { "font-weight": "700" }),
    ...rimOf(theme),
  };
}

/** Of a figure, whose place depends on the plan; its size is the picture's. */
function figureAttributes(theme: ThemeName): Record<string, string> {
  return { "font-weight": "700", ...rimOf(theme) };
}

function rimOf(theme: ThemeName): Record<string, string> {
  return { stroke: THEMES[theme].background, "stroke-width": "3" };
}
