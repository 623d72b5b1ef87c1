/**
 * Who floods: of flows that are as good for all that comes before, the one in which what floods, over what enters the network there, is
 * as even as can be. Where nothing enters, any flood counts as more than any share of an inflow: so water floods where it enters rather
 * than further down, as long as nothing else speaks for that, and no name decides between two junctions either. Nothing is to be decided where nothing floods, or
 * where what floods can't change any more.
 *
 * Little of a network can still change by then, and so what can, around the places whose flood can, is looked at by itself.
 */
import { bug } from "../errors.js";
import { Leximin } from "../flow/leximin.js";
import { LexicographicSimplex } from "../flow/simplex/lexicographic-simplex.js";
import { NetworkSimplex } from "../flow/simplex/network-simplex.js";
import { intakeOf } from "../problem/flows.js";
import type { FlowModel } from "../problem/flow-model.js";
import type { EvenProof } from "./engine.js";
import { settleTies, type Ties } from "./ties.js";

/** So many times an inflow is a weight that leaves every share below one quantum where nothing enters: no flow has 2^60 quanta. */
const SHARES = 2 ** 60;
const NONE = -1;

/** What is left of the choice. */
export interface Choice {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly isOpen: (a: number) => boolean;
}

/** What can change together with a flood: arcs between some nodes, or from one of them to the ground, which comes last. */
interface Region {
  /** Per node of it, the model's. */
  readonly nodes: readonly number[];
  /** Per arc of it, the model's; first those by which a place of `places` floods. */
  readonly arcs: readonly number[];
  readonly tail: Int32Array;
  readonly head: Int32Array;
  /** Places that may flood, as the model counts them. */
  readonly places: readonly number[];
}

export class Sharing implements EvenProof {
  /** Per node the part that it is of, and per place what floods there, quanta; written by `share`. */
  readonly parts: Int32Array;
  readonly takes: Float64Array;
  /** Whether anything floods, in the last solution. */
  isFlooding = false;

  constructor(private readonly model: FlowModel) {
    this.parts = new Int32Array(model.nodes);
    this.takes = new Float64Array(model.flooding.length);
  }

  /**
   * Evens out what floods, in place.
   *
   * @param flow one of the flows that are as good
   * @param choice bounds of the arcs, and which may carry something else in another flow as good: those are all that keep to the bounds
   * @param ties what settles which flow it is of those with these floods; left open if not given
   */
  share(flow: Float64Array, choice: Choice, ties?: Ties): void {
    const { parts, takes, model } = this;
    this.isFlooding = false;
    for (const [i, sink] of model.flooding.entries()) {
      takes[i] = intakeOf(sink, flow);
      if (takes[i] !== 0) this.isFlooding = true;
    }
    if (!this.isFlooding) return;
    parts.fill(0);
    const region = this.regionOf(choice.isOpen);
    if (region === undefined) return;
    this.even(region, flow, choice);
    if (ties !== undefined) this.settle(region, flow, choice, ties);
  }

  /** What an open flood can change with; undefined where none is open. */
  private regionOf(isOpen: Choice["isOpen"]): Region | undefined {
    const { model } = this;
    const { ground, tail, head, flooding } = model;
    const places = [...flooding.keys()].filter((i) => isOpen(floodOf(model, i)));
    if (places.length === 0) return undefined;
    // Nodes joined by open arcs are of one group, named by one of them. The ground joins none: what ends there ends.
    const group = Int32Array.from({ length: ground }, (_, v) => v);
    const groupOf = (v: number) => {
      let g = v;
      while (group[g] !== g) g = group[g] = group[group[g]!]!;
      return g;
    };
    const open: number[] = [];
    for (let a = 0; a < tail.length; a++) {
      if (!isOpen(a)) continue;
      open.push(a);
      if (head[a] !== ground) group[groupOf(tail[a]!)] = groupOf(head[a]!);
    }
    const isOf = new Uint8Array(ground);
    for (const i of places) isOf[groupOf(flooding[i]!.at)] = 1;
    const name = new Int32Array(model.nodes).fill(NONE);
    const nodes: number[] = [];
    for (let v = 0; v < ground; v++) if (isOf[groupOf(v)] === 1) name[v] = nodes.push(v) - 1;
    name[ground] = nodes.length;
    const floods = places.map((i) => floodOf(model, i));
    const isFlood = new Set(floods);
    const arcs = [...floods, ...open.filter((a) => name[tail[a]!] !== NONE && !isFlood.has(a))];
    const named = (ends: Int32Array) => Int32Array.from(arcs, (a) => name[ends[a]!]!);
    return { nodes, arcs, tail: named(tail), head: named(head), places };
  }

  private even({ nodes, arcs, tail, head, places }: Region, flow: Float64Array, choice: Choice): void {
    const { model, parts, takes } = this;
    const ratings = places.map((i) => model.flooding[i]!.rating);
    const even = new Leximin(nodes.length + 1, tail, head, nodes.length, [...places.keys()]);
    for (const [k, a] of arcs.entries()) {
      even.lower[k] = choice.lower[a]!;
      even.upper[k] = choice.upper[a]!;
      even.flow[k] = flow[a]!;
    }
    even.weights = {
      approximate: Float64Array.from(ratings, (rating) => (rating > 0 ? rating * SHARES : 1)),
      exact: (i) => BigInt(ratings[i]!) * BigInt(SHARES) || 1n,
    };
    const levels = even.solve();
    for (const [k, a] of arcs.entries()) flow[a] = even.flow[k]!;
    for (const [k, i] of places.entries()) takes[i] = even.flow[k]!;
    // What can't change comes last: in the proof it relieves no one.
    parts.fill(levels.length);
    for (const [k, v] of nodes.entries()) parts[v] = even.part[k]!;
  }

  /** Settles which flow it is, with floods as they are. */
  private settle({ nodes, arcs, tail, head, places }: Region, flow: Float64Array, choice: Choice, ties: Ties): void {
    const others = arcs.slice(places.length);
    const [from, to] = [tail.subarray(places.length), head.subarray(places.length)];
    const simplex = new NetworkSimplex(nodes.length + 1, from, to);
    const { lower, upper, supply } = simplex;
    for (const [k, a] of others.entries()) {
      lower[k] = choice.lower[a]!;
      upper[k] = choice.upper[a]!;
      supply[from[k]!]! += flow[a]!;
      supply[to[k]!]! -= flow[a]!;
    }
    const inTurn = new LexicographicSimplex(simplex, from, to);
    inTurn.begin();
    settleTies(simplex, (round) => {
      const costs = ties.costs(round);
      inTurn.add(
        Float64Array.from(others, (a) => costs[a]!),
        new Float64Array(nodes.length + 1),
      );
      if (inTurn.settle() !== "optimal") throw bug("who floods was shared out to no flow.");
    });
    for (const [k, a] of others.entries()) flow[a] = simplex.flow[k]!;
  }
}

/** The arc by which a place floods: no one has more than one. */
function floodOf(model: FlowModel, i: number): number {
  return model.flooding[i]!.arcs[0]!;
}
