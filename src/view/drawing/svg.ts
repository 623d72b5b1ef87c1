/** The picture as text. */
import type { Outage } from "../../network/outage.js";
import type { Plan } from "../../plan/plan.js";
import { assertNetwork } from "../../network/checked.js";
import { checkOptions, whereUsed, type Checks } from "../../network/options.js";
import { checkLanguage, type Language } from "../../text/language.js";
import type { Network } from "../../network/types.js";
import { dressOf, type Dress } from "./dress.js";
import { drawingOf, type Child, type Drawing, type Slot } from "./drawing.js";
import { xml, xmlData } from "./escape.js";
import type { Frame } from "../layout/fit.js";
import { freeLayout } from "../layout/free-layout.js";
import { checkShown, heldIn } from "./plan-of-network.js";
import { THEMES, type ThemeName } from "../layout/scale.js";
import { mapWords } from "../../text/words.js";

export interface SvgOptions {
  /** Pixels, 960 if not given. */
  readonly width?: number;
  /** Pixels; what suits the network's shape if not given. */
  readonly height?: number;
  readonly theme?: ThemeName;
  readonly language?: Language;
  /** What is out, wholly or in part: drawn as such. A plan doesn't say which of its links were. */
  readonly out?: readonly Outage[];
}

const OPTIONS: Checks<SvgOptions> = {
  width: whereUsed,
  height: whereUsed,
  theme: whereUsed,
  language: checkLanguage,
  out: whereUsed,
};

/**
 * A map of the network as one SVG element: standing alone, or within a page.
 *
 * With a plan, links are as wide as their flow and coloured by utilisation, plants are filled to theirs, and spills,
 * floods and mains above their target are marked; without one, widths stand for capacities. A strip below explains it, unless `height` leaves no room. Nodes lie
 * where their `at` says, north (or y) up; those without beside their neighbours; a network without places is laid out from its links alone.
 *
 * The text holds presentation attributes only: no style, script, id or address, so the strictest content-security policy lets it pass.
 *
 * @param plan a plan of this network, in its units
 * @throws NetworkError for what `loadNetwork` didn't return and ids in `out` that it doesn't have; OptionError for options that
 *   there aren't or that are out of range, and for a plan of another network
 * @remarks about linear in the network; laying one out that has no places takes seconds at 10 000 nodes
 * @example
 * const svg = renderSvg(city, dispatch(city), { width: 600, language: "zh" });
 * svg.startsWith("<svg"); // true
 */
export function renderSvg(network: Network, plan?: Plan, options: SvgOptions = {}): string {
  checkOptions(options, OPTIONS);
  const { out = [], ...rest } = options;
  assertNetwork(network);
  checkShown(network, plan, out);
  const shown = { isPlanned: plan !== undefined, hasHeld: heldIn(plan).size > 0 };
  const drawing = drawingOf(network, freeLayout, { ...rest, ...shown });
  return svgText(drawing, dressOf(drawing, plan, out));
}

/** A drawing in a dress, its legend below it. */
export function svgText(drawing: Drawing, dress: Dress): string {
  const { width, height, frame, legend } = drawing;
  const strip = legend === undefined ? "" : `<g transform="translate(0 ${frame.height})">${legend.svg}</g>`;
  return imageText(drawing, { width, height }, described(drawing, dress), map(drawing, dress) + strip);
}

/** The map alone. */
export function mapText(drawing: Drawing, dress: Dress): string {
  return imageText(drawing, drawing.frame, described(drawing, dress), map(drawing, dress));
}

/** The legend alone; empty where there is none. */
export function legendText(drawing: Drawing): string {
  const { width, legend } = drawing;
  if (legend === undefined) return "";
  const title = `<title>${mapWords(drawing.language).legend}</title>`;
  return imageText(drawing, { width, height: legend.height }, title, legend.svg);
}

/** @param about its title, which comes first for those who can't see it */
function imageText({ theme, language }: Drawing, size: Frame, about: string, content: string): string {
  const { width, height } = size;
  const { background } = THEMES[theme];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `role="img" lang="${language}" font-family="${FONTS}" font-size="11" paint-order="stroke">` +
    `${about}<path d="M0 0h${width}v${height}H0z" fill="${background}"/>${content}</svg>`
  );
}

function described({ title }: Drawing, { description }: Dress): string {
  return `<title>${xml(title)}</title><desc>${xml(description)}</desc>`;
}

function map({ links, nodes }: Drawing, dress: Dress): string {
  const groups = (drawn: Drawing["links"] | Drawing["nodes"], values: Dress["links"]) =>
    drawn.map(({ id, kind, children, slots }, k) => groupText(id, kind, children, slots, values[k] ?? [])).join("");
  const lines = `fill="none" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g ${lines}>${groups(links, dress.links)}</g><g ${lines}>${groups(nodes, dress.nodes)}</g>`;
}

const FONTS = "system-ui, Segoe UI, Helvetica, Arial, Noto Sans CJK SC, Microsoft YaHei, sans-serif";

function groupText(
  id: string,
  kind: string,
  children: readonly Child[],
  slots: readonly Slot[],
  values: readonly string[],
): string {
  let text = `<g data-id="${xmlData(id)}" data-kind="${kind}">`;
  let s = 0;
  children.forEach(({ tag, fixed }, c) => {
    // Only texts come from a file; attributes are figures, colours and words of ours.
    let [start, content] = [`<${tag}`, ""];
    for (const name in fixed) {
      if (name === "#text") content = xml(fixed[name] ?? "");
      else start += ` ${name}="${fixed[name] ?? ""}"`;
    }
    for (let slot = slots[s]; slot?.[0] === c; slot = slots[++s]) {
      const value = values[s] ?? "";
      if (slot[1] === "#text") content = xml(value);
      else if (value !== "") start += ` ${slot[1]}="${value}"`;
    }
    text += content === "" ? `${start}/>` : `${start}>${content}</${tag}>`;
  });
  return `${text}</g>`;
}
