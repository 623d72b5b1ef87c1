/** The flow that evening out found: where a tolerance is used after it, the plan's differs. */
import { toQuanta } from "../units/flow.js";
import type { EvenProof } from "./certificate.js";
import type { FlowProblem } from "../problem/problem.js";

/** Whole quanta per arc; the plan's own `flow` where there is no tolerance. */
export function evenFlow(problem: FlowProblem, flow: Float64Array, { intakes, flows }: EvenProof): Float64Array {
  if (flows === undefined) return flow;
  const quanta = (value: number | undefined) => toQuanta(value ?? 0, problem.network.units.flow);
  const even = new Float64Array(flow.length);
  const fill = (arcs: readonly number[], amount: number) => {
    let left = Math.max(0, amount);
    for (const a of arcs) {
      even[a] = Math.min(left, problem.upper[a] ?? 0);
      left -= even[a] ?? 0;
    }
  };
  for (const [i, part] of problem.links.entries()) {
    fill(part.forward, quanta(flows[i]));
    fill(part.backward, -quanta(flows[i]));
  }
  const ends = [...problem.outfalls, ...problem.flooding];
  for (const [i, { arcs }] of ends.entries()) fill(arcs, quanta(flows[problem.links.length + i]));
  for (const [i, { arcs }] of problem.plants.entries()) fill(arcs, quanta(intakes[i]));
  return even;
}
