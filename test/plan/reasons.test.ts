import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { componentSolver } from "../../src/dispatch/component-solver.js";
import { movesOf, type MovesAbout } from "../../src/plan/reasons.js";
import { dispatch, loadNetwork, presentPlan, stateOf } from "../../src/index.js";
import { toQuanta } from "../../src/units/flow.js";
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

  test("a lock that can't be obeyed isn't what stops a pump that is out", () => {
    const { moves } = dispatch(city, { state: { setPoints: { lift: 0.2 }, locks: { lift: 0.4 }, out: ["lift"] } });
    expect(moves.map(({ id, to }) => [id, to])).toEqual([["lift", 0]]);
    expect(moves[0]!.why).not.toContain("lock");
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

describe("a pump that takes from many", () => {
  const reasonFor = (towns: number, language: "en" | "zh" = "en") => {
    const list = Array.from({ length: towns }, (_, i) => i + 1);
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        ...list.map((i) => ({ id: `t${i}`, kind: "catchment", inflow: i })),
        ...list.map((i) => ({ id: `own${i}`, kind: "plant", capacity: 9, treatmentCost: 1 })),
        { id: "hub", kind: "junction" },
        { id: "works", kind: "plant", capacity: 99 },
      ],
      links: [
        ...list.map((i) => ({ id: `a${i}`, kind: "conduit", from: `t${i}`, to: `own${i}`, capacity: 9 })),
        ...list.map((i) => ({ id: `b${i}`, kind: "conduit", from: `t${i}`, to: "hub", capacity: 9 })),
        { id: "lift", kind: "pump", from: "hub", to: "works", capacity: 99 },
      ],
    });
    const [move] = dispatch(network, {
      state: { setPoints: { lift: 0 } },
      policy: ["flooding", "cost"],
      language,
    }).moves;
    expect(move?.shifts.map(({ flow }) => flow)).toEqual([...list].reverse());
    return move?.why;
  };

  test("names the largest, and how much the others are together", () => {
    expect(reasonFor(6)).toBe(
      "6.000 m³/s from own6 to works, 5.000 m³/s from own5 to works, 4.000 m³/s from own4 to works, 6.000 m³/s in 3 smaller shifts",
    );
    expect(reasonFor(5, "zh")).toBe(
      "5.000 m³/s 由own5改至works，4.000 m³/s 由own4改至works，3.000 m³/s 由own3改至works，另有 2 项较小的调配，共 3.000 m³/s",
    );
  });

  test("names one more where there is one more", () => {
    expect(reasonFor(4)).toMatch(/1\.000 m³\/s from own1 to works$/);
  });
});

describe("against what happens if nobody acts", () => {
  /** Water at a goes by two pumps, both set to 0.6: to a plant, and round by b and a free main back to a. */
  const ring = loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      { id: "a", kind: "catchment", inflow: 1 },
      { id: "b", kind: "junction" },
      { id: "works", kind: "plant", capacity: 2 },
    ],
    links: [
      { id: "out", kind: "pump", from: "a", to: "works", capacity: 2 },
      { id: "round", kind: "pump", from: "a", to: "b", capacity: 1 },
      { id: "back", kind: "conduit", from: "b", to: "a", capacity: 1 },
    ],
  });

  /** Why each link moves from its set point, when it carries `flows` (m³/s; out, round) and carried `present` before. */
  const whys = (
    setPoints: Record<string, number>,
    present: readonly number[],
    flows: readonly number[],
    about: MovesAbout,
    language: "en" | "zh" = "en",
    availability: Record<string, number> = {},
  ) => {
    const { problem } = componentSolver(ring);
    problem.load(stateOf(ring, { state: { setPoints, availability } }));
    const arcs = ([out = 0, round = 0]: readonly number[]) => {
      const flow = new Float64Array(problem.tail.length);
      const set = (a: number | undefined, quanta: number) => {
        flow[a ?? -1] = quanta;
      };
      const quanta = [round, out, round].map((value) => toQuanta(value, "m3/s"));
      problem.links.forEach(({ forward }, i) => {
        set(forward[0], quanta[i] ?? 0);
      });
      set(problem.plants[0]?.arcs[0], toQuanta(out, "m3/s"));
      set(problem.flooding[0]?.arcs[0], toQuanta(1 - out, "m3/s"));
      return flow;
    };
    return movesOf(problem, arcs(present), arcs(flows), language, about).map(({ id, why }) => [id, why]);
  };

  test("what can't be is told from what is so anyway", () => {
    const set = { out: 0.9, round: 0.6 };
    expect(whys(set, [0.8, 0.6], [1, 0.6], { isIdle: true })).toEqual([
      ["out", "0.200 m³/s from flooding at a to works"],
    ]);
    expect(whys(set, [0.8, 0.6], [0.8, 0.6], { isIdle: true })).toEqual([
      ["out", "it carries this much even if nobody acts"],
    ]);
    expect(whys(set, [0.8, 0.6], [0.8, 0.6], { isIdle: true }, "zh")).toEqual([["out", "不作任何操作时流量亦如此"]]);
    expect(whys(set, [0.8, 0.6], [0.8, 0.6], {})).toEqual([
      ["out", "the set point can't be kept: the water isn't there or has no room"],
    ]);
    expect(whys({ out: 1.5 }, [1, 0], [1, 0], { isIdle: true }, "en", { out: 0.5 })).toEqual([
      ["out", "the set point can't be kept: the water isn't there or has no room"],
    ]);
  });

  test("what would go round in a circle is stopped", () => {
    const quanta = (value: number) => toQuanta(value, "m3/s");
    const circulation = [quanta(0.6), 0, quanta(0.6)];
    expect(whys({ round: 0.6 }, [1, 0], [1, 0], { circulation })).toEqual([
      ["round", "stops 0.600 m³/s that would go round in a circle"],
    ]);
    expect(whys({ round: 0.6 }, [1, 0], [1, 0], { circulation }, "zh")).toEqual([
      ["round", "停止 0.600 m³/s 的循环输送"],
    ]);
    expect(whys({ round: 0.8 }, [1, 0.2], [1, 0], { circulation })).toEqual([
      ["round", "stops 0.600 m³/s that would go round in a circle, 0.200 m³/s another way to where it went before"],
    ]);
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
      // As they are taken: no more than the file's capacity.
      const { setPoints } = stateOf(network, { state });
      const moved = plan.links.filter(
        (link) => Object.hasOwn(setPoints, link.id) && Math.abs(link.flow - setPoints[link.id]!) > 1e-12,
      );
      expect(plan.moves.map((move) => move.id)).toEqual(moved.map((link) => link.id));
    }),
    { numRuns: 300 },
  );
});
