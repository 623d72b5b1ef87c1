/**
 * What engines solve: a network of arcs on which water enters at nodes and ends at the ground, with groups of arcs that mean something
 * together. It knows neither units nor steps nor where it comes from: one moment of a city (`FlowProblem`) is one such model.
 */
import type { Weights } from "../flow/level.js";

/** Where water may end, and its arcs to the ground, in the order they fill. */
export interface Sink {
  readonly at: number;
  readonly arcs: readonly number[];
  /** Quanta; Infinity where there is no limit. */
  readonly capacity: number;
  /** What its intake is divided by when sinks are evened out; 0 for one that doesn't take part. */
  readonly rating: number;
}

/** Arcs that carry a link's flow one way and the other, in the order they fill. */
export interface LinkArcs {
  readonly forward: readonly number[];
  readonly backward: readonly number[];
}

export interface FlowModel {
  /** Number of nodes, the ground (the last) included. */
  readonly nodes: number;
  readonly ground: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  /** Largest flow per arc; the least is 0. Whole quanta, like all flows. */
  readonly upper: Float64Array;
  /** What each node gives; the ground takes what all others give. */
  readonly supply: Float64Array;
  /** What all nodes give together. */
  readonly total: number;
  /** Counts the changes of what arcs cost so far: the same count, the same costs. */
  readonly slopes: number;
  readonly links: readonly LinkArcs[];
  /** Sinks that `balance` evens out, and by what. */
  readonly plants: readonly Sink[];
  readonly weights: Weights;
  readonly outfalls: readonly Sink[];
  /** Sinks that `sharing` evens out, one arc each. */
  readonly flooding: readonly Sink[];
  /** Numbers by which ties are drawn: of each link, and of each sink (plants, outfalls, flooding). A part of a model has the whole's. */
  readonly places: { readonly links: ArrayLike<number>; readonly sinks: ArrayLike<number> };
}

/** A cost that is least where no water goes further than it must: it settles what the objectives leave open. */
export function tidyCost({ tail, links }: FlowModel): Float64Array {
  const cost = new Float64Array(tail.length);
  for (const { forward, backward } of links) for (const a of [...forward, ...backward]) cost[a] = 1;
  return cost;
}
