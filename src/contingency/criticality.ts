/** What a city loses with each element, what more of it would be worth, and how much is still treated without each plant. */
import { intakeOf, linkFlow } from "../problem/flows.js";
import { componentSolver } from "../dispatch/component-solver.js";
import { reachedFrom } from "../flow/adjacency.js";
import type { FlowProblem } from "../problem/problem.js";
import type { SinkPart } from "../problem/parts.js";
import { fullState } from "../dispatch/state-options.js";
import { withOutages } from "../network/outage.js";
import { OptionError } from "../errors.js";
import { assertNetwork } from "../network/checked.js";
import { show } from "../text/show.js";
import { aFunction, aSignal, checkOptions, whereUsed, type Checks } from "../network/options.js";
import type { FullState, Network, State } from "../network/types.js";
import { own } from "../network/own.js";
import { timesInflow } from "../network/state.js";
import { fromQuanta } from "../units/flow.js";
import { byRank, resultsOf, SCREEN_OPTIONS, screeningOf, type ScreenOptions } from "./screen.js";
import { figureOf, type OutageResult } from "./screening.js";
import type { StopSignal } from "./stop-signal.js";

export interface CriticalElement extends OutageResult {
  /** What is lost more than with nothing out: of the objectives `flooding` and `spill`. */
  readonly more: { readonly flooding: number; readonly spill: number };
  /**
   * By how much the objective falls for each unit of capacity that is added to this element, while nothing is out: of `flooding` if it is 1
   * there, else of `spill`; 0 where more of it would not help by itself.
   */
  readonly worth: { readonly flooding: 0 | 1; readonly spill: number };
}

type CriticalityOptions = Omit<ScreenOptions, "depth">;
const { depth: _single, ...CRITICALITY_OPTIONS } = SCREEN_OPTIONS;

/**
 * Every element with what the city loses when it is out, worst first, and what more of it would be worth.
 *
 * @param options as for `screenOutages`, of depth 1
 * @throws as `screenOutages`
 * @remarks a screening; worths take time linear in the network
 * @example
 * const [first] = criticality(city);
 * first.out; // ["a"]
 * first.more.flooding; // 0.35
 */
export function criticality(network: Network, options: CriticalityOptions = {}): CriticalElement[] {
  assertNetwork(network);
  checkOptions(options, CRITICALITY_OPTIONS, { depth: "it is of single outages" });
  options.signal?.throwIfAborted();
  const screening = screeningOf(network, options);
  const base = screening.whole();
  const ready = componentSolver(network, { policy: ["flooding", "spill"] });
  const { state = {} } = options;
  const full = fullState(network, { state });
  ready.solve(full);
  const worth = worths(ready.problem, ready.flow, outIn(network, full));
  const more = (result: OutageResult, name: "flooding" | "spill") =>
    (figureOf(result, name) ?? 0) - (figureOf(base, name) ?? 0);
  return [...resultsOf(screening, options)].sort(byRank).map((result) => ({
    ...result,
    more: { flooding: more(result, "flooding"), spill: more(result, "spill") },
    worth: worth.get(result.out[0] ?? "") ?? { flooding: 0, spill: 0 },
  }));
}

/**
 * By id, how much less floods or spills with one more unit of capacity, of a flow that is optimal for flooding, then spill. An element
 * that is full helps if water that is lost can be led to it, and on from it to where there is room; by paths of links that have room
 * ahead or carry something that can be held back.
 */
function worths(
  problem: FlowProblem,
  flow: ArrayLike<number>,
  isOut: (id: string) => boolean,
): Map<string, CriticalElement["worth"]> {
  /** From node to node, each way that has room. */
  const ways: [from: number, to: number][] = [];
  /** Each way that is full, but would lead somewhere with more capacity. */
  const full: [id: string, from: number, to: number][] = [];
  for (const part of problem.links) {
    const { from, to, capacity, reverseCapacity, link } = part;
    const quanta = linkFlow(part, flow);
    const add = (u: number, v: number, room: number) => {
      if (room > 0) ways.push([u, v]);
      else if (!isOut(link.id)) full.push([link.id, u, v]);
    };
    add(from, to, capacity - quanta);
    if (link.kind === "gate" && link.reverseCapacity > 0) add(to, from, reverseCapacity + quanta);
    else if (quanta > 0) ways.push([to, from]);
  }
  const weight = ({ node }: SinkPart) => (node.kind === "outfall" ? node.weight : 0);
  const ends = [...problem.plants, ...problem.outfalls].map((sink) => ({
    sink,
    room: sink.capacity - intakeOf(sink, flow),
  }));
  const open = ends.filter(({ room }) => room > 0).map(({ sink }) => sink);
  const floods = problem.flooding.filter((sink) => intakeOf(sink, flow) > 0);
  const spills = problem.outfalls.filter((sink) => intakeOf(sink, flow) > 0);

  const ahead = adjacency(problem.nodes, ways);
  const back = adjacency(
    problem.nodes,
    ways.map(([u, v]) => [v, u]),
  );
  const best = (
    from: readonly SinkPart[],
    next: readonly number[][],
    isBetter: (a: SinkPart, b: SinkPart) => number,
  ) => {
    const found = new Map<number, number>();
    for (const sink of [...from].sort(isBetter)) {
      const open = (nodes: readonly number[]) => nodes.filter((v) => !found.has(v));
      for (const v of reachedFrom(open([sink.at]), (at) => open(next[at] ?? [])).keys()) {
        found.set(v, weight(sink));
      }
    }
    return found;
  };
  const flooded = best(floods, ahead, () => 0);
  const spilled = best(spills, ahead, (a, b) => weight(b) - weight(a));
  const led = best(open, back, (a, b) => weight(a) - weight(b));

  const worth = new Map<string, CriticalElement["worth"]>();
  const tell = (id: string, from: number, to: number | undefined) => {
    if (to === undefined) return;
    const before = worth.get(id) ?? { flooding: 0, spill: 0 };
    const isFlooding = flooded.has(from);
    const spill = isFlooding ? 0 : Math.max(0, (spilled.get(from) ?? 0) - to);
    worth.set(id, { flooding: isFlooding ? 1 : before.flooding, spill: Math.max(before.spill, spill) });
  };
  for (const [id, from, to] of full) tell(id, from, led.get(to));
  for (const { sink, room } of ends) if (room === 0 && !isOut(sink.node.id)) tell(sink.node.id, sink.at, weight(sink));
  return worth;
}

