import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, NetworkError, stateOf } from "../../src/index.js";
import { outagesIn } from "../../src/network/outage.js";
import { twin } from "../support/cities.js";

const city = loadNetwork(twin());

describe("outages", () => {
  test("an element that is partly lost keeps that share", () => {
    const plan = dispatch(city, { outages: [{ id: "east", availability: 0.4 }] });
    expect(plan.plants[0]).toMatchObject({ id: "east", available: 0.4 });
    expect(plan).toEqual(dispatch(city, { state: { availability: { east: 0.4 } } }));
  });

  test("what a state had left isn't given back", () => {
    const state = { availability: { east: 0.3 }, out: ["lift"] };
    const outages = [
      { id: "east", availability: 0.8 },
      { id: "lift", availability: 0.5 },
    ];
    expect(dispatch(city, { state, outages })).toEqual(dispatch(city, { state }));
    const worn = twin();
    Object.assign(worn.nodes[2]!, { availability: 0.2 });
    expect(stateOf(loadNetwork(worn), { outages: [{ id: "east", availability: 0.5 }] }).availability).toEqual({
      east: 0.2,
    });
  });

  test("a share of 0 is an outage, an outage with no share too", () => {
    const plan = dispatch(city, { outages: ["east"] });
    expect(dispatch(city, { outages: [{ id: "east", availability: 0 }] })).toEqual(plan);
    expect(dispatch(city, { outages: [{ id: "east" }] })).toEqual(plan);
    for (const outages of [["east"], [{ id: "east", availability: 0 }]])
      expect(stateOf(city, { state: { out: ["east"] }, outages })).toMatchObject({ out: ["east"], availability: {} });
    expect(stateOf(city, { outages: [{ id: "east", availability: 0 }] }).out).toEqual(["east"]);
  });

  test("of a state are what is out, and what is there in part, once", () => {
    expect(outagesIn({ out: ["west"], availability: { west: 0.5, tie: 0.25, lift: 1, east: 0 } })).toEqual([
      "west",
      { id: "tie", availability: 0.25 },
      { id: "east", availability: 0 },
    ]);
  });

  test("all that is wrong is told at once, each thing once", () => {
    const call = () => dispatch(city, { outages: ["eats", { id: "west", availability: -1 }, "tie", { id: "tie" }] });
    expect(call).toThrow(NetworkError);
    try {
      call();
    } catch (reason) {
      expect((reason as NetworkError).issues.map(({ code, path }) => [code, path])).toEqual([
        ["value", "availability.west"],
        ["unknown-id", "out[0]"],
        ["duplicate-id", "out[3]"],
      ]);
    }
  });
});
