/**
 * Evening out over time: a city laid out step after step, with tanks that keep water from one step to the next, as a network on which the intakes
 * of plants in all steps are evened out; and the largest maximum flow of that.
 */
import { loadNetwork, stateOf } from "trunkflow";
import { city, type CityOptions } from "./cities.js";
import { FlowProblem, Leximin, NetworkSimplex, ResidualFlow } from "./kernels.js";

export interface Evening {
  readonly nodes: number;
  readonly ground: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly flow: Float64Array;
  /** Arcs of plants, and what their intakes are divided by. */
  readonly sinks: readonly number[];
  readonly weight: readonly number[];
}

/** A node in so many has a tank, which takes a share of all inflow of a step. */
const NODES_A_TANK = 29;
const SHARE_OF_INFLOW = 0.1;

/** Inflow swings over the steps, by the day and from step to step. */
function swing(step: number, steps: number): number {
  if (steps === 1) return 1;
  return 0.6 + 0.55 * Math.sin((2 * Math.PI * step) / steps) + (0.2 * ((step * 7919) % 13)) / 13;
}

/** Least flooding and spill, in that order, are settled first: what they leave no room for is fixed. */
export function evening(options: CityOptions, steps: number): Evening {
  const network = loadNetwork(city(options));
  const step = new FlowProblem(network);
  step.load(stateOf(network));
  const { ground: size, total } = step;
  const ground = size * steps;
  const [tail, head, most, cost]: [number[], number[], number[], number[]] = [[], [], [], []];
  const addArc = (from: number, to: number, room: number, price: number) => {
    head.push(to);
    most.push(room);
    cost.push(price);
    return tail.push(from) - 1;
  };
  const supply = new Float64Array(ground + 1);
  const sinks: number[] = [];
  const weight: number[] = [];
  const ofPlants = new Set(step.plants.flatMap(({ arcs }) => arcs));
  const endless = total * steps * 2;
  const floods = new Set(step.flooding.flatMap(({ arcs }) => arcs));
  for (let t = 0; t < steps; t++) {
    const first = t * size;
    for (let v = 0; v < size; v++) supply[first + v] = Math.max(0, Math.round(step.supply[v]! * swing(t, steps)));
    for (let a = 0; a < step.tail.length; a++) {
      if (ofPlants.has(a)) continue;
      const to = step.head[a] === step.ground ? ground : first + step.head[a]!;
      const price = 1000 * step.cost.flooding[a]! + 10 * step.cost.spill[a]!;
      addArc(first + step.tail[a]!, to, floods.has(a) ? endless : step.upper[a]!, Math.round(price));
    }
    for (const { at, capacity } of step.plants) {
      sinks.push(addArc(first + at, ground, capacity, 0));
      weight.push(capacity);
    }
    if (t + 1 === steps) continue;
    for (let v = 0; v < size; v += NODES_A_TANK)
      addArc(first + v, first + size + v, Math.round(total * SHARE_OF_INFLOW), 0);
  }
  supply[ground] = -supply.reduce((sum, amount) => sum + amount, 0);

  const simplex = new NetworkSimplex(ground + 1, tail, head);
  simplex.supply.set(supply);
  simplex.upper.set(most);
  simplex.cost.set(cost);
  if (simplex.solve() !== "optimal") throw new Error("a city over time has no best flow");
  const { potential } = simplex;
  const reduced = cost.map((price, a) => price + potential[tail[a]!]! - potential[head[a]!]!);
  return {
    nodes: ground + 1,
    ground,
    tail: Int32Array.from(tail),
    head: Int32Array.from(head),
    lower: Float64Array.from(reduced, (price, a) => (price < 0 ? most[a]! : 0)),
    upper: Float64Array.from(reduced, (price, a) => (price > 0 ? 0 : most[a]!)),
    flow: simplex.flow.slice(),
    sinks,
    weight,
  };
}

