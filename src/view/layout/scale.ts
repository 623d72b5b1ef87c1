/**
 * Colours and widths. Utilisation is told by four blues, darker (on a dark ground: lighter) with more of it, and by orange
 * with a casing where nothing more fits: blue and orange stay apart under every common colour blindness, and the steps of
 * blue by their lightness alone.
 */
export const THEME_NAMES = ["light", "dark"] as const;
export type ThemeName = (typeof THEME_NAMES)[number];

export interface Theme {
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  /** Links that carry nothing, and links of a picture without a plan. */
  readonly idle: string;
  readonly plain: string;
  /** Spill and flooding. */
  readonly warning: string;
  /** By class of utilisation, see `classOf`. */
  readonly classes: readonly [string, string, string, string, string];
}

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: "#ffffff",
    ink: "#1c2733",
    muted: "#536271",
    idle: "#bac2ca",
    plain: "#7489a0",
    warning: "#b3123c",
    classes: ["#85bbe1", "#4d8fc4", "#20609c", "#0f3563", "#e07b00"],
  },
  dark: {
    background: "#11171e",
    ink: "#e8eef4",
    muted: "#9fb0c0",
    idle: "#4a5663",
    plain: "#7d92a8",
    warning: "#ff7a93",
    classes: ["#2f5f8c", "#4f8fc4", "#86bfe8", "#d3ecff", "#ff9a1f"],
  },
};

/** Where a class of utilisation begins, after the first. The last reads as 100.0 %. */
export const CLASS_BOUNDS = [0.5, 0.75, 0.9, 0.9995] as const;
export const FULL = 4;
/** From this class on a main is worth naming. */
export const HIGH = 3;

export function classOf(utilisation: number): 0 | 1 | 2 | 3 | 4 {
  const [a, b, c, d] = CLASS_BOUNDS;
  return utilisation < a ? 0 : utilisation < b ? 1 : utilisation < c ? 2 : utilisation < d ? 3 : 4;
}

/** What the width of a link stands for: `widest` pixels at a flow of `top` or more. */
export interface WidthScale {
  readonly top: number;
  readonly narrowest: number;
  readonly widest: number;
}

/** Grows with the root of the flow, so that a sewer can be seen beside a trunk main fifty times as large. */
export function widthOf(flow: number, { top, narrowest, widest }: WidthScale): number {
  const share = top > 0 ? Math.min(1, Math.abs(flow) / top) : 0;
  return narrowest + (widest - narrowest) * Math.sqrt(share);
}

/** The largest of 1, 2 and 5 times a power of ten that isn't above `value`; 0 for 0. */
export function roundFigure(value: number): number {
  if (!(value > 0)) return 0;
  const exponent = Number(value.toExponential().split("e")[1]);
  const digit = [5, 2, 1].find((d) => Number(`${d}e${exponent}`) <= value) ?? 1;
  return Number(`${digit}e${exponent}`);
}
