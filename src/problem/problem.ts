/**
 * The dispatch of one moment as a flow problem in whole quanta.
 *
 * Nodes are the network's, in order of id, and one more, the ground, where all water ends. Arcs run one way from 0 to
 * `upper`. A link is cut into pieces where its cost changes slope (at its target, at its present set point), a two-way gate
 * has pieces both ways; a plant is two arcs to the ground, below and above its least flow; an outfall is an arc to the
 * ground; and every other node has an arc for what floods there, so the problem always has a solution. All objectives but
 * `balance` are linear costs on these arcs, and convex along each link and plant: an optimum never gains by filling a dearer
 * piece before a cheaper.
 *
 * Because elements are ordered by id before anything else, the order in a file never matters. The arcs are the network's
 * alone; what a state changes are bounds, inflows and slopes, which `load` writes in place.
 */
import { placesIn, type Places } from "../network/components.js";
import { error, NetworkError } from "../network/issues.js";
import { own } from "../network/own.js";
import type { FullState, Network, NetworkLink, NetworkNode } from "../network/types.js";
import { fromQuanta, MOST_QUANTA, SECONDS_PER_HOUR, toQuanta, unitLabel, type FlowUnit } from "../units/flow.js";
import type { Weights } from "../flow/level.js";
import { lockRange } from "../network/locks.js";
import { decimalOf } from "./decimal.js";
import type { FlowModel } from "./flow-model.js";
import { FlowSums } from "./flow-sums.js";
import type { LinkPart, SinkPart } from "./parts.js";
import { LINEAR_OBJECTIVES, type CostName } from "./policy.js";
import { byId } from "../text/order.js";

export class FlowProblem implements FlowModel {
  readonly network: Network;
  /** Number of nodes, the ground (the last) included. */
  readonly nodes: number;
  readonly ground: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  /** Largest flow per arc. */
  readonly upper: Float64Array;
  /** Inflow per node; the ground takes what all others give. */
  readonly supply: Float64Array;
  /** All inflow together. */
  total = 0;
  /** Whether the state asks for flow for its own sake, by set points or locks, so that water could be sent round in circles. */
  mayCirculate = false;
  /** Whether the state has set points. */
  isSet = false;
  /** Cost per arc: weight, or money per hour per m³/s. */
  readonly cost: Readonly<Record<CostName, Float64Array>>;
  /** What plants are evened out by: capacity times weight. */
  readonly weights: Weights;
  /** Ids of locks that ask for flow, which the arcs are cut for. */
  readonly asking: ReadonlySet<string>;
  /** Counts the changes of `cost` so far. */
  slopes = 0;
  /** In order of id, as all lists here. */
  readonly links: readonly LinkPart[];
  readonly plants: readonly SinkPart[];
  readonly outfalls: readonly SinkPart[];
  readonly flooding: readonly SinkPart[];
  /** Where links and sinks stand in the whole network, of which this may be one component. */
  readonly places: Places;

  /** What plants are evened out by instead, whole numbers; NaN where it is capacity times weight. */
  private readonly rated: Float64Array;
  private readonly catchments: readonly SinkPart[];
  private readonly inflow: Float64Array;
  private readonly nodeOf: ReadonlyMap<string, number>;
  private readonly linkOf: ReadonlyMap<string, number>;
  /** Per node: its availability in the file and in the state at hand, whether nothing passes where that is 0, and whether that is so. */
  private readonly nodeShares: Float64Array;
  private readonly nodeShare: Float64Array;
  private readonly stops: Uint8Array;
  private readonly isShut: Uint8Array;
  /** Per link: ends, the larger capacity of both directions, availability and present flow (NaN where it isn't known). */
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private readonly largest: Float64Array;
  private readonly linkShares: Float64Array;
  private readonly linkShare: Float64Array;
  private readonly setPoint: Float64Array;
  /** What the links' arcs were last cut by, so that only those that differ are cut again. NaN before the first. */
  private readonly cutShare: Float64Array;
  private readonly cutSetPoint: Float64Array;
  private cutMost = NaN;
  private madeSums: FlowSums | undefined;
  /** Links that the last state held. */
  private held: number[] = [];

