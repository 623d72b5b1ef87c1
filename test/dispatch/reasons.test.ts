import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, presentPlan } from "../../src/index.js";
import { cityAndState, twin } from "../support/cities.js";

const city = loadNetwork(twin());
const state = { setPoints: { tie: 0, lift: 0, cso: 0 } };

describe("why a set point should change", () => {
  test("from which plant to which, and how much", () => {
    const { moves } = dispatch(city, { state });
    expect(moves).toEqual([
      {
        id: "lift",
        from: 0,
        to: 0.05,
        why: "0.050 m³/s from east to west",
        shifts: [{ from: "east", to: "west", flow: 0.05 }],
      },
      {
        id: "tie",
        from: 0,
        to: 0.25,
        why: "0.250 m³/s from east to west",
        shifts: [{ from: "east", to: "west", flow: 0.25 }],
      },
    ]);
  });

  test("in Chinese", () => {
    const [lift] = dispatch(city, { state, language: "zh" }).moves;
    expect(lift?.why).toBe("0.050 m³/s 由east改至west");
  });

  test("water that would flood or spill", () => {
    const { moves } = dispatch(city, { state, outages: ["east"] });
    expect(moves.find((move) => move.id === "tie")?.why).toBe("0.250 m³/s from flooding at north to west");
    expect(moves.find((move) => move.id === "cso")?.why).toBe("0.200 m³/s from flooding at north to spilling at river");
  });

  test("a set point that can't be kept anyway", () => {
    const [move] = dispatch(city, { state: { setPoints: { tie: 0.25 } }, outages: ["tie"] }).moves;
    expect(move).toMatchObject({ id: "tie", from: 0.25, to: 0, shifts: [] });
    expect(move?.why).toContain("can't be kept");
  });

  test("only another way", () => {
    // The tie is free and the lift costs: what is lifted should go through the tie, and no plant notices.
    const [lift, tie] = dispatch(city, { state: { setPoints: { tie: 0, lift: 0.25 }, inflows: { north: 0.8 } } }).moves;
    expect(lift?.why).toBe("0.250 m³/s another way to where it went before");
    expect(tie?.shifts).toEqual([]);
  });
});

test("shifts never exceed what the sinks gain and lose against keeping all set points", () => {
  fc.assert(
    fc.property(cityAndState, ({ file, state }) => {
      const network = loadNetwork(file);
      const plan = dispatch(network, { state });
      const present = presentPlan(network, { state });
      const taken = (of: typeof plan, id: string) =>
        [...of.plants.map((plant) => ({ id: plant.id, flow: plant.intake })), ...of.spills, ...of.flooding]
          .filter((sink) => sink.id === id)
          .reduce((sum, sink) => sum + sink.flow, 0);
      for (const move of plan.moves) {
        for (const { from, to, flow } of move.shifts) {
          expect(flow).toBeGreaterThan(0);
          if (from === to) continue; // A plant's node that floods instead of treating, or the other way round.
          expect(taken(present, from) + taken(plan, from)).toBeGreaterThan(0);
          expect(taken(plan, to)).toBeGreaterThan(0);
        }
      }
      const setPoints = state.setPoints ?? {};
      const moved = plan.links.filter(
        (link) => Object.hasOwn(setPoints, link.id) && Math.abs(link.flow - setPoints[link.id]!) > 1e-12,
      );
      expect(plan.moves.map((move) => move.id)).toEqual(moved.map((link) => link.id));
    }),
    { numRuns: 300 },
  );
});
