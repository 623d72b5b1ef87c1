/** Every engine against the network engine, whose plans prove themselves. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  certify,
  DEFAULT_POLICY,
  dispatch,
  ENGINE_NAMES,
  loadHighs,
  loadNetwork,
  stateOf,
  OptionError,
  type DispatchOptions,
  type Network,
  type NetworkFile,
  type Plan,
  type Policy,
  type PrepareOptions,
} from "../../src/index.js";
import { cityAndState } from "../support/cities.js";
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
import { FC_RUNS } from "../support/runs.js";
import { policies } from "./policies.js";

const OTHERS: Record<string, PrepareOptions["engine"]> = Object.fromEntries(
  ENGINE_NAMES.filter((name) => name !== "network").map((name) => [name, name]),
);
const NAMES = [...Object.keys(OTHERS), "highs"];

beforeAll(async () => {
  OTHERS.highs = await loadHighs();
});

/** The values of the steps of a policy, recomputed from the plan's flows. */
function stepsOf(model: Model, plan: Plan, policy: Policy): (number | readonly number[])[] {
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

/** The largest rate per quantum at which a step of a policy counts water. */
function rateOf(model: Model, entry: Policy[number]): number {
  const rates: Record<string, readonly number[]> = {
    flooding: model.nodes.map((node) => node.floodWeight),
    spill: model.outfalls.map((end) => end.weight),
    starved: [1],
    surcharge: model.links.map((link) => link.weight),
    cost: [...model.links, ...model.plants].map((part) => part.price * 3600),
    moves: [1],
  };
  const weights = typeof entry === "string" ? [[entry, 1] as const] : Object.entries(entry);
  const rate = weights.reduce((sum, [name, weight]) => sum + weight * Math.max(0, ...rates[name]!), 0);
  return rate / model.perM3s;
}

/** Weights may be refused: costs further apart than numbers hold. */
function planOrRefusal(network: Network, options: DispatchOptions): Plan | string {
  try {
    return dispatch(network, options);
  } catch (reason) {
    if (reason instanceof OptionError) return reason.message;
    throw reason;
  }
}

/**
 * The values agree to the rounding of doubles. Evening out may leave a quantum at one plant or another; what comes after it may
 * differ by what such a quantum is worth on a way through the network.
 */
function expectSame({ file, state }: Instance, policy: Policy, tolerance: number, name: string): void {
  const network = loadNetwork(file);
  const model = modelOf(network, state);
  const given = { state, policy, tolerance };
  const proved = planOrRefusal(network, given);
  const plan = planOrRefusal(network, { ...given, engine: OTHERS[name]! });
  if (typeof plan === "string" || typeof proved === "string") {
    expect(plan).toBe(proved);
    return;
  }
  expect(certify(network, stateOf(network, { state }), plan)).toEqual({ valid: true, optimal: false, problems: [] });
  const right = stepsOf(model, proved, policy);
  let spare = 0;
  stepsOf(model, plan, policy).forEach((found, i) => {
    const [entry, expected] = [policy[i]!, right[i]!];
    const step = `${name}, ${JSON.stringify(entry)}`;
    if (typeof found === "number") {
      const slack =
        rateOf(model, entry) * (1e-12 * model.inflow + spare * model.links.length) + 1e-10 * (expected as number);
      expect(Math.abs(found - (expected as number)), `${step}: ${found}, not ${String(expected)}`).toBeLessThanOrEqual(
        slack,
      );
      return;
    }
    const sizes =
      entry === "sharing"
        ? model.nodes.map((node) => node.inflow)
        : model.plants.map((plant) => plant.capacity * plant.weight);
    const compared = sizes.filter((size) => size > 0);
    spare += 2 * compared.length;
    expect(found).toHaveLength(compared.length);
    // Within the tolerance they may differ, and with them whatever comes after.
    if (tolerance > 0) return;
    const quantum = Math.max(0, ...compared.map((size) => (2 + (entry === "sharing" ? spare : 0)) / size));
    found.forEach((level, k) => {
      const other = (expected as readonly number[])[k]!;
      expect(Math.abs(level - other), `${step}[${k}]: ${level}, not ${other}`).toBeLessThanOrEqual(
        quantum + 1e-12 * other,
      );
    });
  });
}

/** Multiplies each figure of a network by a power of ten of its own, up to 10^`reach` either way. */
function stretch({ file, state }: Instance, exponents: readonly number[], reach: number): Instance {
  let next = 0;
  const by = (value: number) => {
    const stretched = value * 10 ** (reach * exponents[next++ % exponents.length]!);
    return Math.min(1000, Math.round(stretched * 1e9) / 1e9);
  };
  const { nodes, links, ...rest } = structuredClone(file);
  for (const node of nodes) {
    if (node.kind === "catchment") node.inflow = by(node.inflow);
    if (node.kind === "outfall") node.weight = by(node.weight ?? 1);
    if (node.kind !== "plant") continue;
    node.capacity = by(node.capacity);
    node.minFlow = Math.min(node.capacity, by(node.minFlow ?? 0));
    node.treatmentCost = by(node.treatmentCost ?? 0);
    node.weight = Math.max(0.001, by(node.weight ?? 1));
  }
  const setPoints: Record<string, number> = {};
  for (const link of links) {
    link.capacity = by(link.capacity);
    if (link.kind === "gate") link.reverseCapacity = by(link.reverseCapacity ?? 0);
    if (link.target !== undefined) link.target = Math.min(link.capacity, by(link.target));
    link.energy = by(link.energy ?? 0);
    link.weight = by(link.weight ?? 1);
    const present = state.setPoints?.[link.id];
    if (present !== undefined) setPoints[link.id] = Math.min(link.capacity, Math.max(0, by(present)));
  }
  const inflows = Object.fromEntries(Object.entries(state.inflows ?? {}).map(([id, flow]) => [id, by(flow ?? 0)]));
  return { file: { ...rest, nodes, links }, state: { ...state, inflows, setPoints } };
}

const exponents = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    fc.noBias(fc.integer({ min: -1000, max: 1000 })).map((n) => n / 1000),
  ),
  { minLength: 40, maxLength: 40 },
);
const tolerances = fc.constantFrom(0, 0, 0.05, 0.096, 0.37);
const any = fc.oneof(cityAndState, instances({ maxNodes: 20 }));
const few = (most: number) => ({ numRuns: Math.max(1, Math.round(most * FC_RUNS)) });

