/** Screening on several threads, in Node. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { byRank, screeningOf, totalOf, type ScreenOptions } from "../contingency/screen.js";
import type { OutageResult } from "../contingency/screening.js";
import { OptionError } from "../errors.js";
import { show } from "../text/show.js";
import type { Network } from "../network/types.js";
import type { Task } from "./worker.js";

export interface ParallelOptions extends ScreenOptions {
  /** As many as the machine has processors if not given. */
  readonly threads?: number;
}

/** Elements whose pairs are with a thread or wait to be taken, for each thread: enough that none is idle. */
const AHEAD = 4;

/**
 * `screenOutages` of the package itself, with the pairs shared out among threads: the same results in the same order. It pays for
 * thousands of pairs; single outages are sooner done than threads are started.
 *
 * @throws (rejects) as `screenOutages`; OptionError for a number of threads that isn't whole and above 0
 * @example
 * const table = await screenOutagesInParallel(city, { depth: 2, threads: 1 });
 * table.length; // 3
 * table[0].out; // ["a"]
 */
export async function screenOutagesInParallel(
  network: Network,
  options: ParallelOptions = {},
): Promise<OutageResult[]> {
  const results: OutageResult[] = [];
  for await (const result of streamOutagesInParallel(network, options)) results.push(result);
  return results.sort(byRank);
}

/**
 * `streamOutages` of the package itself, with the pairs shared out among threads: the same results in the same order. Only so many
 * are worked out ahead as keep the threads busy.
 *
 * @throws (rejects) as `screenOutagesInParallel`
 * @example
 * const flooding = [];
 * for await (const { out, status } of streamOutagesInParallel(city)) if (status === "flooding") flooding.push(out);
 * flooding; // [["east"], ["a"]]
 */
export async function* streamOutagesInParallel(
  network: Network,
  { threads = availableParallelism(), ...options }: ParallelOptions = {},
): AsyncGenerator<OutageResult, void, undefined> {
  if (!Number.isInteger(threads) || threads < 1)
    throw new OptionError(`threads is ${show(threads)}; it is a whole number from 1 up.`);
  const { depth = 1, onProgress, signal, ...rest } = options;
  const screening = screeningOf(network, options);
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
  const task: Task = { network, options: { ...rest, depth } };
  const pool = new Piscina<number, OutageResult[]>({
    filename: fileURLToPath(new URL("./worker.js", import.meta.url)),
    workerData: task,
    minThreads: threads,
    maxThreads: threads,
  });
  try {
    const ahead: Promise<OutageResult[]>[] = [];
    const next = (i: number) => {
      if (i >= count) return;
      const pairs = pool.run(i);
      // What isn't waited for any more, as the screening has ended, fails unheard.
      pairs.catch(() => undefined);
      ahead.push(pairs);
    };
    for (let i = 0; i < threads * AHEAD; i++) next(i);
    for (let i = 0; i < count; i++) {
      const pairs = (await ahead.shift()) ?? [];
      next(i + threads * AHEAD);
      for (const pair of pairs) yield tell(pair);
    }
  } finally {
    await pool.destroy();
  }
}
