/** Figures and names of plants: those that a map's reader looks for first. */
import { formatShare } from "../../text/format.js";
import { gapBetween, type Box } from "../layout/boxes.js";
import { px } from "../layout/curve.js";
import { placesLeft, type Ground, type Scene } from "./label-ground.js";
import { Placing, type Wanted } from "./label-placing.js";
import {
  AMOUNT_SIZE,
  candidatesAbout,
  NAME_SIZE,
  pushedInside,
  shortened,
  textWidth,
  type Candidate,
  type Lettering,
} from "./labels.js";

/** Names are cut to this share of the picture's width, and to this many px. */
const MOST_WIDTH = { share: 0.4, px: 260 };
/** Where there is no room for a name it is cut after one of its words; or to these shares of that, but never to what says nothing, px. */
const SHORTER = [0.65, 0.45];
const LEAST_WIDTH = 72;
/** How far figures stand off, and names, px. Past that a name has a line that leads to it. */
const FIGURE_GAPS = [1, 4];
const NAME_GAPS = [3, 10, 17, 26, 36];
const LED = 9;
/** What a px that a text stands off costs, in samples of lines; and a name that is cut. */
const [OFF, CUT] = [0.5, 100];

interface Place extends Candidate {
  readonly letter: Lettering;
}

export interface PlantLetters {
  readonly figures: readonly (Lettering | undefined)[];
  readonly names: readonly (Lettering | undefined)[];
  /** Where names stand, and lines that lead to them; of figures, where they stand. */
  readonly nameBoxes: ReadonlyMap<number, readonly Box[]>;
  readonly figureBoxes: ReadonlyMap<number, Box>;
}

/**
 * @param order places of the plants in the scene's list, those that matter more first
 * @param short names that are taken for all of them where not all have room in full
 */
