/**
 * Dispatch as a sequence of linear programs: a column per arc and direction of change, a row per node, and a row for each
 * objective that has been taken. It takes whatever can be written as a row; where the problem is a pure network it is the
 * slow but independent second opinion.
 *
 * Each program asks how the flow at hand should change, so that no change at all is always feasible and a solver needs no
 * first phase, which is where floating-point simplex goes wrong on these highly degenerate problems. The first flow at hand
 * is the empty network: all water floods where it enters. Changes are scaled so that all inflow together is `SCALE`; after
 * each stage the flow is brought back to whole quanta, where it balances exactly.
 */
import { EngineError } from "../errors.js";
import { solve, type LinearBackend, type Row } from "../linear/program.js";
import type { Engine } from "./engine.js";
import { intakeOf, keepIntake } from "./intake.js";
import { SecureFlow, type Limit, type Step } from "./linear-security.js";
import { tidyCost, type FlowProblem, type SinkPart } from "./problem.js";
import type { Security } from "./security.js";
import { toWholeFlow } from "./whole-flow.js";

/** What all inflow together is scaled to, so that a solver's absolute tolerances mean the same in every city. */
const SCALE = 1000;
/** A flow this near to a bound (scaled) is at the bound. */
const AT_BOUND = 1e-6;
/** A plant that can be lowered by no more than this (scaled) can't be lowered. */
const LOWERABLE = 1e-5;

/**
 * The engine of this problem on a backend. A stage is one program; `balance` takes two or more for each level of plants; and with
 * `security`, each of them may be solved several times.
 */
