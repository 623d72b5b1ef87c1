/**
 * Dispatch as a sequence of linear programs: a column per arc, a row per node, and a row for each objective that has been
 * taken. It takes whatever can be written as a row; where the problem is a pure network it is the slow but independent
 * second opinion.
 *
 * The solver works in floating point, on flows scaled so that all inflow together is `SCALE`. After each stage its answer
 * is brought back to whole quanta, where it balances exactly.
 */
import { EngineError } from "../errors.js";
import { solve, type LinearBackend, type Row } from "../linear/program.js";
import type { Engine } from "./engine.js";
import { keepIntake } from "./intake.js";
import type { FlowProblem } from "./problem.js";
import { toWholeFlow } from "./whole-flow.js";

/** What all inflow together is scaled to, so that a solver's absolute tolerances mean the same in every city. */
const SCALE = 1000;
/** By how much a later stage may worsen an earlier optimum (scaled flow times a cost of at most 1). */
const KEPT = 1e-7;
/** A flow this near to a bound (scaled) is at the bound: wider than what `KEPT` can move. */
const AT_BOUND = 2e-6;
/** A plant that can be lowered by no more than this (scaled) can't be lowered. */
const LOWERABLE = 1e-5;

interface Column {
  readonly cost: number;
  readonly lower: number;
  readonly upper: number;
}

/** The engine of this problem on a backend. A stage is one program; `balance` takes two or more for each level of plants. */
export function linearEngine(problem: FlowProblem, backend: LinearBackend): Engine {
  const { tail, supply, plants } = problem;
  const arcs = tail.length;
  const unit = Math.max(1, -(supply[problem.ground] ?? 0)) / SCALE;
  const lower = new Float64Array(arcs);
  const upper = Float64Array.from(problem.upper);
  const rows = nodeRows(problem, unit);
  let flow: Float64Array | undefined;

  /** Minimises `cost` over the arcs, and over further columns that `moreRows` may use. */
  const run = (cost: Float64Array | undefined, columns: readonly Column[] = [], moreRows: readonly Row[] = []) => {
    const answer = solve(
      {
        objective: [...(cost ?? new Float64Array(arcs)), ...columns.map((column) => column.cost)],
        lower: [...lower.map((x) => x / unit), ...columns.map((column) => column.lower)],
        upper: [...upper.map((x) => x / unit), ...columns.map((column) => column.upper)],
        rows: [...rows, ...moreRows],
      },
      backend,
    );
    if (answer.status !== "optimal") {
      throw new EngineError(
        `${backend.name} calls a problem ${answer.status} that has a solution; these figures are beyond its tolerances.`,
      );
    }
    return answer.x;
  };
  const whole = (x: Float64Array) => toWholeFlow(problem, x, { unit, atBound: AT_BOUND, lower, upper });

  const minimise = (cost: Float64Array) => {
    const largest = cost.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
    const scaled = largest > 0 ? cost.map((c) => c / largest) : cost;
    const best = whole(run(scaled));
    flow = best;
    // Where each arc with a cost stands at the bound that its cost asks for, it stays there, and no row is needed.
    if (cost.every((c, a) => c === 0 || best[a] === (c > 0 ? lower[a] : upper[a]))) {
      cost.forEach((c, a) => {
        if (c !== 0) lower[a] = upper[a] = best[a] ?? 0;
      });
      return;
    }
    const columns = [...scaled.keys()].filter((a) => scaled[a] !== 0);
    const coefficients = columns.map((a) => scaled[a] ?? 0);
    const value = columns.reduce((sum, a) => sum + ((scaled[a] ?? 0) * (best[a] ?? 0)) / unit, 0);
    rows.push({ columns, coefficients, lower: -Infinity, upper: value + KEPT });
  };

  /**
   * Level by level: the least level λ that no open plant need exceed; then, of the open plants, those that can't be below
   * it whatever the others do (the sum of what they are below it is maximised until nobody is): they stay at λ.
   */
  const balance = (tolerance: number) => {
    const kept: Row[] = [];
    let open = plants.filter((plant) => plant.capacity > 0);
    const inService = open;
    while (open.length > 0) {
      const level =
        run(
          undefined,
          [{ cost: 1, lower: 0, upper: Infinity }],
          [
            ...kept,
            ...open.map((plant) => ({
              columns: [...plant.arcs, arcs],
              coefficients: [...plant.arcs.map(() => 1), -plant.rating / unit],
              lower: -Infinity,
              upper: 0,
            })),
          ],
        )[arcs] ?? 0;
      const most = (rating: number) => (level * rating) / unit + KEPT;
      const caps = open.map((plant): Row => ({
        columns: plant.arcs,
        coefficients: plant.arcs.map(() => 1),
        lower: -Infinity,
        upper: most(plant.rating),
      }));
      let bound = open;
      for (;;) {
        const below = run(
          undefined,
          bound.map((plant) => ({ cost: -1, lower: 0, upper: most(plant.rating) })),
          [
            ...kept,
            ...caps,
            ...bound.map((plant, i) => ({
              columns: [...plant.arcs, arcs + i],
              coefficients: [...plant.arcs.map(() => 1), 1],
              lower: -Infinity,
              upper: most(plant.rating),
            })),
          ],
        ).subarray(arcs);
        const still = bound.filter((_plant, i) => (below[i] ?? 0) <= LOWERABLE);
        if (still.length === bound.length) break;
        // At least one plant is bound; where rounding hides which, it is the one with the least room.
        const least = below.reduce((min, room) => Math.min(min, room), Infinity);
        bound = still.length > 0 ? still : bound.filter((_plant, i) => below[i] === least);
        if (still.length === 0) break;
      }
      const done = new Set(bound);
      open.forEach((plant, i) => {
        const row = caps[i];
        if (row !== undefined && done.has(plant)) kept.push(row);
      });
      open = open.filter((plant) => !done.has(plant));
    }
    const best = whole(run(undefined, [], kept));
    flow = best;
    for (const plant of inService) keepIntake(plant, best, tolerance, lower, upper);
  };

  return {
    name: backend.name,
    minimise,
    balance,
    flow: () => flow ?? whole(run(undefined)),
  };
}

/** What leaves a node less what enters it is its inflow. The ground's row follows from the others'. */
function nodeRows({ tail, head, supply, ground }: FlowProblem, unit: number): Row[] {
  const rows = Array.from({ length: ground }, (_, v) => {
    const inflow = (supply[v] ?? 0) / unit;
    return { columns: [] as number[], coefficients: [] as number[], lower: inflow, upper: inflow };
  });
  tail.forEach((v, a) => {
    rows[v]?.columns.push(a);
    rows[v]?.coefficients.push(1);
  });
  head.forEach((v, a) => {
    rows[v]?.columns.push(a);
    rows[v]?.coefficients.push(-1);
  });
  return rows;
}
