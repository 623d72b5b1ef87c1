/**
 * HiGHS (WebAssembly) as a backend: for problems that are too large for javascript-lp-solver, and as a third opinion.
 *
 * It is an optional peer dependency, imported only when it is asked for. Models go to it as text in CPLEX's LP format, with
 * figures written so that they read back as the same doubles.
 */
import { OptionError } from "../errors.js";
import type { LinearAnswer, LinearBackend, LinearProgram, Row } from "./program.js";

/** Presolve is slow on network problems, out of all proportion; tolerances are the tightest it takes. */
const OPTIONS = {
  presolve: "off",
  solver: "simplex",
  primal_feasibility_tolerance: 1e-10,
  dual_feasibility_tolerance: 1e-10,
  output_flag: false,
} as const;

interface Highs {
  solve(problem: string, options: typeof OPTIONS): { Status: string; Columns: Record<string, { Primal?: number }> };
}

/**
 * Loads HiGHS.
 *
 * @returns a backend to pass as the `engine` of a dispatch
 * @throws OptionError where the package `highs` isn't installed
 * @remarks a bundler that makes code for browsers finds `highs` where it is installed, and stumbles over what it imports of Node: tell it
 *   that the package is external (`external: ["highs"]` with esbuild) unless your page brings its own. Whoever doesn't call this needs
 *   nothing of it
 * @example
 * const highs = await loadHighs();
 * dispatch(city, { engine: highs }).engine; // "highs"
 */
export async function loadHighs(): Promise<LinearBackend> {
  let load: () => Promise<Highs>;
  try {
    ({ default: load } = (await import("highs")) as unknown as { default: () => Promise<Highs> });
  } catch {
    throw new OptionError("the engine highs needs the package highs: npm install highs");
  }
  const highs = await load();
  return { name: "highs", solve: (program) => answerOf(highs, program) };
}

function answerOf(highs: Highs, program: LinearProgram): LinearAnswer {
  let solution: ReturnType<Highs["solve"]>;
  try {
    solution = highs.solve(modelText(program), OPTIONS);
  } catch {
    // It throws where it loses its way between figures that are far apart, and can be asked again.
    solution = { Status: "Solve error", Columns: {} };
  }
  const { Status: status, Columns: columns } = solution;
  if (status === "Infeasible" || status === "Primal infeasible or unbounded") return { status: "infeasible" };
  if (status === "Unbounded") return { status: "unbounded" };
  // Whatever else it says, the figures are checked; none are figures that fail the check.
  return { status: "optimal", x: Float64Array.from(program.lower, (_, j) => columns[`x${j}`]?.Primal ?? NaN) };
}

/** Names are ours alone: columns x0, x1, …; rows r0, r1, …. A term stands on a line of its own, as lines are bounded. */
function modelText({ objective, lower, upper, rows }: LinearProgram): string {
  const term = (coefficient: number, j: number) => `${coefficient < 0 ? "-" : "+"} ${Math.abs(coefficient)} x${j}`;
  const sum = (columns: readonly number[], coefficient: (k: number) => number) =>
    columns.map((j, k) => term(coefficient(k), j)).join("\n ");
  const rowText = (row: Row, i: number) => {
    const left = row.columns.length > 0 ? sum(row.columns, (k) => row.coefficients[k] ?? 0) : "0 x0";
    if (row.lower === row.upper) return ` r${i}: ${left} = ${row.upper}`;
    return [
      ...(row.lower > -Infinity ? [` r${i}a: ${left} >= ${row.lower}`] : []),
      ...(row.upper < Infinity ? [` r${i}b: ${left} <= ${row.upper}`] : []),
    ].join("\n");
  };
  const all = Array.from({ length: objective.length }, (_, j) => j);
  return [
    "Minimize",
    ` z: ${sum(all, (k) => objective[k] ?? 0)}`,
    "Subject To",
    ...rows.map(rowText),
    "Bounds",
    ...all.map((j) => ` ${lower[j]} <= x${j} <= ${upper[j] === Infinity ? "+inf" : upper[j]}`),
    "End",
  ].join("\n");
}
