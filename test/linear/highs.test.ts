import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { certify, dispatch, loadHighs, loadNetwork, stateOf } from "../../src/index.js";
import { attempt, solve } from "../../src/linear/program.js";
import { cityAndState } from "../support/cities.js";

let highs: Awaited<ReturnType<typeof loadHighs>>;

beforeAll(async () => {
  highs = await loadHighs();
});

const row = (columns: number[], coefficients: number[], lower: number, upper: number) => ({
  columns,
  coefficients,
  lower,
  upper,
});

describe("outcomes", () => {
  test("an optimum, with bounds, an equality and a range", () => {
    // Least x0 + 2 x1 with x0 + x1 = 3, 0.5 ≤ x1 ≤ 2, −1 ≤ x0 − x1 ≤ 1.
    const program = {
      objective: [1, 2],
      lower: [0, 0.5],
      upper: [Infinity, 2],
      rows: [row([0, 1], [1, 1], 3, 3), row([0, 1], [1, -1], -1, 1)],
    };
    expect(solve(program, highs)).toEqual({ status: "optimal", x: Float64Array.from([2, 1]) });
  });

  test("no answer that is feasible, none that is bounded", () => {
    const program = { objective: [-1], lower: [0], upper: [Infinity], rows: [] };
    expect(solve(program, highs).status).toBe("unbounded");
    expect(solve({ ...program, rows: [row([0], [1], -2, -1)] }, highs).status).toBe("infeasible");
  });

  test("figures that it refuses by throwing give no answer that can be used, and it goes on", () => {
    const program = (coefficient: number) => ({
      objective: [1],
      lower: [0],
      upper: [5],
      rows: [row([0], [coefficient], 4, Infinity)],
    });
    expect(attempt(program(1e16), highs)).toEqual({ status: "unusable", fault: "column 0 is NaN" });
    expect(attempt(program(2), highs)).toEqual({ status: "optimal", x: Float64Array.of(2) });
  });

  test("figures keep all their digits", () => {
    const third = 1 / 3;
    const program = { objective: [1e-7], lower: [0], upper: [1e12], rows: [row([0], [1], third, Infinity)] };
    const answer = solve(program, highs);
    expect(answer.status === "optimal" && answer.x[0]).toBe(third);
  });
});

test("as an engine it agrees with the network engine in every objective", () => {
  fc.assert(
    fc.property(cityAndState, ({ file, state }) => {
      const network = loadNetwork(file);
      const [one, other] = [dispatch(network, { state }), dispatch(network, { state, engine: highs })];
      expect(other.engine).toBe("highs");
      expect(certify(network, stateOf(network, { state }), other)).toEqual({
        valid: true,
        optimal: false,
        problems: [],
      });
      one.objectives.forEach(({ name, value }, i) => {
        const theirs = other.objectives[i]!;
        expect(theirs.name).toBe(name);
        const [a, b] = [[value].flat(), [theirs.value].flat()];
        a.forEach((figure, k) => {
          expect(Math.abs(b[k]! - figure)).toBeLessThanOrEqual(1e-6 * Math.max(1, figure));
        });
      });
    }),
    { numRuns: 60 },
  );
});

test("on a whole city", () => {
  const read = (name: string) => readFileSync(new URL(`../../seeds/xinxiang/${name}`, import.meta.url), "utf8");
  const network = loadNetwork(read("network.json"));
  const state = stateOf(network, { state: JSON.parse(read("state.json")) as object });
  const plan = dispatch(network, { state, engine: highs });
  const shares = [369 / 460, 369 / 460, 0.6, 0.748, 0.748, 0.748];
  plan.plants.forEach((plant, i) => {
    expect(plant.utilisation).toBeCloseTo(shares[i]!, 8);
  });
});