export function plantLetters(
  scene: Scene,
  ground: Ground,
  order: readonly number[],
  short: readonly string[],
): PlantLetters {
  const figures = new Map(order.map((i) => [i, wantedFigure(i)]));
  let [placing, names] = attempt(scene.names.nodes);
  const isWhole = order.every((i) => placedName(i)?.letter.text === scene.names.nodes[i]);
  if (!isWhole) {
    for (const one of [...figures.values(), ...names.values()]) placing.remove(one);
    [placing, names] = attempt(short);
  }
  const nameBoxes = new Map<number, Box[]>();
  const named = new Array<Lettering | undefined>(scene.nodes.length);
  const figured = new Array<Lettering | undefined>(scene.nodes.length);
  const figureBoxes = new Map<number, Box>();
  for (const i of order) {
    const figure = placing.placeOf(figures.get(i) ?? NONE);
    if (figure !== undefined) figureBoxes.set(i, figure.box);
    figured[i] = figure?.letter;
  }
  for (const i of order) {
    const place = placedName(i);
    if (place === undefined) continue;
    const leader = leaderTo(place.box, i);
    named[i] = { ...place.letter, ...(leader && { leader: leader.d }) };
    nameBoxes.set(i, [place.box, ...(leader?.boxes ?? [])]);
    for (const box of leader?.boxes ?? []) ground.texts.add(box);
  }
  return { figures: figured, names: named, nameBoxes, figureBoxes };

  function placedName(i: number): Place | undefined {
    return placing.placeOf(names.get(i) ?? NONE);
  }

  function attempt(texts: readonly string[]): [Placing<Place>, Map<number, Wanted<Place>>] {
    const placing = new Placing<Place>(ground.texts);
    const all = order.map((i) => texts[i] ?? "");
    const wanted = new Map(order.map((i) => [i, wantedName(i, texts[i] ?? "", all)]));
    for (const one of figures.values()) placing.place(one);
    for (const [i, one] of wanted) {
      if (placing.place(one)) continue;
      // Its square tells roughly how full a plant is, but nothing else tells its name.
      const figure = figures.get(i) ?? NONE;
      placing.remove(figure);
      placing.place(one);
      placing.place(figure);
    }
    return [placing, wanted];
  }

  function wantedFigure(i: number): Wanted<Place> {
    const [text, size] = [formatShare(1), AMOUNT_SIZE];
    const letter = { text, size, isBold: true };
    const all = around(i, FIGURE_GAPS, textWidth(text, size, true), size);
    return { places: left(i, all).map((one) => ({ ...one, letter: { ...letter, place: one.place } })) };
  }

  function wantedName(i: number, name: string, all: readonly string[]): Wanted<Place> {
    const size = NAME_SIZE.plant;
    const most = Math.min(MOST_WIDTH.px, MOST_WIDTH.share * scene.frame.width);
    const cut = (to: number) => shortened(name, Math.max(LEAST_WIDTH, to), size, true);
    const texts = [
      cut(most),
      ...beginningsOf(name, all).filter((text) => textWidth(text, size, true) <= most),
      ...SHORTER.map((share) => cut(share * most)),
    ];
    const places = [...new Set(texts)].flatMap((text, k) => {
      const all = around(i, NAME_GAPS, textWidth(text, size, true), size).map((one) =>
        pushedInside(one, ground.bounds),
      );
      return left(i, all).map((one) => ({
        ...one,
        cost: one.cost + k * CUT,
        letter: { text, size, isBold: true, place: one.place },
      }));
    });
    return { places: places.sort((a, b) => a.cost - b.cost) };
  }

  function around(i: number, gaps: readonly number[], width: number, size: number): Candidate[] {
    const at = scene.points[i];
    const half = scene.radii[i] ?? 0;
    if (at === undefined) return [];
    return gaps.flatMap((gap) =>
      candidatesAbout(at, half, gap, width, size).map((one) => ({ ...one, cost: one.cost + OFF * gap })),
    );
  }

  function left(i: number, candidates: readonly Candidate[]): Candidate[] {
    const own = ground.squares[i];
    return own === undefined ? [] : placesLeft(ground, candidates, (box) => gapBetween(box, own), own);
  }

  /** A line to a name that stands off, unless it would run through other texts or symbols. */
  function leaderTo(box: Box, i: number): { d: string; boxes: Box[] } | undefined {
    const own = ground.squares[i];
    if (own === undefined || gapBetween(box, own) <= LED) return undefined;
    const within = (v: number, least: number, most: number) => Math.min(most, Math.max(least, v));
    // From the nearest points of both, but not from the corner of a text.
    const at = { x: (own.left + own.right) / 2, y: (own.top + own.bottom) / 2 };
    const to = { x: within(at.x, box.left, box.right), y: within(at.y, box.top + 2, box.bottom - 2) };
    const from = { x: within(to.x, own.left, own.right), y: within(to.y, own.top, own.bottom) };
    const steps = Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) / 3);
    const boxes = Array.from({ length: Math.max(0, steps - 1) }, (_, k) => {
      const [x, y] = [from.x + ((to.x - from.x) * (k + 1)) / steps, from.y + ((to.y - from.y) * (k + 1)) / steps];
      return { left: x - 1, right: x + 1, top: y - 1, bottom: y + 1 };
    }).filter((one) => gapBetween(one, own) > 0 && gapBetween(one, box) > 0);
    if (!boxes.every((one) => ground.texts.isFree(one) && ground.symbols.isFree(one))) return undefined;
    return { d: `M${px(from.x)} ${px(from.y)}L${px(to.x)} ${px(to.y)}`, boxes };
  }
}

/** The name up to one of its words, the longest first, as long as no other name begins so. */
function beginningsOf(name: string, all: readonly string[]): string[] {
  const ends = [...name.matchAll(/\s+/g)].map((gap) => gap.index).filter((end) => end > 0);
  return ends
    .reverse()
    .map((end) => name.slice(0, end))
    .filter((start) => all.filter((other) => other.startsWith(start)).length === 1)
    .map((start) => `${start}…`);
}

const NONE: Wanted<Place> = { places: [] };
