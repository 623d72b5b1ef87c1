import { expect, test } from "vitest";
import { errorsOf, paths, sample, spoilt } from "./samples.js";

test("every problem of a file is told at once", () => {
  const file = {
    units: { flow: "m3/x" },
    name: 3,
    nodes: [
      { id: "a", kind: "plant", capacity: -1, weight: 0, colour: "red" },
      { id: "a", kind: "catchment" },
      { id: "", kind: "zzz" },
      { id: "s", kind: "storage", volume: { max: "9", mxa: 1 } },
      "not a node",
      { kind: "junction", at: [1] },
    ],
    links: [
      { id: "q", kind: "conduit", from: "nope", to: "a", capcity: 1, capacity: 1 },
      { id: "r", kind: "conduit", from: "a", to: "a" },
      { id: "a", kind: "pump", from: "a", to: "nowhere", capacity: NaN, energy: Infinity },
      null,
    ],
    foo: 1,
    energyPrice: "1",
  };
  expect(paths(errorsOf(file)).sort()).toEqual(
    [
      "name",
      "units.flow",
      "energyPrice",
      "foo",
      "nodes[0].capacity",
      "nodes[0].weight",
      "nodes[0].colour",
      "nodes[1].inflow",
      "nodes[1].id",
      "nodes[2].kind",
      "nodes[3].volume.max",
      "nodes[3].volume.mxa",
      "nodes[4]",
      "nodes[5].id",
      "nodes[5].at",
      "links[0].capcity",
      "links[0].from",
      "links[1].capacity",
      "links[1].to",
      "links[2].id",
      "links[2].capacity",
      "links[2].energy",
      "links[2].to",
      "links[3]",
    ].sort(),
  );
});

test("each problem is told once", () => {
  for (const file of [spoilt("nodes[1].id", undefined), spoilt("links[0].from", 7), spoilt("links[0]", "x")]) {
    const told = errorsOf(file).filter((issue) => issue.code !== "unknown-id");
    expect(told).toHaveLength(1);
  }
});

test("figures that don't go together are told beside figures that are none", () => {
  const file = spoilt("nodes[3].minFlow", 2);
  file.links[0]!.capacity = -1;
  file.nodes[2]!.volume = { min: 3, max: 1 };
  expect(paths(errorsOf(file)).sort()).toEqual(["links[0].capacity", "nodes[2].volume", "nodes[3].minFlow"]);
});

test("figures that don't go together are told beside ids that don't", () => {
  const file = spoilt("nodes[3].minFlow", 2);
  file.links[0]!.from = "nrth";
  expect(paths(errorsOf(file)).sort()).toEqual(["links[0].from", "nodes[3].minFlow"]);
});

test("a reserved key doesn't hide what else is wrong", () => {
  const text = JSON.stringify({ ...sample(), energyPrice: -1 }).replace('"id":"k1"', '"__proto__":1,"id":"k1"');
  expect(paths(errorsOf(text)).sort()).toEqual(["energyPrice", "nodes[1].__proto__"]);
});
