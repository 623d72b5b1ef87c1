/**
 * `npm run bench`: how fast, against whom, and how that grows. Every answer is checked to be equal before anything is timed;
 * all ratios are of medians measured in the same run, on the same instance. `--quick` proves that it runs and that answers
 * agree, on small instances; `--outages` runs the screening of outages alone. `bench/results.json` is written by a full run,
 * its part on outages by `--outages` too.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";
import { Bench } from "tinybench";
import { certify, dispatch, loadHighs, loadNetwork, prepare, screenOutages, stateOf } from "trunkflow";
import type { EngineName, LinearBackend, Network, Plan, PrepareOptions } from "trunkflow";
import { city, FAMILIES, type Family } from "./cities.js";
import { flows, netgen, sewer, type FlowInstance } from "./flows.js";
import { assertScreened, instances, oneByOne, pairs } from "./outages.js";

const isQuick = process.argv.includes("--quick");
const print = (text: string) => void process.stdout.write(`${text}\n`);

interface Timing {
  readonly median: number;
  /** Half the distance between the quartiles, ms. */
  readonly spread: number;
  readonly runs: number;
}

/** Milliseconds of `work`: at least `runs` runs and `ms` milliseconds after a warm-up; a slow one runs once. */
async function time(work: () => unknown, { runs = 8, ms = 250, once = false } = {}): Promise<Timing> {
  if (isQuick || once) {
    const start = performance.now();
    await work();
    return { median: performance.now() - start, spread: 0, runs: 1 };
  }
  const bench = new Bench({ iterations: runs, time: ms, warmupIterations: 3, warmupTime: 50, throws: true });
  bench.add("work", async () => {
    await work();
  });
  const [task] = await bench.run();
  if (task?.result.state !== "completed") throw new Error("a benchmark didn't finish");
  const { p50, p75, samplesCount } = task.result.latency;
  return { median: p50, spread: p75 - p50, runs: samplesCount };
}

/** Milliseconds of short and long work in turn, so that what else the machine does falls on both: ten short runs to a long one. */
function inTurn(short: () => unknown, long: () => unknown): readonly [Timing, Timing] {
  const runs = { short: [] as number[], long: [] as number[] };
  const clock = (work: () => unknown, into: number[]) => {
    const start = performance.now();
    work();
    into.push(performance.now() - start);
  };
  for (let warmUp = 0; warmUp < (isQuick ? 0 : 20); warmUp++) short();
  for (let round = 0; round < (isQuick ? 1 : 7); round++) {
    clock(long, runs.long);
    for (let k = 0; k < 10; k++) clock(short, runs.short);
  }
  const timing = (times: number[]): Timing => {
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
    return { median: at(0.5), spread: at(0.75) - at(0.5), runs: times.length };
  };
  return [timing(runs.short), timing(runs.long)];
}

function ms({ median, spread, runs }: Timing): string {
  const digits = median < 1 ? 3 : median < 100 ? 2 : 0;
  return `${median.toFixed(digits)}${runs > 1 ? ` ± ${spread.toFixed(digits)}` : ""}`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  print(`\n${title}\n${[head, ...rows].map(line).join("\n")}`);
}

const agree = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

/** Throws where two plans differ in an objective, or one fails its check. */
function assertEqual(network: Network, one: Plan, other: Plan): void {
  for (const plan of [one, other]) {
    const { valid, problems } = certify(network, stateOf(network), plan);
    if (!valid) throw new Error(`${network.name as string}, ${plan.engine}: ${problems.join("; ")}`);
  }
  one.objectives.forEach(({ name, value }, i) => {
    const theirs = other.objectives[i]?.value;
    const [a, b] = [[value].flat(), [theirs ?? NaN].flat()];
    if (!a.every((figure, k) => agree(figure, b[k] ?? NaN))) {
      throw new Error(
        `${network.name as string}: ${one.engine} and ${other.engine} differ in ${name}: ${a.join()} and ${b.join()}`,
      );
    }
  });
}

const ratio = (theirs: Timing, ours: Timing) => `${(theirs.median / ours.median).toFixed(1)} ×`;
const results: Record<string, unknown>[] = [];
const keep = (what: string, instance: string, figures: Record<string, unknown>) =>
  void results.push({ what, instance, ...figures });

