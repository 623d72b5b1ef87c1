/**
 * From a solver's floating-point flow to one in whole quanta that balances exactly.
 *
 * Flows at a bound are set to it, the others are rounded; what the nodes are off by after that, a few quanta, is sent
 * along arcs that have room, those well between their bounds first. The amounts are tiny, but the result is feasible whatever they
 * are, because the problem is.
 */
import { bug } from "../errors.js";
import { ResidualFlow } from "../flow/residual-flow.js";
import type { FlowModel } from "../problem/flow-model.js";

export interface WholeFlowOptions {
  /** Quanta in one unit of the solver's flow. */
  readonly unit: number;
  /** A flow this near to a bound (in the solver's unit) is at it. */
  readonly atBound: number;
  /** Bounds per arc, quanta. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * @param x flow per arc, in the solver's unit
 * @returns flow per arc, whole quanta
 * @throws EngineError where the bounds admit no flow at all
 * @remarks linear in the arcs, and two maximum flows of what rounding has misplaced
 */
export function toWholeFlow(problem: FlowModel, x: ArrayLike<number>, options: WholeFlowOptions): Float64Array {
  const { unit, atBound, lower, upper } = options;
  const { tail, head } = problem;
  const flow = new Float64Array(tail.length);
  const isBetween = new Uint8Array(tail.length);
  const excess = Float64Array.from(problem.supply);
  for (let a = 0; a < tail.length; a++) {
    const value = x[a]! * unit;
    let quanta = Math.round(value);
    if (value <= lower[a]! + atBound * unit) quanta = lower[a]!;
    else if (value >= upper[a]! - atBound * unit) quanta = upper[a]!;
    else isBetween[a] = 1;
    flow[a] = quanta;
    excess[tail[a]!]! -= quanta;
    excess[head[a]!]! += quanta;
  }
  if (excess.some((quanta) => quanta !== 0)) balance(problem, flow, excess, isBetween, options);
  return flow;
}

function balance(
  { nodes, tail, head }: FlowModel,
  flow: Float64Array,
  excess: Float64Array,
  isBetween: Uint8Array,
  { lower, upper }: WholeFlowOptions,
): void {
  const residual = new ResidualFlow(nodes, tail, head);
  const members = Int32Array.from(excess.keys());
  residual.flow.set(flow);
  residual.lower.set(flow);
  residual.upper.set(flow);
  for (const [a, isFree] of isBetween.entries())
    if (isFree === 1) [residual.lower[a], residual.upper[a]] = [lower[a]!, upper[a]!];
  for (const [v, quanta] of excess.entries()) {
    residual.give[v] = Math.max(0, quanta);
    residual.take[v] = Math.max(0, -quanta);
  }
  const send = () => {
    residual.load();
    const left = residual.send(members, nodes);
    residual.unload();
    return left;
  };
  if (send() > 0) {
    residual.lower.set(lower);
    residual.upper.set(upper);
    if (send() > 0) throw bug("the solver's flow can't be brought into balance.");
  }
  flow.set(residual.flow);
}