  /**
   * The arcs of a network; `load` must follow. Linear in the network but for the sorting of ids.
   *
   * @param asking what locks of the states to come may ask for flow (`askingLocks`); of other locks the least flow is passed over
   */
  constructor(network: Network, asking: Iterable<string> = []) {
    this.network = network;
    this.asking = new Set(asking);
    const nodes = [...network.nodes].sort(byId);
    const links = [...network.links].sort(byId);
    this.nodeOf = placesOf(nodes);
    this.linkOf = placesOf(links);
    this.ground = nodes.length;
    this.nodes = nodes.length + 1;
    this.nodeShare = new Float64Array(nodes.length);
    this.nodeShares = Float64Array.from(nodes, ({ availability }) => availability);
    this.stops = Uint8Array.from(nodes, ({ kind }) => Number(kind !== "plant" && kind !== "outfall"));
    this.isShut = new Uint8Array(nodes.length);
    this.linkShares = Float64Array.from(links, ({ availability }) => availability);
    this.from = new Int32Array(links.length);
    this.to = new Int32Array(links.length);
    this.largest = new Float64Array(links.length);
    this.linkShare = new Float64Array(links.length);
    this.setPoint = new Float64Array(links.length);
    this.cutShare = new Float64Array(links.length).fill(NaN);
    this.cutSetPoint = new Float64Array(links.length).fill(NaN);
    this.supply = new Float64Array(this.nodes);
    this.inflow = new Float64Array(nodes.length);
    nodes.forEach((node, v) => {
      if (node.kind === "catchment") this.inflow[v] = this.quanta(node.inflow);
    });

    const tails: number[] = [];
    const heads: number[] = [];
    const addArcs = (count: number, tail: number, head: number): number[] => {
      const added: number[] = [];
      for (let k = 0; k < count; k++) {
        heads.push(head);
        added.push(tails.push(tail) - 1);
      }
      return added;
    };

    this.links = links.map((link, i): LinkPart => {
      const from = this.nodeOf.get(link.from)!;
      const to = this.nodeOf.get(link.to)!;
      this.from[i] = from;
      this.to[i] = to;
      this.largest[i] = Math.max(...this.capacities(link));
      // A piece for each cut that may occur, and one more.
      const pieces = 1 + Number(link.target !== undefined) + Number(link.kind !== "conduit") + this.asks(link.id);
      const isTwoWay = link.kind === "gate" && link.reverseCapacity > 0;
      return {
        link,
        from,
        to,
        target: link.target === undefined ? Infinity : this.quanta(link.target),
        share: 1,
        capacity: 0,
        reverseCapacity: 0,
        setPoint: NaN,
        least: -Infinity,
        most: Infinity,
        forward: addArcs(pieces, from, to),
        backward: isTwoWay ? addArcs(pieces, to, from) : [],
      };
    });
    const sink = (node: NetworkNode, at: number, role: SinkPart["role"], place: number, count = 1): SinkPart => ({
      node,
      at,
      role,
      place,
      share: 1,
      capacity: role === "flooding" ? Infinity : 0,
      rating: 0,
      least: 0,
      heldLeast: 0,
      heldMost: Infinity,
      arcs: addArcs(count, at, this.ground),
    });
    const plants: SinkPart[] = [];
    const outfalls: SinkPart[] = [];
    const flooding: SinkPart[] = [];
    // One kind after the other, so that arcs of a kind lie together.
    nodes.forEach((node, v) => {
      if (node.kind === "plant")
        plants.push(sink(node, v, "plant", plants.length, 1 + Number(node.minFlow > 0) + this.asks(node.id)));
    });
    nodes.forEach((node, v) => {
      if (node.kind === "outfall") outfalls.push(sink(node, v, "outfall", outfalls.length));
    });
    nodes.forEach((node, v) => {
      if (node.kind !== "outfall") flooding.push(sink(node, v, "flooding", flooding.length));
    });
    this.plants = plants;
    this.outfalls = outfalls;
    this.flooding = flooding;
    this.catchments = flooding.filter(({ node }) => node.kind === "catchment");
    const sinks = plants.length + outfalls.length + flooding.length;
    this.places = placesIn(network) ?? { links: [...links.keys()], sinks: Array.from({ length: sinks }, (_, i) => i) };

    this.tail = new Int32Array(tails);
    this.head = new Int32Array(heads);
    this.upper = new Float64Array(tails.length);
    const names: readonly CostName[] = [...LINEAR_OBJECTIVES, "locks"];
    this.cost = Object.fromEntries(names.map((name) => [name, new Float64Array(tails.length)])) as Record<
      CostName,
      Float64Array
    >;
    this.rated = new Float64Array(plants.length).fill(NaN);
    this.weights = weightsOf(plants, this.rated);
    this.setFixedCosts();
  }

