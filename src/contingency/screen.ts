/** Every outage, and every pair, in turn: which ones can the city not take? */
import { checkOutages, type Outage } from "../network/outage.js";
import { checkPolicy, checkTolerance, type Policy } from "../problem/policy.js";
import { fullState } from "../dispatch/state-options.js";
import { OptionError } from "../errors.js";
import { assertNetwork } from "../network/checked.js";
import { show } from "../text/show.js";
import { aFunction, aSignal, checkOptions, whereUsed, type Checks } from "../network/options.js";
import type { Network, State } from "../network/types.js";
import { figureOf, Screening, type OutageResult } from "./screening.js";
import type { StopSignal } from "./stop-signal.js";
import { compare } from "../text/order.js";

export interface ScreenOptions {
  /** 1: every outage alone (if not given); 2: every pair besides. */
  readonly depth?: 1 | 2;
  /** What may be lost; everything but catchments if not given. */
  readonly elements?: readonly Outage[];
  readonly state?: State;
  readonly policy?: Policy;
  readonly tolerance?: number;
  /** Called after each outage with how many are done, and of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the screening: what it was aborted for is thrown. */
  readonly signal?: StopSignal;
}

/**
 * The best plan's figures for each outage, worst first: by most flooding, then most spill, then the highest utilisation, then most flow
 * above targets, then the shortest time to spill.
 *
 * @returns plain data; as exact as a dispatch of each outage, and the same
 * @throws NetworkError for ids that the network doesn't have or that occur twice; OptionError for another depth; what
 *   `signal` was aborted for: there is no half of a result
 * @remarks a warm dispatch for each outage that loses something in use, of the connected component that it is in; and for each outage
 *   time in proportion to components and plants
 * @see `streamOutages` for more results than should be held at once
 * @example
 * const [worst] = screenOutages(city);
 * worst.out; // ["a"]
 * worst.status; // "flooding"
 */
export function screenOutages(network: Network, options: ScreenOptions = {}): OutageResult[] {
  return [...streamOutages(network, options)].sort(byRank);
}

/**
 * The results of `screenOutages` one after the other, as they are found: each element alone in the order given, then the pairs. Nothing
 * is kept of a result but those of the elements alone, so the memory needed doesn't grow with the pairs.
 *
 * @throws as `screenOutages`; for what is wrong with the call, before the first result is asked for
 * @example
 * const outs = [...streamOutages(city, { depth: 2 })].map(({ out }) => out.join(" and "));
 * outs; // ["east", "a", "east and a"]
 */
export function streamOutages(network: Network, options: ScreenOptions = {}): Generator<OutageResult, void, undefined> {
  const screening = screeningOf(network, options);
  return resultsOf(screening, options);
}

/** Screens what has been checked. */
export function* resultsOf(
  screening: Screening,
  { depth = 1, onProgress, signal }: ScreenOptions,
): Generator<OutageResult, void, undefined> {
  const { count } = screening;
  const total = totalOf(count, depth);
  let done = 0;
  const tell = (result: OutageResult) => {
    signal?.throwIfAborted();
    onProgress?.(++done, total);
    return result;
  };
  signal?.throwIfAborted();
  for (let i = 0; i < count; i++) yield tell(screening.single(i));
  if (depth === 1) return;
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) yield tell(screening.pair(i, j));
}

/** How many outages there are to screen. */
export function totalOf(count: number, depth: 1 | 2): number {
  return depth === 1 ? count : (count * (count + 1)) / 2;
}

export const SCREEN_OPTIONS: Checks<ScreenOptions> = {
  depth: (depth) => {
    if (depth !== 1 && depth !== 2)
      throw new OptionError(`depth is ${show(depth)}; it is 1 for single outages, 2 for pairs too.`);
  },
  elements: whereUsed,
  state: whereUsed,
  policy: checkPolicy,
  tolerance: checkTolerance,
  onProgress: aFunction,
  signal: aSignal,
};

/** Checks what is to be screened. */
export function screeningOf(network: Network, options: ScreenOptions): Screening {
  assertNetwork(network);
  checkOptions(options, SCREEN_OPTIONS);
  const { depth = 1, state = {}, elements = elementsToLose(network), policy, tolerance } = options;
  checkOutages(network, elements);
  return new Screening(network, fullState(network, { state }), elements, {
    depth,
    ...(policy && { policy }),
    ...(tolerance !== undefined && { tolerance }),
  });
}

/** What is screened where nothing is named. */
export function elementsToLose(network: Network): string[] {
  return [...network.nodes.filter((node) => node.kind !== "catchment"), ...network.links].map(({ id }) => id);
}

/** Worst first. */
export function byRank(a: OutageResult, b: OutageResult): number {
  const more = (name: Parameters<typeof figureOf>[1]) => (figureOf(b, name) ?? 0) - (figureOf(a, name) ?? 0);
  return (
    more("flooding") ||
    more("spill") ||
    b.highestUtilisation - a.highestUtilisation ||
    more("surcharge") ||
    compare(a.minutesToSpill ?? Infinity, b.minutesToSpill ?? Infinity) ||
    compare(a.out.join("\0"), b.out.join("\0"))
  );
}
