import { connectedComponents, stronglyConnectedComponents } from "graphology-components";
import { bidirectional } from "graphology-shortest-path/unweighted.js";
import { expect, test } from "vitest";
import { loadNetwork, networkGraph } from "../../src/index.js";
import { city, sample } from "./samples.js";

test("has a node per node and an edge per link, with the elements as attributes", () => {
  const network = city();
  const graph = networkGraph(network);
  expect([graph.type, graph.multi]).toEqual(["directed", true]);
  expect(graph.nodes()).toEqual(network.nodes.map((node) => node.id));
  expect(graph.edges()).toEqual(network.links.map((link) => link.id));
  for (const node of network.nodes) expect(graph.getNodeAttributes(node.id)).toEqual(node);
  for (const link of network.links) {
    expect(graph.getEdgeAttributes(link.id)).toEqual(link);
    expect(graph.extremities(link.id)).toEqual([link.from, link.to]);
  }
});

test("keeps twin mains apart, and a two-way gate as one edge", () => {
  const file = sample();
  file.links.push({ id: "a2", kind: "conduit", from: "north", to: "k1", capacity: 1 });
  const graph = networkGraph(loadNetwork(file));
  expect(graph.edges("north", "k1").sort()).toEqual(["a", "a2"]);
  expect(graph.outEdges("west", "tank")).toEqual([]);
  expect(graph.outEdges("tank", "west")).toEqual(["c"]);
});

test("is the caller's own: changing it changes nothing else", () => {
  const network = city();
  const graph = networkGraph(network);
  graph.dropNode("k1");
  graph.updateNodeAttribute("east", "name", () => "renamed");
  expect(network.nodes.map((node) => node.id)).toContain("k1");
  expect(network.nodes[3]).not.toHaveProperty("name");
  expect(networkGraph(network).getNodeAttribute("east", "name")).toBeUndefined();
  expect(networkGraph(network).order).toBe(6);
});

test("carries graphology's algorithms", () => {
  const graph = networkGraph(city());
  expect(bidirectional(graph, "north", "west")).toEqual(["north", "k1", "tank", "west"]);
  expect(bidirectional(graph, "west", "north")).toBeNull();
  expect(connectedComponents(graph)).toHaveLength(1);
  expect(stronglyConnectedComponents(graph)).toHaveLength(6);
  expect(graph.outNeighbors("k1").sort()).toEqual(["cso", "east", "tank"]);
  graph.dropEdge("a");
  expect(
    connectedComponents(graph)
      .map((part) => part.length)
      .sort(),
  ).toEqual([1, 5]);
});