  /** What flows add up to; made ready when it is first asked for. */
  get sums(): FlowSums {
    return (this.madeSums ??= new FlowSums(this.links, this.flooding));
  }

  private asks(id: string): number {
    return Number(this.asking.has(id));
  }

  /**
   * Writes bounds, inflows and slopes for a state (from `loadState`). Linear in the network, with little to do where a link is as
   * it was last loaded; allocates nothing that grows.
   */
  load(state: FullState): void {
    const { nodeShare, linkShare, stops, isShut, setPoint, supply } = this;
    supply.set(this.inflow);
    for (const id in state.inflows) this.writeAt(supply, this.nodeOf, id, this.quanta(own(state.inflows, id) ?? 0));
    nodeShare.set(this.nodeShares);
    linkShare.set(this.linkShares);
    for (const id in state.availability) this.setShare(id, own(state.availability, id) ?? 1);
    for (const id of state.out) this.setShare(id, 0);
    // A node that is out stops what would pass through it; but a plant lets water pass even when it takes none in.
    for (let v = 0; v < isShut.length; v++) isShut[v] = nodeShare[v] === 0 ? stops[v]! : 0;

    const before = this.total;
    this.total = 0;
    for (let v = 0; v < this.ground; v++) this.total += supply[v]!;
    supply[this.ground] = -this.total;
    if (this.total > MOST_QUANTA) throw tooMuch(this.total, this.network.units.flow);
    // No flow gains by exceeding all inflow and what circulates to hold set points: beyond that, capacities are alike.
    let most = this.total;
    setPoint.fill(NaN);
    this.isSet = false;
    for (const id in state.setPoints) {
      const flow = this.quanta(own(state.setPoints, id) ?? 0);
      most += Math.abs(flow);
      this.writeAt(setPoint, this.linkOf, id, flow);
      this.isSet = true;
    }
    most += this.hold(state);
    this.mayCirculate = most > this.total;
    this.cutLinks(Math.min(most, MOST_QUANTA));
    for (const sink of this.plants) this.loadPlant(sink);
    for (const sink of this.outfalls) {
      const { node } = sink;
      if (node.kind !== "outfall") continue;
      const share = nodeShare[sink.at]!;
      sink.capacity = share === 0 ? 0 : left(this.quanta(node.capacity ?? Infinity), share);
      this.bound(sink);
    }
    for (const sink of this.catchments) sink.rating = supply[sink.at]!;
    if (this.total !== before) for (const { arcs } of this.flooding) this.upper[arcs[0]!] = this.total;
  }

