import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatch, explain, loadNetwork, NetworkError, OptionError, prepare, stateOf } from "../../src/index.js";
import type { NetworkFile, Plan } from "../../src/index.js";
import { cityAndState, twin } from "../support/cities.js";
import { joined } from "../support/joined.js";
import { runs } from "../support/runs.js";

const cities = fc.oneof(joined, cityAndState);

describe("laws", () => {
  test("equal input gives equal findings, whatever was solved before, and the order of elements doesn't matter", () => {
    fc.assert(
      fc.property(cities, ({ file, state }) => {
        const network = loadNetwork(file);
        const full = stateOf(network, { state });
        const plan = dispatch(network, { state });
        const findings = explain(network, full, plan);
        expect(explain(network, full, plan)).toEqual(findings);
        const turned: NetworkFile = { ...file, nodes: [...file.nodes].reverse(), links: [...file.links].reverse() };
        expect(explain(loadNetwork(turned), full, plan)).toEqual(findings);
        // The same plan with another proof, found by mending an earlier one.
        const ready = prepare(network);
        ready.solve({ state: { ...state, inflows: {} }, outages: network.links.slice(0, 1).map(({ id }) => id) });
        const warm = ready.solve({ state }).plan();
        if (JSON.stringify(warm.plants) === JSON.stringify(plan.plants))
          expect(explain(network, full, warm)).toEqual(findings);
      }),
      runs(80),
    );
  });

  test("findings are plain data with a sentence in each language, few of each kind", () => {
    fc.assert(
      fc.property(cities, fc.constantFrom(0, 0.02), ({ file, state }, tolerance) => {
        const network = loadNetwork(file);
        const plan = dispatch(network, { state, tolerance });
        const findings = explain(network, stateOf(network, { state }), plan, { tolerance });
        expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
        const order = ["loss", "evenness", "held", "tolerance", "bottleneck", "headroom", "move", "alternative"];
        const places = findings.map((one) => order.indexOf(one.kind === "more" ? one.of : one.kind));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        for (const kind of order) expect(findings.filter((one) => one.kind === kind).length).toBeLessThanOrEqual(12);
        for (const { text } of findings) {
          expect(Object.keys(text)).toEqual(["en", "zh"]);
          expect(text.en).toMatch(/\S.*\.$/u);
          expect(text.zh).toMatch(/\S.*。$/u);
          for (const one of Object.values(text)) expect(one).not.toMatch(/undefined|NaN|Infinity|\[object|null/);
        }
      }),
      runs(200),
    );
  });
});

describe("refused", () => {
  const network = loadNetwork(twin());
  const state = { setPoints: { tie: 0, lift: 0 } };
  const plan = dispatch(network, { state });
  const refusal = (run: () => unknown) => {
    expect(run).toThrow(OptionError);
    expect(run).toThrow(/^the plan /);
  };

  test("a plan of another network", () => {
    const other = loadNetwork({ ...twin(), links: twin().links.slice(0, -1) });
    refusal(() => explain(other, state, plan));
  });

  test("a plan of another state", () => {
    refusal(() => explain(network, { ...state, inflows: { north: 0.8 } }, plan));
    refusal(() => explain(network, { setPoints: {} }, plan));
    refusal(() => explain(network, { ...state, out: ["lift"] }, plan));
  });

  test("a plan of another policy or tolerance", () => {
    refusal(() => explain(network, state, dispatch(network, { state, policy: ["cost", "balance"] })));
    refusal(() => explain(network, state, dispatch(network, { state, tolerance: 0.1 })));
    refusal(() => explain(network, state, plan, { tolerance: 0.1 }));
    refusal(() => explain(network, state, plan, { policy: ["flooding"] }));
  });

  test("a plan that was changed, and what is no plan", () => {
    const changed = (links: Plan["links"]): Plan => ({ ...plan, links });
    refusal(() => explain(network, state, changed(plan.links.map((one) => ({ ...one, flow: one.flow + 0.001 })))));
    refusal(() => explain(network, state, { ...plan, moves: [] }));
    refusal(() => explain(network, state, { ...plan, certificate: { components: [] } }));
    refusal(() => explain(network, state, {} as Plan));
  });

  test("a sound plan that is not the best and carries no proof", () => {
    const { certificate: _proof, ...held } = dispatch(network, { state, policy: ["flooding", "spill", "moves"] });
    const { certificate: _own, ...best } = plan;
    const objectives = plan.objectives.map(({ name }) => name);
    expect(objectives.length).toBeGreaterThan(held.objectives.length);
    refusal(() => explain(network, state, held));
    expect(explain(network, state, best)).toEqual(explain(network, state, plan));
  });

  test("options and states that don't fit", () => {
    expect(() => explain(network, state, plan, { tolerence: 0 } as object)).toThrow(/tolerance/);
    expect(() => explain(network, { out: ["weat"] }, plan)).toThrow(NetworkError);
    expect(() => explain(network, state, plan, { policy: ["security"] })).toThrow(OptionError);
    expect(() => explain({ ...network }, state, plan)).toThrow(NetworkError);
  });

  test("not a plan of another engine that comes to the same", () => {
    const other = dispatch(network, { state, engine: "javascript-lp-solver" });
    expect(explain(network, state, other)).toEqual(explain(network, state, plan));
  });
});
