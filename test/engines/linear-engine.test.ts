import { expect, test } from "vitest";
import { dispatch, loadNetwork, type NetworkFile } from "../../src/index.js";

const ENGINES = ["network", "javascript-lp-solver"] as const;

/** Water floods for less at junctions, two of which it can reach, one by a dear way. */
const junctions: NetworkFile = {
  units: { flow: "m3/s" },
  nodes: [
    { id: "town", kind: "catchment", inflow: 4 },
    { id: "high", kind: "junction", floodWeight: 0.5 },
    { id: "left", kind: "junction", floodWeight: 0.5 },
    { id: "right", kind: "junction", floodWeight: 0.5 },
  ],
  links: [
    { id: "a", kind: "conduit", from: "high", to: "town", capacity: 9 },
    { id: "b", kind: "conduit", from: "town", to: "left", capacity: 9 },
    { id: "c", kind: "pump", from: "town", to: "right", capacity: 9, energy: 1 },
  ],
};

test.each(ENGINES)("%s evens out what floods where nothing enters, and keeps it so", (engine) => {
  const { flooding } = dispatch(loadNetwork(junctions), { engine, policy: ["flooding", "sharing", "cost"] });
  expect(flooding.map(({ id, flow }) => [id, flow])).toEqual([
    ["left", 2],
    ["right", 2],
  ]);
});

test.each(ENGINES)("%s shares out a flood of a quantum", (engine) => {
  const quantum = 1 / 86_400 / 1e6;
  const { flooding } = dispatch(
    loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 1 + quantum },
        { id: "village", kind: "catchment", inflow: 0.5 },
        { id: "plant", kind: "plant", capacity: 1.5 },
      ],
      links: [
        { id: "a", kind: "conduit", from: "town", to: "plant", capacity: 9 },
        { id: "b", kind: "conduit", from: "village", to: "plant", capacity: 9 },
      ],
    }),
    { engine },
  );
  expect(flooding).toHaveLength(1);
  expect(flooding[0]!.flow).toBeCloseTo(quantum, 15);
});