describe.each(NAMES)("%s agrees in every objective", (name) => {
  test("of the default policy", () => {
    fc.assert(
      fc.property(any, tolerances, ({ file, state }, tolerance) => {
        expectSame({ file, state }, DEFAULT_POLICY, tolerance, name);
      }),
      few(60),
    );
  });

  test("of other policies", () => {
    fc.assert(
      fc.property(any, policies, tolerances, ({ file, state }, policy, tolerance) => {
        expectSame({ file, state }, policy, tolerance, name);
      }),
      few(60),
    );
  });

  test("with figures that no two of are of one size", () => {
    fc.assert(
      fc.property(any, policies, tolerances, exponents, (given, policy, tolerance, by) => {
        expectSame(stretch(given, by, 6), policy, tolerance, name);
      }),
      few(240),
    );
  });

  test.each<[what: string, file: NetworkFile, state: Instance["state"], policy: Policy, tolerance?: number]>([
    [
      "a plant of less than a litre a day beside one that weighs a thousandfold",
      {
        units: { flow: "L/s" },
        nodes: [
          { id: "town", kind: "catchment", inflow: 2 },
          { id: "big", kind: "plant", capacity: 240, weight: 1000 },
          { id: "tiny", kind: "plant", capacity: 0.00001 },
        ],
        links: [{ id: "gate", kind: "gate", from: "tiny", to: "town", capacity: 0, reverseCapacity: 2 }],
      },
      {},
      DEFAULT_POLICY,
    ],
    [
      "ratings beyond 2^53 together",
      {
        units: { flow: "m3/s" },
        nodes: [
          { id: "one", kind: "catchment", inflow: 0.05 },
          { id: "two", kind: "catchment", inflow: 2 },
          { id: "big", kind: "plant", capacity: 150, weight: 1000 },
          { id: "mid", kind: "plant", capacity: 0.06 },
          { id: "small", kind: "plant", capacity: 0.002 },
        ],
        links: [
          { id: "a", kind: "conduit", from: "one", to: "mid", capacity: 10 },
          { id: "b", kind: "conduit", from: "one", to: "small", capacity: 10 },
          { id: "c", kind: "conduit", from: "two", to: "big", capacity: 10 },
        ],
      },
      {},
      DEFAULT_POLICY,
    ],
    [
      "the most that is held exactly, and as little as is held at all",
      {
        units: { flow: "m3/s" },
        nodes: [
          { id: "town", kind: "catchment", inflow: 13000 },
          { id: "big", kind: "plant", capacity: 12999, weight: 1000 },
          { id: "tiny", kind: "plant", capacity: 1e-10, weight: 0.001, treatmentCost: 1e6 },
          { id: "sea", kind: "outfall", weight: 1e9 },
        ],
        links: [
          { id: "a", kind: "conduit", from: "town", to: "big", capacity: 1e300 },
          { id: "b", kind: "pump", from: "town", to: "tiny", capacity: 1e-9, energy: 1e6, target: 1e-10 },
          { id: "c", kind: "gate", from: "town", to: "sea", capacity: 1, reverseCapacity: 0 },
        ],
      },
      { setPoints: { b: 1e-9 } },
      ["balance", { cost: 1, flooding: 1e3 }, "surcharge", "spill"],
    ],
    [
      "set points where nothing flows in",
      {
        units: { flow: "m3/s" },
        nodes: [
          { id: "town", kind: "catchment", inflow: 0 },
          { id: "ring", kind: "junction" },
          { id: "plant", kind: "plant", capacity: 1 },
        ],
        links: [
          { id: "there", kind: "pump", from: "town", to: "ring", capacity: 900 },
          { id: "back", kind: "pump", from: "ring", to: "town", capacity: 700 },
        ],
      },
      { setPoints: { there: 800, back: 650 } },
      [{ moves: 1, starved: 0.01 }],
    ],
  ])("%s", (_what, file, state, policy, tolerance = 0) => {
    expectSame({ file, state }, policy, tolerance, name);
  });
});

test.each([
  ["can't be used", { status: "optimal", x: new Float64Array() }],
  ["says that there is none", { status: "infeasible" }],
  ["says that there is no end", { status: "unbounded" }],
] as const)("an answer that %s changes nothing, and whole numbers find the optimum alone", (_what, answer) => {
  OTHERS.none = { name: "none", solve: () => answer };
  fc.assert(
    fc.property(any, policies, tolerances, (given, policy, tolerance) => {
      expectSame(given, policy, tolerance, "none");
    }),
    few(20),
  );
});
