import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { javascriptLpSolver } from "../../src/linear/javascript-lp-solver.js";
import { solve, type LinearProgram, type Row } from "../../src/linear/program.js";

const run = (program: LinearProgram) => solve(program, javascriptLpSolver);
const row = (coefficients: number[], lower: number, upper: number): Row => ({
  columns: coefficients.map((_, j) => j),
  coefficients,
  lower,
  upper,
});

function optimum(program: LinearProgram): number[] {
  const answer = run(program);
  expect(answer.status).toBe("optimal");
  return answer.status === "optimal" ? [...answer.x] : [];
}

const close = (expected: number[]) => expected.map((value) => expect.closeTo(value, 7) as number);

test("its name is the one that plans carry", () => {
  expect(javascriptLpSolver.name).toBe("javascript-lp-solver");
});

test("a small program by hand", () => {
  // max 3x + 2y: x + y ≤ 4, x + 3y ≤ 6, x ≤ 3
  const program = {
    objective: [-3, -2],
    lower: [0, 0],
    upper: [3, Infinity],
    rows: [row([1, 1], -Infinity, 4), row([1, 3], -Infinity, 6)],
  };
  expect(optimum(program)).toEqual(close([3, 1]));
});

describe("infeasible", () => {
  test.each<[name: string, program: LinearProgram]>([
    ["rows against each other", { objective: [1], lower: [0], upper: [9], rows: [row([1], 5, 9), row([1], 0, 4)] }],
    ["a row against bounds", { objective: [1, 1], lower: [0, 0], upper: [1, 1], rows: [row([1, 1], 3, 3)] }],
    ["an equality that can't be", { objective: [0], lower: [0], upper: [9], rows: [row([1], -1, -1)] }],
    ["a row of fixed columns", { objective: [1], lower: [2], upper: [2], rows: [row([1], 3, 9)] }],
    ["a row without columns", { objective: [1], lower: [0], upper: [2], rows: [row([], 1, 2)] }],
    ["a row of zeros", { objective: [1], lower: [0], upper: [2], rows: [row([0], -3, -2)] }],
    ["without any column", { objective: [], lower: [], upper: [], rows: [row([], 1, Infinity)] }],
  ])("%s", (_name, program) => {
    expect(run(program)).toEqual({ status: "infeasible" });
  });
});

describe("unbounded", () => {
  test.each<[name: string, program: LinearProgram]>([
    ["without a row", { objective: [-1], lower: [0], upper: [Infinity], rows: [] }],
    ["along a row", { objective: [-1, 0], lower: [0, 0], upper: [Infinity, Infinity], rows: [row([1, -1], 0, 0)] }],
    ["from a lower bound", { objective: [-1], lower: [5], upper: [Infinity], rows: [row([1], 6, Infinity)] }],
  ])("%s", (_name, program) => {
    expect(run(program)).toEqual({ status: "unbounded" });
  });

  test("not where the objective looks the other way", () => {
    expect(optimum({ objective: [1], lower: [5], upper: [Infinity], rows: [] })).toEqual([5]);
  });
});

describe("columns", () => {
  test("that are zero are in the answer", () => {
    const program = { objective: [1, 2, 1], lower: [0, 0, 0], upper: [9, 9, 9], rows: [row([1, 1, 0], 2, 9)] };
    expect(optimum(program)).toEqual(close([2, 0, 0]));
  });

  test("have their lower bound as zero", () => {
    const program = { objective: [1, 1], lower: [2, -3], upper: [9, 9], rows: [row([1, 1], 1, Infinity)] };
    const [x = NaN, y = NaN] = optimum(program);
    expect(x + y).toBeCloseTo(1, 7);
    expect(optimum({ objective: [1, 1], lower: [2, -3], upper: [9, 9], rows: [] })).toEqual([2, -3]);
    expect(optimum({ objective: [-1, -1], lower: [2, -3], upper: [9, -1], rows: [] })).toEqual(close([9, -1]));
  });

  test("that are fixed stay where they are, and count in rows", () => {
    const program = { objective: [1, 1], lower: [3, 0], upper: [3, 9], rows: [row([2, 1], 10, 10)] };
    expect(optimum(program)).toEqual(close([3, 4]));
    expect(optimum({ ...program, lower: [-3, 0], upper: [-3, 99] })).toEqual(close([-3, 16]));
  });

  test("may all be fixed", () => {
    expect(optimum({ objective: [1, -1], lower: [3, -2], upper: [3, -2], rows: [row([1, 1], 1, 1)] })).toEqual([3, -2]);
  });

  test("need no cost", () => {
    const [x = NaN] = optimum({ objective: [0], lower: [0], upper: [9], rows: [row([1], 4, 5)] });
    expect(x).toBeGreaterThanOrEqual(4 - 1e-6);
    expect(x).toBeLessThanOrEqual(5 + 1e-6);
  });

  test("may be missing altogether", () => {
    expect(optimum({ objective: [], lower: [], upper: [], rows: [] })).toEqual([]);
  });
});

