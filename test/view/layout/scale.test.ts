/** Colours that everybody can tell apart, and widths that tell the truth. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLASS_BOUNDS, classOf, roundFigure, THEME_NAMES, THEMES, widthOf } from "../../../src/view/layout/scale.js";

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const v = parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** What is left of linear RGB for dichromats: Viénot, Brettel & Mollon, Color Res. Appl. 24 (1999). */
const SIGHT: Record<string, (rgb: Triple) => Triple> = {
  full: (rgb) => rgb,
  protanopia: ([r, g, b]) => [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b],
  deuteranopia: ([r, g, b]) => [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b],
};

/** CIE L*a*b*, white D65. */
function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const apart = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

function contrast(a: string, b: string): number {
  const light = (hex: string) => {
    const [r, g, bl] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
  };
  return Math.max(light(a), light(b)) / Math.min(light(a), light(b));
}

describe.each(THEME_NAMES)("colours, %s", (name) => {
  const theme = THEMES[name];
  const { background, ink, muted, warning, idle, plain, classes } = theme;

  test.each(Object.keys(SIGHT))("classes are told apart with %s sight", (sight) => {
    const seen = (hex: string) => lab(SIGHT[sight]!(linear(hex)));
    const scale = [idle, ...classes].map(seen);
    for (let k = 1; k < scale.length; k++) expect(apart(scale[k - 1]!, scale[k]!)).toBeGreaterThan(15);
    // Full is unlike every other, and what spills is unlike what is full.
    for (const other of classes.slice(0, 4)) expect(apart(seen(other), seen(classes[4]))).toBeGreaterThan(30);
    expect(apart(seen(warning), seen(classes[4]))).toBeGreaterThan(20);
  });

  test("the blues run one way, from near the ground to far from it", () => {
    const far = classes.slice(0, 4).map((hex) => contrast(hex, background));
    expect([...far].sort((a, b) => a - b)).toEqual(far);
  });

  test("texts can be read", () => {
    for (const colour of [ink, muted, warning]) expect(contrast(colour, background)).toBeGreaterThanOrEqual(4.5);
  });

  test("lines can be seen", () => {
    for (const colour of [plain, ...classes.slice(1)]) expect(contrast(colour, background)).toBeGreaterThan(2.5);
    for (const colour of [idle, classes[0]]) expect(contrast(colour, background)).toBeGreaterThan(1.7);
  });
});

test("a higher utilisation is never of a lower class, and every class begins where it says", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
      expect(classOf(Math.min(a, b))).toBeLessThanOrEqual(classOf(Math.max(a, b)));
    }),
  );
  expect([0, ...CLASS_BOUNDS].map(classOf)).toEqual([0, 1, 2, 3, 4]);
  expect(CLASS_BOUNDS.map((bound) => classOf(bound - 1e-9))).toEqual([0, 1, 2, 3]);
});

test("widths grow with the flow, either way, and stay within their bounds", () => {
  const flows = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const tops = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(flows, flows, tops, (a, b, top) => {
      const scale = { top, narrowest: 1, widest: 9 };
      const [less, more] = [a, b].sort((p, q) => Math.abs(p) - Math.abs(q)) as [number, number];
      expect(widthOf(less, scale)).toBeLessThanOrEqual(widthOf(more, scale));
      expect(widthOf(less, scale)).toBeGreaterThanOrEqual(1);
      expect(widthOf(more, scale)).toBeLessThanOrEqual(9);
      expect(widthOf(a, scale)).toBe(widthOf(-a, scale));
    }),
  );
  expect(widthOf(0.25, { top: 1, narrowest: 1, widest: 9 })).toBe(5);
});

test.each([
  [0, 0],
  [1, 1],
  [1.99, 1],
  [2, 2],
  [4.999, 2],
  [5, 5],
  [9.99, 5],
  [0.3, 0.2],
  [0.0007, 0.0005],
  [123456, 100000],
])("the round figure below %d is %d", (value, figure) => {
  expect(roundFigure(value)).toBe(figure);
});

test("the page's bars have the map's colours", () => {
  const css = readFileSync(new URL("../../../src/view/page/page.css", import.meta.url), "utf8");
  const [light, dark] = ["light", "dark"].map((_, k) => css.split("@media (prefers-color-scheme: dark)")[k] ?? "");
  const coloursIn = (part: string | undefined) =>
    [...(part ?? "").matchAll(/--class-\d: (#\w{6});/g)].map(([, c]) => c);
  expect(coloursIn(light)).toEqual(THEMES.light.classes);
  expect(coloursIn(dark)).toEqual(THEMES.dark.classes);
});
