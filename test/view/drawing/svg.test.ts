/** The map as it leaves the library: sound, safe, complete, the same each time, and of this network. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { city } from "../../../bench/cities.js";
import {
  dispatch,
  loadNetwork,
  NetworkError,
  OptionError,
  renderSvg,
  type NetworkFile,
  type Plan,
  type SvgOptions,
} from "../../../src/index.js";
import { visible } from "../../../src/view/drawing/escape.js";
import { THEMES } from "../../../src/view/layout/scale.js";
import { cityAndState, twin } from "../../support/cities.js";
import { all, boxOf, groupOf, groups, overlap, parse, type Rectangle, type Tree } from "../xml.js";

const SEEDS = ["two-plants", "xinxiang", "milwaukee", "cobb-atlanta", "denver", "cleveland"];
const seed = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../seeds/${name}/network.json`, import.meta.url), "utf8")) as NetworkFile;

const ALLOWED = new Set(
  `d data-id data-kind display fill font-family font-size font-weight height lang paint-order role stroke stroke-dasharray
   stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor transform viewBox width x xmlns y`.split(
    /\s+/,
  ),
);

/** Nothing but shapes and texts, with nothing that a strict page would refuse or that could clash with another map. */
function expectSafe(svg: Tree): void {
  for (const { name, attributes } of all(svg)) {
    expect(["svg", "title", "desc", "g", "path", "text"]).toContain(name);
    for (const attribute of Object.keys(attributes)) expect(ALLOWED).toContain(attribute);
    for (const [attribute, value] of Object.entries(attributes)) {
      if (attribute !== "data-id") expect(value).not.toMatch(/url\(|NaN|Infinity|undefined|javascript/);
    }
  }
}

const HOSTILE = [
  `<img src=x onerror="alert(1)">`,
  `"'/><script>alert(1)</script>`,
  "]]>",
  "\u202egnp.exe\u2066",
  "\u0000\u001b[31m",
  "\ud800\udc00\ud800",
  "\ufffe",
  "long ".repeat(2000),
  "污水处理厂".repeat(200),
];

describe("names", () => {
  test.each(HOSTILE.map((name) => [name.slice(0, 30), name]))("%j, as name and as id of everything", (_, name) => {
    const file = twin();
    const rename = (id: string) => `${id}${name}`;
    const network = loadNetwork({
      ...file,
      name,
      nodes: file.nodes.map((node) => ({ ...node, id: rename(node.id), name })),
      links: file.links.map((link) => ({
        ...link,
        id: rename(link.id),
        from: rename(link.from),
        to: rename(link.to),
        name: { en: name, zh: name },
      })),
    });
    for (const plan of [undefined, dispatch(network)]) {
      const svg = parse(renderSvg(network, plan));
      expectSafe(svg);
      expect(svg.children[0]).toMatchObject({ name: "title", text: visible(name) });
      // In full in the titles, cut short on the map.
      for (const group of groups(svg)) {
        expect(group.children[0]!.text.startsWith(visible(name))).toBe(true);
        for (const child of group.children) if (child.name === "text") expect(child.text.length).toBeLessThan(60);
      }
    }
  });

  test("are in the language that was asked for", () => {
    const file = twin();
    const network = loadNetwork({
      ...file,
      nodes: file.nodes.map((node) => (node.id === "east" ? { ...node, name: { en: "East", zh: "东厂" } } : node)),
    });
    const texts = (svg: string) => all(parse(svg)).map((one) => one.text);
    expect(texts(renderSvg(network))).toContain("East");
    expect(texts(renderSvg(network, undefined, { language: "zh" }))).toContain("东厂");
    expect(texts(renderSvg(network, dispatch(network), { language: "zh" }))).toEqual(
      expect.arrayContaining(["负荷率", "流量（m³/s）", "污水处理厂"]),
    );
  });

  test("what is held is framed and explained, and nothing else", () => {
    const network = loadNetwork(twin());
    const held = parse(renderSvg(network, dispatch(network, { state: { locks: { tie: 0.1, east: { max: 0.5 } } } })));
    const free = parse(renderSvg(network, dispatch(network)));
    const shapes = (svg: Tree, id: string) =>
      all(groupOf(svg, id)).filter(({ attributes }) => "d" in attributes).length;
    const ids = [...network.links, ...network.nodes].map(({ id }) => id);
    expect(ids.filter((id) => shapes(held, id) === shapes(free, id) + 1)).toEqual(["tie", "east"]);
    const texts = (svg: Tree) => all(svg).map(({ text }) => text);
    expect(texts(held)).toContain("held");
    expect(texts(free)).not.toContain("held");
    expect(texts(held).filter((text) => text.endsWith("\nheld"))).toHaveLength(2);
  });
});

describe.each(SEEDS)("%s", (name) => {
  const network = loadNetwork(seed(name));
  const plan = dispatch(network);

  test("each element is there once, and the text is small and safe", () => {
    const text = renderSvg(network, plan);
    const svg = parse(text);
    expectSafe(svg);
    const ids = groups(svg).map((group) => group.attributes["data-id"]);
    expect(ids.sort()).toEqual([...network.nodes, ...network.links].map((element) => element.id).sort());
    for (const element of [...network.nodes, ...network.links]) {
      expect(groupOf(svg, element.id).attributes["data-kind"]).toBe(element.kind);
    }
    expect(text.length).toBeLessThan(100_000);
  });

  test.each<SvgOptions>([
    {},
    { width: 390 },
    { language: "zh", theme: "dark", width: 1440 },
    { width: 700, height: 400 },
  ])("no text lies on another or on a plant, and where there is room plants have figures and names, %j", (options) => {
    const svg = parse(renderSvg(network, plan, options));
    expectLegible(svg);
    if (options.width === 390 || options.width === 700) return;
    const plants = network.nodes.filter((node) => node.kind === "plant");
    const texts = plants.map((node) =>
      groupOf(svg, node.id)
        .children.filter((child) => child.name === "text" && boxOf(child) !== undefined)
        .map((child) => child.text),
    );
    for (const ofPlant of texts) expect(ofPlant.filter((text) => text.endsWith(" %")).length).toBe(1);
    expect(texts.filter((ofPlant) => ofPlant.length === 2).length).toBeGreaterThanOrEqual(0.75 * plants.length);
  });
});

/** Boxes of texts that show, and of plants' squares. */
function expectLegible(svg: Tree): void {
  const [width, height] = [Number(svg.attributes.width), Number(svg.attributes.height)];
  const placed = all({ ...svg, children: svg.children.filter((child) => child.attributes.transform === undefined) });
  const boxes = placed.flatMap((one) => (one.name === "text" ? (boxOf(one) ?? []) : []));
  const plants = groups(svg)
    .filter((group) => group.attributes["data-kind"] === "plant")
    .map((group) => squareOf(group));
  for (const [i, box] of boxes.entries()) {
    expect(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height).toBe(true);
    for (const other of [...boxes.slice(i + 1), ...plants]) {
      if (overlap(box, other)) throw new Error(`${JSON.stringify(box)} lies on ${JSON.stringify(other)}`);
    }
  }
}

/** `M x y h 2r v 2r h -2r z`: the outline of a plant. */
function squareOf(group: Tree): Rectangle {
  for (const { attributes } of group.children) {
    const found = /^M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z$/.exec(attributes.d ?? "");
    if (found === null) continue;
    const [left, top, width, height] = found.slice(1).map(Number) as [number, number, number, number];
    return { left, top, right: left + width, bottom: top + height };
  }
  throw new Error("a plant has no square");
}

const places = fc.oneof(
  fc.constant(undefined),
  fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 5 })),
  fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 })),
);
const names = fc.constantFrom(
  undefined,
  "Wei River West Main",
  "卫河西干管",
  "W",
  "Interconnection of both districts",
  "ÀÉ mm WW %",
);
const size = fc.record({ width: fc.integer({ min: 200, max: 1500 }) });

