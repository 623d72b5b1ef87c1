import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY, dispatch, loadNetwork, type EngineName, type Plan, type Policy } from "../../src/index.js";
import {
  flowOf,
  levelsOf,
  sharesOf,
  withCirculation,
  modelOf,
  valueOf,
  type LinearName,
  type Model,
} from "../support/model.js";
import { instances, type Instance } from "../support/networks.js";
import { ENGINES, runs } from "../support/runs.js";
import { linearOracle, type Optimum } from "./linear-oracle.js";
import { policies } from "./policies.js";

let oracle: Awaited<ReturnType<typeof linearOracle>>;

beforeAll(async () => {
  oracle = await linearOracle();
});

/** Values of the steps of a policy, recomputed from the plan's flows. */
function stepsOf(model: Model, plan: Plan, policy: Policy): (number | number[])[] {
  const told = flowOf(model, plan);
  const flow = { ...withCirculation(told), circulation: told.circulation.map(() => 0) };
  return policy.map((entry) => {
    if (entry === "balance") return levelsOf(model, flow).sort((a, b) => b - a);
    if (entry === "sharing") return sharesOf(model, flow).sort((a, b) => b - a);
    if (typeof entry === "string") return valueOf(model, flow, entry);
    const weights = Object.entries(entry) as [LinearName, number][];
    return weights.reduce((sum, [name, weight]) => sum + weight * valueOf(model, flow, name), 0);
  });
}

/** What the programs' tolerance (relative to all inflow) and whole quanta (some per element) may make of a step's value. */
function slackOf(model: Model, entry: Policy[number], relative: number): number {
  const rates: Record<LinearName, readonly number[]> = {
    flooding: model.nodes.map((node) => node.floodWeight),
    spill: model.outfalls.map((end) => end.weight),
    starved: [],
    surcharge: model.links.map((link) => link.weight),
    cost: [...model.links, ...model.plants].map((part) => part.price * 3600),
    moves: [],
  };
  const weights = typeof entry === "string" ? [[entry, 1]] : Object.entries(entry);
  const rate = (weights as [LinearName, number][]).reduce(
    (sum, [name, weight]) => sum + weight * Math.max(1, ...rates[name]),
    0,
  );
  const quanta = relative * model.inflow + 2 * (model.links.length + model.plants.length);
  return (rate * quanta) / model.perM3s;
}

function expectSame(
  model: Model,
  plan: Plan,
  policy: Policy,
  optimum: Optimum,
  { balance }: { balance: boolean },
): void {
  // What a step of another policy lets slip, at a high rate, can be much to a later one.
  const relative = policy === DEFAULT_POLICY ? 1e-7 : 1e-5;
  stepsOf(model, plan, policy).forEach((found, i) => {
    const [expected, step] = [optimum.steps[i]!, JSON.stringify(policy[i])];
    if (typeof found === "number") {
      const slack = 1e-6 * Math.abs(expected as number) + slackOf(model, policy[i]!, relative);
      expect(Math.abs(found - (expected as number)), `${step}: ${found}, expected ${String(expected)}`).toBeLessThan(
        slack,
      );
    } else if (balance) {
      expect(found).toHaveLength((expected as number[]).length);
      const sizes =
        policy[i] === "sharing"
          ? model.nodes.map((node) => node.inflow)
          : model.plants.map((plant) => plant.capacity * plant.weight);
      const quantum = Math.max(...sizes.map((size) => (size > 0 ? 4 / size : 0)));
      found.forEach((level, k) => {
        const other = (expected as number[])[k]!;
        expect(Math.abs(level - other), `${step}[${k}]: ${level}, expected ${other}`).toBeLessThan(
          20 * relative + quantum,
        );
      });
    }
  });
}

function check(engine: EngineName, { file, state }: Instance, policy: Policy, tolerance: number): void {
  const network = loadNetwork(file);
  const model = modelOf(network, state);
  const plan = dispatch(network, { state, engine, policy, tolerance });
  const optimum = oracle(model, policy, tolerance);
  expectSame(model, plan, policy, optimum, { balance: tolerance === 0 });
  if (tolerance === 0) return;
  const flow = flowOf(model, plan);
  model.plants.forEach((plant, i) => {
    const level = optimum.levels[i];
    if (level === undefined) return;
    const away = Math.abs(flow.plants[i]! / plant.capacity - level * plant.weight);
    expect(away, plant.id).toBeLessThan(tolerance + 2e-5 * plant.weight + 4 / plant.capacity);
  });
}

describe.each(ENGINES)("engine %s against linear programs", (engine) => {
  test("all objectives", () => {
    fc.assert(
      fc.property(instances(), (instance) => {
        check(engine, instance, DEFAULT_POLICY, 0);
      }),
      runs(120, engine),
    );
  });

  test("all objectives of larger networks", () => {
    fc.assert(
      fc.property(instances({ minNodes: 30, maxNodes: 60 }), (instance) => {
        check(engine, instance, DEFAULT_POLICY, 0);
      }),
      runs(12, engine),
    );
  });

  test("within a tolerance of even plants", () => {
    fc.assert(
      fc.property(instances(), fc.constantFrom(0.02, 0.1, 0.5, 1), (instance, tolerance) => {
        check(engine, instance, DEFAULT_POLICY, tolerance);
      }),
      runs(60, engine),
    );
  });

  test("other policies", () => {
    fc.assert(
      fc.property(instances({ maxNodes: 15 }), policies, fc.constantFrom(0, 0, 0.05), (instance, policy, tolerance) => {
        check(engine, instance, policy, tolerance);
      }),
      runs(90, engine),
    );
  });
});
