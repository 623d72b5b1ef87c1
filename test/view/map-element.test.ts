/** `<trunkflow-map>` from its one file, in a page that has nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { dispatch } from "../../src/dispatch/dispatch.js";
import { loadNetwork } from "../../src/network/load.js";
import type { TrunkflowMap } from "../../src/view/map-element.js";
import { renderSvg } from "../../src/view/drawing/svg.js";
import { DIST, ensureBuilt, ROOT } from "../package/built.js";
import { BROWSER, launch, NO_BROWSER } from "../support/browser.js";

const FILE = readFileSync(join(ROOT, "seeds/xinxiang/network.json"), "utf8");
const xinxiang = loadNetwork(FILE);
const plan = dispatch(xinxiang);
const failed = dispatch(xinxiang, { outages: ["wwtp-east"] });

const HOME = "http://trunkflow.test/";
const PAGE = `<!doctype html><html lang="en"><title>embedded</title>
  <trunkflow-map style="height: 500px"></trunkflow-map><script type="module" src="map.js"></script></html>`;

describe.skipIf(BROWSER === undefined)(`the element${NO_BROWSER}`, () => {
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    ensureBuilt();
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 900, height: 600 } });
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => faults.push(message.text()));
    await page.route("**", (route) => {
      const script = { contentType: "text/javascript", path: join(DIST, "map.js") };
      const answers = new Map<string, object>([
        [HOME, { contentType: "text/html", body: PAGE }],
        [`${HOME}map.js`, script],
      ]);
      const answer = answers.get(route.request().url());
      if (answer !== undefined) return route.fulfill(answer);
      if (!route.request().url().endsWith("favicon.ico")) faults.push(`asks for ${route.request().url()}`);
      return route.fulfill({ status: 204 });
    });
  }, 180_000);
  beforeAll(async () => {
    await page.goto(HOME);
    await page.evaluate((file) => {
      document.querySelector<TrunkflowMap>("trunkflow-map")!.network = file;
    }, FILE);
  });
  afterAll(() => browser.close());
  afterEach(() => {
    expect(faults.splice(0)).toEqual([]);
  });

  const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const give = async (properties: Partial<Pick<TrunkflowMap, "plan" | "out" | "language" | "theme">>) => {
    await page.evaluate((given) => {
      Object.assign(document.querySelector("trunkflow-map")!, given);
    }, properties);
    await frame();
  };
  /** What the map looks like, group by group. */
  const looks = () =>
    page.evaluate(() =>
      Array.from(document.querySelector("trunkflow-map")!.shadowRoot!.querySelectorAll(".view [data-id]"), (group) =>
        Array.from(group.children, ({ tagName, textContent, attributes }) =>
          [tagName, textContent, ...Array.from(attributes, ({ name, value }) => `${name}=${value}`).sort()].join(" "),
        ),
      ),
    );

  test("draws a network from its file, then a plan, and dresses it in the next as if drawn anew", async () => {
    await frame();
    const bare = await looks();
    expect(bare).toHaveLength(xinxiang.nodes.length + xinxiang.links.length);
    await give({ plan });
    const first = await looks();
    expect(first).not.toEqual(bare);
    await give({ plan: failed, out: ["wwtp-east"] });
    const dressed = await looks();
    expect(dressed).not.toEqual(first);
    // Drawn anew in the same plan: there and back by another theme.
    await give({ theme: "dark" });
    expect(await looks()).not.toEqual(dressed);
    await give({ theme: "light" });
    expect(await looks()).toEqual(dressed);
    await give({ plan, out: [] });
    expect(await looks()).toEqual(first);
  });

  test("speaks Chinese", async () => {
    const title = () =>
      page.evaluate(
        () => document.querySelector("trunkflow-map")!.shadowRoot!.querySelector("svg > title")!.textContent,
      );
    expect(await title()).toBe("Xinxiang (invented figures)");
    await give({ language: "zh" });
    expect(await title()).toBe("新乡（虚构数据）");
    await give({ language: "en" });
  });

  test("tells what was clicked, and not what was dragged over", async () => {
    await page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      document.addEventListener("trunkflow-select", (event) =>
        told.push(JSON.stringify((event as CustomEvent).detail)),
      );
    });
    const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told.splice(0));
    const at = await page.evaluate(() => {
      const root = document.querySelector("trunkflow-map")!.shadowRoot!;
      const box = root.querySelector('[data-id="wwtp-east"]')!.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    await page.mouse.click(at.x, at.y);
    expect(await told()).toEqual(['{"id":"wwtp-east","kind":"plant"}']);
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 40, at.y + 30, { steps: 4 });
    await page.mouse.up();
    expect(await told()).toEqual([]);
  });

  test("zooms by keys and wheel about where it is looked at, moves when dragged, and shows the whole again", async () => {
    const view = () =>
      page.evaluate(() => {
        const box = document.querySelector("trunkflow-map")!.shadowRoot!.querySelector(".view")!;
        return {
          inner: box.scrollWidth,
          outer: box.clientWidth,
          left: box.scrollLeft,
          width: box.querySelector("svg")!.clientWidth,
        };
      });
    const whole = await view();
    expect(whole.inner).toBe(whole.outer);
    await page.evaluate(() => {
      document.querySelector("trunkflow-map")!.shadowRoot!.querySelector<HTMLElement>(".view")!.focus();
    });
    await page.keyboard.press("+");
    await frame();
    const near = await view();
    expect(near.width / whole.width).toBeCloseTo(1.5, 1);
    expect(near.left).toBeGreaterThan(0);
    await page.mouse.move(300, 200);
    await page.mouse.down();
    await page.mouse.move(250, 200, { steps: 5 });
    await page.mouse.up();
    expect((await view()).left).toBe(near.left + 50);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    await frame();
    expect((await view()).width).toBeGreaterThan(near.width);
    await page.keyboard.press("0");
    await frame();
    expect(await view()).toEqual(whole);
  });

  test("a plan or outages of another network are refused, and the last ones stay", async () => {
    await give({ plan, out: ["wwtp-east"] });
    const before = await looks();
    const other = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [{ id: "p", kind: "plant", capacity: 1 }],
      links: [],
    });
    const refusals = await page.evaluate(
      (foreign) => {
        const map = document.querySelector<TrunkflowMap>("trunkflow-map")!;
        return foreign.map((given) => {
          try {
            Object.assign(map, given);
            return "taken";
          } catch (reason) {
            return (reason as Error).message;
          }
        });
      },
      [{ plan: dispatch(other) }, { out: ["p"] }, { theme: "blue" }, { language: "de" }] as object[],
    );
    expect(refusals).toEqual([
      expect.stringMatching(/the plan is in "m3\/s"/),
      expect.stringMatching(/"p", which the network doesn't have/),
      expect.stringMatching(/theme is "blue"/),
      expect.stringMatching(/no language "de"/),
    ]);
    await give({ theme: "dark" });
    await give({ theme: undefined });
    expect(await looks()).toEqual(before);
    await give({ plan, out: [] });
  });

  test("draws once for all that it is given, not again where it is put back, and anew where it was given more meanwhile", async () => {
    const drawn = await page.evaluate(
      async ([network, plan]) => {
        const frames = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
        const map = document.createElement("trunkflow-map") as TrunkflowMap;
        map.style.height = "300px";
        let count = 0;
        const view = map.shadowRoot!.querySelector(".view")!;
        new MutationObserver((changes) => (count += changes.length)).observe(view, { childList: true });
        const since = async () => {
          await frames();
          const drawings = count;
          count = 0;
          return drawings;
        };
        document.body.append(map);
        Object.assign(map, { network, plan });
        const counts = [await since()];
        map.remove();
        document.body.append(map);
        counts.push(await since());
        map.remove();
        map.language = "zh";
        await since();
        document.body.append(map);
        counts.push(await since());
        const title = view.querySelector("title")?.textContent;
        map.remove();
        return { counts, title };
      },
      [FILE, plan] as const,
    );
    expect(drawn).toEqual({ counts: [1, 0, 1], title: "新乡（虚构数据）" });
  });

  test("is as high as suits the network and its legend where the page doesn't say, and no higher than the page lets it", async () => {
    const measured = await page.evaluate(
      async ([network, plan]) => {
        const map = document.createElement("trunkflow-map") as TrunkflowMap;
        Object.assign(map, { network, plan });
        document.body.append(map);
        const heights = [];
        for (const style of ["width: 360px", "width: 360px; max-height: 350px", "width: 360px; height: 700px"]) {
          map.style.cssText = style;
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
          const [view, legend] = [...map.shadowRoot!.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect());
          const nodes = [...map.shadowRoot!.querySelectorAll('[data-kind="plant"], [data-kind="catchment"]')];
          const boxes = nodes.map((node) => node.getBoundingClientRect());
          const taken = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
          heights.push({
            map: Math.round(map.getBoundingClientRect().height),
            drawn: Math.round(view!.height + legend!.height),
            taken: taken / view!.height,
          });
        }
        map.remove();
        return heights;
      },
      [FILE, plan] as const,
    );
    for (const { map, drawn } of measured) expect(drawn).toBe(map);
    const [own, limited, given] = measured;
    expect([limited!.map, given!.map]).toEqual([350, 700]);
    expect(own!.map).toBeLessThan(500);
    // Little of the ground is empty.
    expect(own!.taken).toBeGreaterThan(0.8);
  });

  test("keeps its height where a scroll bar comes for it", async () => {
    const heights = await page.evaluate(async (network) => {
      const map = document.createElement("trunkflow-map") as TrunkflowMap;
      map.network = network;
      document.body.append(map);
      const found = [];
      for (const width of [400, 385, 400, 500]) {
        map.style.width = `${width}px`;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
        found.push([map.clientHeight, map.shadowRoot!.querySelector("svg")!.clientWidth]);
      }
      map.remove();
      return found;
    }, FILE);
    const [[own] = [], ...others] = heights;
    expect(others.slice(0, 2)).toEqual([
      [own, 385],
      [own, 400],
    ]);
    expect(others[2]![0]).toBeGreaterThan(own!);
  });

  test("takes up what it was given before the page knew it", async () => {
    const early = await browser.newPage();
    await early.setContent(`<!doctype html><trunkflow-map style="height: 300px"></trunkflow-map>`);
    await early.evaluate((given) => Object.assign(document.querySelector("trunkflow-map")!, given), {
      plan: failed,
      out: ["wwtp-east"],
      network: FILE,
    });
    await early.addScriptTag({ type: "module", content: readFileSync(join(DIST, "map.js"), "utf8") });
    await early.waitForFunction(() => document.querySelector("trunkflow-map")?.shadowRoot?.querySelector("[data-id]"));
    expect(
      await early.evaluate(
        () =>
          document.querySelector("trunkflow-map")!.shadowRoot!.querySelector('[data-id="wwtp-east"] title')!
            .textContent,
      ),
    ).toContain("out");
    await early.close();
  });

  test("a network that can't be loaded is refused with all that is wrong, and the last one stays", async () => {
    const before = await looks();
    const message = await page.evaluate(() => {
      try {
        document.querySelector<TrunkflowMap>("trunkflow-map")!.network = { nodes: [] };
        return "taken";
      } catch (reason) {
        return (reason as Error).message;
      }
    });
    expect(message).toContain("units");
    await frame();
    expect(await looks()).toEqual(before);
  });
});

test("loads in Node, where only pictures as text can be made", () => {
  expect(renderSvg(xinxiang, plan)).toContain("<svg");
});
