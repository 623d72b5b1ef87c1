/**
 * A linear program and what a backend makes of it:
 *
 *     minimise  objective · x   subject to   row.lower ≤ Σ row.coefficients[k] · x[row.columns[k]] ≤ row.upper,
 *                                            lower ≤ x ≤ upper.
 *
 * A backend isn't trusted: `solve` checks the question before and the answer after, in this file's own arithmetic.
 */
import type { EngineError } from "../errors.js";
import { bug } from "../errors.js";

export interface Row {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  /** May be −Infinity. */
  readonly lower: number;
  /** May be Infinity. */
  readonly upper: number;
}

export interface LinearProgram {
  /** Finite, one per column. */
  readonly objective: ArrayLike<number>;
  /** Finite, one per column. */
  readonly lower: ArrayLike<number>;
  /** One per column; may be Infinity. */
  readonly upper: ArrayLike<number>;
  readonly rows: readonly Row[];
}

/** Infeasible and unbounded are outcomes, not errors. */
export type LinearAnswer =
  | { readonly status: "optimal"; readonly x: Float64Array }
  | { readonly status: "infeasible" }
  | { readonly status: "unbounded" };

export interface LinearBackend {
  readonly name: string;
  /** Gets a program that has been checked; its answer is checked by the caller. */
  solve(program: LinearProgram): LinearAnswer;
}

/** By how much an answer may miss a row or bound, relative to the size of what the row adds up. */
const FEASIBLE = 1e-7;

/** What an answer is worth that breaks a row or a bound: nothing but the reason. */
export interface Unusable {
  readonly status: "unusable";
  readonly fault: string;
}

/**
 * Solves with a backend that isn't trusted.
 *
 * @throws EngineError where a figure isn't finite, a column doesn't exist, or the answer breaks a row or a bound
 */
export function solve(program: LinearProgram, backend: LinearBackend): LinearAnswer {
  const answer = attempt(program, backend);
  if (answer.status === "unusable") throw complaint(backend, answer.fault);
  return answer;
}

/**
 * The same for a caller who can do without an answer.
 *
 * @throws EngineError where a figure isn't finite, a column doesn't exist, or what comes back is no answer at all
 */
export function attempt(program: LinearProgram, backend: LinearBackend): LinearAnswer | Unusable {
  checkProgram(program);
  const answer = backend.solve(program);
  const given = answer as { status?: unknown; x?: unknown } | null | undefined;
  if (!["optimal", "infeasible", "unbounded"].includes(String(given?.status)))
    throw complaint(backend, "it is none of optimal, infeasible and unbounded");
  if (answer.status !== "optimal") return answer;
  const fault = faultIn(program, (given?.x ?? []) as ArrayLike<number>);
  return fault === undefined ? answer : { status: "unusable", fault };
}

function complaint(backend: LinearBackend, fault: string): EngineError {
  return bug(`the answer of ${backend.name} fails our check: ${fault}.`);
}

function checkProgram({ objective, lower, upper, rows }: LinearProgram): void {
  const columns = objective.length;
  const fault = (what: string): never => {
    throw bug(`the linear program is malformed: ${what}.`);
  };
  if (lower.length !== columns || upper.length !== columns) fault("bounds and objective differ in length");
  for (let j = 0; j < columns; j++) {
    if (!Number.isFinite(objective[j])) fault(`the objective of column ${j} isn't finite`);
    if (!Number.isFinite(lower[j]) || !((upper[j] ?? NaN) >= (lower[j] ?? NaN))) {
      fault(`the bounds of column ${j} are no interval`);
    }
  }
  rows.forEach((row, i) => {
    const sound =
      row.columns.length === row.coefficients.length &&
      row.columns.every((j) => Number.isInteger(j) && j >= 0 && j < columns) &&
      new Set(row.columns).size === row.columns.length &&
      row.coefficients.every((a) => Number.isFinite(a)) &&
      row.lower <= row.upper &&
      row.lower < Infinity &&
      row.upper > -Infinity;
    if (!sound) fault(`row ${i} is not a row`);
  });
}

/** What is wrong with an answer, if anything: a column out of its bounds, or a row that doesn't add up. */
export function faultIn({ lower, upper, rows }: LinearProgram, x: ArrayLike<number>): string | undefined {
  if (x.length !== lower.length) return "it has the wrong length";
  for (let j = 0; j < x.length; j++) {
    const value = x[j] ?? NaN;
    if (!Number.isFinite(value)) return `column ${j} is ${value}`;
    const slack = FEASIBLE * (1 + Math.abs(value));
    if (!(value >= (lower[j] ?? NaN) - slack && value <= (upper[j] ?? NaN) + slack)) {
      return `column ${j} is ${value}, out of its bounds`;
    }
  }
  for (const [i, row] of rows.entries()) {
    let sum = 0;
    let size = 1;
    row.columns.forEach((j, k) => {
      const term = (row.coefficients[k] ?? NaN) * (x[j] ?? NaN);
      sum += term;
      size += Math.abs(term);
    });
    const slack = FEASIBLE * size;
    if (!(sum >= row.lower - slack && sum <= row.upper + slack)) {
      return `row ${i} adds up to ${sum}, not between ${row.lower} and ${row.upper}`;
    }
  }
  return undefined;
}