/** Cold and warm dispatch of one network; the warm ones change one inflow, or take one link out. */
async function dispatchTimes(network: Network, options: PrepareOptions = {}) {
  const cold = await time(() => dispatch(network, options));
  const ready = prepare(network, options);
  const catchments = network.nodes.filter((node) => node.kind === "catchment");
  let k = 0;
  const inflow = await time(() => {
    const one = catchments[k++ % catchments.length];
    if (one !== undefined) ready.solve({ state: { inflows: { [one.id]: one.inflow * 1.1 } } });
  });
  const outage = await time(() => {
    const one = network.links[k++ % network.links.length];
    if (one !== undefined) ready.solve({ state: { out: [one.id] } });
  });
  // A cold solve, like for like: no plan is put together, as the warm ones put none together.
  const solve = await time(() => prepare(network, options).solve());
  const even = await time(() => prepare(network, { ...options, policy: ["balance"] }).solve());
  return { cold, solve, inflow, outage, even, bytes: allocation(network) };
}

/** Bytes on the heap that a warm solve leaves behind, the state's checks included: the median, so that collections don't count. */
function allocation(network: Network): number {
  const ready = prepare(network);
  const states = network.nodes.flatMap((node) =>
    node.kind === "catchment" ? { inflows: { [node.id]: node.inflow * 1.1 } } : [],
  );
  const bytes: number[] = [];
  for (let k = 0; k < (isQuick ? 10 : 400); k++) {
    const state = states[(k * 7) % states.length] ?? {};
    const before = process.memoryUsage().heapUsed;
    ready.solve({ state });
    bytes.push(process.memoryUsage().heapUsed - before);
  }
  return bytes.slice(bytes.length / 2).sort((a, b) => a - b)[bytes.length >> 2] ?? NaN;
}

async function seeds(highs: LinearBackend): Promise<void> {
  const rows: string[][] = [];
  for (const seed of isQuick
    ? ["two-plants", "xinxiang"]
    : ["two-plants", "xinxiang", "milwaukee", "cobb-atlanta", "denver", "cleveland"]) {
    const network = loadNetwork(readFileSync(new URL(`../seeds/${seed}/network.json`, import.meta.url), "utf8"));
    const plan = dispatch(network);
    const peers: [string, EngineName | LinearBackend][] = [
      ["javascript-lp-solver", "javascript-lp-solver"],
      ["highs", highs],
    ];
    const ours = await dispatchTimes(network);
    const cells = [seed, ms(ours.cold), ms(ours.inflow)];
    for (const [name, engine] of peers) {
      assertEqual(network, plan, dispatch(network, { engine }));
      const theirs = await time(() => dispatch(network, { engine }), { runs: 3, ms: 100 });
      cells.push(ms(theirs), ratio(theirs, ours.cold));
      keep("dispatch", seed, { peer: name, ours: ours.cold, theirs, ratio: theirs.median / ours.cold.median });
    }
    rows.push(cells);
  }
  table(
    "Dispatch, all seven objectives: seeds (ms, median ± quartile)",
    ["seed", "cold", "warm", "js-lp-solver", "ratio", "highs", "ratio"],
    rows,
  );
}

async function cities(highs: LinearBackend): Promise<void> {
  const sizes = isQuick ? [12, 50] : [12, 50, 200, 1000, 10_000];
  const rows: string[][] = [];
  const growth = new Map<Family, [nodes: number, ms: number][]>();
  for (const nodes of sizes) {
    for (const family of FAMILIES) {
      const file = city({ nodes, plants: Math.max(2, Math.round(Math.sqrt(nodes) / 2)), family, seed: 1 });
      const network = loadNetwork(file);
      const plan = dispatch(network);
      const { optimal, problems } = certify(network, stateOf(network), plan);
      if (!optimal) throw new Error(`${family} ${nodes}: ${problems.join("; ")}`);
      const ours = await dispatchTimes(network);
      const against: string[] = [];
      // The LP backends take minutes beyond this, without telling anything new.
      for (const [engine, most] of [
        ["javascript-lp-solver", 200],
        [highs, 200],
      ] as const) {
        if (nodes > most) {
          against.push("");
          continue;
        }
        const start = performance.now();
        const other = dispatch(network, { engine });
        assertEqual(network, plan, other);
        const isSlow = performance.now() - start > 1000;
        const theirs = await time(() => dispatch(network, { engine }), { runs: 3, ms: 100, once: isSlow });
        against.push(ratio(theirs, ours.cold));
        keep("dispatch", `${family} ${nodes}`, {
          peer: typeof engine === "string" ? engine : engine.name,
          ours: ours.cold,
          theirs,
          ratio: theirs.median / ours.cold.median,
        });
      }
      keep("warm", `${family} ${nodes}`, {
        ...ours,
        inflowRatio: ours.solve.median / ours.inflow.median,
        outageRatio: ours.solve.median / ours.outage.median,
      });
      growth.set(family, [...(growth.get(family) ?? []), [nodes, ours.cold.median]]);
      rows.push([
        `${nodes} ${family}`,
        `${file.links.length}`,
        ms(ours.cold),
        ms(ours.solve),
        ms(ours.inflow),
        ratio(ours.solve, ours.inflow),
        ms(ours.outage),
        ratio(ours.solve, ours.outage),
        (ours.bytes / 1024).toFixed(0),
        ms(ours.even),
        ...against,
      ]);
    }
  }
  table(
    "Dispatch, all seven objectives: seeded cities (ms; ratios: cold solve against warm; KiB allocated by a warm solve; balance: evening out alone, cold; peers against our cold dispatch)",
    [
      "city",
      "links",
      "cold + plan",
      "cold solve",
      "1 inflow",
      "ratio",
      "1 outage",
      "ratio",
      "KiB",
      "balance",
      "js-lp-solver",
      "highs",
    ],
    rows,
  );
  if (isQuick) return;
  const exponents = [...growth].map(([family, points]) => {
    const logs = points.filter(([nodes]) => nodes >= 200).map(([nodes, t]) => [Math.log(nodes), Math.log(t)] as const);
    const mean = (i: 0 | 1) => logs.reduce((sum, point) => sum + point[i], 0) / logs.length;
    const [x, y] = [mean(0), mean(1)];
    const slope =
      logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
    keep("growth", family, { exponent: slope });
    return `${family} ${slope.toFixed(2)}`;
  });
  print(`\nGrowth of the cold dispatch with nodes, 200 to 10 000 (fitted exponent): ${exponents.join(", ")}`);
}