/** Whether an element carries nothing however large it is. */
function outIn(network: Network, state: FullState): (id: string) => boolean {
  const out = new Set(state.out);
  for (const { id, availability } of [...network.nodes, ...network.links])
    if ((own(state.availability, id) ?? availability) === 0) out.add(id);
  const shut = new Set(
    network.nodes.flatMap(({ id, kind }) => (out.has(id) && kind !== "plant" && kind !== "outfall" ? [id] : [])),
  );
  for (const { id, from, to } of network.links) if (shut.has(from) || shut.has(to)) out.add(id);
  return (id) => out.has(id);
}

function adjacency(nodes: number, ways: readonly (readonly [number, number])[]): number[][] {
  const next: number[][] = Array.from({ length: nodes }, () => []);
  for (const [u, v] of ways) next[u]?.push(v);
  return next;
}

export interface Survival {
  /** The plant that is out; none in the first row. */
  readonly out: readonly string[];
  /** What can be treated, in the file's flow unit, and as a share of the inflow (1 where there is none). */
  readonly now: Treated;
  /** With all inflows times `peak`; where that was asked for. */
  readonly peak?: Treated;
}

export interface Treated {
  readonly inflow: number;
  readonly treated: number;
  readonly share: number;
}

export interface SurvivalOptions {
  readonly state?: State;
  /** What all inflows are multiplied by at the peak. */
  readonly peak?: number;
  /** Called after each dispatch with how many are done, and of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends it: what it was aborted for is thrown. */
  readonly signal?: StopSignal;
}

const OPTIONS: Checks<SurvivalOptions> = {
  state: whereUsed,
  peak: (peak) => {
    if (!(typeof peak === "number" && peak > 0 && peak < Infinity))
      throw new OptionError(`peak is ${show(peak)}; it is a number above 0 that inflows are multiplied by.`);
  },
  onProgress: aFunction,
  signal: aSignal,
};

/**
 * For each plant, how much of the city's inflow can still be treated without it: the first row is that of the city whole, the others
 * follow by the share that is treated, least first.
 *
 * @throws NetworkError for a state that doesn't fit the network, at the peak too; OptionError for a peak that isn't a number above 0;
 *   what `signal` was aborted for: there is no half of a result
 * @remarks a warm dispatch for each plant, and another at the peak
 * @example
 * survivalTable(city, { peak: 2 })[1];
 * // { out: ["east"], now: { inflow: 0.35, treated: 0, share: 0 }, peak: { inflow: 0.7, treated: 0, share: 0 } }
 */
export function survivalTable(network: Network, options: SurvivalOptions = {}): Survival[] {
  const { signal, onProgress } = options;
  const steps = survivalSteps(network, options);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    signal?.throwIfAborted();
    const { done, total } = step.value;
    if (done > 0) onProgress?.(done, total);
  }
}

/** `survivalTable` in pieces of one dispatch each, for a caller who has other things to see to in between. The first checks the call. */
export function* survivalSteps(
  network: Network,
  options: SurvivalOptions = {},
): Generator<{ readonly done: number; readonly total: number }, Survival[], undefined> {
  assertNetwork(network);
  checkOptions(options, OPTIONS);
  const { state = {}, peak } = options;
  const full = fullState(network, { state });
  const most = peak === undefined ? undefined : timesInflow(network, full, peak);
  const plants = network.nodes
    .filter(({ kind }) => kind === "plant")
    .map(({ id }) => id)
    .sort();
  const outages = [[], ...plants.map((id) => [id])];
  const total = outages.length * (most === undefined ? 1 : 2);

  // With all outfalls shut, what floods is what can't be treated, whatever it costs to spill.
  const ready = componentSolver(network, { policy: ["flooding"] });
  // A peak that is too much to be dispatched is told before any work.
  if (most !== undefined) ready.problem.load(most);
  yield { done: 0, total };
  const treated = (out: readonly string[], at: FullState): Treated => {
    ready.solve(withOutages(network, at, out), (problem) => {
      problem.shutOutfalls();
    });
    const { plants: sinks, total: inflow } = ready.problem;
    const quanta = sinks.reduce((sum, sink) => sum + intakeOf(sink, ready.flow), 0);
    const unit = network.units.flow;
    return {
      inflow: fromQuanta(inflow, unit),
      treated: fromQuanta(quanta, unit),
      share: inflow === 0 ? 1 : quanta / inflow,
    };
  };
  const figures: Treated[] = [];
  for (const at of most === undefined ? [full] : [full, most]) {
    for (const out of outages) {
      figures.push(treated(out, at));
      yield { done: figures.length, total };
    }
  }
  const [whole, ...without] = outages.flatMap((out, i): Survival[] => {
    const [now, worst] = [figures[i], figures[outages.length + i]];
    return now === undefined ? [] : [{ out, now, ...(worst && { peak: worst }) }];
  });
  without.sort((a, b) => a.now.share - b.now.share || (a.peak?.share ?? 0) - (b.peak?.share ?? 0));
  return [...(whole === undefined ? [] : [whole]), ...without];
}
