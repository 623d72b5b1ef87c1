/** Texts on a map: how wide they are, how they are cut short, and where they find room. */
import type { NodeKind } from "../../network/types.js";
import type { Box } from "../layout/boxes.js";

/** Widths over the font size, on the wide side of common sans-serif fonts: a text must not outgrow its place. */
const NARROW = /[ijl.,:;'|!()[\]ftI ]/u;
const BROAD = /[A-HJ-Z0-9%&mw@—…]/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{3fffd}]/u;
const WIDEST = /[mwMW%@—…]/u;
const LATIN = /[\u0020-\u024f]/u;
const NONE = /[\p{M}\u2066-\u2069]/u;

function widthOfCharacter(c: string): number {
  if (NARROW.test(c)) return 0.4;
  if (WIDEST.test(c)) return 1;
  if (BROAD.test(c)) return 0.72;
  if (WIDE.test(c)) return 1.02;
  return NONE.test(c) ? 0 : LATIN.test(c) ? 0.62 : 0.8;
}

/** Width of a text, px; bold is wider. */
export function textWidth(text: string, size: number, isBold = false): number {
  let width = 0;
  for (const c of text) width += widthOfCharacter(c);
  return width * size * (isBold ? 1.07 : 1);
}

/** Of what is left of a text, the part that is its beginning: names differ at their ends as often. */
const HEAD = 0.6;

/** The text, with an ellipsis in its middle where it is wider than `most`. */
export function shortened(text: string, most: number, size: number, isBold = false): string {
  const whole = most / (size * (isBold ? 1.07 : 1));
  const room = whole - widthOfCharacter("…");
  let [width, head] = [0, 0];
  for (let i = 0; i < text.length; i += characterAt(text, i).length) {
    width += widthOfCharacter(characterAt(text, i));
    if (width <= HEAD * room) head = i + characterAt(text, i).length;
    // Wide enough to know; a name may have a million characters.
    if (width > whole) return `${text.slice(0, head).trimEnd()}…${tailOf(text, (1 - HEAD) * room).trimStart()}`;
  }
  return text;
}

/** As much of a text's end as fits. */
function tailOf(text: string, room: number): string {
  let [width, from] = [0, text.length];
  while (from > 0) {
    const isPair = from > 1 && /[\udc00-\udfff]/.test(text.charAt(from - 1));
    const c = text.slice(from - (isPair ? 2 : 1), from);
    width += widthOfCharacter(c);
    if (width > room) break;
    from -= c.length;
  }
  return text.slice(from);
}

function characterAt(text: string, i: number): string {
  return String.fromCodePoint(text.codePointAt(i) ?? 0);
}

/** How many lines run through a place: they may be written over, but needn't be. */
export interface Traffic {
  readonly add: (x: number, y: number) => void;
  readonly through: (box: Box) => number;
}

export function traffic(width: number, height: number, cell = 6): Traffic {
  const columns = Math.max(1, Math.ceil(width / cell));
  const rows = Math.max(1, Math.ceil(height / cell));
  const count = new Uint16Array(columns * rows);
  const column = (x: number) => Math.min(columns - 1, Math.max(0, Math.floor(x / cell)));
  const row = (y: number) => Math.min(rows - 1, Math.max(0, Math.floor(y / cell)));
  return {
    add: (x, y) => {
      const at = row(y) * columns + column(x);
      count[at] = (count[at] ?? 0) + 1;
    },
    through: (box) => {
      let sum = 0;
      for (let r = row(box.top); r <= row(box.bottom); r++) {
        for (let c = column(box.left); c <= column(box.right); c++) sum += count[r * columns + c] ?? 0;
      }
      return sum;
    },
  };
}

/** Where a text stands: its anchor on the base line. */
export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}

export interface Lettering {
  readonly place: TextPlace;
  readonly text: string;
  readonly size: number;
  readonly isBold: boolean;
  /** A line that leads to it from its plant, as path data, where it stands off. */
  readonly leader?: string;
}

export const NAME_SIZE: Readonly<Record<NodeKind, number>> = {
  plant: 12,
  outfall: 11,
  storage: 11,
  catchment: 11,
  junction: 10,
};
export const AMOUNT_SIZE = 11;

export interface Candidate {
  readonly place: TextPlace;
  readonly box: Box;
  /** How much another place would be rather taken: lines and small signs that it lies on count, and how far off it is. */
  readonly cost: number;
  /** Samples of lines that run through it, where they were counted. */
  readonly through?: number;
}

/** Height of a line of text over its size. */
const LINE = 1.2;
/** What each place of less choice costs, in samples of lines. */
const RANK = 0.5;

/** Places at a distance from a square about a middle, best first: beside it, under it, over it, then shifted along its sides. */
export function candidatesAbout(
  { x, y }: { readonly x: number; readonly y: number },
  half: number,
  gap: number,
  width: number,
  size: number,
): Candidate[] {
  const height = size * LINE;
  const [off, past] = [half + gap, half + height / 2];
  const beside = (shift: number) => [
    text("start", x + off, y + shift, width, height),
    text("end", x - off, y + shift, width, height),
  ];
  const along = (anchor: TextPlace["anchor"], at: number) => [
    text(anchor, at, y + off + height / 2, width, height),
    text(anchor, at, y - off - height / 2, width, height),
  ];
  return [
    ...beside(0),
    ...along("middle", x),
    ...beside(-past / 2),
    ...beside(past / 2),
    ...along("start", x - half),
    ...along("end", x + half),
    ...beside(-past),
    ...beside(past),
  ].map((candidate, rank) => ({ ...candidate, cost: RANK * rank }));
}

/** Places to either side of a line that runs in direction (dx, dy), just clear of it. */
export function candidatesBeside(
  at: { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number },
  gap: number,
  width: number,
  size: number,
): Candidate[] {
  const height = size * LINE;
  const off = gap + (Math.abs(at.dy) * width + Math.abs(at.dx) * height) / 2;
  return [1, -1].map((side) => text("middle", at.x - side * at.dy * off, at.y + side * at.dx * off, width, height));
}

/** A text whose box's middle line is at `y`, and which begins, ends or has its middle at `x`. */
function text(anchor: TextPlace["anchor"], x: number, y: number, width: number, height: number): Candidate {
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  const box = { left, right: left + width, top: y - height / 2, bottom: y + height / 2 };
  // The base line lies so that capitals stand in the middle of the box.
  return { place: { x, y: y + (0.36 * height) / LINE, anchor }, box, cost: 0 };
}

/**
 * A text over or under its element moved sideways, as far as needed to lie within the bounds. It then ends or begins at the bound, so that
 * it stays there with letters that are narrower than thought.
 */
export function pushedInside(candidate: Candidate, bounds: Box): Candidate {
  const { place, box } = candidate;
  const push = Math.max(bounds.left - box.left, Math.min(0, bounds.right - box.right));
  if (push === 0 || place.anchor !== "middle") return candidate;
  const moved = { ...box, left: box.left + push, right: box.right + push };
  const at = push > 0 ? ({ x: moved.left, anchor: "start" } as const) : ({ x: moved.right, anchor: "end" } as const);
  return { ...candidate, place: { ...place, ...at }, box: moved };
}
