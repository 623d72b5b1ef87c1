/**
 * The next dispatch from the last one. Most changes of a state leave standing what was learnt from the last: which mains are
 * full, which parts of the city run level, which way is the cheapest. So that is kept, the plants' intakes are evened out anew
 * within the same parts, and pivots mend what is out of bounds. What comes out is held to the conditions that prove an optimum,
 * and to those that make it the only one; where it doesn't meet them, the dispatch is solved anew.
 */
import { LAST, LexicographicDual } from "../flow/lexicographic-dual.js";
import { evenLevel, raisingOrder } from "../flow/level.js";
import { intakeOf } from "../problem/flows.js";
import type { FlowModel } from "../problem/flow-model.js";

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
  private readonly members: Int32Array;
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
    this.members = new Int32Array(nodes);
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
    const { dual, isReady, slopes, parts } = this;
    const { early } = dual;
    const [costs, potentials, rank] = [[...dual.costs], [...dual.potentials], [...dual.rank]];
    const kept = [
      dual.flow,
      dual.isBasic,
      dual.isHeld,
      dual.lead,
      dual.part,
      ...potentials,
      ...(parts ? [parts] : []),
    ].map((array) => [array, array.slice()] as const);
    return () => {
      for (const [array, copy] of kept) array.set(copy);
      dual.costs.splice(0, Infinity, ...costs);
      dual.potentials.splice(0, Infinity, ...potentials);
      dual.early = early;
      dual.rank = [...rank];
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
    const { slopes, upper, costs, potentials, early, parts, isFree } = left;
    const { dual } = this;
    const { tail, head, ground, outfalls, flooding, plants } = model;
    const { part, isBasic, isHeld, isSink } = dual;
    dual.costs.splice(0, Infinity, ...costs);
    dual.potentials.splice(0, Infinity, ...potentials);
    dual.early = early;
    isHeld.fill(0);
    isSink.fill(0);
    if (parts !== undefined) for (const { arcs } of plants) for (const a of arcs) isSink[a] = 1;
    for (let a = 0; a < tail.length; a++) isBasic[a] = isFree(a) && isSink[a] === 0 ? 1 : 0;
    dual.adopt();
    this.parts = parts;
    part.fill(0);
    dual.rank = [LAST];
    if (parts !== undefined) {
      let relief = Infinity;
      for (const { arcs, at } of [...outfalls, ...flooding]) {
        for (const a of arcs) if (dual.isTight(a) && dual.flow[a]! < upper[a]!) relief = Math.min(relief, parts[at]!);
      }
      for (let v = 0; v < ground; v++) {
        const place = parts[v]!;
        if (place >= relief) continue;
        part[v] = place + 1;
        dual.rank[place + 1] = place;
      }
      for (let a = 0; a < tail.length; a++) {
        if (isSink[a] === 1 || part[tail[a]!] === part[head[a]!] || !dual.isTight(a)) continue;
        isHeld[a] = 1;
        isBasic[a] = 0;
      }
    }
    this.slopes = slopes;
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
      this.number(this.parts);
    }
    this.isReady = true;
    return true;
  }

  /** Whether an arc could change in the last solution without costing any of the first `stages`, or how even plants are, anything. */
  isOpen(a: number, stages: number): boolean {
    const { dual, model } = this;
    const lead = Math.abs(dual.lead[a]!);
    if (model.upper[a] === 0 || dual.isHeld[a] === 1) return false;
    return dual.isBasic[a] === 1 || lead === 0 || lead > stages;
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
          const off = dual.isRoot(v) ? dual.surplus[v]! : 0;
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
      if (!this.merge(pair)) return false;
    }
    return false;
  }

  /** Makes one part of all from one rank to another. */
  private merge([from, to]: readonly [number, number]): boolean {
    const { dual, members } = this;
    const name = dual.rank.indexOf(from);
    let count = 0;
    dual.part.forEach((part, v) => {
      const rank = dual.rank[part]!;
      if (rank > from && rank <= to) members[count++] = v;
    });
    return dual.rename(members, count, name);
  }

  /** Holds the arcs of plants that evening out decides on at their last intake, as far as they can still take it. */
  private holdPlants(): void {
    const { dual, model, least, most, intake } = this;
    for (const [i, plant] of model.plants.entries()) {
      const last = intakeOf(plant, dual.flow);
      for (const a of plant.arcs) {
        dual.isHeld[a] = dual.isTight(a) ? 1 : 0;
        if (dual.isHeld[a] === 0) dual.flow[a] = dual.lead[a]! < 0 ? model.upper[a]! : 0;
      }
      this.measure(i);
      intake[i] = Math.min(Math.max(last, least[i]!), most[i]!);
      this.take(i);
    }
  }

  /** What a plant can take at least and at most, as reduced costs fix its arcs or leave them to be held. */
  private measure(i: number): void {
    const { dual, model, least, most } = this;
    let fixed = 0;
    let open = 0;
    for (const a of model.plants[i]!.arcs) {
      if (dual.isHeld[a] === 1) open += model.upper[a]!;
      else fixed += dual.flow[a]!;
    }
    least[i] = fixed;
    most[i] = fixed + open;
  }

  /** Writes a plant's intake to its arcs that are held: they fill in order. */
  private take(i: number): void {
    const { dual, model, intake, least } = this;
    let left = intake[i]! - least[i]!;
    for (const a of model.plants[i]!.arcs) {
      if (dual.isHeld[a] === 0) continue;
      dual.flow[a] = Math.min(left, model.upper[a]!);
      left -= dual.flow[a];
    }
  }

  /** Plants of each part that has some. */
  private plantsByPart(): Iterable<readonly number[]> {
    const groups = new Map<number, number[]>();
    for (const [i, v] of this.plantAt.entries()) {
      const part = this.dual.part[v]!;
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
    const low = new Array<number>(dual.rank.length).fill(Infinity);
    const high = new Array<number>(dual.rank.length).fill(-Infinity);
    for (const [i, plant] of model.plants.entries()) {
      const w = weight[i]!;
      const part = dual.part[plant.at]!;
      if (w === 0 || part === 0) continue;
      this.measure(i);
      const now = intake[i]!;
      const rank = dual.rank[part]!;
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
    const { tail, head, upper } = model;
    const { part, flow, rank, isSink } = dual;
    for (const [i, plant] of model.plants.entries()) {
      this.measure(i);
      if (part[plant.at] === 0 && weight[i]! > 0 && intake[i]! > least[i]!) return false;
    }
    for (let a = 0; a < tail.length; a++) {
      if (upper[a] === 0 || isSink[a] === 1 || !dual.isTight(a)) continue;
      // The ground is of part 0, which comes last.
      const from = rank[part[tail[a]!]!]!;
      const to = rank[part[head[a]!]!]!;
      if (from < to ? flow[a] !== upper[a] : from > to && flow[a] !== 0) return false;
    }
    return true;
  }

  /** Numbers the parts by rank, without gaps, for the proof. */
  private number(parts: Int32Array): void {
    const { dual } = this;
    const { part, rank } = dual;
    const place = rank.map(() => -1);
    for (const name of part) place[name] = 0;
    place[0] = -1;
    const used = [...place.keys()].filter((name) => place[name] === 0).sort((p, q) => rank[p]! - rank[q]!);
    for (const [k, name] of used.entries()) place[name] = k;
    for (let v = 0; v < part.length; v++) {
      const k = place[part[v]!]!;
      parts[v] = k === -1 ? used.length : k;
      part[v] = k + 1;
    }
    dual.rank = [LAST, ...used.keys()];
  }
}
