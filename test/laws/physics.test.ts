import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certify, dispatch, loadNetwork, stateOf, type Plan } from "../../src/index.js";
import { flowOf, levelsOf, sharesOf, modelOf, valueOf, type Model } from "../support/model.js";
import { instances } from "../support/networks.js";
import { ENGINES, runs } from "../support/runs.js";

/** Every flow that a plan states. */
const flowsOf = (plan: Plan) => [
  ...plan.links.map(({ flow }) => flow),
  ...plan.plants.map(({ intake }) => intake),
  ...plan.spills.map(({ flow }) => flow),
  ...plan.flooding.map(({ flow }) => flow),
];

/** What is left at each node, quanta. */
function balances(model: Model, plan: Plan): number[] {
  const flow = flowOf(model, plan);
  const left = model.nodes.map((node, v) => node.inflow - flow.flooding[v]!);
  model.links.forEach((link, i) => {
    left[link.from]! -= flow.links[i]!;
    left[link.to]! += flow.links[i]!;
  });
  model.plants.forEach((plant, i) => (left[plant.node]! -= flow.plants[i]!));
  model.outfalls.forEach((end, i) => (left[end.node]! -= flow.outfalls[i]!));
  return left;
}

describe.each(ENGINES)("engine %s", (engine) => {
  const law = (name: string, most: number, holds: (plan: Plan, model: Model) => void) => {
    test(name, () => {
      fc.assert(
        fc.property(instances(), fc.constantFrom(0, 0, 0.05), ({ file, state }, tolerance) => {
          const network = loadNetwork(file);
          holds(dispatch(network, { state, engine, tolerance }), modelOf(network, state));
        }),
        runs(most, engine),
      );
    });
  };

  test("a plan passes its check", () => {
    fc.assert(
      fc.property(instances(), fc.constantFrom(0, 0, 0.05), ({ file, state }, tolerance) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state, engine, tolerance });
        expect(certify(network, state, plan).problems).toEqual([]);
        expect(certify(network, stateOf(network, { state }), plan)).toMatchObject({ valid: true, problems: [] });
      }),
      runs(200, engine),
    );
  });

  law("flows are whole quanta, and every node balances to the last one", 300, (plan, model) => {
    for (const flow of flowsOf(plan)) {
      const quanta = flow * model.quantum;
      expect(Math.abs(quanta - Math.round(quanta))).toBeLessThan(1e-3);
    }
    expect(balances(model, plan).filter((left) => left !== 0)).toEqual([]);
  });

  law("nothing runs above its capacity, or where something is out", 300, (plan, model) => {
    const flow = flowOf(model, plan);
    model.links.forEach((link, i) => {
      expect(flow.links[i], link.id).toBeGreaterThanOrEqual(link.low);
      expect(flow.links[i], link.id).toBeLessThanOrEqual(link.high);
    });
    model.plants.forEach((plant, i) => {
      expect(flow.plants[i], plant.id).toBeGreaterThanOrEqual(0);
      expect(flow.plants[i], plant.id).toBeLessThanOrEqual(plant.capacity);
    });
    model.outfalls.forEach((end, i) => {
      expect(flow.outfalls[i], end.id).toBeGreaterThanOrEqual(0);
      expect(flow.outfalls[i], end.id).toBeLessThanOrEqual(end.capacity);
    });
    model.nodes.forEach((node, v) => {
      expect(flow.flooding[v], node.id).toBeGreaterThanOrEqual(0);
      if (!node.canFlood) expect(flow.flooding[v], node.id).toBe(0);
    });
  });

  law("what a plan says of itself follows from its flows", 300, (plan, model) => {
    const flow = flowOf(model, plan);
    const inUnit = (m3s: number) => (m3s * model.perM3s) / model.quantum;
    const close = (found: number, expected: number, what: string) => {
      expect(Math.abs(found - expected), `${what}: ${found}, expected ${expected}`).toBeLessThanOrEqual(
        1e-9 * Math.max(Math.abs(expected), 1e-3),
      );
    };
    const { isFlooding, isSpilling, isSurcharged } = {
      isFlooding: valueOf(model, flow, "flooding") > 0,
      isSpilling: flow.outfalls.some((spill) => spill > 0),
      isSurcharged: model.links.some((link, i) => Math.abs(flow.links[i]!) > link.target),
    };
    expect(plan.status).toBe(
      isFlooding ? "flooding" : isSpilling ? "spilling" : isSurcharged ? "surcharged" : "normal",
    );
    expect(plan.objectives.map(({ name }) => name)).toEqual([
      "flooding",
      "spill",
      "starved",
      "surcharge",
      "balance",
      "cost",
      "moves",
      "sharing",
    ]);
    for (const objective of plan.objectives) {
      if (objective.name === "balance" || objective.name === "sharing") {
        const { name } = objective;
        const levels = (name === "balance" ? levelsOf : sharesOf)(model, flow).sort((a, b) => b - a);
        expect(objective.value).toHaveLength(levels.length);
        levels.forEach((level, k) => {
          close(objective.value[k]!, level, `${name}[${k}]`);
        });
      } else {
        const value = valueOf(model, flow, objective.name);
        close(objective.value, objective.name === "cost" ? value : inUnit(value), objective.name);
        expect(objective.unit).toBe(objective.name === "cost" ? "money/h" : plan.units.flow);
      }
    }
    model.plants.forEach((plant, i) => {
      const row = plan.plants.find(({ id }) => id === plant.id)!;
      const intake = flow.plants[i]!;
      close(row.available, plant.capacity / model.quantum, "available");
      close(row.utilisation, plant.capacity > 0 ? intake / plant.capacity : 0, "utilisation");
      close(row.headroom, (plant.capacity - intake) / model.quantum, "headroom");
    });
    model.links.forEach((link, i) => {
      const row = plan.links.find(({ id }) => id === link.id)!;
      const most = flow.links[i]! < 0 ? -link.low : link.high;
      close(row.utilisation, most > 0 ? Math.abs(flow.links[i]!) / most : 0, "utilisation");
      close(row.aboveTarget, Math.max(0, Math.abs(flow.links[i]!) - link.target) / model.quantum, "aboveTarget");
    });
    const moved = model.links.filter((link, i) => link.setPoint !== undefined && flow.links[i] !== link.setPoint);
    expect(plan.moves.map(({ id }) => id).sort()).toEqual(moved.map(({ id }) => id).sort());
    for (const move of plan.moves) {
      const i = model.links.findIndex(({ id }) => id === move.id);
      close(move.from, model.links[i]!.setPoint! / model.quantum, "from");
      close(move.to, flow.links[i]! / model.quantum, "to");
      expect(move.why).not.toBe("");
    }
  });
});