/** Returns what evens out from the start each time. */
export function evener({ nodes, tail, head, ground, sinks, weight, lower, upper, flow }: Evening): () => void {
  const leximin = new Leximin(nodes, tail, head, ground, sinks);
  leximin.weight.set(weight);
  return () => {
    leximin.lower.set(lower);
    leximin.upper.set(upper);
    leximin.flow.set(flow);
    leximin.solve();
  };
}

/** A maximum flow: how much can be moved from where there is too much to where there is room, given a flow. */
export interface Moving {
  readonly nodes: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly flow: Float64Array;
  readonly give: Float64Array;
  readonly take: Float64Array;
}

/** Of all that evening out asks for, the maximum flow with most to move, of those that move any. Nodes and arcs that it doesn't use are left out. */
export function largestMove(of: Evening): Moving {
  let most = 0;
  let largest: Moving | undefined;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on its own object, and put back
  const { send } = ResidualFlow.prototype;
  ResidualFlow.prototype.send = function (members, count) {
    let all = 0;
    for (let k = 0; k < count; k++) all += this.give[members[k]!]!;
    if (all <= most) return send.call(this, members, count);
    this.unload();
    const before = movingOf(of, members.subarray(0, count), this);
    const left = send.call(this, members, count);
    if (left < all) [most, largest] = [all, before];
    return left;
  };
  try {
    evener(of)();
  } finally {
    ResidualFlow.prototype.send = send;
  }
  if (largest === undefined) throw new Error("evening out moved nothing");
  return largest;
}

function movingOf(
  { nodes, tail, head, lower, upper }: Evening,
  members: Int32Array,
  { flow, give, take }: Pick<Moving, "flow" | "give" | "take">,
): Moving {
  const place = new Int32Array(nodes).fill(-1);
  members.forEach((v, k) => (place[v] = k));
  const kept = [...tail.keys()].filter((a) => place[tail[a]!]! >= 0 && place[head[a]!]! >= 0 && lower[a]! < upper[a]!);
  const pick = (values: Float64Array, places: ArrayLike<number>) => Float64Array.from(places, (k) => values[k]!);
  return {
    nodes: members.length,
    tail: Int32Array.from(kept, (a) => place[tail[a]!]!),
    head: Int32Array.from(kept, (a) => place[head[a]!]!),
    lower: pick(lower, kept),
    upper: pick(upper, kept),
    flow: pick(flow, kept),
    give: pick(give, members),
    take: pick(take, members),
  };
}

/** Returns what moves all that can be moved, from the start each time, and tells how much that is. */
export function mover({ nodes, tail, head, lower, upper, flow, give, take }: Moving): () => number {
  const residual = new ResidualFlow(nodes, tail, head);
  const members = Int32Array.from({ length: nodes }, (_, v) => v);
  const all = give.reduce((sum, amount) => sum + amount, 0);
  residual.lower.set(lower);
  residual.upper.set(upper);
  residual.flow.set(flow);
  return () => {
    residual.give.set(give);
    residual.take.set(take);
    residual.load();
    return all - residual.send(members, nodes);
  };
}

/** In DIMACS form, which numbers nodes from 1: from one more node that gives all there is too much to another that takes all there is room for. */
export function* dimacsOf({ nodes, tail, head, lower, upper, flow, give, take }: Moving): Generator<string> {
  const arcs: string[] = [];
  const addArc = (from: number, to: number, room: number) => {
    if (room > 0) arcs.push(`a ${from} ${to} ${room}`);
  };
  for (const [a, from] of tail.entries()) {
    addArc(from + 1, head[a]! + 1, upper[a]! - flow[a]!);
    addArc(head[a]! + 1, from + 1, flow[a]! - lower[a]!);
  }
  for (let v = 0; v < nodes; v++) {
    addArc(nodes + 1, v + 1, give[v]!);
    addArc(v + 1, nodes + 2, take[v]!);
  }
  yield* [`p max ${nodes + 2} ${arcs.length}`, `n ${nodes + 1} s`, `n ${nodes + 2} t`];
  yield* arcs;
}
