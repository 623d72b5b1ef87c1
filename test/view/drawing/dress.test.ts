/** A drawing takes another plan without being drawn anew. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dispatch, loadNetwork, type NetworkFile } from "../../../src/index.js";
import { dressed, dressOf, type Dress } from "../../../src/view/drawing/dress.js";
import { drawingOf, type Drawing } from "../../../src/view/drawing/drawing.js";
import { freeLayout } from "../../../src/view/layout/free-layout.js";
import { svgText } from "../../../src/view/drawing/svg.js";
import { cityAndState } from "../../support/cities.js";
import { groups, parse, type Tree } from "../xml.js";

/** What a page does with a dress, on the tree. */
function put(svg: Tree, drawing: Drawing, dress: Dress): void {
  const all = groups(svg);
  svg.children.find((child) => child.name === "desc")!.text = dress.description;
  for (const [group, child, attribute, value] of dressed(drawing, dress)) {
    const element = all[group]!.children[child]!;
    if (attribute === "#text") element.text = value;
    else if (value === "") Reflect.deleteProperty(element.attributes, attribute);
    else element.attributes[attribute] = value;
  }
}

test("a drawn plan that takes another is as if drawn from it, and back", () => {
  fc.assert(
    fc.property(cityAndState, fc.double({ min: 0, max: 3, noNaN: true }), ({ file, state }, factor) => {
      const network = loadNetwork(file);
      const inflows = Object.fromEntries(
        network.nodes.flatMap((node) => (node.kind === "catchment" ? [[node.id, node.inflow * factor]] : [])),
      );
      const drawing = drawingOf(network, freeLayout);
      const [dry, wet] = [
        dressOf(drawing, dispatch(network, { state }), state.out),
        dressOf(drawing, dispatch(network, { state: { ...state, inflows, out: [] } })),
      ];
      const [first, second] = [parse(svgText(drawing, dry)), parse(svgText(drawing, wet))];
      const picture = parse(svgText(drawing, dry));
      put(picture, drawing, wet);
      expect(picture).toEqual(second);
      put(picture, drawing, dry);
      expect(picture).toEqual(first);
    }),
    { numRuns: 200 },
  );
});

test("every slot has a value, and no value lacks a slot", () => {
  const file = JSON.parse(
    readFileSync(new URL("../../../seeds/xinxiang/network.json", import.meta.url), "utf8"),
  ) as NetworkFile;
  const network = loadNetwork(file);
  const drawing = drawingOf(network, freeLayout);
  const { id } = network.links[0]!;
  for (const dress of [dressOf(drawing, dispatch(network)), dressOf(drawing, undefined, [id])]) {
    expect(dress.links.map((values) => values.length)).toEqual(drawing.links.map(({ slots }) => slots.length));
    expect(dress.nodes.map((values) => values.length)).toEqual(drawing.nodes.map(({ slots }) => slots.length));
    for (const { children, slots } of [...drawing.links, ...drawing.nodes]) {
      for (const [child] of slots) expect(child).toBeLessThan(children.length);
    }
  }
});

test("the hit area of a link is the first path of its group", () => {
  const network = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "a", kind: "catchment", inflow: 1 },
      { id: "b", kind: "plant", capacity: 1 },
    ],
    links: [{ id: "l", kind: "pump", from: "a", to: "b", capacity: 1 }],
  });
  const drawing = drawingOf(network, freeLayout);
  const [link] = groups(parse(svgText(drawing, dressOf(drawing, undefined))));
  expect(link!.children[1]!.attributes).toMatchObject({ stroke: "transparent", "stroke-width": "14" });
});
