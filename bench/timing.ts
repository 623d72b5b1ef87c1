/** Times of work in turn, and how they are told. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export const isQuick = process.argv.includes("--quick");
export const print = (text: string) => void process.stdout.write(`${text}\n`);

/** Milliseconds. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  /** Distance from the median to the upper quartile. */
  readonly spread: number;
  readonly runs: number;
}

/** Runs so many times and tells how many milliseconds a run took the processor, all threads together. */
export type Clocked = (runs: number) => number | Promise<number>;

/** @param before makes what each run is handed, and isn't counted */
export function clocked<Ready>(work: (ready: Ready) => unknown, before: () => Ready): Clocked;
export function clocked(work: () => unknown): Clocked;
export function clocked(work: (ready: unknown) => unknown, before?: () => unknown): Clocked {
  return (runs) => {
    if (before === undefined) {
      const start = processor();
      for (let k = 0; k < runs; k++) work(undefined);
      return (processor() - start) / runs;
    }
    let spent = 0;
    for (let k = 0; k < runs; k++) {
      const ready = before();
      const start = processor();
      work(ready);
      spent += processor() - start;
    }
    return spent / runs;
  };
}

/** Milliseconds that the process has had of the processor, all threads together. */
export function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Short work runs several times to a turn: as often as fits into so many milliseconds. */
const TURN = { ms: 20, runs: 300 };
const TURNS = { least: 7, slow: 3, most: 100, ms: 2000, patience: 10_000 };
/** Milliseconds that each runs before anything is timed, so that the engine knows what to compile. */
const WARM_UP = 300;

/** Collects garbage, so that nobody pays for what others have left. */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

type Timings<Parties> = {
  readonly [Name in keyof Parties]: Parties[Name] extends Clocked ? Timing : Timing | undefined;
};

/**
 * Milliseconds of several in turn, so that what else the machine does falls on all: seven turns at least and two seconds, or three turns where
 * that takes long. Who is undefined isn't there.
 */
export async function inTurn<Parties extends Readonly<Record<string, Clocked | undefined>>>(
  parties: Parties,
): Promise<Timings<Parties>> {
  const all = Object.entries(parties).map(([name, run]) => ({ name, run, runs: 1, times: [] as number[] }));
  const present = all.flatMap((party) => (party.run === undefined ? [] : [{ ...party, run: party.run }]));
  for (const party of isQuick ? [] : present) {
    let took = await party.run(1);
    for (let spent = took; spent < WARM_UP; spent += took * party.runs) {
      party.runs = Math.max(1, Math.min(TURN.runs, Math.floor(TURN.ms / took)));
      took = await party.run(party.runs);
    }
  }
  const start = performance.now();
  for (let turns = 0; turns < (isQuick ? 1 : TURNS.most); turns++) {
    const spent = performance.now() - start;
    if ((turns >= TURNS.least && spent > TURNS.ms) || (turns >= TURNS.slow && spent > TURNS.patience)) break;
    for (const { run, runs, times } of present) {
      collect();
      // Collections while others ran have thrown away what was compiled of this: again it runs for a while that isn't counted.
      for (let spent = 0; runs > 1 && spent < WARM_UP; spent += runs * (await run(runs)));
      times.push(await run(runs));
    }
  }
  return Object.fromEntries(all.map(({ name, run, times }) => [name, run && timingOf(times)])) as Timings<Parties>;
}

function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
  return { median: at(0.5), least: at(0), spread: at(0.75) - at(0.5), runs: times.length };
}

export function ms(timing: Timing | undefined): string {
  if (timing === undefined) return "";
  const { median, spread, runs } = timing;
  const digits = median < 1 ? 3 : median < 100 ? 2 : 0;
  return `${median.toFixed(digits)}${runs > 1 ? ` ± ${spread.toFixed(digits)}` : ""}`;
}

export const ratio = (theirs: Timing | undefined, ours: Timing) =>
  theirs === undefined ? "" : `${figure(theirs.median / ours.median)} ×`;

/** Of the medians, and of the least. */
export const ratios = (one: Timing | undefined, other: Timing | undefined) =>
  one === undefined || other === undefined
    ? ""
    : `${figure(one.median / other.median)} (${figure(one.least / other.least)})`;

function figure(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  print(`\n${title}\n${[head, ...rows].map(line).join("\n")}`);
}

export const agree = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

/** What is written to `results.json`, by part. */
export type Result = Readonly<Record<string, unknown>>;