  /** Takes in what operators hold; what the locks ask for together comes back. */
  private hold({ locks }: FullState): number {
    for (const i of this.held) {
      const part = this.links[i]!;
      [part.least, part.most] = [-Infinity, Infinity];
      this.cutShare[i] = NaN;
    }
    this.held = [];
    for (const plant of this.plants) [plant.heldLeast, plant.heldMost] = [0, Infinity];
    let asked = 0;
    for (const id in locks) {
      const { min, max } = lockRange(own(locks, id) ?? {});
      const [least, most] = [this.quanta(min), this.quanta(max)];
      asked += Math.max(least, -most, 0);
      const i = this.linkOf.get(id);
      if (i !== undefined) {
        const part = this.links[i]!;
        [part.least, part.most] = [least, most];
        this.cutShare[i] = NaN;
        this.held.push(i);
      }
      const v = this.nodeOf.get(id);
      const plant = v === undefined ? undefined : this.plants.find(({ at }) => at === v);
      if (plant !== undefined) [plant.heldLeast, plant.heldMost] = [Math.max(0, least), most];
    }
    return asked;
  }

  /**
   * What is so while nobody acts, of the state that is loaded: a pump or gate whose set point is known carries no more than that, the
   * way it is set, and less where there is no water or no room for it.
   */
  capAtSetPoints(): void {
    for (const [i, { forward, backward, setPoint }] of this.links.entries()) {
      if (Number.isNaN(setPoint)) continue;
      // To be cut anew by the next load, whatever that is of.
      this.cutShare[i] = NaN;
      for (const [arcs, most] of [
        [forward, Math.max(0, setPoint)],
        [backward, Math.max(0, -setPoint)],
      ] as const) {
        let left = most;
        for (const a of arcs) {
          this.upper[a] = Math.min(this.upper[a]!, left);
          left -= this.upper[a];
        }
      }
    }
  }

  /** What is so where no outfall takes anything. Of the state that is loaded, until the next `load`. */
  shutOutfalls(): void {
    for (const sink of this.outfalls) {
      sink.capacity = 0;
      this.bound(sink);
    }
  }

  /**
   * Evens out plants by whole numbers instead of capacity times weight: all that can take anything, as both can't be compared. Of the state
   * that is loaded, until the next `load`.
   */
  rate(plant: SinkPart, rating: number): void {
    plant.rating = this.rated[plant.place] = this.weights.approximate[plant.place] = rating;
  }

  /**
   * What is so with `more` quanta of capacity: of a link, by its place in `links`, the way it is named or `back`, or of a plant or
   * outfall. Of the state that is loaded, until the next `load`.
   */
  addCapacity(of: number | SinkPart, more: number, way: "forth" | "back" = "forth"): void {
    if (typeof of !== "number") {
      of.capacity += more;
      this.bound(of);
      return;
    }
    const part = this.links[of]!;
    if (way === "forth") part.capacity += more;
    else part.reverseCapacity += more;
    this.cutBoth(part);
    this.cutShare[of] = NaN;
  }

  /** Cuts the links that availability, set point or the most that any link need carry have changed for. */
  private cutLinks(most: number): void {
    const { links, isShut, from, to, linkShare, largest, setPoint, cutShare, cutSetPoint } = this;
    const bound = Math.min(most, this.cutMost);
    const isSameMost = most === this.cutMost;
    this.cutMost = most;
    for (let i = 0; i < links.length; i++) {
      const share = isShut[from[i]!] === 1 || isShut[to[i]!] === 1 ? 0 : linkShare[i]!;
      const present = setPoint[i]!;
      const last = cutSetPoint[i]!;
      const isSame = share === cutShare[i] && (present === last || (Number.isNaN(present) && Number.isNaN(last)));
      if (isSame && (isSameMost || largest[i]! <= bound)) continue;
      const part = links[i]!;
      cutShare[i] = share;
      cutSetPoint[i] = present;
      const [capacity, reverse] = this.capacities(part.link);
      part.share = share;
      part.capacity = left(capacity, share);
      part.reverseCapacity = left(reverse, share);
      part.setPoint = present;
      this.cutBoth(part);
    }
  }

