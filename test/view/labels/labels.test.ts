/** Names and figures on the map stand by what they belong to: measured in a real browser, with its fonts. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dispatch } from "../../../src/dispatch/dispatch.js";
import { loadNetwork } from "../../../src/network/load.js";
import { loadState } from "../../../src/network/state.js";
import { renderHtml, type HtmlOptions } from "../../../src/view/html.js";
import { ROOT } from "../../package/built.js";
import { BROWSER, launch, NO_BROWSER } from "../../support/browser.js";

const SEEDS = readdirSync(join(ROOT, "seeds"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "cwns")
  .map(({ name }) => name);
const WIDTHS = [390, 1024, 1440];

interface Measured {
  /** Texts that stand nearer a plant that they don't belong to, and how far they are from both, px. */
  readonly astray: string[];
  readonly plants: number;
  /** Plants with a name beside them. */
  readonly named: number;
  /** Nodes beside which a loss is told. */
  readonly losses: string[];
}

/** In the page. */
function measure(): Measured {
  const root = document.querySelector("trunkflow-map")?.shadowRoot;
  const groups = [...(root?.querySelectorAll<SVGGElement>("[data-id]") ?? [])];
  const boxOf = (part: Element) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  type Box = ReturnType<typeof boxOf>;
  const between = (a: Box, b: Box) =>
    Math.hypot(Math.max(0, a.left - b.right, b.left - a.right), Math.max(0, a.top - b.bottom, b.top - a.bottom));
  /** What is drawn of an element: boxes of a node's paths, points of a link's line. */
  const symbolOf = (group: SVGGElement): Box[] => {
    const paths = [...group.querySelectorAll("path")].filter((path) => (path.getAttribute("d") ?? "") !== "");
    const [line] = paths;
    if (group.dataset.kind !== "conduit" && group.dataset.kind !== "pump" && group.dataset.kind !== "gate")
      return paths.map(boxOf);
    if (line === undefined) return [];
    return Array.from({ length: 101 }, (_, k) => {
      const at = line
        .getPointAtLength((line.getTotalLength() * k) / 100)
        .matrixTransform(line.getScreenCTM() ?? undefined);
      return { left: at.x, right: at.x, top: at.y, bottom: at.y };
    });
  };
  const plants = groups.filter((group) => group.dataset.kind === "plant");
  // Without the lines that lead to names, which aren't closed.
  const squares = plants.map((group) =>
    [...group.querySelectorAll("path")].filter((path) => path.getAttribute("d")?.endsWith("z")).map(boxOf),
  );
  const nearest = (box: Box, parts: readonly Box[]) => Math.min(...parts.map((part) => between(box, part)));
  const found = { astray: [] as string[], plants: plants.length, named: 0, losses: [] as string[] };
  for (const group of groups) {
    for (const text of group.querySelectorAll("text")) {
      const content = text.textContent;
      if (content === "" || text.getAttribute("display") === "none") continue;
      const box = boxOf(text);
      const own = nearest(box, symbolOf(group));
      for (const [k, square] of squares.entries()) {
        const other = nearest(box, square);
        if (plants[k] !== group && other <= own)
          found.astray.push(
            `${content}: ${own.toFixed(1)} px from its own, ${other.toFixed(1)} from ${plants[k]?.dataset.id ?? ""}`,
          );
      }
      const isFigure = /^<?[\d.]+( \S+)?$|^out$|^停用$/.test(content);
      if (isFigure && !content.endsWith("%")) found.losses.push(group.dataset.id ?? "");
      if (group.dataset.kind === "plant" && !isFigure) found.named++;
    }
  }
  return found;
}

describe.skipIf(BROWSER === undefined)(`the map's labels${NO_BROWSER}`, () => {
  const home = mkdtempSync(join(tmpdir(), "trunkflow-labels-"));
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  });

  describe.each(SEEDS)("%s", (seed) => {
    const read = (name: string) => readFileSync(join(ROOT, "seeds", seed, name), "utf8");
    const network = loadNetwork(read("network.json"));
    const state = loadState(network, read("state.json"));

    const measured = async (options: HtmlOptions, width: number) => {
      const path = join(home, "page.html");
      writeFileSync(path, renderHtml(network, options));
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await page.goto(pathToFileURL(path).href);
      await page.waitForFunction(
        () => document.querySelector("trunkflow-map")?.shadowRoot?.querySelector("svg") instanceof SVGElement,
      );
      const found = await page.evaluate(measure);
      await page.close();
      return found;
    };

    test.each(WIDTHS.flatMap((width) => (["en", "zh"] as const).map((language) => [width, language] as const)))(
      "at %i px in %s: each stands by its own element, and every plant is named",
      async (width, language) => {
        const { astray, plants, named } = await measured({ state, language }, width);
        expect(astray).toEqual([]);
        expect(named).toBe(plants);
      },
    );

    test.each(WIDTHS)("at %i px: so do figures of losses, and the largest losses have one", async (width) => {
      const [largest] = network.nodes
        .filter((node) => node.kind === "plant")
        .sort((a, b) => b.capacity - a.capacity)
        .map(({ id }) => id);
      const outages = [largest!];
      const plan = dispatch(network, { state, outages });
      const lost = [...plan.spills, ...plan.flooding].filter(({ flow }) => flow > 0).sort((a, b) => b.flow - a.flow);
      const { astray, losses } = await measured({ state, outages }, width);
      expect(astray).toEqual([]);
      const isTold = lost.map(({ id }) => losses.includes(id));
      expect(isTold.slice(0, 10)).not.toContain(false);
      expect(isTold.filter(Boolean).length).toBeGreaterThanOrEqual(0.9 * lost.length);
    });
  });
});
