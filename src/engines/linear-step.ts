/**
 * One linear program of a dispatch: how the flow at hand should change. A column for each arc and direction in which it can change, a
 * row for each node, and a row for each limit; the answer is brought back to whole quanta, where it balances exactly.
 */
import { bug } from "../errors.js";
import { attempt, solve, type LinearBackend, type LinearProgram, type Row } from "../linear/program.js";
import type { FlowModel } from "../problem/flow-model.js";
import { toWholeFlow } from "./whole-flow.js";

/** A sum over arcs, and over further columns of one program, that may grow by no more than `room`. */
export interface Limit {
  readonly arcs: readonly number[];
  readonly coefficient: (arc: number) => number;
  readonly more?: readonly { readonly column: number; readonly coefficient: number }[];
  readonly room: number;
}

/**
 * Changes the flow so that Σ cost · change + Σ moreCosts · more is least, and returns `more`, columns from 0 up that `limits` may
 * use.
 */
export type Step = (
  cost: Float64Array | undefined,
  moreCosts: readonly number[],
  limits: readonly Limit[],
) => Float64Array;

/** Flow and bounds per arc, quanta; the flow is changed in place. */
export interface FlowAtHand {
  readonly flow: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Quanta in one unit of the solver's flow. */
  unit: number;
}

/** A flow this near to a bound (in the solver's unit) is at the bound. */
const AT_BOUND = 1e-6;
/** Coefficients below this are none to a solver, which may say so by failing. */
const LEAST_COEFFICIENT = 1e-8;

/**
 * @param isTrusted whether the answer counts as it is. Where it isn't, one that can't be used changes nothing, which is always
 *   feasible; else it is an error
 */
export function linearStep(
  problem: FlowModel,
  at: FlowAtHand,
  backend: LinearBackend,
  { isTrusted }: { readonly isTrusted: boolean },
): Step {
  const { tail, head, ground } = problem;
  const { flow, lower, upper } = at;
  const arcs = tail.length;
  const ask = (program: LinearProgram): Float64Array | undefined => {
    const answer = isTrusted ? solve(program, backend) : attempt(program, backend);
    if (answer.status === "optimal") return answer.x;
    if (!isTrusted) return undefined;
    throw bug(`${backend.name} calls a problem ${answer.status} that has a solution.`);
  };

  return (cost, moreCosts, limits) => {
    const { unit } = at;
    const columns: { readonly arc: number; readonly sign: number }[] = [];
    const rising = new Int32Array(arcs).fill(-1);
    const falling = new Int32Array(arcs).fill(-1);
    for (let a = 0; a < arcs; a++) {
      if (flow[a]! < upper[a]!) rising[a] = columns.push({ arc: a, sign: 1 }) - 1;
      if (flow[a]! > lower[a]!) falling[a] = columns.push({ arc: a, sign: -1 }) - 1;
    }
    const first = columns.length;
    const put = (row: { columns: number[]; coefficients: number[] }, a: number, coefficient: number) => {
      if (Math.abs(coefficient) < LEAST_COEFFICIENT) return;
      for (const [column, sign] of [
        [rising[a]!, 1],
        [falling[a]!, -1],
      ] as const) {
        if (column === -1) continue;
        row.columns.push(column);
        row.coefficients.push(sign * coefficient);
      }
    };
    const limitRow = ({ arcs: over, coefficient, more = [], room }: Limit): Row => {
      const row = { columns: [] as number[], coefficients: [] as number[], lower: -Infinity, upper: Math.max(0, room) };
      for (const a of over) put(row, a, coefficient(a));
      for (const extra of more) {
        if (Math.abs(extra.coefficient) < LEAST_COEFFICIENT) continue;
        row.columns.push(first + extra.column);
        row.coefficients.push(extra.coefficient);
      }
      return row;
    };
    const nodeRows = Array.from({ length: ground }, () => ({
      columns: [] as number[],
      coefficients: [] as number[],
      lower: 0,
      upper: 0,
    }));
    for (let a = 0; a < arcs; a++) {
      const [from, to] = [nodeRows[tail[a]!], nodeRows[head[a]!]];
      if (from !== undefined) put(from, a, 1);
      if (to !== undefined) put(to, a, -1);
    }
    // What ends in the ground can't exceed the inflow: the rows imply that.
    const isImplied = (a: number) => head[a] === ground && upper[a]! >= problem.total;
    const x = ask({
      objective: [...columns.map(({ arc, sign }) => sign * (cost?.[arc] ?? 0)), ...moreCosts],
      lower: new Float64Array(first + moreCosts.length),
      upper: [
        ...columns.map(({ arc: a, sign }) => {
          if (sign > 0) return isImplied(a) ? Infinity : (upper[a]! - flow[a]!) / unit;
          return (flow[a]! - lower[a]!) / unit;
        }),
        ...moreCosts.map(() => Infinity),
      ],
      rows: [...nodeRows.filter((row) => row.columns.length > 0), ...limits.map(limitRow)],
    });
    if (x === undefined) return new Float64Array(moreCosts.length);
    const next = Float64Array.from(flow, (quanta) => quanta / unit);
    columns.forEach(({ arc, sign }, column) => (next[arc]! += sign * x[column]!));
    flow.set(toWholeFlow(problem, next, { unit, atBound: AT_BOUND, lower, upper }));
    return x.slice(first);
  };
}
