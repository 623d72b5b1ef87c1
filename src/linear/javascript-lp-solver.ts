/**
 * javascript-lp-solver as a backend.
 *
 * What its adapter guards against: a variable whose name collides with a key of the flat result (all names here are our
 * own), figures that aren't finite (checked by the caller), columns left out of the result because they are zero, values
 * that come with an infeasible answer, and an unbounded answer that calls itself feasible.
 */
import solver from "javascript-lp-solver";
import type { LinearAnswer, LinearBackend, LinearProgram } from "./program.js";

/** Pivot tolerance, and what its values are rounded to. */
const PRECISION = 1e-9;

/** Keys are ours alone: columns x0, x1, …; rows r0, r1, …; bounds b0, b1, …; the objective z. */
export const javascriptLpSolver: LinearBackend = {
  name: "javascript-lp-solver",

  solve({ objective, lower, upper, rows }: LinearProgram): LinearAnswer {
    const columns = objective.length;
    const constraints: Record<string, { min?: number; max?: number; equal?: number }> = {};
    const variables: Record<string, Record<string, number>> = {};
    const x = Float64Array.from(lower);

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
    if (Object.keys(variables).length === 0) return { status: "optimal", x };

    const model = { optimize: "z", opType: "min" as const, constraints, variables };
    const result = solver.Solve(model, PRECISION) as Record<string, unknown>;
    if (result.feasible !== true) return { status: "infeasible" };
    if (result.bounded !== true) return { status: "unbounded" };
    for (let j = 0; j < columns; j++) {
      const value = result[`x${j}`];
      if (typeof value === "number") x[j] = (x[j] ?? 0) + value;
    }
    return { status: "optimal", x };
  },
};

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
