/**
 * The next dispatch from the last one. Most changes of a state leave standing what was learnt from the last: which mains are
 * full, which parts of the city run level, which way is the cheapest. So that is kept, the plants' intakes are evened out anew
 * within the same parts, and pivots mend what is out of bounds. What comes out is held to the conditions that prove an optimum,
 * and to those that make it the only one; where it doesn't meet them, the dispatch is solved anew.
 */
import { LexicographicDual } from "../flow/simplex/lexicographic-dual.js";
import { evenLevel, raisingOrder } from "../flow/level.js";
import { intakeOf } from "../problem/flows.js";
import type { FlowModel, Sink } from "../problem/flow-model.js";

/** Times that intakes are evened out again because pivots have changed how much reaches the plants. */
const ROUNDS = 60;

/** What a full solve leaves for the next. It is taken up only then: many a model is solved but once. */
export interface Solved {
  /** The model's slopes and upper bounds that it was found with. */
  readonly slopes: number;
  readonly upper: Float64Array;
  /** Per linear stage, ties included: exact whole costs, and potentials. The latter are rewritten by a warm start. */
  readonly costs: readonly Float64Array[];
  readonly potentials: readonly Float64Array[];
  /** How many of them come before evening out; all, where the plants aren't evened out. */
  readonly early: number;
  /** The part of each node, by falling level; rewritten by a warm start. Undefined where plants aren't evened out. */
  readonly parts: Int32Array | undefined;
  /** Whether an arc may still change. */
  readonly isFree: (a: number) => boolean;
}

export class WarmStart {
  /** Made when it is first needed. */
  private made: LexicographicDual | undefined;
  private readonly isPlantAt: Uint8Array;
  private readonly plantAt: Int32Array;
  private readonly least: Float64Array;
  private readonly most: Float64Array;
  private readonly intake: Float64Array;
  /** What the last full solve has left, as long as nothing has started from it. */
  private left: Solved | undefined;
  private isReady = false;
  /** Cost slopes that the last solution was found with. */
  private slopes = -1;
  private parts: Int32Array | undefined;

  constructor(
    private readonly model: FlowModel,
    private readonly flow: Float64Array,
  ) {
    const { nodes, plants } = model;
    this.plantAt = Int32Array.from(plants, (plant) => plant.at);
    this.isPlantAt = new Uint8Array(nodes);
    for (const v of this.plantAt) this.isPlantAt[v] = 1;
    this.least = new Float64Array(plants.length);
    this.most = new Float64Array(plants.length);
    this.intake = new Float64Array(plants.length);
  }

  forget(): void {
    this.left = undefined;
    this.isReady = false;
  }

  keep(solved: Solved): void {
    this.left = solved;
  }

  private get dual(): LexicographicDual {
    const { nodes, tail, head, ground, upper, supply } = this.model;
    return (this.made ??= new LexicographicDual(nodes, tail, head, ground, upper, supply, this.flow));
  }

  /** Keeps what is known now; what comes back brings it back, as often as it is called. */
  bookmark(): () => void {
    this.takeUp();
    const { isReady, slopes, parts } = this;
    const places = parts?.slice();
    const toDual = this.dual.bookmark();
    return () => {
      toDual();
      if (places !== undefined) parts?.set(places);
      this.parts = parts;
      this.slopes = slopes;
      this.left = undefined;
      this.isReady = isReady;
    };
  }

  private takeUp(): void {
    const { left, model } = this;
    if (left === undefined) return;
    this.left = undefined;
    const { plants, outfalls, flooding } = model;
    const arcsOf = (sinks: readonly Sink[]) => sinks.flatMap(({ arcs }) => arcs);
    this.dual.adopt({
      ...left,
      sinks: left.parts === undefined ? [] : arcsOf(plants),
      reliefs: arcsOf([...outfalls, ...flooding]),
    });
    this.parts = left.parts;
    this.slopes = left.slopes;
    this.isReady = true;
  }

  /** Finds the flow for what the model has loaded; false, with the flow in disorder, where it is to be solved anew. */
  resume(): boolean {
    this.takeUp();
    const { model } = this;
    if (!this.isReady || this.slopes !== model.slopes) return false;
    this.isReady = false;
    const { dual } = this;
    if (this.parts === undefined) {
      if (!dual.place([]) || !dual.mend(() => false) || !dual.isOptimal()) return false;
    } else {
      this.holdPlants();
      if (!dual.place(this.plantAt) || !this.mend() || !dual.isOptimal() || !this.isEvenStill()) return false;
      dual.parts.number(this.parts);
    }
    this.isReady = true;
    return true;
  }

  /** Whether an arc could change in the last solution without costing any of the first `stages`, or how even plants are, anything. */
  isOpen(a: number, stages: number): boolean {
    return this.dual.isOpen(a, stages);
  }

