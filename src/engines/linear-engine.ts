/**
 * Dispatch as a sequence of linear programs: a column per arc and direction of change, and a row per node. It takes whatever can
 * be written as a row; where the problem is a pure network it is the slow but independent second opinion.
 *
 * Each program asks how the flow at hand should change, so that no change at all is always feasible and a solver needs no
 * first phase, which is where floating-point simplex goes wrong on these highly degenerate problems. The first flow at hand
 * is the empty network: all water floods where it enters. Changes are scaled so that the largest flow is about `SCALE`; after
 * each stage the flow is brought back to whole quanta, where it balances exactly.
 *
 * A solver's tolerances, and rounding to quanta, leave a flow that is nearly optimal. Whole numbers bring it to the optimum: cycles
 * that are cheaper (`cancelCycles`), exchanges between plants (`exchange`). What that leaves as a proof tells which arcs can't
 * change in any optimum, and fixing those keeps the optimum exactly. So an answer that can't be used, where figures are too
 * far apart for a solver, is as good as no change. Only once `security` is kept, which isn't a matter of a network alone, is a solver
 * taken at its word: then objectives are kept by rows.
 */
import { cancelCycles } from "../flow/cancel-cycles.js";
import { exchange, fillInOrder } from "../flow/exchange.js";
import type { LinearBackend } from "../linear/program.js";
import type { Engine } from "./engine.js";
import { intakeOf, keepIntake } from "../problem/flows.js";
import { lowerLevels } from "./linear-levels.js";
import { SecureFlow } from "./linear-security.js";
import { linearStep, type Limit, type Step } from "./linear-step.js";
import { tidyCost, type Sink } from "../problem/flow-model.js";
import type { FlowProblem } from "../problem/problem.js";
import type { Security } from "../problem/security.js";
import { largestCost, wholeCosts } from "../problem/whole-costs.js";

/** What the largest flow is scaled to, so that a solver's absolute tolerances mean the same in every city. */
const SCALE = 1000;

/**
 * The engine of this problem on a backend. A stage is one program; `balance` takes two or more for each level of plants; and with
 * `security`, each of them may be solved several times.
 */
export function linearEngine(problem: FlowProblem, backend: LinearBackend, security?: Security): Engine {
  const { tail, head, nodes, ground, plants } = problem;
  const arcs = tail.length;
  const lower = new Float64Array(arcs);
  const upper = new Float64Array(arcs);
  const flow = new Float64Array(arcs);
  const at = { nodes, tail, head, lower, upper, flow, unit: 1 };
  const propose = linearStep(problem, at, backend, { isTrusted: false });
  const insist = linearStep(problem, at, backend, { isTrusted: true });
  const secured = security === undefined ? undefined : new SecureFlow(problem, security, at);
  const whole = new Float64Array(arcs);
  /** Objectives that have been taken since security: cost per arc, scaled to at most 1, and the optimum. */
  const taken: { readonly arcs: readonly number[]; readonly cost: Float64Array; readonly value: number }[] = [];

  /** The flow that needs no link: all water floods where it enters. */
  const begin = () => {
    lower.fill(0);
    upper.set(problem.upper);
    flow.fill(0);
    let largest = Math.max(1, problem.total);
    // To hold set points, links may carry more than all inflow.
    for (let a = 0; a < arcs; a++) if (head[a] !== ground) largest = Math.max(largest, upper[a]!);
    at.unit = largest / SCALE;
    for (const { arcs: flooding, at: v } of problem.flooding) for (const a of flooding) flow[a] = problem.supply[v]!;
    taken.length = 0;
    secured?.begin();
  };

  const valueOf = (columns: readonly number[], cost: Float64Array) =>
    columns.reduce((sum, a) => sum + (cost[a]! * flow[a]!) / at.unit, 0);

  const run: Step = (cost, moreCosts, limits) => {
    if (secured?.isKept !== true) return propose(cost, moreCosts, limits);
    const kept = taken.map(({ arcs: over, cost: by, value }): Limit => ({
      arcs: over,
      coefficient: (a) => by[a]!,
      room: value - valueOf(over, by),
    }));
    return secured.run(insist, cost, moreCosts, [...kept, ...limits]);
  };

  const minimise = (per: Float64Array) => {
    // An expensive arc that can't change any more shall not make the costs of the others coarse.
    const cost = per.map((c, a) => (lower[a] === upper[a] ? 0 : c));
    const largest = cost.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
    if (largest === 0) return;
    const scaled = cost.map((c) => c / largest);
    run(scaled, [], []);
    if (secured?.isKept === true) keepByRow(scaled);
    else {
      wholeCosts(cost, largestCost(nodes), whole);
      keepByPotentials(cancelCycles(at, whole));
    }
  };

  /** Fixes each arc whose reduced cost isn't 0: the flows that leave those at their bounds are just the optima. */
  const keepByPotentials = (potentials: Float64Array) => {
    for (let a = 0; a < arcs; a++) {
      const reduced = whole[a]! + potentials[tail[a]!]! - potentials[head[a]!]!;
      if (reduced !== 0) lower[a] = upper[a] = flow[a]!;
    }
  };

  const keepByRow = (cost: Float64Array) => {
    // Where each arc with a cost stands at the bound that its cost asks for, it stays there, and no row is needed.
    if (cost.every((c, a) => c === 0 || flow[a] === (c > 0 ? lower[a] : upper[a]))) {
      cost.forEach((c, a) => {
        if (c !== 0) lower[a] = upper[a] = flow[a]!;
      });
      return;
    }
    const costly = [...cost.keys()].filter((a) => cost[a] !== 0);
    taken.push({ arcs: costly, cost, value: valueOf(costly, cost) });
  };

  /** Evens out sinks that have a rating, and keeps what each takes to within a tolerance. */
  const evenOut = (sinks: readonly Sink[], tolerance: number) => {
    lowerLevels(sinks, at, run);
    if (secured?.isKept === true) for (const sink of sinks) fillInOrder(at, sink, intakeOf(sink, flow));
    else {
      exchange(
        at,
        ground,
        sinks.map(({ arcs: over, rating }) => ({ arcs: over, weight: rating })),
      );
    }
    for (const sink of sinks) keepIntake(sink, intakeOf(sink, flow), tolerance, lower, upper);
  };

  const balance = (tolerance: number) => {
    evenOut(
      plants.filter((plant) => plant.rating > 0),
      tolerance,
    );
  };

  const share = () => {
    // Where nothing enters, any flood counts as more than any share of an inflow.
    const isShared = (sink: Sink) => sink.rating > 0;
    const elsewhere = problem.flooding.filter((sink) => !isShared(sink));
    const cost = new Float64Array(arcs);
    for (const sink of elsewhere) for (const a of sink.arcs) cost[a] = 1;
    minimise(cost);
    if (elsewhere.some((sink) => intakeOf(sink, flow) > 0)) {
      evenOut(
        elsewhere.map((sink) => ({ ...sink, rating: problem.total })),
        0,
      );
    }
    const shared = problem.flooding.filter(isShared);
    if (shared.some((sink) => intakeOf(sink, flow) > 0)) evenOut(shared, 0);
    else for (const sink of shared) keepIntake(sink, 0, 0, lower, upper);
  };

  const settle = () => {
    minimise(tidyCost(problem));
  };

  const secure = () => secured?.minimise(insist);

  return { name: backend.name, begin, minimise, balance, share, secure, settle, flow };
}