  private cutBoth(part: LinkPart): void {
    const { forward, backward, setPoint, least, most, target } = part;
    const { weight } = part.link;
    const [forth, back] = mostOf(part);
    this.cut(forward, Math.min(forth, this.cutMost), target, weight, setPoint, least > 0 ? least : Infinity);
    this.cut(backward, Math.min(back, this.cutMost), target, weight, -setPoint, most < 0 ? -most : Infinity);
  }

  /** Quanta that a link can carry one way and the other when it is wholly available. */
  private capacities(link: NetworkLink): readonly [number, number] {
    return [this.quanta(link.capacity), link.kind === "gate" ? this.quanta(link.reverseCapacity) : 0];
  }

  private loadPlant(sink: SinkPart): void {
    const { node } = sink;
    if (node.kind !== "plant") return;
    const share = this.nodeShare[sink.at]!;
    sink.share = share;
    sink.capacity = left(this.quanta(node.capacity), share);
    sink.least = share > 0 ? this.quanta(node.minFlow) : 0;
    this.bound(sink);
  }

  /** Writes a plant's or outfall's capacity to its arcs. */
  private bound(sink: SinkPart): void {
    const { node, arcs } = sink;
    if (node.kind !== "plant") {
      this.upper[arcs[0]!] = Math.min(sink.capacity, this.total);
      return;
    }
    sink.rating = sink.capacity * node.weight;
    this.rated[sink.place] = NaN;
    this.weights.approximate[sink.place] = sink.rating;
    const most = mostInto(sink);
    const starved = node.minFlow > 0 ? sink.least : Infinity;
    const held = sink.heldLeast > 0 ? sink.heldLeast : Infinity;
    let start = 0;
    for (let k = 0; k < arcs.length; k++) {
      const a = arcs[k]!;
      const end = pieceEnd(k, arcs.length, most, starved, held, Infinity);
      this.upper[a] = end - start;
      this.slope("starved", a, node.minFlow > 0 && !isAbove(k, starved, held, Infinity) ? -1 : 0);
      this.slope("locks", a, held < Infinity && !isAbove(k, held, starved, Infinity) ? -1 : 0);
      start = end;
    }
  }

  /**
   * Cuts one direction of a link, up to `most`, at its target, at its set point (seen this way; NaN for none) and at what a lock asks
   * for (Infinity for none).
   */
  private cut(
    arcs: readonly number[],
    most: number,
    target: number,
    weight: number,
    setPoint: number,
    held: number,
  ): void {
    const isSet = !Number.isNaN(setPoint);
    const atSetPoint = isSet ? Math.max(setPoint, 0) : Infinity;
    // As many pieces as the link can have cuts, and one; what isn't cut now is empty at the end. The slope of a piece depends
    // on the order of the cuts alone, not on whether the capacity that is left leaves it empty.
    let start = 0;
    for (let k = 0; k < arcs.length; k++) {
      const a = arcs[k]!;
      const end = pieceEnd(k, arcs.length, most, target, atSetPoint, held);
      this.upper[a] = end - start;
      this.slope("surcharge", a, isAbove(k, target, atSetPoint, held) ? weight : 0);
      this.slope("moves", a, !isSet ? 0 : isAbove(k, atSetPoint, target, held) ? 1 : -1);
      this.slope("locks", a, held < Infinity && !isAbove(k, held, target, atSetPoint) ? -1 : 0);
      start = end;
    }
  }

  private slope(name: CostName, a: number, value: number): void {
    if (this.cost[name][a] === value) return;
    this.cost[name][a] = value;
    this.slopes += 1;
  }

