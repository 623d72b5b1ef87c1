/** The strip under a map that says what colours, widths and signs stand for. */
import type { Language } from "../../text/language.js";
import { NODE_KINDS } from "../../network/schema.js";
import type { Network } from "../../network/types.js";
import { unitLabel } from "../../units/flow.js";
import { px } from "../layout/curve.js";
import { xml } from "./escape.js";
import { textWidth } from "../labels/labels.js";
import {
  CLASS_BOUNDS,
  FULL,
  roundFigure,
  THEMES,
  widthOf,
  type Theme,
  type ThemeName,
  type WidthScale,
} from "../layout/scale.js";
import { alertPath, bladePath, circle, crossPath, framePath, nodePath, signPath } from "./symbols.js";
import { kindWords, mapWords, type MapWords } from "../../text/words.js";

interface Item {
  readonly width: number;
  /** SVG with its left end at x and its middle at y. */
  readonly draw: (x: number, y: number) => string;
}

interface Group {
  readonly heading?: string;
  readonly items: readonly Item[];
}

export interface Legend {
  readonly height: number;
  readonly svg: string;
}

export interface LegendOf {
  readonly network: Network;
  readonly width: number;
  readonly theme: ThemeName;
  readonly language: Language;
  readonly isPlanned: boolean;
  readonly hasHeld: boolean;
  /** Whether places far out are drawn nearer than they lie. */
  readonly isDrawnIn: boolean;
  readonly widths: WidthScale;
}

const [SIZE, ROW, MARGIN, GAP] = [11, 22, 16, 14];
/** Between a sign and its word. */
const NEAR = 6;

export function legendOf({
  network,
  width,
  theme: name,
  language,
  isPlanned,
  hasHeld,
  isDrawnIn,
  widths,
}: LegendOf): Legend {
  const [theme, words] = [THEMES[name], mapWords(language)];
  const unit = unitLabel(network.units.flow);
  const groups: Group[] = [
    ...(isPlanned ? [{ heading: words.utilisation, items: classItems(theme, words) }] : []),
    {
      heading: isPlanned ? words.flow(unit) : words.capacity(unit),
      items: widthItems(theme, widths, isPlanned),
    },
    { heading: words.signs, items: signItems(network, theme, language, { isPlanned, hasHeld }) },
    ...(isDrawnIn ? [{ items: [item(words.drawnIn, 0, theme, () => "")] }] : []),
  ].filter((group) => group.items.length > 0);
  const { placed, rows } = flowed(groups, width, theme);
  const svg = placed.map(({ x, row, item }) => item.draw(x, MARGIN / 2 + ROW * (row + 0.5))).join("");
  const rule = `<path d="M${MARGIN} .5H${px(width - MARGIN)}" stroke="${theme.idle}" stroke-opacity=".6"/>`;
  return { height: rows * ROW + MARGIN, svg: `<g fill="none" stroke-linejoin="round">${rule}${svg}</g>` };
}

/** Items from left to right; a group that doesn't fit in what is left of a row begins a new one. */
function flowed(groups: readonly Group[], width: number, theme: Theme) {
  const placed: { x: number; row: number; item: Item }[] = [];
  let [x, row] = [MARGIN, 0];
  const most = width - MARGIN;
  for (const { heading, items } of groups) {
    const all = heading === undefined ? items : [headingItem(heading, theme), ...items];
    const whole = all.reduce((sum, item) => sum + item.width + GAP, 0);
    if (x > MARGIN && x + GAP + whole > most) [x, row] = [MARGIN, row + 1];
    else if (x > MARGIN) x += GAP;
    for (const item of all) {
      if (x > MARGIN && x + item.width > most) [x, row] = [MARGIN, row + 1];
      placed.push({ x, row, item });
      x += item.width + GAP;
    }
  }
  return { placed, rows: row + 1 };
}

function words(text: string, x: number, y: number, fill: string, isBold = false): string {
  const weight = isBold ? ' font-weight="700"' : "";
  return `<text x="${px(x)}" y="${px(y + 0.36 * SIZE)}" fill="${fill}"${weight}>${xml(text)}</text>`;
}

function headingItem(text: string, theme: Theme): Item {
  return { width: textWidth(text, SIZE, true), draw: (x, y) => words(text, x, y, theme.muted, true) };
}

