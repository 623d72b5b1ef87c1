/** Evening out the plants of a model: leximin on a copy of it in which each plant is one arc. */
import { Leximin } from "../flow/leximin.js";
import type { FlowModel } from "../problem/flow-model.js";
import type { EvenProof } from "./engine.js";

export class EvenPlants implements EvenProof {
  readonly parts: Int32Array;
  readonly takes: Float64Array;
  readonly flow: Float64Array;

  private readonly leximin: Leximin;
  /** The model's arcs but those of plants after their first, which has all that the plant takes. */
  private readonly arcs: Int32Array;
  /** Per plant, its place in `arcs`. */
  private readonly sinks: Int32Array;

  constructor(private readonly model: FlowModel) {
    const { nodes, ground, tail, head, plants, weights } = model;
    this.parts = new Int32Array(nodes);
    this.takes = new Float64Array(plants.length);
    this.flow = new Float64Array(tail.length);
    const isSecond = new Uint8Array(tail.length);
    for (const { arcs } of plants) for (const a of arcs.slice(1)) isSecond[a] = 1;
    const kept: number[] = [];
    const place = new Int32Array(tail.length);
    for (let a = 0; a < tail.length; a++) {
      place[a] = kept.length;
      if (isSecond[a] === 0) kept.push(a);
    }
    this.arcs = Int32Array.from(kept);
    this.sinks = Int32Array.from(plants, ({ arcs }) => place[arcs[0]!]!);
    const ends = (of: Int32Array) => kept.map((a) => of[a]!);
    this.leximin = new Leximin(nodes, ends(tail), ends(head), ground, this.sinks);
    this.leximin.weights = weights;
  }

  /** Finds the flow within bounds in which plants are most even, from any that is within them; the arrays above are rewritten. */
  even(from: { readonly flow: Float64Array; readonly lower: Float64Array; readonly upper: Float64Array }): void {
    const { arcs, sinks, leximin } = this;
    const pairs = [
      [leximin.lower, from.lower],
      [leximin.upper, from.upper],
      [leximin.flow, from.flow],
    ] as const;
    for (const [into, given] of pairs) {
      for (let k = 0; k < arcs.length; k++) into[k] = given[arcs[k]!]!;
      for (const [i, plant] of this.model.plants.entries()) {
        const k = sinks[i]!;
        for (const a of plant.arcs.slice(1)) into[k]! += given[a]!;
      }
    }
    leximin.solve();
    this.parts.set(leximin.part);
    for (let k = 0; k < arcs.length; k++) this.flow[arcs[k]!] = leximin.flow[k]!;
    for (let i = 0; i < sinks.length; i++) this.takes[i] = leximin.flow[sinks[i]!]!;
  }
}
