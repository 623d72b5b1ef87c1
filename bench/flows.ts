/** Minimum-cost flow instances, and how each peer is asked to solve one. */
import solver from "javascript-lp-solver";
import { loadNetwork, stateOf } from "trunkflow";
import { solve as solveYalps, type Model } from "yalps";
import { city, generator, type CityOptions } from "./cities.js";
import { FlowProblem, NetworkSimplex } from "./kernels.js";

export interface FlowInstance {
  readonly nodes: number;
  readonly tail: number[];
  readonly head: number[];
  readonly upper: number[];
  readonly cost: number[];
  /** Per node, > 0 is inflow. */
  readonly supply: number[];
}

function empty(nodes: number): FlowInstance {
  return { nodes, tail: [], head: [], upper: [], cost: [], supply: Array.from({ length: nodes }, () => 0) };
}

function addArc(to: FlowInstance, tail: number, head: number, upper: number, cost: number): void {
  to.tail.push(tail);
  to.head.push(head);
  to.upper.push(upper);
  to.cost.push(cost);
}

/**
 * In the manner of NETGEN: √n sources and √n sinks, chains from source to sink that can carry everything, and arcs at random
 * up to `arcs`; capacities to 1000, costs to 10 000.
 */
export function netgen(nodes: number, arcs: number, seed: number): FlowInstance {
  const random = generator(seed);
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const made = empty(nodes);
  const ends = Math.round(Math.sqrt(nodes));
  for (let i = 0; i < 10 * ends; i++) made.supply[int(0, ends - 1)]! += 100;
  const chains = Array.from({ length: ends }, (_, s) => [s]);
  for (let v = ends; v < nodes - ends; v++) chains[v < 2 * ends ? v - ends : int(0, ends - 1)]!.push(v);
  for (const [source, chain] of chains.entries()) {
    const amount = made.supply[source]!;
    const room = Math.max(1, amount);
    for (let i = 0; i + 1 < chain.length; i++) addArc(made, chain[i]!, chain[i + 1]!, room, int(1, 10_000));
    for (const share of [amount / 2, amount / 2]) {
      const sink = nodes - 1 - int(0, ends - 1);
      made.supply[sink]! -= share;
      addArc(made, chain.at(-1)!, sink, room, int(1, 10_000));
    }
  }
  while (made.tail.length < arcs) {
    const [a, b] = [int(0, nodes - ends - 1), int(ends, nodes - 1)];
    if (a !== b) addArc(made, a, b, int(1, 1000), int(1, 10_000));
  }
  return made;
}

/** A sewer: a tree to a few plants, some ties, a way to the ground at every node at a high price. About 2.4 arcs a node. */
export function sewer(nodes: number, seed: number): FlowInstance {
  const random = generator(seed);
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const plants = Math.max(2, Math.min(12, Math.round(Math.sqrt(nodes) / 4)));
  const ground = nodes;
  const made = empty(nodes + 1);
  const downstream = Array.from({ length: nodes }, (_, v) =>
    v < 3 * plants ? v % plants : int(Math.max(0, Math.floor(v * 0.6) - 50), v - 1),
  );
  const load = Array.from({ length: nodes }, (_, v) => (v >= plants && random() < 0.7 ? int(1000, 50_000) : 0));
  load.forEach((inflow, v) => (made.supply[v] = inflow));
  const total = load.reduce((sum, inflow) => sum + inflow, 0);
  made.supply[ground] = -total;
  for (let v = nodes - 1; v >= plants; v--) {
    load[downstream[v]!]! += load[v]!;
    addArc(made, v, downstream[v]!, Math.ceil(load[v]! * (0.9 + random())) + 1000, int(1, 100));
  }
  for (let k = 0; k < nodes / 4; k++) {
    const [a, b] = [int(plants, nodes - 1), int(0, nodes - 1)];
    if (a !== b) addArc(made, a, b, int(5000, 500_000), int(10, 400));
  }
  for (let p = 0; p < plants; p++)
    addArc(made, p, ground, Math.ceil((total / plants) * (0.8 + 0.6 * random())), int(1, 200));
  for (let v = 0; v < nodes; v++) addArc(made, v, ground, total, 1_000_000);
  return made;
}

/**
 * A city as the engine poses it: what floods and spills, starved plants, flow above targets and money, weighed by
 * rank, and so that no sum outgrows 63 bits. Arcs that can carry nothing are left out, so that nobody has to look at them.
 */
