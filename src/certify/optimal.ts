/**
 * Proves from a plan's certificate that no better plan exists, in whole numbers, without solving anything. Like `certify`
 * it shares nothing with the engines: it sees links, plants, outfalls and places that flood as edges with a convex cost of
 * their flow, and knows nothing of the arcs that an engine cuts them into.
 *
 * Every edge has a range in which its flow may still lie; at first that is its capacity. A linear stage with potentials π
 * asks of each edge (u to v, with τ = π(u) − π(v)) that its flow is a minimum of cost + τ · flow within the range. If that
 * holds everywhere, the sum of costs over any other flow is no less, because Σ τ · flow is the same for all that balance;
 * and the flows that are as good are just those that stay in the minima, which become the ranges of the next stage. An even
 * stage leaves the flows that are as even, or those that the tolerance gives (certify-even.ts).
 *
 * Costs are figures as they are written, times a factor that makes them whole. Where no factor does, the engine rounds each, and so
 * the proof is of the rounded costs. It is then computed, without rounding, what the true costs could save: for any other
 * flow in the ranges that is at most Σ over the edges of (cost + τ · flow) less its least value in the range.
 *
 * Source: complementary slackness for convex costs, Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 14.
 */
import { show } from "../text/show.js";
import type { CertificateStage, LinearProof } from "../plan/certificate.js";
import { proveEven } from "./even.js";
import { plus, times, toNumber, valueOf, written, type Decimal } from "./exact.js";
import type { Edge, Piece, Proof, ProofInput } from "./edges.js";
import type { CostName } from "../problem/policy.js";

/** What a stage whose costs were rounded leaves open: a plan could be better by this at most, in quanta times price. */
export interface Rounding {
  readonly stage: number;
  readonly objectives: readonly CostName[];
  readonly by: number;
}

/** Costs may be rounded by this share of the largest cost of what can carry water. */
const COARSEST = 1e-7;

/** Potentials and costs up to this add up exactly. */
const LARGEST = 2 ** 50;

/** What is wrong with the proof; no faults where it holds. Linear in the network. */
export function checkProof(
  stages: readonly CertificateStage[],
  input: ProofInput,
): { readonly faults: readonly string[]; readonly roundings: readonly Rounding[] } {
  const faults: string[] = [];
  const roundings: Rounding[] = [];
  const { edges, quanta } = input;
  const proof: Proof = {
    ...input,
    least: Float64Array.from(edges, (edge) => edge.least),
    most: Float64Array.from(edges, (edge) => edge.most),
  };
  stages.forEach((stage, k) => {
    const fault = (text: string) => void faults.push(`certificate, stage ${k + 1}: ${text}`);
    if ("potentials" in stage) {
      const by = proveLinear(stage, proof, fault);
      if (by !== undefined) roundings.push({ stage: k, objectives: Object.keys(stage.objectives) as CostName[], by });
    } else if ("objective" in stage) {
      const isFlooding = edges.some(({ sink, flow }) => sink?.objective === stage.objective && flow > 0);
      const { objective, parts, shares } = stage;
      if (parts !== undefined && shares !== undefined)
        proveEven({ objective, tolerance: 0, parts, takes: shares.map(quanta), flows: undefined }, proof, fault);
      // Where nothing floods nothing can be less.
      else if (isFlooding || parts !== undefined || shares !== undefined)
        fault("what floods needs parts and shares for its proof");
      else {
        for (const [e, { sink }] of edges.entries())
          if (sink?.objective === objective) proof.least[e] = proof.most[e] = 0;
      }
    } else {
      const { tolerance, parts, intakes, flows } = stage;
      const claim = { objective: "balance", tolerance, parts, takes: intakes.map(quanta) } as const;
      proveEven({ ...claim, flows: flows?.map(quanta) }, proof, fault);
    }
  });
  return { faults, roundings };
}

