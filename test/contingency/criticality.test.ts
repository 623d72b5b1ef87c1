import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  criticality,
  dispatch,
  loadNetwork,
  NetworkError,
  OptionError,
  screenOutages,
  survivalTable,
} from "../../src/index.js";
import type { Network, SurvivalOptions } from "../../src/index.js";
import { cityAndState, twin } from "../support/cities.js";
import { FC_RUNS } from "../support/runs.js";

const value = (plan: { objectives: readonly { name: string; value: unknown }[] }, name: string) =>
  plan.objectives.find((objective) => objective.name === name)?.value as number;

/** The network with that much more of an element: of what a gate carries both ways. */
function widened(network: Network, id: string, more: number): Network {
  return loadNetwork({
    ...network,
    nodes: network.nodes.map((node) =>
      node.id === id && (node.kind === "plant" || node.kind === "outfall") && node.capacity !== undefined
        ? { ...node, capacity: node.capacity + more }
        : { ...node },
    ),
    links: network.links.map((link) => {
      if (link.id !== id) return { ...link };
      const back =
        link.kind === "gate" && link.reverseCapacity > 0 ? { reverseCapacity: link.reverseCapacity + more } : {};
      return { ...link, capacity: link.capacity + more, ...back };
    }),
  });
}

describe("criticality", () => {
  test("by hand", () => {
    // East can take 1 of the north's 1.5, and 0.25 + 0.3 of the rest get over to west, which has 0.7 left: nothing is lost. At 2.2 the
    // tie and the pump are full, and 0.45 spill: with more of either, of east, or of a... a carries 1.5 at most, so 0.7 flood.
    const file = twin();
    Object.assign(file.nodes[0]!, { inflow: 2.2 });
    const rows = criticality(loadNetwork(file), { elements: ["a", "b", "east", "west", "tie", "lift", "cso"] });
    const by = new Map(rows.map((row) => [row.out[0], row]));
    expect(rows[0]?.out).toEqual(["a"]);
    // Without a all of the north's floods: 2.2 − 0.7 more. What it brings spills no more either.
    expect(by.get("a")?.more.flooding).toBeCloseTo(1.5, 9);
    expect(by.get("a")?.worth).toEqual({ flooding: 1, spill: 0 });
    // East 1, west 0.7 of the 1.5 that come through a: nothing spills, so no more of a plant is of any worth.
    expect(by.get("east")?.worth).toEqual({ flooding: 0, spill: 0 });
    expect(by.get("east")?.more).toEqual({ flooding: 0, spill: expect.closeTo(1.6, 9) as number });
  });

  test("spill that a plant or a main stands in the way of is worth the outfall's weight", () => {
    const file = twin();
    Object.assign(file.nodes[0]!, { inflow: 1.5 });
    Object.assign(file.links[3]!, { capacity: 0.1 });
    // East is full of 1, the tie (0.25) and the pump (0.1) are full: 0.15 spill, at weight 2; west has 0.35 left.
    const rows = criticality(loadNetwork(file));
    const worth = Object.fromEntries(rows.map((row) => [row.out.join(), row.worth.spill]));
    expect(worth).toEqual({ a: 0, b: 0, cso: 0, east: 2, lift: 2, river: 0, tie: 2, west: 0 });
  });

  test("a little more of any element is worth what is said", () => {
    let found = 0;
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const network = loadNetwork(file);
        const before = dispatch(network, { state, policy: ["flooding", "spill"] });
        const more = 0.001;
        for (const { out, worth } of criticality(network, { state })) {
          const id = out[0]!;
          const element = [...network.nodes, ...network.links].find((one) => one.id === id)!;
          const share = state.availability?.[id] ?? element.availability;
          const after = dispatch(widened(network, id, more), { state, policy: ["flooding", "spill"] });
          const fall = (name: string) => (value(before, name) - value(after, name)) / more / (share === 0 ? 1 : share);
          // An outfall without a limit, and a gate's way back that isn't there, have no capacity to add to.
          expect(fall("flooding"), id).toBeCloseTo(worth.flooding, 6);
          if (worth.flooding === 0) expect(fall("spill"), id).toBeCloseTo(worth.spill, 6);
          if (worth.flooding + worth.spill > 0) found++;
        }
      }),
      { numRuns: 250 * FC_RUNS },
    );
    expect(found).toBeGreaterThan(50);
  });

  test("tells how far it is, and stops when it is asked to", () => {
    const network = loadNetwork(twin());
    const told: number[] = [];
    const rows = criticality(network, { onProgress: (done) => told.push(done) });
    expect(told).toEqual(rows.map((_, i) => i + 1));
    const reason = new Error("seen enough");
    const controller = new AbortController();
    const onProgress = () => {
      controller.abort(reason);
    };
    expect(() => criticality(network, { signal: controller.signal, onProgress })).toThrow(reason);
    expect(() => criticality(network, { signal: AbortSignal.abort(reason) })).toThrow(reason);
  });

  test("its figures are a screening's, over what is lost anyhow", () => {
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const network = loadNetwork(file);
        const base = dispatch(network, { state });
        const rows = criticality(network, { state });
        expect(rows.map(({ more: _more, worth: _worth, ...result }) => result)).toEqual(
          screenOutages(network, { state }),
        );
        for (const row of rows) {
          expect(row.more.flooding).toBe(value(row, "flooding") - value(base, "flooding"));
          expect(row.more.spill).toBe(value(row, "spill") - value(base, "spill"));
        }
      }),
      { numRuns: 30 * FC_RUNS },
    );
  });
});

