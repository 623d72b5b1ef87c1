/**
 * The live page in headless Chromium: how long from a click on an element until the page shows the new plan. The plans are first
 * held against the library's own.
 *
 *     npm run bench:page
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { dispatch, loadNetwork } from "trunkflow";
import { renderHtml } from "trunkflow/view";
import { BROWSER, launch, NO_BROWSER } from "../test/support/browser.js";
import { city } from "./cities.js";

const CLICKS = 60;

interface Timed {
  /** Milliseconds from each click until plants, tables and map have the new plan and are laid out. */
  readonly answered: number[];
  /** Until the next frame after that is painted. */
  readonly painted: number[];
  /** What was clicked last, and the utilisations shown then. */
  readonly out: string[];
  readonly shown: number[];
}

/** In the page. Clicks elements all over the map, each twice: to fail it and to bring it back; and leaves one out at the end. */
async function click(clicks: number): Promise<Timed> {
  const root = document.querySelector("trunkflow-map")?.shadowRoot;
  const groups = [...(root?.querySelectorAll<SVGElement>("[data-id]") ?? [])].filter(
    (group) => group.dataset.kind !== "catchment",
  );
  const state = document.querySelector<HTMLElement>("[data-out]");
  const answered: number[] = [];
  const painted: number[] = [];
  const out: string[] = [];
  for (let k = 0; k <= clicks; k++) {
    const group = groups[((k >> 1) * 7) % groups.length];
    const before = state?.dataset.out;
    const start = performance.now();
    group?.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    while (state?.dataset.out === before) await Promise.resolve();
    root?.querySelector("svg")?.getBoundingClientRect();
    document.body.getBoundingClientRect();
    answered.push(performance.now() - start);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    painted.push(performance.now() - start);
    if (k === clicks) out.push(group?.dataset.id ?? "");
    // Explaining begins when a plan stands for a while: clicks come before it.
    await new Promise((done) => setTimeout(done, 20));
  }
  const shown = [...document.querySelectorAll("[data-plant]")].map((row) =>
    Number(row.querySelectorAll<HTMLDataElement>("[data-of=plan] data")[1]?.value),
  );
  return { answered, painted, out, shown };
}

const figures = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
  return `${at(0.5)} ms (${at(0)}–${at(0.9)})`;
};

async function measure(page: Page, nodes: number, family: "tree" | "meshed", home: string): Promise<void> {
  const file = city({ nodes, plants: Math.max(2, Math.round(Math.sqrt(nodes) / 2)), family, seed: 1 });
  const network = loadNetwork(file);
  const html = renderHtml(network);
  const path = join(home, `${nodes}-${family}.html`);
  writeFileSync(path, html);
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector("[data-plant]");
  await page.waitForTimeout(3_000);
  const first = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN);
  const { answered, painted, out, shown } = await page.evaluate(click, CLICKS);
  const plan = dispatch(network, { outages: out });
  if (JSON.stringify(plan.plants.map(({ utilisation }) => utilisation)) !== JSON.stringify(shown))
    throw new Error(`the page and dispatch differ with ${out.join()} out`);
  const size = `${(Buffer.byteLength(html) / 1000).toFixed(0)} kB`;
  console.log(
    `${`${family}, ${file.nodes.length} nodes, ${file.links.length} links`.padEnd(36)} ${size.padStart(8)}, first paint ${first.toFixed(0)} ms, ` +
      `click to plan ${figures(answered)}, to the next frame ${figures(painted)}`,
  );
}

if (BROWSER === undefined) console.log(`the page${NO_BROWSER}`);
else {
  const home = mkdtempSync(join(tmpdir(), "trunkflow-bench-page-"));
  const browser = await launch();
  try {
    console.log(`Chromium ${browser.version()}; medians, with the least and the ninth decile`);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    for (const nodes of [50, 200, 1_000, 10_000]) await measure(page, nodes, nodes > 1_000 ? "tree" : "meshed", home);
  } finally {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
}
