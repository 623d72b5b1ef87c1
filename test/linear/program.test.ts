import { describe, expect, test } from "vitest";
import { EngineError } from "../../src/errors.js";
import {
  attempt,
  faultIn,
  solve,
  type LinearAnswer,
  type LinearBackend,
  type LinearProgram,
} from "../../src/linear/program.js";

/** A backend that answers what it is told to, and counts how often it is asked. */
function stub(answer: LinearAnswer): LinearBackend & { asked: number } {
  return {
    name: "stub",
    asked: 0,
    solve() {
      this.asked += 1;
      return answer;
    },
  };
}

const optimal = (...x: number[]) => stub({ status: "optimal", x: Float64Array.from(x) });

/** min x + y, x + y ≥ 1, 0 ≤ x ≤ 2, 0.5 ≤ y ≤ 3 */
const program: LinearProgram = {
  objective: [1, 1],
  lower: [0, 0.5],
  upper: [2, 3],
  rows: [{ columns: [0, 1], coefficients: [1, 1], lower: 1, upper: Infinity }],
};

test("an answer that holds is passed on as it is", () => {
  const answer = solve(program, optimal(0.5, 0.5));
  expect(answer).toEqual({ status: "optimal", x: Float64Array.of(0.5, 0.5) });
});

test.each(["infeasible", "unbounded"] as const)("%s is an outcome", (status) => {
  expect(solve(program, stub({ status }))).toEqual({ status });
});

describe("a backend that lies is caught", () => {
  test.each([undefined, null, {}, { status: "fine" }, { status: "optimal" }])("%o", (answer) => {
    expect(() => solve(program, stub(answer as never))).toThrow(EngineError);
  });

  test.each<[name: string, x: number[], complaint: RegExp]>([
    ["too few columns", [1], /wrong length/],
    ["too many columns", [1, 1, 1], /wrong length/],
    ["a column below its bound", [1, 0.4], /column 1 is 0\.4, out of its bounds/],
    ["a column above its bound", [2.1, 0.5], /column 0 is 2\.1, out of its bounds/],
    ["a row that doesn't hold", [0.2, 0.5], /row 0 adds up to 0\.7, not between 1 and Infinity/],
    ["NaN", [NaN, 1], /column 0 is NaN/],
    ["Infinity", [Infinity, 1], /column 0 is Infinity/],
    ["-Infinity", [1, -Infinity], /column 1 is -Infinity/],
  ])("%s", (_name, x, complaint) => {
    const ask = () => solve(program, optimal(...x));
    expect(ask).toThrow(EngineError);
    expect(ask).toThrow(complaint);
    expect(ask).toThrow(/the answer of stub fails our check: .*This is a bug; please report it/);
  });

  test("infinite where no bound is broken", () => {
    expect(() => solve({ objective: [1], lower: [0], upper: [Infinity], rows: [] }, optimal(Infinity))).toThrow(
      EngineError,
    );
  });

  test("an equality row missed on either side", () => {
    const equal: LinearProgram = {
      objective: [0, 0],
      lower: [0, 0],
      upper: [9, 9],
      rows: [{ columns: [0, 1], coefficients: [2, -1], lower: 3, upper: 3 }],
    };
    expect(solve(equal, optimal(2, 1)).status).toBe("optimal");
    expect(() => solve(equal, optimal(2, 1.01))).toThrow(EngineError);
    expect(() => solve(equal, optimal(2, 0.99))).toThrow(EngineError);
  });

  test("but what rounding explains is let pass", () => {
    expect(solve(program, optimal(0.5 - 1e-9, 0.5)).status).toBe("optimal");
    expect(solve(program, optimal(1, 0.5 - 1e-9)).status).toBe("optimal");
    expect(() => solve(program, optimal(0.5 - 1e-5, 0.5))).toThrow(EngineError);
  });
});

