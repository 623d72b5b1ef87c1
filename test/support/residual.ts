/**
 * Optimality read off a flow itself, without solving anything. All objectives but `balance` are sums of convex functions of single
 * flows, so a flow is optimal exactly if no cycle of its residual network is lexicographically below zero; it is leximin exactly if no
 * plant can pass water on to one that is lower at no expense of an earlier objective.
 */
import type { Flow, Model } from "./model.js";

/** Per objective, in the order of the default policy without `balance`; what one more unit along an arc adds. */
type Price = readonly number[];

interface Arc {
  readonly from: number;
  readonly to: number;
  readonly price: Price;
  readonly name: string;
}

/** Below this, sums of prices are rounding. */
const ZERO = 1e-9;

function compare(a: Price, b: Price): number {
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i]! - b[i]!) > ZERO) return a[i]! - b[i]!;
  return 0;
}

const add = (a: Price, b: Price): Price => a.map((value, i) => value + b[i]!);

/** Slope of `weight · max(0, |flow| − target)` and the like, to the right or left of `flow`; the dearer one near a kink. */
function slope(
  flow: number,
  kinks: readonly [at: number, change: number][],
  least: number,
  up: boolean,
  grain: number,
) {
  let rate = least;
  for (const [at, change] of kinks) if (up ? flow >= at - grain : flow > at + grain) rate += change;
  return up ? rate : -rate;
}

function arcsOf(model: Model, flow: Flow, grain: number) {
  const sink = model.nodes.length;
  const links: Arc[] = [];
  model.links.forEach((link, i) => {
    const at = flow.links[i]!;
    const price = (up: boolean): Price => [
      0,
      0,
      0,
      link.target < Infinity
        ? slope(at, [[-link.target, link.weight], [link.target, link.weight]], -link.weight, up, grain) // prettier-ignore
        : 0,
      slope(at, [[0, 2 * link.price]], -link.price, up, grain),
      link.setPoint === undefined ? 0 : slope(at, [[link.setPoint, 2]], -1, up, grain),
    ];
    if (at < link.high - grain) links.push({ from: link.from, to: link.to, price: price(true), name: link.id });
    if (at > link.low + grain) links.push({ from: link.to, to: link.from, price: price(false), name: `-${link.id}` });
  });
  const ends: Arc[] = [];
  const end = (node: number, at: number, capacity: number, rate: number, objective: 0 | 1, name: string) => {
    const price = (sign: number): Price => [0, 1, 2, 3, 4, 5].map((k) => (k === objective ? sign * rate : 0));
    if (at < capacity - grain) ends.push({ from: node, to: sink, price: price(1), name });
    if (at > grain) ends.push({ from: sink, to: node, price: price(-1), name: `-${name}` });
  };
  model.nodes.forEach((node, v) => {
    if (node.canFlood) end(v, flow.flooding[v]!, Infinity, 1, 0, `flooding ${node.id}`);
  });
  model.outfalls.forEach((one, i) => {
    end(one.node, flow.outfalls[i]!, one.capacity, one.weight, 1, `spill ${one.id}`);
  });
  const plants = model.plants.map((plant, i) => {
    const at = flow.plants[i]!;
    const price = (up: boolean): Price => [
      0,
      0,
      plant.least > 0 ? slope(at, [[plant.least, 1]], -1, up, grain) : 0,
      0,
      up ? plant.price : -plant.price,
      0,
    ];
    return {
      more:
        at < plant.capacity - grain ? { from: plant.node, to: sink, price: price(true), name: plant.id } : undefined,
      less: at > grain ? { from: sink, to: plant.node, price: price(false), name: `-${plant.id}` } : undefined,
    };
  });
  return { links, ends, plants, sink };
}

/**
 * Shortest ways from a node by Bellman and Ford, or from all nodes at once.
 *
 * @returns the nodes' distances, or the arcs of a cycle below zero
 */
function distances(count: number, arcs: readonly Arc[], source: number | "all", objectives: number) {
  const zero: Price = Array.from({ length: objectives }, () => 0);
  const cut = arcs.map((arc) => ({ ...arc, price: arc.price.slice(0, objectives) }));
  const distance = Array.from({ length: count }, (_, v) => (source === "all" || v === source ? zero : undefined));
  const via: (Arc | undefined)[] = [];
  for (let round = 0; ; round++) {
    let changed: number | undefined;
    for (const arc of cut) {
      const from = distance[arc.from];
      if (from === undefined) continue;
      const reached = add(from, arc.price);
      const known = distance[arc.to];
      if (known !== undefined && compare(reached, known) >= 0) continue;
      distance[arc.to] = reached;
      via[arc.to] = arc;
      changed = arc.to;
    }
    if (changed === undefined) return { distance, via };
    if (round <= count) continue;
    let v = changed;
    for (let k = 0; k < count; k++) v = via[v]!.from;
    const cycle: string[] = [];
    for (let at = v; cycle.length === 0 || at !== v; at = via[at]!.from) cycle.push(via[at]!.name);
    return { distance, via, cycle: cycle.reverse() };
  }
}

/**
 * What could be better in a flow that is to be optimal for the default policy, in words; nothing if it is optimal.
 * Objectives up to `surcharge` are looked at together with the plants' levels, `cost` and `moves` with the intakes as they are.
 */
export function improvements(model: Model, flow: Flow, grain: number): string[] {
  const { links, ends, plants, sink } = arcsOf(model, flow, grain);
  const count = sink + 1;
  const found: string[] = [];
  const tell = (what: string, cycle: readonly string[] | undefined) => {
    if (cycle !== undefined) found.push(`${what}: ${cycle.join(" ")}`);
  };

  const all = plants.flatMap(({ more, less }) => [more, less].filter((arc) => arc !== undefined));
  tell("an objective before balance can be lower", distances(count, [...links, ...ends, ...all], "all", 4).cycle);
  tell("cost or moves can be lower", distances(count, [...links, ...ends], "all", 6).cycle);
  if (found.length > 0) return found;

  const level = (i: number) => flow.plants[i]! / model.plants[i]!.capacity / model.plants[i]!.weight;
  const step = (i: number) => (2 * grain) / model.plants[i]!.capacity / model.plants[i]!.weight;
  plants.forEach(({ less }, p) => {
    if (less === undefined) return;
    // Water that p no longer takes may end where it adds nothing to earlier objectives, at plants only if they are lower.
    const onward = plants.flatMap(({ more, less: other }, q) => [
      ...(more !== undefined && q !== p && level(q) + step(q) < level(p) - step(p) ? [more] : []),
      ...(other !== undefined && q !== p ? [other] : []),
    ]);
    const { distance, via } = distances(count, [...links, ...ends, ...onward], less.to, 4);
    const least = distance[sink];
    if (least === undefined || compare(add(less.price.slice(0, 4), least), [0, 0, 0, 0]) > 0) return;
    const way: string[] = [];
    for (let at = sink; at !== less.to; at = via[at]!.from) way.push(via[at]!.name);
    found.push(`${model.plants[p]!.id} can be lower: ${way.reverse().join(" ")}`);
  });
  return found;
}
