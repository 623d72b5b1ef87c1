/**
 * javascript-lp-solver as a backend.
 *
 * What its adapter guards against: a variable whose name collides with a key of the flat result (all names here are our
 * own), figures that aren't finite (checked by the caller), columns left out of the result because they are zero, values
 * that come with an infeasible answer, and an unbounded answer that calls itself feasible.
 */
import solver from "javascript-lp-solver";
import { faultIn, type LinearAnswer, type LinearBackend, type LinearProgram } from "./program.js";

/** Pivot tolerances, which its values are rounded to as well, in the order they are tried. */
const PRECISIONS = [1e-9, 1e-8, 1e-10, 1e-7] as const;
const [PRECISION] = PRECISIONS;

/** Keys are ours alone: columns x0, x1, …; rows r0, r1, …; bounds b0, b1, …; the objective z. */
export const javascriptLpSolver: LinearBackend = {
  name: "javascript-lp-solver",

  solve(program: LinearProgram): LinearAnswer {
    const { objective, lower, upper, rows } = program;
    const columns = objective.length;
    const constraints: Record<string, { min?: number; max?: number; equal?: number }> = {};
    const variables: Record<string, Record<string, number>> = {};

    // Every variable starts at its lower bound; one that can't leave it never becomes a variable.
    for (let j = 0; j < columns; j++) {
      const range = (upper[j] ?? 0) - (lower[j] ?? 0);
      if (range === 0) continue;
      variables[`x${j}`] = { z: objective[j] ?? 0 };
      if (range < Infinity) {
        constraints[`b${j}`] = { max: range };
        bound(variables, j, `b${j}`, 1);
      }
    }
    for (const [i, row] of rows.entries()) {
      const name = `r${i}`;
      let shift = 0;
      let terms = 0;
      row.columns.forEach((j, k) => {
        const coefficient = row.coefficients[k] ?? 0;
        shift += coefficient * (lower[j] ?? 0);
        if (coefficient !== 0 && bound(variables, j, name, coefficient)) terms += 1;
      });
      if (terms > 0) {
        constraints[name] =
          row.lower === row.upper
            ? { equal: row.upper - shift }
            : {
                ...(row.lower > -Infinity && { min: row.lower - shift }),
                ...(row.upper < Infinity && { max: row.upper - shift }),
              };
      } else if (
        shift < row.lower - PRECISION * (1 + Math.abs(shift)) ||
        shift > row.upper + PRECISION * (1 + Math.abs(shift))
      ) {
        return { status: "infeasible" };
      }
    }
    if (Object.keys(variables).length === 0) return { status: "optimal", x: Float64Array.from(lower) };

    // Its pivoting loses its footing on some degenerate programs; another tolerance takes it down another path.
    let answer: LinearAnswer = { status: "infeasible" };
    for (const precision of PRECISIONS) {
      answer = attempt({ optimize: "z", opType: "min", constraints, variables }, lower, precision);
      if (answer.status === "optimal" && faultIn(program, answer.x) === undefined) break;
    }
    return answer;
  },
};

function attempt(model: Parameters<typeof solver.Solve>[0], lower: ArrayLike<number>, precision: number): LinearAnswer {
  const result = solver.Solve(model, precision) as Record<string, unknown>;
  if (result.feasible !== true) return { status: "infeasible" };
  if (result.bounded !== true) return { status: "unbounded" };
  const x = Float64Array.from(lower, (start, j) => {
    const value = result[`x${j}`];
    return typeof value === "number" ? start + value : start;
  });
  return { status: "optimal", x };
}

/** Puts a coefficient on a variable, if there is that variable. */
function bound(
  variables: Record<string, Record<string, number>>,
  j: number,
  row: string,
  coefficient: number,
): boolean {
  const variable = variables[`x${j}`];
  if (variable === undefined) return false;
  variable[row] = coefficient;
  return true;
}
