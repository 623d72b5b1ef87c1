import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certify, dispatch, loadNetwork, NetworkError, OptionError, stateOf } from "../../src/index.js";
import type { Plan } from "../../src/index.js";
import { cityAndState, twin } from "../support/cities.js";

const city = loadNetwork(twin());
const state = { setPoints: { tie: 0, lift: 0, cso: 0 } };

type Draft = {
  -readonly [K in keyof Plan]: Plan[K] extends readonly (infer T)[] ? { -readonly [P in keyof T]: T[P] }[] : Plan[K];
};
const draft = (plan: Plan) => structuredClone(plan) as Draft;

/** The problems of the plan after a change. */
function problemsAfter(change: (plan: Draft) => void, of = state): readonly string[] {
  const plan = draft(dispatch(city, { state: of }));
  expect(certify(city, of, plan as Plan)).toEqual({ valid: true, optimal: true, problems: [] });
  change(plan);
  const { valid, problems } = certify(city, of, plan);
  expect(valid).toBe(problems.length === 0);
  return problems;
}

describe("a plan that was changed is refused", () => {
  test.each<[what: string, change: (plan: Draft) => void, problem: string]>([
    ["a flow", (plan) => (plan.links[0]!.flow += 1e-10), 'balance at "'],
    ["an intake", (plan) => (plan.plants[0]!.intake += 0.01), 'balance at "east"'],
    ["a spill", (plan) => (plan.spills[0]!.flow = 0.1), 'balance at "river"'],
    ["a flood that isn't there", (plan) => plan.flooding.push({ id: "north", flow: 0.1 }), 'balance at "north"'],
    ["a flood of nothing", (plan) => plan.flooding.push({ id: "north", flow: 0 }), "doesn't flood"],
    ["what is available", (plan) => (plan.plants[0]!.available = 2), "available"],
    ["a headroom", (plan) => (plan.plants[0]!.headroom = 0), "headroom"],
    ["a plant's utilisation", (plan) => (plan.plants[0]!.utilisation = 0.5), "utilisation"],
    ["a link's utilisation", (plan) => (plan.links[0]!.utilisation = 0.5), "utilisation"],
    ["a surcharge", (plan) => (plan.links[0]!.aboveTarget = 0.5), "above its target"],
    ["the status", (plan) => (plan.status = "spilling"), 'the flows make it "normal"'],
    ["the unit", (plan) => (plan.units = { flow: "m3/d" }), "the plan is in"],
    ["a move's end", (plan) => (plan.moves[0]!.to = 0.1), "move of"],
    ["a move's start", (plan) => (plan.moves[0]!.from = 0.1), "move of"],
    ["a missing move", (plan) => plan.moves.pop(), "moves don't list"],
    ["a move of what stays", (plan) => plan.moves.push({ ...plan.moves[0]!, id: "cso" }), "doesn't leave a set point"],
    ["a move of nothing known", (plan) => plan.moves.push({ ...plan.moves[0]!, id: "x" }), "no link of the network"],
    ["a missing link", (plan) => plan.links.pop(), "doesn't list"],
    ["a link listed twice", (plan) => plan.links.push(plan.links[0]!), "twice"],
    ["a plant that isn't one", (plan) => (plan.plants[0]!.id = "north"), "doesn't belong there"],
    ["an objective twice", (plan) => plan.objectives.push(plan.objectives[0]!), "occurs twice"],
    ["a figure that isn't one", (plan) => (plan.links[0]!.flow = NaN), "links[0].flow"],
  ])("%s", (_what, change, problem) => {
    expect(problemsAfter(change).join("\n")).toContain(problem);
  });

  test.each(["flooding", "spill", "starved", "surcharge", "balance", "cost", "moves"])("the value of %s", (name) => {
    const problems = problemsAfter((plan) => {
      const objective = plan.objectives.find((one) => one.name === name)!;
      objective.value = typeof objective.value === "number" ? objective.value + 1e-4 : [0.7, 0.5];
    });
    expect(problems.join("\n")).toContain(`objective "${name}"`);
  });

  test("flows round a loop that balance everywhere still have to be within bounds", () => {
    // The tie and the lift join the same nodes: what goes one way round changes no balance.
    const problems = problemsAfter((plan) => {
      const flow = (id: string) => plan.links.find((link) => link.id === id)!;
      flow("tie").flow += 0.25;
      flow("lift").flow -= 0.25;
    });
    expect(problems.join("\n")).toContain("out of its bounds");
  });
});

test("whatever isn't shaped like a plan isn't valid, and nothing is thrown", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(certify(city, {}, value as Plan).valid).toBe(false);
    }),
  );
});

test("a network or state that isn't valid is the caller's mistake", () => {
  const plan = dispatch(city);
  expect(() => certify(twin() as never, {}, plan)).toThrow(NetworkError);
  expect(() => certify(city, { out: ["nobody"] }, plan)).toThrow(NetworkError);
});

test("options that aren't any are the caller's mistake", () => {
  const plan = dispatch(city);
  expect(() => certify(city, {}, plan, { tolerence: 0 } as never)).toThrow(OptionError);
  // Only with outages is there something to be secure against.
  const policy = ["flooding", "security"] as const;
  expect(() => certify(city, {}, plan, { policy })).toThrow(OptionError);
  expect(certify(city, {}, plan, { policy, secure: ["east"] }).problems).toEqual([
    "the certificate is for another policy",
  ]);
});

test("a plan for another state isn't valid", () => {
  const plan = dispatch(city);
  expect(certify(city, { out: ["east"] }, plan).valid).toBe(false);
  expect(certify(city, { inflows: { north: 0.91 } }, plan).valid).toBe(false);
  expect(certify(city, { availability: { tie: 0.5 } }, plan).valid).toBe(false);
});

test("a changed flow, intake or spill of any plan of any network is refused", () => {
  fc.assert(
    fc.property(cityAndState, fc.nat(), fc.integer({ min: -5, max: 5 }), ({ file, state }, which, quanta) => {
      fc.pre(quanta !== 0);
      const network = loadNetwork(file);
      const plan = draft(dispatch(network, { state }));
      const full = stateOf(network, { state });
      expect(certify(network, full, plan as Plan).problems).toEqual([]);
      const places = [
        ...plan.links.map((row) => (by: number) => void (row.flow += by)),
        ...plan.plants.map((row) => (by: number) => void (row.intake += by)),
        ...[...plan.spills, ...plan.flooding].map((row) => (by: number) => void (row.flow += by)),
      ];
      fc.pre(places.length > 0);
      places[which % places.length]!(quanta / 86_400_000_000);
      expect(certify(network, full, plan as Plan).valid).toBe(false);
    }),
    { numRuns: 300 },
  );
});
