/**
 * `npm run bench`: how fast, against whom, and how that grows. Every answer is checked to be equal before anything is timed; all
 * ratios are of times taken in turn in the same run, on the same instance. `--quick` proves that it runs and that answers agree, on
 * small instances; `--table` runs what there are goals for alone, `--outages` the screening of outages. `bench/results.json` is
 * written by a full run, and a part of it by a run of that part.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, platform } from "node:os";
import { loadHighs, screenOutages } from "trunkflow";
import { cities, seeds } from "./dispatches.js";
import { largeScreening, prepared } from "./goals.js";
import { Natives } from "./native.js";
import { assertScreened, instances, oneByOne, pairs } from "./outages.js";
import { maximumFlows, minCostFlows } from "./single-flows.js";
import { clocked, inTurn, isQuick, ms, print, ratio, table, type Result } from "./timing.js";

async function dispatches(): Promise<Result[]> {
  const highs = await loadHighs();
  return [...(await seeds(highs)), ...(await cities(highs))];
}

async function goals(): Promise<Result[]> {
  const natives = await Natives.start();
  try {
    return [
      ...(await prepared()),
      ...(await minCostFlows(natives)),
      ...(await maximumFlows(natives)),
      ...largeScreening(),
    ];
  } finally {
    natives.stop();
  }
}

async function outages(): Promise<Result[]> {
  const found: Result[] = [];
  const singles: string[][] = [];
  const doubles: string[][] = [];
  for (const { about, network, ids } of instances(isQuick)) {
    const { family, links, elements } = about;
    assertScreened(network);
    const { warm, cold } = await inTurn({
      warm: clocked(() => screenOutages(network)),
      cold: clocked(() => {
        oneByOne(network, ids);
      }),
    });
    singles.push([family, `${links}`, `${elements}`, ms(cold), ms(warm), ratio(cold, warm)]);
    found.push({ what: "N-1", instance: family, elements, links, cold, warm, ratio: cold.median / warm.median });
  }
  for (const { about, network } of instances(isQuick).slice(0, isQuick ? 2 : 1)) {
    const {
      family,
      elements,
      outages: count,
      losing,
      threads,
      seconds,
      early,
      peak,
    } = await pairs(network, about, availableParallelism());
    const memory = [early, peak].map((mib) => mib.toFixed(0));
    doubles.push([family, `${elements}`, `${count}`, `${losing}`, `${threads}`, seconds.toFixed(1), ...memory]);
    found.push({ what: "N-2", instance: family, elements, outages: count, losing, threads, seconds, early, peak });
  }
  table(
    "Every single outage: dispatched cold one by one, and screened (ms)",
    ["city", "links", "elements", "cold", "screened", "ratio"],
    singles,
  );
  table(
    "Every single outage and every pair, streamed from threads (resident memory in MiB: most in the first tenth, most of all)",
    ["city", "elements", "outages", "lose water", "threads", "seconds", "first tenth", "peak"],
    doubles,
  );
  return found;
}

const parts = { dispatch: dispatches, table: goals, outages } as const;
const asked = (Object.keys(parts) as (keyof typeof parts)[]).filter((part) => process.argv.includes(`--${part}`));
const machine = `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.version}`;
print(`${machine}${isQuick ? " (quick: answers are checked, times mean little)" : ""}`);
const file = new URL("results.json", import.meta.url);
const written = asked.length === 0 ? {} : (JSON.parse(readFileSync(file, "utf8")) as object);
const run: Record<string, unknown> = { ...written };
for (const part of asked.length === 0 ? (Object.keys(parts) as (keyof typeof parts)[]) : asked) {
  const [before] = loadavg();
  const results = await parts[part]();
  run[part] = { machine, load: [before, loadavg()[0]], results };
}
if (isQuick) print("\nAll answers agree.");
else {
  writeFileSync(file, `${JSON.stringify(run, null, 1)}\n`);
  print("\nWritten to bench/results.json.");
}
