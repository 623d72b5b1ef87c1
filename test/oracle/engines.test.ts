import fc from "fast-check";
import { expect, test } from "vitest";
import { dispatch, ENGINE_NAMES, loadNetwork } from "../../src/index.js";
import { cityAndState } from "../support/cities.js";

test("all engines agree in every objective", () => {
  fc.assert(
    fc.property(cityAndState, fc.constantFrom(0, 0.05), ({ file, state }, tolerance) => {
      const network = loadNetwork(file);
      const [one, ...others] = ENGINE_NAMES.map((engine) => dispatch(network, { state, engine, tolerance }));
      for (const other of others) {
        one!.objectives.forEach(({ name, value }, i) => {
          const theirs = other.objectives[i]!;
          expect(theirs.name).toBe(name);
          if (name === "balance" && tolerance > 0) return; // Within the tolerance they may differ.
          const [a, b] = [[value].flat(), [theirs.value].flat()];
          expect(b).toHaveLength(a.length);
          a.forEach((figure, k) => {
            expect(Math.abs(b[k]! - figure)).toBeLessThanOrEqual(1e-6 * Math.max(1, figure));
          });
        });
      }
    }),
    { numRuns: 300 * Number(process.env.FC_RUNS ?? 1) },
  );
});