  private setFixedCosts(): void {
    const { flooding, spill, cost } = this.cost;
    const { energyPrice } = this.network;
    for (const { link, forward, backward } of this.links) {
      for (const arcs of [forward, backward])
        for (const a of arcs) cost[a] = link.energy * energyPrice * SECONDS_PER_HOUR;
    }
    for (const { node, arcs } of this.plants) {
      if (node.kind !== "plant") continue;
      for (const a of arcs) cost[a] = node.treatmentCost * SECONDS_PER_HOUR;
    }
    for (const { node, arcs } of this.outfalls)
      for (const a of arcs) if (node.kind === "outfall") spill[a] = node.weight;
    for (const { node, arcs } of this.flooding)
      for (const a of arcs) if (node.kind !== "outfall") flooding[a] = node.floodWeight;
  }

  private setShare(id: string, share: number): void {
    this.writeAt(this.nodeShare, this.nodeOf, id, share);
    this.writeAt(this.linkShare, this.linkOf, id, share);
  }

  private writeAt(array: Float64Array, place: ReadonlyMap<string, number>, id: string, value: number): void {
    const i = place.get(id);
    if (i !== undefined) array[i] = value;
  }

  private quanta(flow: number): number {
    return toQuanta(flow, this.network.units.flow);
  }
}

/** What a link can carry the way it is named, and back, as locks leave it. */
export function mostOf({ capacity, reverseCapacity, least, most }: LinkPart): readonly [forth: number, back: number] {
  return [Math.min(capacity, Math.max(0, most)), Math.min(reverseCapacity, Math.max(0, -least))];
}

/** What a plant or outfall can take, as locks leave it. */
export function mostInto({ capacity, heldMost }: SinkPart): number {
  return Math.min(capacity, heldMost);
}

/** What a share leaves of a capacity; of one without limit nothing, or all. */
function left(capacity: number, share: number): number {
  if (share === 0) return 0;
  return capacity < Infinity ? Math.round(capacity * share) : Infinity;
}

/** Where piece `k` of some ends: at the next of three cuts (Infinity for one that isn't made), and the last at `most`. */
function pieceEnd(k: number, pieces: number, most: number, a: number, b: number, c: number): number {
  if (k === pieces - 1) return most;
  const first = Math.min(a, b, c);
  const last = Math.max(a, b, c);
  const cut = k === 0 ? first : k === 1 ? Math.max(Math.min(a, b), Math.min(Math.max(a, b), c)) : last;
  return Math.min(cut, most);
}

/** Whether piece `k` lies above a cut, given the two others: the pieces up to it are as many as there are lower cuts, and one. */
function isAbove(k: number, cut: number, other: number, another: number): boolean {
  return cut < Infinity && k >= 1 + Number(other < cut) + Number(another < cut);
}

/** Capacity times weight per plant, the weight as it is written; or what plants are rated at instead. The doubles are written as plants are loaded. */
function weightsOf(plants: readonly SinkPart[], rated: Float64Array): Weights {
  const factors = plants.map(({ node }) => decimalOf(node.kind === "plant" ? node.weight : 0));
  const decimals = factors.reduce((most, factor) => Math.max(most, factor.decimals), 0);
  const scales = factors.map((factor) => factor.mantissa * 10n ** BigInt(decimals - factor.decimals));
  return {
    approximate: new Float64Array(plants.length),
    exact: (i) => {
      const rating = rated[i]!;
      return Number.isNaN(rating) ? BigInt(plants[i]!.capacity) * scales[i]! : BigInt(rating);
    },
  };
}

function placesOf(elements: readonly { readonly id: string }[]): Map<string, number> {
  const places = new Map<string, number>();
  elements.forEach(({ id }, i) => places.set(id, i));
  return places;
}

/** More inflow than sums of it are exact for. */
export function tooMuch(quanta: number, unit: FlowUnit): NetworkError {
  const flow = (value: number) => `${fromQuanta(value, unit)} ${unitLabel(unit)}`;
  const fault = { is: "inflowsBeyond", total: flow(quanta), most: flow(MOST_QUANTA) } as const;
  return new NetworkError([error("range", "inflows", fault)]);
}
