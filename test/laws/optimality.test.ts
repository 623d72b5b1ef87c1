import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, type EngineName } from "../../src/index.js";
import { flowOf, modelOf, withCirculation, type Flow, type Model } from "../support/model.js";
import { instances } from "../support/networks.js";
import { improvements } from "../support/residual.js";
import { ENGINES, runs } from "../support/runs.js";

/** Quanta that don't count: the network engine is exact but for what evening out divides. */
const grainOf = (engine: EngineName, model: Model) =>
  engine === "network" ? 2 + 2 * model.plants.length : Math.max(100, 1e-6 * model.inflow);

describe.each(ENGINES)("engine %s", (engine) => {
  test("nothing in a plan can be better: no cycle of the residual network improves it, no plant can be lower", () => {
    fc.assert(
      fc.property(instances({ maxNodes: 30 }), ({ file, state }) => {
        const network = loadNetwork(file);
        const model = modelOf(network, state);
        const flow = withCirculation(flowOf(model, dispatch(network, { state, engine })));
        expect(improvements(model, flow, grainOf(engine, model))).toEqual([]);
      }),
      runs(400, engine),
    );
  });
});

describe("the search for improvements", () => {
  // Two plants of 10 quanta at two catchments, a tie between, and an outfall at one of them.
  const model: Model = {
    quantum: 1,
    perM3s: 86_400e6,
    nodes: [
      { id: "a", inflow: 8, canFlood: true, floodWeight: 1 },
      { id: "b", inflow: 2, canFlood: true, floodWeight: 1 },
      { id: "o", inflow: 0, canFlood: false, floodWeight: 1 },
    ],
    links: [
      { id: "tie", from: 0, to: 1, low: -10, high: 10, target: 5, weight: 1, price: 1, setPoint: 0 },
      { id: "twin", from: 0, to: 1, low: 0, high: 1, target: Infinity, weight: 1, price: 2, setPoint: undefined },
      { id: "cso", from: 0, to: 2, low: 0, high: 10, target: Infinity, weight: 1, price: 0, setPoint: undefined },
    ],
    plants: [
      { id: "p", node: 0, capacity: 10, least: 0, price: 0, weight: 1 },
      { id: "q", node: 1, capacity: 10, least: 1, price: 0, weight: 1 },
    ],
    outfalls: [{ id: "o", node: 2, capacity: Infinity, weight: 1 }],
    inflow: 10,
  };
  const of = (links: number[], plants: number[], outfalls = [0], flooding = [0, 0, 0]): Flow => ({
    links,
    plants,
    outfalls,
    flooding,
    circulation: [0, 0, 0],
  });

  test("finds none in the best flow", () => {
    expect(improvements(model, of([3, 0, 0], [5, 5]), 0)).toEqual([]);
  });

  test.each([
    ["uneven plants", of([2, 0, 0], [6, 4]), "p can be lower: tie q"],
    ["the other way round", of([4, 0, 0], [4, 6]), "q can be lower: -tie p"],
    ["a spill", of([2, 0, 1], [5, 4], [1]), "an objective before balance can be lower"],
    ["flooding", of([3, 0, 0], [4, 5], [0], [1, 0, 0]), "an objective before balance can be lower"],
    ["a starved plant", of([-2, 0, 0], [10, 0]), "an objective before balance can be lower"],
    ["flow above a target", of([7, 0, 0], [1, 9]), "an objective before balance can be lower"],
    ["a dear way", of([2, 1, 0], [5, 5]), "cost or moves can be lower"],
  ])("finds %s", (_, flow, expected) => {
    expect(improvements(model, flow, 0)[0]).toContain(expected);
  });
});