export function cityFlow(options: CityOptions): FlowInstance {
  const network = loadNetwork(city(options));
  const problem = new FlowProblem(network);
  problem.load(stateOf(network));
  const { tail, head, upper, cost, supply, total } = problem;
  const made = { ...empty(problem.nodes), supply: [...supply] };
  for (let a = 0; a < tail.length; a++) {
    const { flooding, spill, starved, surcharge, cost: money } = cost;
    const early = 1e5 * flooding[a]! + 1e4 * spill[a]! + 1e3 * (starved[a]! + surcharge[a]!);
    if (upper[a]! > 0) addArc(made, tail[a]!, head[a]!, Math.min(upper[a]!, total), Math.round(early + money[a]! / 10));
  }
  return made;
}

/** In DIMACS form, which numbers nodes from 1. */
export function* dimacs({ nodes, tail, head, upper, cost, supply }: FlowInstance): Generator<string> {
  yield `p min ${nodes} ${tail.length}`;
  for (const [v, amount] of supply.entries()) if (amount !== 0) yield `n ${v + 1} ${amount}`;
  for (const [a, from] of tail.entries()) yield `a ${from + 1} ${head[a]! + 1} 0 ${upper[a]} ${cost[a]}`;
}

function value({ cost }: FlowInstance, flow: ArrayLike<number>): number {
  return cost.reduce((sum, c, a) => sum + c * (flow[a] ?? 0), 0);
}

/** Rows of what leaves a node less what enters it; the last node's follows from the others'. */
function tableau({ nodes, tail, head, upper, cost, supply }: FlowInstance) {
  const constraints: Record<string, { equal?: number; max?: number }> = {};
  const variables: Record<string, Record<string, number>> = {};
  for (let v = 0; v < nodes - 1; v++) constraints[`n${v}`] = { equal: supply[v]! };
  tail.forEach((from, a) => {
    const to = head[a]!;
    constraints[`u${a}`] = { max: upper[a]! };
    variables[`x${a}`] = {
      z: cost[a]!,
      [`u${a}`]: 1,
      ...(from < nodes - 1 && { [`n${from}`]: 1 }),
      ...(to < nodes - 1 && { [`n${to}`]: -1 }),
    };
  });
  return { constraints, variables };
}

function lpText({ nodes, tail, head, upper, cost, supply }: FlowInstance): string {
  const rows: string[][] = Array.from({ length: nodes }, () => []);
  tail.forEach((from, a) => {
    rows[from]!.push(`+ x${a}`);
    rows[head[a]!]!.push(`- x${a}`);
  });
  return [
    "Minimize",
    ` z: ${cost.map((c, a) => `+ ${c} x${a}`).join("\n ")}`,
    "Subject To",
    ...rows.slice(0, -1).flatMap((row, v) => (row.length > 0 ? [` n${v}: ${row.join("\n ")} = ${supply[v]}`] : [])),
    "Bounds",
    ...upper.map((most, a) => ` 0 <= x${a} <= ${most}`),
    "End",
  ].join("\n");
}

const { default: loadHighs } = await import("highs");
const highs = await loadHighs();

/** Each takes an instance and returns what solves it, from a cold start each time, and gives the cost. */
export const flows = {
  trunkflow: (it: FlowInstance) => {
    const simplex = new NetworkSimplex(it.nodes, it.tail, it.head);
    simplex.upper.set(it.upper);
    simplex.cost.set(it.cost);
    simplex.supply.set(it.supply);
    return () => {
      simplex.reset();
      const status = simplex.solve();
      return status === "optimal" ? value(it, simplex.flow) : NaN;
    };
  },
  "javascript-lp-solver": (it: FlowInstance) => {
    const model = { optimize: "z", opType: "min" as const, ...tableau(it) };
    return () => {
      const answer = solver.Solve(model) as Record<string, number | boolean>;
      return answer.feasible === true
        ? value(
            it,
            it.tail.map((_, a) => Number(answer[`x${a}`] ?? 0)),
          )
        : NaN;
    };
  },
  yalps: (it: FlowInstance) => {
    const model: Model = { objective: "z", direction: "minimize", ...tableau(it) };
    return () => {
      const answer = solveYalps(model);
      return answer.status === "optimal" ? answer.result : NaN;
    };
  },
  /** Presolve off and simplex, its best on pure networks. It takes models as text, so its time holds the reading of it. */
  highs: (it: FlowInstance) => {
    const text = lpText(it);
    return () => highs.solve(text, { presolve: "off", solver: "simplex", output_flag: false }).ObjectiveValue;
  },
};