/** @returns what rounded costs leave open, quanta times price; undefined where the costs are whole */
function proveLinear(
  { objectives, factor, potentials }: LinearProof,
  { edges, nodes, least, most }: Proof,
  fault: (text: string) => void,
): number | undefined {
  const fits = (value: number) => Number.isInteger(value) && Math.abs(value) <= LARGEST;
  if (potentials.length !== nodes || !potentials.every(fits)) {
    fault(`there is one whole potential for each of ${nodes} nodes`);
    return undefined;
  }
  const weights = Object.entries(objectives) as [CostName, number][];
  const exactFactor = valueOf(factor);
  const exactWeights = weights.map(([, weight]) => times(written(weight), exactFactor));
  let largest = 0;
  let isHeld = true;
  let coarsest: number | undefined;
  let open: Decimal = { digits: 0n, power: 0 };

  for (const [e, edge] of edges.entries()) {
    const [from = 0, to = 0] = [least[e], most[e]];
    const tension = (potentials[edge.from] ?? 0) - (potentials[edge.to] ?? 0);
    let [low, high] = [to, from];
    // Of a convex function the minima are from the last place it falls to, to the first place it rises from.
    let falls = true;
    for (const [start, end] of piecesOf(edge, weights)) {
      const prices = weights.map(([name]) => priceAt(edge.costs[name], start));
      // As the engine computes it: a guess at what it rounds to. What follows holds for any guess.
      const raw = weights.reduce((sum, [, weight], i) => sum + weight * product(prices[i] ?? []), 0) * factor;
      largest = Math.max(largest, Math.abs(raw));
      const [begin, stop] = [Math.max(start, from), Math.min(end, to)];
      if (begin >= stop) continue;
      if (!(Math.abs(raw) <= LARGEST)) {
        isHeld = false;
        continue;
      }
      const rounded = Math.round(raw);
      const slope = rounded + tension;
      if (falls && slope >= 0) {
        low = begin;
        falls = false;
      }
      if (slope <= 0) high = stop;
      const off = exactSum(prices, exactWeights, rounded);
      if (off.digits === 0n) continue;
      coarsest = Math.max(coarsest ?? 0, Math.abs(toNumber(off)));
      // A true slope below 0 saves to the right of the flow, one above 0 to its left.
      const { digits, power } = plus(off, { digits: BigInt(slope), power: 0 });
      const beyond = digits < 0n ? Math.max : Math.min;
      const width = beyond(stop, edge.flow) - beyond(begin, edge.flow);
      open = plus(open, { digits: (digits < 0n ? -digits : digits) * BigInt(width), power });
    }
    if (low > high) high = low;
    if (edge.flow < low || edge.flow > high)
      fault(`${edge.name} could do better: ${edge.flow} quanta is not from ${low} to ${high}`);
    least[e] = Math.min(edge.flow, Math.max(from, low));
    most[e] = Math.max(edge.flow, Math.min(to, high));
  }
  if (!isHeld) fault(`costs times the factor ${show(factor)} are too large to add up`);
  if (coarsest === undefined) return undefined;
  if (!(coarsest <= COARSEST * largest)) fault(`costs times the factor ${show(factor)} are not whole`);
  return toNumber(open) / factor;
}

/** Stretches of what an edge can carry on which its cost has one slope. */
function piecesOf(edge: Edge, weights: readonly [CostName, number][]): [start: number, end: number][] {
  if (edge.least >= edge.most) return [];
  const cuts = new Set([edge.least]);
  for (const [name] of weights) {
    for (const { from } of edge.costs[name] ?? []) if (from > edge.least && from < edge.most) cuts.add(from);
  }
  const starts = [...cuts].sort((a, b) => a - b);
  return starts.map((start, i) => [start, starts[i + 1] ?? edge.most]);
}

function priceAt(pieces: readonly Piece[] | undefined, at: number): readonly number[] {
  return pieces?.findLast(({ from }) => from <= at)?.price ?? [0];
}

function product(factors: readonly number[]): number {
  return factors.reduce((all, one) => all * one, 1);
}

/** The weighted sum of prices, less a whole number. */
function exactSum(prices: readonly (readonly number[])[], weights: readonly Decimal[], less: number): Decimal {
  let sum: Decimal = { digits: BigInt(-less), power: 0 };
  prices.forEach((price, i) => {
    const weight = weights[i];
    if (weight === undefined || price.includes(0)) return;
    sum = plus(sum, price.map(written).reduce(times, weight));
  });
  return sum;
}