/** A sign of some width with a word after it. */
function item(text: string, signWidth: number, theme: Theme, sign: (x: number, y: number) => string): Item {
  return {
    width: signWidth + NEAR + textWidth(text, SIZE),
    draw: (x, y) => sign(x, y) + words(text, x + signWidth + (signWidth > 0 ? NEAR : 0), y, theme.ink),
  };
}

function line(x: number, y: number, length: number, stroke: string, width: number): string {
  return `<path d="M${px(x)} ${px(y)}h${px(length)}" stroke="${stroke}" stroke-width="${px(width)}"/>`;
}

function classItems(theme: Theme, { full, idle }: MapWords): Item[] {
  const percent = CLASS_BOUNDS.map((bound) => Math.round(100 * bound));
  const names = [
    `< ${percent[0]} %`,
    `${percent[0]}–${percent[1]} %`,
    `${percent[1]}–${percent[2]} %`,
    `> ${percent[2]} %`,
    full,
  ];
  const used = theme.classes.map((colour, k) =>
    item(names[k] ?? "", 24, theme, (x, y) =>
      k === FULL ? line(x, y, 24, theme.ink, 9) + line(x, y, 24, colour, 6.5) : line(x, y, 24, colour, 6.5),
    ),
  );
  return [item(idle, 24, theme, (x, y) => line(x, y, 24, theme.idle, 1.2)), ...used];
}

function widthItems(theme: Theme, widths: WidthScale, isPlanned: boolean): Item[] {
  const flows = [...new Set([widths.top / 20, widths.top / 4, widths.top].map(roundFigure))].filter((flow) => flow > 0);
  return flows.map((flow) =>
    item(String(flow), 24, theme, (x, y) =>
      line(x, y, 24, isPlanned ? theme.muted : theme.plain, widthOf(flow, widths)),
    ),
  );
}

/** Signs of what the network has, and, where there is a plan, of what a plan can show. */
function signItems(
  network: Network,
  theme: Theme,
  language: Language,
  { isPlanned, hasHeld }: Pick<LegendOf, "isPlanned" | "hasHeld">,
): Item[] {
  const { ink, muted, background, warning } = theme;
  const kinds = kindWords(language);
  const { aboveTarget, out, held, spilling, flooding } = mapWords(language);
  const nodeKinds = new Set(network.nodes.map((node) => node.kind));
  const linkKinds = new Set(network.links.map((link) => link.kind));
  const path = (d: string, stroke: string, fill = "none", width = 1.5) =>
    `<path d="${d}" stroke="${stroke}" fill="${fill}" stroke-width="${width}"/>`;
  const sign = (text: string, draw: (middle: { x: number; y: number }) => string) =>
    item(text, 14, theme, (x, y) => draw({ x: x + 7, y }));
  const nodeItems = NODE_KINDS.filter((kind) => nodeKinds.has(kind)).map((kind) =>
    sign(kinds[kind], (middle) =>
      kind === "junction"
        ? path(nodePath(kind, middle, 3), muted, muted)
        : path(nodePath(kind, middle, kind === "catchment" ? 5.5 : 7), ink, background),
    ),
  );
  const linkItems = (["pump", "gate"] as const)
    .filter((kind) => linkKinds.has(kind))
    .map((kind) =>
      sign(kinds[kind], (middle) => {
        const at = { ...middle, dx: 1, dy: 0 };
        const outline = path(signPath(kind, at, 6), ink, background, 1.2);
        return kind === "pump" ? `${outline}<path d="${bladePath(at, 6)}" fill="${ink}"/>` : outline;
      }),
    );
  const outItem = sign(out, (middle) => path(crossPath(middle, 4.5), ink, "none", 2));
  const planItems = [
    ...(network.links.some((link) => link.target !== undefined)
      ? [sign(aboveTarget, (middle) => path(alertPath(middle, 5.5), warning, background, 2))]
      : []),
    ...(nodeKinds.has("outfall")
      ? [sign(spilling, (middle) => path(nodePath("outfall", middle, 7), ink, warning))]
      : []),
    sign(flooding, (middle) => path(circle(middle.x, middle.y, 6), warning, "none", 2.5)),
  ];
  const heldItem = sign(held, (middle) => path(circle(middle.x, middle.y, 3.5), ink) + path(framePath(middle, 7), ink));
  return [...nodeItems, ...linkItems, outItem, ...(hasHeld ? [heldItem] : []), ...(isPlanned ? planItems : [])];
}
