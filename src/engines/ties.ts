/**
 * What all objectives leave open is settled by drawn costs until a single flow is left, so that a plan doesn't depend on how it was
 * found. They look drawn but are the same for the same ids everywhere.
 */
import { bug } from "../errors.js";
import type { NetworkSimplex } from "../flow/simplex/network-simplex.js";
import type { FlowModel } from "../problem/flow-model.js";

/** Of the costs that settle ties, the part that is drawn, so that they differ; the rest makes short ways cheaper than long. */
const DRAWN = 2 ** 20;
/** Beyond the number of any link: what tells the draws of a gate's two ways apart. */
const BACKWARD = 2 ** 30;
/** Rounds of drawing after which ties should long be settled: a draw is the same for two ways once in a million times. */
const MOST_ROUNDS = 20;

export class Ties {
  private readonly rounds: Float64Array[] = [];

  constructor(private readonly model: FlowModel) {}

  /** The costs of all arcs in a round, counted from 0. */
  costs(round: number): Float64Array {
    return (this.rounds[round] ??= this.draw(round));
  }

  /**
   * Draws a cost for each arc; the pieces of a link or plant still fill in order. The two ways of a gate are drawn as one at first, and
   * then each by itself: over time a way round could hold both, and what they cost would cancel in every round.
   */
  private draw(round: number): Float64Array {
    const { places, links, plants, outfalls, flooding, tail } = this.model;
    const costs = new Float64Array(tail.length);
    const write = (arcs: readonly number[], base: number, i: number) => {
      arcs.forEach((a, k) => (costs[a] = base + drawn(i, round) + k));
    };
    for (const [i, { forward, backward }] of links.entries()) {
      const place = places.links[i]!;
      write(forward, DRAWN, place);
      write(backward, DRAWN, round === 0 ? place : place + BACKWARD);
    }
    let i = 0;
    for (const sinks of [plants, outfalls, flooding])
      for (const { arcs } of sinks) write(arcs, 0, -1 - places.sinks[i++]!);
    return costs;
  }
}

/**
 * Minimises round after round until one flow is left.
 *
 * @param minimise minimises the costs of a round, and fixes the arcs that all optima leave at the same bound
 */
export function settleTies({ lower, upper, state }: NetworkSimplex, minimise: (round: number) => void): void {
  // An arc that is neither fixed nor in the tree could take part in another flow as good.
  const isOpen = () => state.some((place, a) => lower[a] !== upper[a] && place !== 0);
  let round = 0;
  do {
    if (round === MOST_ROUNDS) throw bug("drawn costs leave more than one flow.");
    minimise(round++);
  } while (isOpen());
}

/** A whole number from 0 to DRAWN − 1 that looks drawn, the same for the same arguments everywhere. */
function drawn(i: number, round: number): number {
  let z = Math.imul(i + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(round + 1, 0xc2b2ae35);
  z = Math.imul(z ^ (z >>> 15), 0x2c1b3c6d);
  z = Math.imul(z ^ (z >>> 12), 0x297a2d39);
  return ((z ^ (z >>> 15)) >>> 0) % DRAWN;
}