  /** Pivots, and evens out anew what pivots have led elsewhere, until everything fits. */
  private mend(): boolean {
    const { dual, plantAt, isPlantAt } = this;
    const isPlantRoot = (v: number) => isPlantAt[v] === 1;
    const isNone = () => false;
    for (let round = 0; round < ROUNDS; round++) {
      if (!dual.mend(isPlantRoot)) return false;
      // Every part is evened out anew: pivots may also have changed what plants can take.
      let isOff = false;
      let isChanged = false;
      for (const members of this.plantsByPart()) {
        let more = 0;
        for (const i of members) {
          const v = plantAt[i]!;
          const off = dual.leftAt(v);
          if (off !== 0) isOff = true;
          more += off;
        }
        if (this.level(members, more)) isChanged = true;
      }
      if (isChanged) continue;
      // What is left over in one tree of a part is short in another, or no plant can take it.
      if (isOff) {
        if (!dual.mend(isNone, 1)) return false;
        continue;
      }
      const pair = this.outOfOrder();
      if (pair === undefined) return true;
      if (!dual.merge(...pair)) return false;
    }
    return false;
  }

  /** Holds the arcs of plants that evening out decides on at their last intake, as far as they can still take it. */
  private holdPlants(): void {
    const { dual, model, flow, least, most, intake } = this;
    for (const [i, plant] of model.plants.entries()) {
      const last = intakeOf(plant, flow);
      dual.holdSink(plant.arcs);
      this.measure(i);
      intake[i] = Math.min(Math.max(last, least[i]!), most[i]!);
      this.take(i);
    }
  }

  /** What a plant can take at least and at most, as reduced costs fix its arcs or leave them to be held. */
  private measure(i: number): void {
    const [fixed, open] = this.dual.rangeOf(this.model.plants[i]!.arcs);
    this.least[i] = fixed;
    this.most[i] = fixed + open;
  }

  /** Writes a plant's intake to its arcs that are held. */
  private take(i: number): void {
    this.dual.fill(this.model.plants[i]!.arcs, this.intake[i]! - this.least[i]!);
  }

  /** Plants of each part that has some. */
  private plantsByPart(): Iterable<readonly number[]> {
    const groups = new Map<number, number[]>();
    for (const [i, v] of this.plantAt.entries()) {
      const part = this.dual.parts.of[v]!;
      const group = groups.get(part);
      if (group === undefined) groups.set(part, [i]);
      else group.push(i);
    }
    return groups.values();
  }

  /** Evens out the plants of a part, which are to take `more` than now as far as they can; tells whether that changes anything. */
  private level(plants: readonly number[], more: number): boolean {
    const { dual, model, least, most, intake } = this;
    const { weights } = model;
    const weight = weights.approximate;
    const sharing = plants.filter((i) => weight[i]! > 0);
    let total = more;
    let [floor, ceiling] = [0, 0];
    for (const i of sharing) {
      this.measure(i);
      total += intake[i]!;
      floor += least[i]!;
      ceiling += most[i]!;
    }
    total = Math.min(Math.max(total, floor), ceiling);
    evenLevel(sharing, total, weights, least, most);
    for (const i of sharing) total -= least[i]!;
    const raised = new Set(raisingOrder(sharing, weights, least, most).slice(0, total));
    let isChanged = false;
    for (const i of sharing) {
      const now = least[i]! + (raised.has(i) ? 1 : 0);
      const change = now - intake[i]!;
      if (change === 0) continue;
      isChanged = true;
      intake[i] = now;
      this.measure(i);
      this.take(i);
      dual.add(model.plants[i]!.at, -change);
    }
    return isChanged;
  }

  /**
   * Two ranks of which the higher has a plant that could take more, and the lower one that could take less, and the latter doesn't
   * stand lower by more than rounding could turn round.
   */
  private outOfOrder(): readonly [number, number] | undefined {
    const { dual, model, least, most, intake } = this;
    const weight = model.weights.approximate;
    const { parts } = dual;
    const low = new Array<number>(parts.count).fill(Infinity);
    const high = new Array<number>(parts.count).fill(-Infinity);
    for (const [i, plant] of model.plants.entries()) {
      const w = weight[i]!;
      if (w === 0 || parts.of[plant.at] === 0) continue;
      this.measure(i);
      const now = intake[i]!;
      const rank = parts.rankOf(plant.at);
      if (now < most[i]!) low[rank] = Math.min(low[rank]!, (now - 1) / w);
      if (now > least[i]!) high[rank] = Math.max(high[rank]!, (now + 1) / w);
    }
    let above = Infinity;
    let from = -1;
    for (let rank = 0; rank < low.length; rank++) {
      if (high[rank]! > above) return [from, rank];
      if (low[rank]! >= above) continue;
      above = low[rank]!;
      from = rank;
    }
    return undefined;
  }

  /**
   * Whether the parts prove that the plants are even: no room from a part to a later one, nothing back, and where water could end
   * elsewhere no plant takes more than it must. Then what is held between parts can't carry anything else, either.
   */
  private isEvenStill(): boolean {
    const { dual, model, least, intake } = this;
    const weight = model.weights.approximate;
    for (const [i, plant] of model.plants.entries()) {
      this.measure(i);
      if (dual.parts.of[plant.at] === 0 && weight[i]! > 0 && intake[i]! > least[i]!) return false;
    }
    return dual.isInOrder();
  }
}
