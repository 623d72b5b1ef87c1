import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { certify, dispatch, loadNetwork, prepare, stateOf } from "../../src/index.js";
import type { NetworkFile, Plan, Policy, State } from "../../src/index.js";
import { cityAndState } from "../support/cities.js";
import { FC_RUNS } from "../support/runs.js";

const figures = ({ certificate: _proof, ...plan }: Plan) => plan;

/** So much water that it floods as a rule. */
function wetter(file: NetworkFile, state: State, factor: number): State {
  const given = new Map(Object.entries(state.inflows ?? {}));
  const inflows = file.nodes.flatMap((node) =>
    node.kind === "catchment"
      ? [[node.id, Math.round((given.get(node.id) ?? node.inflow) * factor * 10) / 10] as const]
      : [],
  );
  return { ...state, inflows: Object.fromEntries(inflows) };
}

const policies: readonly Policy[] = [
  ["sharing"],
  ["sharing", "balance"],
  ["sharing", "flooding", "balance", "cost"],
  ["flooding", "sharing", "spill", "balance", "cost"],
  ["flooding", "balance", "sharing", "cost"],
  ["balance", "sharing", "cost"],
  ["flooding", "spill", "balance", "sharing", "surcharge", "cost", "moves"],
  ["flooding", "spill", "balance", "cost", "sharing"],
  ["balance", "cost", "moves", "sharing"],
];

describe("who floods, wherever the policy asks it", () => {
  test("is proved, the same from any file, and the same whatever was solved before", () => {
    let flooding = 0;
    fc.assert(
      fc.property(
        cityAndState,
        fc.constantFrom(...policies),
        fc.constantFrom(0, 0, 0.1),
        fc.nat(),
        ({ file, state }, policy, tolerance, which) => {
          const network = loadNetwork(file);
          const turned = loadNetwork({ ...file, nodes: [...file.nodes].reverse(), links: [...file.links].reverse() });
          const ids = [...file.nodes, ...file.links].map(({ id }) => id);
          const wet = wetter(file, state, 2.5);
          const options = { policy, ...(policy.includes("balance") && { tolerance }) };
          const ready = prepare(network, options);
          for (const now of [wet, state, { ...wet, out: [ids[which % ids.length]!] }, wet]) {
            const cold = dispatch(network, { state: now, ...options });
            const warm = ready.solve({ state: now }).plan();
            if (cold.flooding.length > 1) flooding++;
            expect(figures(warm)).toEqual(figures(cold));
            expect(figures(dispatch(turned, { state: now, ...options }))).toEqual(figures(cold));
            for (const plan of [cold, warm])
              expect(certify(network, stateOf(network, { state: now }), plan, options)).toMatchObject({
                problems: [],
                optimal: true,
              });
          }
        },
      ),
      { numRuns: 200 * FC_RUNS },
    );
    expect(flooding).toBeGreaterThan(200);
  });

  test.each<Policy>([
    ["balance", "sharing"],
    ["balance", "sharing", "cost"],
  ])("stays within the tolerance that plants are evened out with: %s, %s", (...policy) => {
    // By itself evenness leaves plants empty; within a tenth of their capacities, each takes what it may of its town.
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "east", kind: "catchment", inflow: 1 },
        { id: "west", kind: "catchment", inflow: 2 },
        { id: "lower", kind: "plant", capacity: 3 },
        { id: "upper", kind: "plant", capacity: 1 },
      ],
      links: [
        { id: "down", kind: "gate", from: "east", to: "lower", capacity: 3 },
        { id: "up", kind: "gate", from: "west", to: "upper", capacity: 3 },
      ],
    });
    const { plants, flooding } = dispatch(network, { policy, tolerance: 0.1 });
    expect(plants.map(({ id, intake }) => [id, intake])).toEqual([
      ["lower", 0.3],
      ["upper", 0.1],
    ]);
    expect(flooding).toEqual([
      { id: "east", flow: 0.7 },
      { id: "west", flow: 1.9 },
    ]);
  });
});
