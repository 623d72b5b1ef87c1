import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { FlowProblem } from "../../src/problem/problem.js";
import { dispatch, explain, loadNetwork, stateOf } from "../../src/index.js";
import type { Finding, NetworkFile, State } from "../../src/index.js";
import { inOneFile, towns } from "../support/towns.js";
import { runs } from "../support/runs.js";

const found = (file: NetworkFile, state: State = {}) => {
  const network = loadNetwork(file);
  const plan = dispatch(network, { state });
  const findings = explain(network, stateOf(network, { state }), plan);
  const of = <K extends Finding["kind"]>(kind: K) =>
    findings.filter((one): one is Extract<Finding, { kind: K }> => one.kind === kind);
  return { plan, findings, of };
};

/** A town with a plant of its own. */
const town = (name: string, inflow: number, capacity: number): Pick<NetworkFile, "nodes" | "links"> => ({
  nodes: [
    { id: `${name} town`, kind: "catchment", inflow },
    { id: `${name} plant`, kind: "plant", capacity },
  ],
  links: [{ id: `${name} main`, kind: "conduit", from: `${name} town`, to: `${name} plant`, capacity: 1000 }],
});
const country = (...list: ReturnType<typeof town>[]): NetworkFile => ({
  units: { flow: "m3/s" },
  nodes: list.flatMap(({ nodes }) => nodes),
  links: list.flatMap(({ links }) => links),
});

describe("findings of several components", () => {
  test("are ranked together: the fullest plants and the largest losses first, whatever their names", () => {
    const { of } = found(country(town("a", 3, 10), town("b", 9, 10), town("c", 15, 10), town("d", 12, 10)));
    expect(of("loss").map(({ at }) => at)).toEqual([[{ id: "c town", flow: 5 }], [{ id: "d town", flow: 2 }]]);
    // What floods holds the plants of c and d full, and evening out decides on the others.
    expect(of("evenness").map(({ plants }) => plants[0]?.id)).toEqual(["b plant", "a plant"]);
    // More room in c relieves it: less floods in all.
    expect(of("bottleneck").map(({ id, gain }) => [id, gain.before, gain.after])).toEqual([
      ["c plant", 7, 6],
      ["d plant", 7, 6],
    ]);
  });

  test("say of a plant only that none stands lower where that is so of the whole network", () => {
    const { of } = found(country(town("low", 1, 10), town("high", 8, 10)));
    expect(of("evenness").map(({ plants, text }) => [plants[0]?.id, text.en])).toEqual([
      [
        "high plant",
        "high plant stands at 80.0 %: no way leads from there to plants that stand lower and could take more.",
      ],
      ["low plant", "low plant stands at 10.0 %: no plant that could take more stands lower."],
    ]);
  });

  test("are few, however many components there are, and count the rest", () => {
    const inflows = Array.from({ length: 40 }, (_, i) => 1 + i / 100);
    const dry = inflows.map((inflow, i) => town(`dry ${i}`, inflow, 2));
    const wet = inflows.map((inflow, i) => town(`wet ${i}`, inflow, 0.5));
    const { findings, of } = found(country(...dry, ...wet));
    expect(findings.length).toBeLessThan(60);
    expect(of("evenness").map(({ plants }) => plants[0]?.id)).toEqual(
      Array.from({ length: 12 }, (_, i) => `dry ${39 - i} plant`),
    );
    expect(of("loss").map(({ at }) => at[0]?.id)).toEqual(Array.from({ length: 12 }, (_, i) => `wet ${39 - i} town`));
    const rest = (kind: Finding["kind"]) => of("more").find((one) => one.of === kind)?.count;
    expect([rest("evenness"), rest("loss"), rest("bottleneck")]).toEqual([28, 28, 28]);
  });

  test("tell figures of the whole network", () => {
    let told = 0;
    fc.assert(
      fc.property(towns, (list) => {
        const { file, state } = inOneFile(list);
        const { plan, of } = found(file, state);
        const figure = (name: string) => {
          const value = plan.objectives.find((one) => one.name === name)?.value ?? NaN;
          return typeof value === "number" ? value : (value[0] ?? 0);
        };
        for (const { differences } of [...of("bottleneck"), ...of("alternative")]) {
          for (const { objective, before } of differences) expect(before).toBe(figure(objective));
          told += 1;
        }
      }),
      runs(40),
    );
    expect(told).toBeGreaterThan(20);
  });

  test("take a solve of each component, and more of it only of those concerned", () => {
    const pair: ReturnType<typeof town> = {
      nodes: [...town("x", 4, 10).nodes, ...town("y", 2, 10).nodes],
      links: [
        ...town("x", 4, 10).links,
        ...town("y", 2, 10).links,
        { id: "lift", kind: "pump", from: "x town", to: "y town", capacity: 5, energy: 0.1 },
      ],
    };
    const file = country(town("a", 3, 10), town("b", 9, 10), pair);
    const network = loadNetwork(file);
    const plan = dispatch(network);
    const load = vi.spyOn(FlowProblem.prototype, "load");
    const findings = explain(network, stateOf(network), plan);
    const solved = (load.mock.contexts as FlowProblem[]).map(({ network: { nodes } }) => nodes[0]?.id);
    vi.restoreAllMocks();
    const times = (id: string) => solved.filter((one) => one === id).length;
    expect(findings.some(({ kind }) => kind === "alternative")).toBe(true);
    expect(times("a plant")).toBe(1);
    // b has the fullest plant, which is tried with more capacity: solved to start from, and with it.
    expect(times("b plant")).toBe(3);
    // Evening out decides on something at x and y alone: cost first, and three tolerances.
    expect(times("x plant")).toBe(1 + 4);
  });
});