export function linearEngine(problem: FlowProblem, backend: LinearBackend, security?: Security): Engine {
  const { tail, head, ground, plants } = problem;
  const arcs = tail.length;
  const lower = new Float64Array(arcs);
  const upper = new Float64Array(arcs);
  const flow = new Float64Array(arcs);
  const secured = security === undefined ? undefined : new SecureFlow(problem, security, { flow, lower, upper });
  /** Quanta in one unit of the solver's flow. */
  let unit = 1;
  /** Objectives that have been taken: cost per arc, scaled to at most 1, and the optimum. */
  const taken: { readonly arcs: readonly number[]; readonly cost: Float64Array; readonly value: number }[] = [];

  /** The flow that needs no link: all water floods where it enters. */
  const begin = () => {
    unit = Math.max(1, problem.total) / SCALE;
    lower.fill(0);
    upper.set(problem.upper);
    flow.fill(0);
    for (const { arcs: flooding, at } of problem.flooding) for (const a of flooding) flow[a] = problem.supply[at] ?? 0;
    taken.length = 0;
    secured?.begin(unit);
  };

  const valueOf = (columns: readonly number[], cost: Float64Array) =>
    columns.reduce((sum, a) => sum + ((cost[a] ?? 0) * (flow[a] ?? 0)) / unit, 0);

  /**
   * Changes the flow so that Σ cost · change + Σ moreCosts · more is least, and returns `more`, columns from 0 up that
   * `limits` may use.
   */
  const step: Step = (cost, moreCosts, limits) => {
    const columns: { readonly arc: number; readonly sign: number }[] = [];
    const rising = new Int32Array(arcs).fill(-1);
    const falling = new Int32Array(arcs).fill(-1);
    for (let a = 0; a < arcs; a++) {
      if ((flow[a] ?? 0) < (upper[a] ?? 0)) rising[a] = columns.push({ arc: a, sign: 1 }) - 1;
      if ((flow[a] ?? 0) > (lower[a] ?? 0)) falling[a] = columns.push({ arc: a, sign: -1 }) - 1;
    }
    const first = columns.length;
    const limitRow = ({ arcs: over, coefficient, more = [], room }: Limit): Row => {
      const row = { columns: [] as number[], coefficients: [] as number[], lower: -Infinity, upper: Math.max(0, room) };
      for (const a of over) put(row, a, coefficient(a));
      for (const extra of more) {
        row.columns.push(first + extra.column);
        row.coefficients.push(extra.coefficient);
      }
      return row;
    };
    const put = (row: { columns: number[]; coefficients: number[] }, a: number, coefficient: number) => {
      for (const [column, sign] of [
        [rising[a] ?? -1, 1],
        [falling[a] ?? -1, -1],
      ] as const) {
        if (column === -1) continue;
        row.columns.push(column);
        row.coefficients.push(sign * coefficient);
      }
    };
    const nodeRows = Array.from({ length: ground }, () => ({
      columns: [] as number[],
      coefficients: [] as number[],
      lower: 0,
      upper: 0,
    }));
    for (let a = 0; a < arcs; a++) {
      const [from, to] = [nodeRows[tail[a] ?? 0], nodeRows[head[a] ?? 0]];
      if (from !== undefined) put(from, a, 1);
      if (to !== undefined) put(to, a, -1);
    }
    // What ends in the ground can't exceed the inflow: where that is the only bound, the rows imply it.
    const isImplied = (a: number) => head[a] === ground && upper[a] === problem.total;
    const answer = solve(
      {
        objective: [...columns.map(({ arc, sign }) => sign * (cost?.[arc] ?? 0)), ...moreCosts],
        lower: new Float64Array(first + moreCosts.length),
        upper: [
          ...columns.map(({ arc: a, sign }) => {
            if (sign > 0) return isImplied(a) ? Infinity : ((upper[a] ?? 0) - (flow[a] ?? 0)) / unit;
            return ((flow[a] ?? 0) - (lower[a] ?? 0)) / unit;
          }),
          ...moreCosts.map(() => Infinity),
        ],
        rows: [
          ...nodeRows.filter((row) => row.columns.length > 0),
          ...taken.map(({ arcs: over, cost: kept, value }) =>
            limitRow({ arcs: over, coefficient: (a) => kept[a] ?? 0, room: value - valueOf(over, kept) }),
          ),
          ...limits.map(limitRow),
        ],
      },
      backend,
    );
    if (answer.status !== "optimal") {
      throw new EngineError(
        `${backend.name} calls a problem ${answer.status} that has a solution. This is a bug; please report it with your file.`,
      );
    }
    const { x } = answer;
    const next = Float64Array.from(flow, (quanta) => quanta / unit);
    columns.forEach(({ arc, sign }, column) => (next[arc] = (next[arc] ?? 0) + sign * (x[column] ?? 0)));
    flow.set(toWholeFlow(problem, next, { unit, atBound: AT_BOUND, lower, upper }));
    return x.slice(first);
  };

  const run: Step = (cost, moreCosts, limits) =>
    secured === undefined ? step(cost, moreCosts, limits) : secured.run(step, cost, moreCosts, limits);

  const minimise = (cost: Float64Array) => {
    const largest = cost.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
    if (largest === 0) return;
    const scaled = cost.map((c) => c / largest);
    run(scaled, [], []);
    // Where each arc with a cost stands at the bound that its cost asks for, it stays there, and no row is needed.
    if (cost.every((c, a) => c === 0 || flow[a] === (c > 0 ? lower[a] : upper[a]))) {
      cost.forEach((c, a) => {
        if (c !== 0) lower[a] = upper[a] = flow[a] ?? 0;
      });
      return;
    }
    const costly = [...scaled.keys()].filter((a) => scaled[a] !== 0);
    taken.push({ arcs: costly, cost: scaled, value: valueOf(costly, scaled) });
  };

  /** `intake + Σ more ≤ level`, of a plant; `level` is scaled. */
  const capped = (plant: SinkPart, level: number, more: Limit["more"] = []): Limit => ({
    arcs: plant.arcs,
    coefficient: () => 1,
    more,
    room: level - intakeOf(plant, flow) / unit,
  });

  /**
   * Level by level: the least level that no open plant need exceed; then, of the open plants, those that can't be below it
   * whatever the others do (what they are below it is maximised in sum until nobody is): they stay there.
   */
  const balance = (tolerance: number) => {
    const inService = plants.filter((plant) => plant.capacity > 0);
    const done = new Map<SinkPart, number>();
    const rating = (plant: SinkPart) => plant.rating / unit;
    while (done.size < inService.length) {
      const open = inService.filter((plant) => !done.has(plant));
      const caps = () => [...done].map(([plant, level]) => capped(plant, level));
      const highest = Math.max(...open.map((plant) => intakeOf(plant, flow) / plant.rating));
      // The fall is counted in flow at the largest plant, so that no coefficient magnifies the solver's rounding.
      const largest = Math.max(...open.map(rating));
      const [fall = 0] = run(
        undefined,
        [-1],
        [
          ...caps(),
          ...open.map((plant) =>
            capped(plant, highest * rating(plant), [{ column: 0, coefficient: rating(plant) / largest }]),
          ),
        ],
      );
      const level = highest - fall / largest;
      let bound = open;
      for (;;) {
        const below = run(
          undefined,
          bound.map(() => -1),
          [
            ...caps(),
            ...open.filter((plant) => !bound.includes(plant)).map((plant) => capped(plant, level * rating(plant))),
            ...bound.map((plant, i) => capped(plant, level * rating(plant), [{ column: i, coefficient: 1 }])),
          ],
        );
        const least = below.reduce((min, room) => Math.min(min, room), Infinity);
        // At least one plant is bound; where rounding hides which, it is the one with the least room.
        const still = bound.filter((_plant, i) => (below[i] ?? 0) <= Math.max(LOWERABLE, least));
        if (still.length === bound.length) break;
        bound = still;
      }
      for (const plant of bound) done.set(plant, level * rating(plant));
    }
    for (const plant of inService) keepIntake(plant, intakeOf(plant, flow), tolerance, lower, upper);
  };

  const settle = () => {
    minimise(tidyCost(problem));
  };

  const secure = () => secured?.minimise(step);

  return { name: backend.name, begin, minimise, balance, secure, settle, flow };
}