describe("survival table", () => {
  const network = loadNetwork(twin());

  test("by hand", () => {
    // Without east: west takes 1 of 1.2. Without west: east's 1. At 1.5: 1.8 come, 1.35 from the north; both plants take 1 + 0.8.
    expect(survivalTable(network, { peak: 1.5 })).toEqual([
      { out: [], now: { inflow: 1.2, treated: 1.2, share: 1 }, peak: { inflow: 1.8, treated: 1.8, share: 1 } },
      {
        out: ["east"],
        now: { inflow: 1.2, treated: 1, share: 1 / 1.2 },
        peak: { inflow: 1.8, treated: 1, share: expect.closeTo(1 / 1.8, 12) as number },
      },
      {
        out: ["west"],
        now: { inflow: 1.2, treated: 1, share: 1 / 1.2 },
        peak: { inflow: 1.8, treated: 1, share: expect.closeTo(1 / 1.8, 12) as number },
      },
    ]);
    expect(survivalTable(network)[0]).toEqual({ out: [], now: { inflow: 1.2, treated: 1.2, share: 1 } });
  });

  test("what is treated is what isn't lost, whatever the policy weighs", () => {
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const city = loadNetwork(file);
        for (const { out, now } of survivalTable(city, { state })) {
          const plan = dispatch(city, { state, outages: out });
          const lost = [...plan.flooding, ...plan.spills].reduce((sum, { flow }) => sum + flow, 0);
          expect(now.treated).toBeCloseTo(now.inflow - lost, 9);
        }
      }),
      { numRuns: 60 * FC_RUNS },
    );
  });

  test("an outfall where spilling counts nothing takes nothing that could be treated", () => {
    const city = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "a", kind: "catchment", inflow: 1 },
        { id: "b", kind: "junction" },
        { id: "lake", kind: "outfall", weight: 0 },
        { id: "p", kind: "plant", capacity: 0.8 },
        { id: "z", kind: "plant", capacity: 0.6 },
      ],
      links: [
        { id: "far", kind: "conduit", from: "a", to: "b", capacity: 2 },
        { id: "into-p", kind: "conduit", from: "b", to: "p", capacity: 2 },
        { id: "into-z", kind: "conduit", from: "b", to: "z", capacity: 2 },
        { id: "weir", kind: "gate", from: "a", to: "lake", capacity: 2 },
      ],
    });
    expect(survivalTable(city).map(({ out, now }) => [...out, now.treated])).toEqual([[1], ["p", 0.6], ["z", 0.8]]);
  });

  test("what is equal now stands by what is left at the peak", () => {
    const uneven = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 1 },
        { id: "a", kind: "plant", capacity: 1 },
        { id: "z", kind: "plant", capacity: 3 },
      ],
      links: [
        { id: "to-a", kind: "conduit", from: "town", to: "a", capacity: 3 },
        { id: "to-z", kind: "conduit", from: "town", to: "z", capacity: 3 },
      ],
    });
    const table = survivalTable(uneven, { peak: 2 });
    expect(table.map(({ out, now, peak }) => [out[0], now.share, peak?.share])).toEqual([
      [undefined, 1, 1],
      ["z", 1, 0.5],
      ["a", 1, 1],
    ]);
  });

  test("a city without inflow treats all of it", () => {
    const rows = survivalTable(network, { state: { inflows: { north: 0, south: 0 } } });
    expect(rows.map(({ now }) => now.share)).toEqual([1, 1, 1]);
  });

  test.each([
    [{ peak: 0 }, "peak is 0"],
    [{ peak: "2" }, "peak is"],
    [{ peek: 2 }, 'Did you mean "peak"?'],
  ])("%o", (options, message) => {
    expect(() => survivalTable(network, options as SurvivalOptions)).toThrow(OptionError);
    expect(() => survivalTable(network, options as SurvivalOptions)).toThrow(message);
  });

  test("a network without plants treats nothing, and one without inflow all of it", () => {
    const pond = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [{ id: "pond", kind: "catchment", inflow: 2 }],
      links: [],
    });
    expect(survivalTable(pond, { peak: 3 })).toEqual([
      {
        out: [],
        now: { inflow: 2, treated: 0, share: 0 },
        peak: { inflow: 6, treated: 0, share: 0 },
      },
    ]);
  });

  test("a peak beyond what can be dispatched is told before anything is worked out", () => {
    const told: number[] = [];
    const call = () => survivalTable(network, { peak: 1e5, onProgress: (done) => told.push(done) });
    expect(call).toThrow(NetworkError);
    expect(call).toThrow("all inflows together are");
    expect(told).toEqual([]);
  });

  test("tells how far it is, and stops when it is asked to", () => {
    const told: [number, number][] = [];
    survivalTable(network, { peak: 1.5, onProgress: (...one) => told.push(one) });
    expect(told).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
    const controller = new AbortController();
    const reason = new Error("seen enough");
    let calls = 0;
    const onProgress = () => {
      if (++calls === 2) controller.abort(reason);
    };
    expect(() => survivalTable(network, { signal: controller.signal, onProgress })).toThrow(reason);
    expect(calls).toBe(2);
    expect(() => survivalTable(network, { signal: AbortSignal.abort(reason) })).toThrow(reason);
  });
});