/** Random networks, some nodes with places and some without. */
const maps = fc
  .tuple(
    cityAndState,
    fc.array(places, { minLength: 12, maxLength: 12 }),
    fc.array(names, { minLength: 32, maxLength: 32 }),
    fc.boolean(),
  )
  .map(([{ file, state }, at, called, hasPlaces]) => {
    const name = (k: number) => (called[k] === undefined ? {} : { name: called[k] });
    return {
      state,
      file: {
        ...file,
        nodes: file.nodes.map((node, i) => ({
          ...node,
          ...name(i),
          ...(hasPlaces && at[i] !== undefined && { at: at[i] }),
        })),
        links: file.links.map((link, k) => ({ ...link, ...name(12 + k) })),
      },
    };
  });

describe("any network", () => {
  test("is drawn soundly, legibly and completely", () => {
    fc.assert(
      fc.property(maps, size, ({ file, state }, options) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state });
        const svg = parse(renderSvg(network, plan, { ...options, out: state.out ?? [] }));
        expectSafe(svg);
        expectLegible(svg);
        expect(groups(svg).length).toBe(network.nodes.length + network.links.length);
      }),
      { numRuns: 300 },
    );
  });

  test("is drawn the same again, and whatever the order of its elements", () => {
    fc.assert(
      fc.property(maps, ({ file, state }) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state });
        const turned = loadNetwork({ ...file, nodes: [...file.nodes].reverse(), links: [...file.links].reverse() });
        const text = renderSvg(network, plan);
        expect(renderSvg(network, plan)).toBe(text);
        expect(renderSvg(turned, dispatch(turned, { state }))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what a plan looks like", () => {
  const network = loadNetwork(twin());
  const { classes, warning, idle } = THEMES.light;
  const strokes = (svg: Tree, id: string) => groupOf(svg, id).children.map((child) => child.attributes.stroke);
  const widest = (svg: Tree, id: string) => {
    const line = groupOf(svg, id).children.filter((child) =>
      [...classes, idle].includes(child.attributes.stroke ?? ""),
    );
    return Number(line[0]!.attributes["stroke-width"]);
  };

  test("colours by utilisation, widths by flow", () => {
    const plan = dispatch(network);
    const svg = parse(renderSvg(network, plan));
    const flow = (id: string) => plan.links.find((link) => link.id === id)!;
    expect(flow("tie").utilisation).toBe(1);
    expect(strokes(svg, "tie")).toContain(classes[4]);
    expect(flow("a").utilisation).toBe(0.6);
    expect(strokes(svg, "a")).toContain(classes[1]);
    expect(flow("cso").flow).toBe(0);
    expect(strokes(svg, "cso")).toContain(idle);
    const byFlow = [...plan.links].sort((a, b) => a.flow - b.flow).map((link) => widest(svg, link.id));
    expect([...byFlow].sort((a, b) => a - b)).toEqual(byFlow);
    expect(widest(svg, "a")).toBeGreaterThan(widest(svg, "b"));
  });

  test("plants tell their utilisation, outfalls their spill, in figures", () => {
    const out = ["east"];
    const plan = dispatch(network, { outages: out });
    const svg = parse(renderSvg(network, plan, { out }));
    const texts = (id: string) => groupOf(svg, id).children.map((child) => child.text);
    expect(plan.spills).toEqual([{ id: "river", flow: expect.any(Number) as number }]);
    expect(texts("river")).toContain(`${plan.spills[0]!.flow.toFixed(3)} m³/s`);
    expect(strokes(svg, "river").length).toBe(groupOf(svg, "river").children.length);
    expect(groupOf(svg, "river").children.map((child) => child.attributes.fill)).toContain(warning);
    expect(texts("east")).toContain("out");
    expect(texts("west")).toContain(`${(100 * plan.plants[1]!.utilisation).toFixed(1)} %`);
  });

  test("what is out is crossed, in part only said", () => {
    const crosses = (svg: Tree, id: string) =>
      groupOf(svg, id).children.filter((child) => /^M\S+ \S+l\S+ \S+m0/.test(child.attributes.d ?? "")).length;
    const svg = parse(renderSvg(network, undefined, { out: ["a", { id: "b", availability: 0.4 }] }));
    expect([crosses(svg, "a"), crosses(svg, "b"), crosses(svg, "tie")]).toEqual([1, 0, 0]);
    expect(groupOf(svg, "b").children[0]!.text).toContain("40.0 % available");
  });

  test("a flow backwards has its head turned around", () => {
    const file = twin();
    const swapped = loadNetwork({
      ...file,
      nodes: file.nodes.map((node) =>
        node.id === "north" ? { ...node, inflow: 0.2 } : node.id === "south" ? { ...node, inflow: 0.9 } : node,
      ) as NetworkFile["nodes"],
    });
    const there = dispatch(swapped);
    expect(there.links.find((link) => link.id === "tie")!.flow).toBeLessThan(0);
    const turned = {
      ...there,
      links: there.links.map((link) => (link.id === "tie" ? { ...link, flow: -link.flow } : link)),
    };
    const head = (plan: Plan) =>
      groupOf(parse(renderSvg(swapped, plan)), "tie").children.map((child) => child.attributes.d);
    expect(head(there)).not.toEqual(head(turned));
  });

  test("twins don't lie on one another", () => {
    const paths = ["tie", "lift"].map((id) => groupOf(parse(renderSvg(network)), id).children[1]!.attributes.d);
    expect(paths[0]).not.toBe(paths[1]);
  });
});

describe("refused", () => {
  const network = loadNetwork(twin());
  const plan = dispatch(network);

  test.each<[string, unknown, RegExp]>([
    ["an unknown option", { widht: 3 }, /no option "widht"\. Did you mean "width"/],
    ["no object", 3, /options are 3/],
    ["a theme", { theme: "grey" }, /theme is "grey"; it is one of light, dark/],
    ["a language", { language: "de" }, /there is no language "de". There are en, zh/],
    ["no width", { width: NaN }, /width is NaN; it is a number of pixels from 200 to 20000/],
    ["a tiny height", { height: 3 }, /height is 3/],
    ["a huge width", { width: 1e9 }, /width is 1000000000/],
    ["a width as text", { width: "960" }, /width is "960"/],
  ])("%s", (_, options, message) => {
    expect(() => renderSvg(network, plan, options as SvgOptions)).toThrow(OptionError);
    expect(() => renderSvg(network, plan, options as SvgOptions)).toThrow(message);
  });

  test("ids that aren't there", () => {
    expect(() => renderSvg(network, plan, { out: ["esat"] })).toThrow(NetworkError);
    expect(() => renderSvg(network, plan, { out: ["esat"] })).toThrow(/esat/);
  });

  test("what isn't a network", () => {
    expect(() => renderSvg(twin() as never)).toThrow(NetworkError);
  });

  test.each<[string, (plan: Plan) => unknown, RegExp]>([
    ["another unit", (p) => ({ ...p, units: { flow: "MGD" } }), /the plan is in "MGD", the network in "m3\/s"/],
    ["a link that isn't there", (p) => ({ ...p, links: [...p.links, { ...p.links[0]!, id: "x" }] }), /links name "x"/],
    ["a link twice", (p) => ({ ...p, links: [...p.links, p.links[0]!] }), /links name "a"/],
    ["a link less", (p) => ({ ...p, links: p.links.slice(1) }), /links lack "a"/],
    ["a plant less", (p) => ({ ...p, plants: p.plants.slice(1) }), /plants lack "east"/],
    ["an outfall less", (p) => ({ ...p, spills: [] }), /spills lack "river"/],
    ["a flood elsewhere", (p) => ({ ...p, flooding: [{ id: "x", flow: 1 }] }), /flooding names "x"/],
    ["no figure", (p) => ({ ...p, spills: [{ id: "river", flow: NaN }] }), /spills have NaN as flow of "river"/],
    ["no plan", () => ({ links: 3 }), /the plan is .* it is what dispatch returns/],
    ["nothing", () => null, /the plan is null/],
  ])("a plan with %s", (_, change, message) => {
    expect(() => renderSvg(network, change(plan) as Plan)).toThrow(OptionError);
    expect(() => renderSvg(network, change(plan) as Plan)).toThrow(message);
  });
});

test("a city of 10 000 nodes is drawn, with and without places", () => {
  const file = city({ nodes: 10_000, plants: 40, family: "tree", seed: 1 });
  const network = loadNetwork(file);
  const svg = parse(renderSvg(network, dispatch(network)));
  expect(groups(svg).length).toBe(network.nodes.length + network.links.length);
  expectLegible(svg);
  const free = loadNetwork({
    ...file,
    nodes: file.nodes.map(({ at: _at, ...node }) => node) as NetworkFile["nodes"],
  });
  expect(renderSvg(free)).not.toMatch(/NaN/);
});