describe("rows", () => {
  test("of equality", () => {
    const program = { objective: [2, 1], lower: [0, 0], upper: [9, 3], rows: [row([1, 1], 5, 5)] };
    expect(optimum(program)).toEqual(close([2, 3]));
  });

  test("of both limits", () => {
    const both = row([1], 2, 4);
    expect(optimum({ objective: [1], lower: [0], upper: [9], rows: [both] })).toEqual(close([2]));
    expect(optimum({ objective: [-1], lower: [0], upper: [9], rows: [both] })).toEqual(close([4]));
  });

  test("of no limit", () => {
    const free = row([1, 1], -Infinity, Infinity);
    expect(optimum({ objective: [1, -1], lower: [0, 0], upper: [9, 9], rows: [free] })).toEqual(close([0, 9]));
  });

  test("that are empty and hold", () => {
    expect(optimum({ objective: [1], lower: [1], upper: [2], rows: [row([], 0, 0), row([0], -1, 1)] })).toEqual([1]);
  });

  test("with a limit of zero", () => {
    const program = { objective: [-1, 0], lower: [0, 0], upper: [9, 9], rows: [row([1, -1], -Infinity, 0)] };
    expect(optimum(program)).toEqual(close([9, 9]));
    expect(optimum({ ...program, upper: [9, 4] })).toEqual(close([4, 4]));
  });

  test("with negative limits", () => {
    const program = {
      objective: [1],
      lower: [-9],
      upper: [9],
      rows: [row([1], -Infinity, -4), row([1], -7, Infinity)],
    };
    expect(optimum(program)).toEqual(close([-7]));
    expect(optimum({ ...program, objective: [-1] })).toEqual(close([-4]));
  });
});

test("the program is left as it is", () => {
  const program = { objective: [1, 1], lower: [1, 0], upper: [9, 9], rows: [row([1, 1], 3, 3)] };
  const before = structuredClone(program);
  run(program);
  expect(program).toEqual(before);
});

test("on random boxes it finds the corner that the costs ask for", () => {
  const column = fc.record({
    cost: fc.integer({ min: -5, max: 5 }).filter((cost) => cost !== 0),
    lower: fc.integer({ min: -20, max: 20 }),
    width: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(column, { maxLength: 8 }), (columns) => {
      const program = {
        objective: columns.map(({ cost }) => cost),
        lower: columns.map(({ lower }) => lower),
        upper: columns.map(({ lower, width }) => lower + width),
        rows: [],
      };
      expect(optimum(program)).toEqual(
        close(columns.map(({ cost, lower, width }) => (cost > 0 ? lower : lower + width))),
      );
    }),
  );
});

test("on random transports its value is the best of all whole shipments", () => {
  // Two sources, two sinks: one shipment decides the other three, so all can be tried.
  const figure = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(
      fc.tuple(figure, figure, figure),
      fc.array(figure, { minLength: 4, maxLength: 4 }),
      ([a, b, c], cost) => {
        const d = a + b - c;
        fc.pre(d >= 0);
        const rows = [
          { columns: [0, 1], coefficients: [1, 1], lower: a, upper: a },
          { columns: [2, 3], coefficients: [1, 1], lower: b, upper: b },
          { columns: [0, 2], coefficients: [1, 1], lower: c, upper: c },
          { columns: [1, 3], coefficients: [1, 1], lower: d, upper: d },
        ];
        const x = optimum({ objective: cost, lower: [0, 0, 0, 0], upper: Array<number>(4).fill(Infinity), rows });
        const value = (ship: number[]) => ship.reduce((sum, amount, j) => sum + amount * cost[j]!, 0);
        const tried = Array.from({ length: Math.min(a, c) + 1 }, (_, first) => [
          first,
          a - first,
          c - first,
          d - a + first,
        ])
          .filter((ship) => ship.every((amount) => amount >= 0))
          .map(value);
        expect(value(x)).toBeCloseTo(Math.min(...tried), 6);
      },
    ),
  );
});