describe("who can do without an answer", () => {
  test("is told why one can't be used", () => {
    expect(attempt(program, optimal(0.2, 0.5))).toEqual({
      status: "unusable",
      fault: "row 0 adds up to 0.7, not between 1 and Infinity",
    });
    expect(attempt(program, optimal(NaN, 0.5))).toEqual({ status: "unusable", fault: "column 0 is NaN" });
    expect(attempt(program, optimal(0.5, 0.5))).toEqual({ status: "optimal", x: Float64Array.of(0.5, 0.5) });
    expect(attempt(program, stub({ status: "infeasible" }))).toEqual({ status: "infeasible" });
  });

  test("still gets no answer that is none, and asks no question that is none", () => {
    expect(() => attempt(program, stub({ status: "fine" } as never))).toThrow(EngineError);
    expect(() => attempt({ ...program, objective: [NaN, 1] }, optimal(1, 1))).toThrow(EngineError);
  });
});

describe("a malformed program never reaches the backend", () => {
  const row = program.rows[0]!;
  test.each<[name: string, wrong: Partial<LinearProgram>, complaint: RegExp]>([
    ["a NaN cost", { objective: [NaN, 1] }, /objective of column 0 isn't finite/],
    ["an infinite cost", { objective: [1, -Infinity] }, /objective of column 1 isn't finite/],
    ["a NaN bound", { lower: [0, NaN] }, /bounds of column 1 are no interval/],
    ["no lower bound", { lower: [-Infinity, 0] }, /bounds of column 0/],
    ["a NaN upper bound", { upper: [NaN, 1] }, /bounds of column 0/],
    ["crossed bounds", { upper: [2, 0.4] }, /bounds of column 1/],
    ["too few lower bounds", { lower: [0] }, /differ in length/],
    ["too many upper bounds", { upper: [1, 1, 1] }, /differ in length/],
    ["a column that isn't there", { rows: [{ ...row, columns: [0, 2] }] }, /row 0 is not a row/],
    ["a negative column", { rows: [{ ...row, columns: [-1, 0] }] }, /row 0 is not a row/],
    ["half a column", { rows: [{ ...row, columns: [0.5, 1] }] }, /row 0 is not a row/],
    ["a column twice", { rows: [row, { ...row, columns: [1, 1] }] }, /row 1 is not a row/],
    ["a NaN coefficient", { rows: [{ ...row, coefficients: [1, NaN] }] }, /row 0 is not a row/],
    ["a coefficient too few", { rows: [{ ...row, coefficients: [1] }] }, /row 0 is not a row/],
    ["crossed limits", { rows: [{ ...row, lower: 2, upper: 1 }] }, /row 0 is not a row/],
    ["a NaN limit", { rows: [{ ...row, lower: NaN }] }, /row 0 is not a row/],
    ["a row above Infinity", { rows: [{ ...row, lower: Infinity }] }, /row 0 is not a row/],
    ["a row below -Infinity", { rows: [{ ...row, lower: -Infinity, upper: -Infinity }] }, /row 0 is not a row/],
  ])("%s", (_name, wrong, complaint) => {
    const backend = optimal(1, 1);
    const ask = () => solve({ ...program, ...wrong }, backend);
    expect(ask).toThrow(EngineError);
    expect(ask).toThrow(complaint);
    expect(backend.asked).toBe(0);
  });

  test("a sound one does, once", () => {
    const backend = optimal(1, 1);
    solve(program, backend);
    expect(backend.asked).toBe(1);
  });
});

test("the error has its class, code and name", () => {
  let thrown: unknown;
  try {
    solve(program, optimal());
  } catch (reason) {
    thrown = reason;
  }
  expect(thrown).toMatchObject({ code: "engine", name: "EngineError" });
});

test("what rounding explains grows with the figures, of a column and of a sum", () => {
  const program = {
    objective: [0, 0],
    lower: [0, 0],
    upper: [1e9, 1e9],
    rows: [{ columns: [0, 1], coefficients: [1, -2], lower: -5, upper: -5 }],
  };
  const off = (column: number, sum: number) => faultIn(program, [1e9 + column, (1e9 + column + 5 + sum) / 2]);
  expect(off(90, 0)).toBeUndefined();
  expect(off(110, 0)).toMatch(/^column 0/);
  // Of terms that are 1e9 each: 2e9 together.
  expect(off(0, 190)).toBeUndefined();
  expect(off(0, 210)).toMatch(/^row 0/);
  expect(off(0, -190)).toBeUndefined();
  expect(off(0, -210)).toMatch(/^row 0/);
});