async function minCostFlows(): Promise<void> {
  const instances: [string, FlowInstance][] = isQuick
    ? [
        ["netgen 1 024", netgen(128, 1024, 1)],
        ["sewer 500", sewer(500, 1)],
      ]
    : [
        ["netgen 1 024", netgen(128, 1024, 1)],
        ["netgen 15 360", netgen(1920, 15_360, 1)],
        ["netgen 60 000", netgen(7500, 60_000, 1)],
        ["sewer 1 000", sewer(1000, 1)],
        ["sewer 7 000", sewer(7000, 1)],
        ["sewer 25 000", sewer(25_000, 1)],
      ];
  const rows: string[][] = [];
  for (const [name, instance] of instances) {
    const ours = flows.trunkflow(instance);
    const best = ours();
    const cells = [name, `${instance.tail.length}`];
    const timing = await time(ours);
    cells.push(ms(timing));
    for (const peer of ["javascript-lp-solver", "yalps", "highs"] as const) {
      // Dense tableaus: beyond a thousand arcs they take minutes, or all memory.
      if (peer !== "highs" && instance.tail.length > 1100) {
        cells.push("", "");
        continue;
      }
      const solve = flows[peer](instance);
      const theirs = solve();
      if (!agree(best, theirs)) throw new Error(`${name}: ${peer} finds ${theirs}, not ${best}`);
      const t = await time(solve, { runs: 3, ms: 100 });
      cells.push(ms(t), ratio(t, timing));
      keep("min-cost flow", name, { peer, ours: timing, theirs: t, ratio: t.median / timing.median });
    }
    rows.push(cells);
  }
  table(
    "Single minimum-cost flow (ms; highs with presolve off and simplex, reading its model included)",
    ["instance", "arcs", "ours", "js-lp-solver", "ratio", "yalps", "ratio", "highs", "ratio"],
    rows,
  );
}

async function outages(): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  const singles: string[][] = [];
  const doubles: string[][] = [];
  for (const { about, network, ids } of instances(isQuick)) {
    const { family, links, elements } = about;
    assertScreened(network);
    const [warm, cold] = inTurn(
      () => screenOutages(network),
      () => {
        oneByOne(network, ids);
      },
    );
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

const machine = `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.version}`;
print(`${machine}${isQuick ? " (quick: answers are checked, times mean little)" : ""}`);
const file = new URL("results.json", import.meta.url);
const isOnlyOutages = process.argv.includes("--outages");
if (!isOnlyOutages) {
  const highs = await loadHighs();
  await seeds(highs);
  await cities(highs);
  await minCostFlows();
}
const screened = { machine, results: await outages() };
if (isQuick) print("\nAll answers agree.");
else {
  const rest = isOnlyOutages ? (JSON.parse(readFileSync(file, "utf8")) as object) : { machine, results };
  writeFileSync(file, `${JSON.stringify({ ...rest, outages: screened }, null, 1)}\n`);
  print("\nWritten to bench/results.json.");
}
