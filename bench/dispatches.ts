/** Dispatches of seeds and seeded cities: cold, warm, and through linear programmes. */
import { readFileSync } from "node:fs";
import { certify, dispatch, loadNetwork, prepare, stateOf } from "trunkflow";
import type { EngineName, LinearBackend, Network, Plan } from "trunkflow";
import { city, FAMILIES, type Family } from "./cities.js";
import { agree, clocked, inTurn, isQuick, ms, print, ratio, table, type Clocked, type Result } from "./timing.js";

/** Linear programmes; those that would take minutes are left out. */
interface Peers {
  readonly simplex?: EngineName;
  readonly highs?: LinearBackend;
}

/** Throws where two plans differ in an objective, or one fails its check. */
export function assertEqual(network: Network, one: Plan, other: Plan): void {
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

/** Solves of one network after one inflow has changed, each catchment's in turn; and after the outage of a link, each in turn. */
export function warm(network: Network): { readonly inflow: Clocked; readonly outage: Clocked } {
  const ready = prepare(network);
  const states = [
    network.nodes.flatMap((node) => (node.kind === "catchment" ? [{ inflows: { [node.id]: node.inflow * 1.1 } }] : [])),
    network.links.map(({ id }) => ({ out: [id] })),
  ] as const;
  const [inflow, outage] = states.map((all) => {
    let k = 0;
    return clocked(() => ready.solve({ state: all[k++ % all.length] ?? {} }));
  }) as [Clocked, Clocked];
  return { inflow, outage };
}

/** Dispatch of one network, cold, warm and by peers; each peer's plan is held against ours first. */
function timesOf(network: Network, plan: Plan, { highs, simplex }: Peers) {
  const peer = (engine: EngineName | LinearBackend | undefined) => {
    if (engine === undefined) return undefined;
    assertEqual(network, plan, dispatch(network, { engine }));
    return clocked(() => dispatch(network, { engine }));
  };
  return inTurn({
    cold: clocked(() => dispatch(network)),
    // A cold solve, like for like: no plan is put together, as the warm ones put none together.
    solve: clocked(() => prepare(network).solve()),
    ...warm(network),
    even: clocked(() => prepare(network, { policy: ["balance"] }).solve()),
    "javascript-lp-solver": peer(simplex),
    highs: peer(highs),
  });
}

/** What the linear programmes' times come to, for `results.json`. */
function againstPeers(instance: string, times: Awaited<ReturnType<typeof timesOf>>): Result[] {
  return (["javascript-lp-solver", "highs"] as const).flatMap((peer) => {
    const { [peer]: theirs, cold } = times;
    if (theirs === undefined) return [];
    return [{ what: "dispatch", instance, peer, ours: cold, theirs, ratio: theirs.median / cold.median }];
  });
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

export async function seeds(highs: LinearBackend): Promise<Result[]> {
  const rows: string[][] = [];
  const found: Result[] = [];
  for (const seed of isQuick
    ? ["two-plants", "xinxiang"]
    : ["two-plants", "xinxiang", "milwaukee", "cobb-atlanta", "denver", "cleveland"]) {
    const network = loadNetwork(readFileSync(new URL(`../seeds/${seed}/network.json`, import.meta.url), "utf8"));
    const times = await timesOf(network, dispatch(network), { simplex: "javascript-lp-solver", highs });
    found.push(...againstPeers(seed, times));
    const { cold, inflow, "javascript-lp-solver": simplex, highs: wasm } = times;
    rows.push([seed, ms(cold), ms(inflow), ms(simplex), ratio(simplex, cold), ms(wasm), ratio(wasm, cold)]);
  }
  table(
    "Dispatch, all objectives: seeds (ms, median ± quartile)",
    ["seed", "cold", "warm", "js-lp-solver", "ratio", "highs (wasm)", "ratio"],
    rows,
  );
  return found;
}

export async function cities(highs: LinearBackend): Promise<Result[]> {
  const sizes = isQuick ? [12, 50] : [12, 50, 200, 1000, 10_000];
  const rows: string[][] = [];
  const found: Result[] = [];
  const growth = new Map<Family, [nodes: number, ms: number][]>();
  for (const nodes of sizes) {
    for (const family of FAMILIES) {
      const file = city({ nodes, plants: Math.max(2, Math.round(Math.sqrt(nodes) / 2)), family, seed: 1 });
      const network = loadNetwork(file);
      const plan = dispatch(network);
      const { optimal, problems } = certify(network, stateOf(network), plan);
      if (!optimal) throw new Error(`${family} ${nodes}: ${problems.join("; ")}`);
      // Linear programmes take minutes beyond this, without telling anything new.
      const times = await timesOf(network, plan, nodes > 200 ? {} : { simplex: "javascript-lp-solver", highs });
      const { cold, solve, inflow, outage, even } = times;
      const bytes = allocation(network);
      const instance = `${family} ${nodes}`;
      found.push(...againstPeers(instance, times), {
        what: "warm",
        instance,
        ...{ cold, solve, inflow, outage, even, bytes },
        inflowRatio: solve.median / inflow.median,
        outageRatio: solve.median / outage.median,
      });
      growth.set(family, [...(growth.get(family) ?? []), [nodes, cold.median]]);
      rows.push([
        `${nodes} ${family}`,
        `${file.links.length}`,
        ms(cold),
        ms(solve),
        ms(inflow),
        ratio(solve, inflow),
        ms(outage),
        ratio(solve, outage),
        (bytes / 1024).toFixed(0),
        ms(even),
        ratio(times["javascript-lp-solver"], cold),
        ratio(times.highs, cold),
      ]);
    }
  }
  table(
    "Dispatch, all objectives: seeded cities (ms; ratios: cold solve against warm; KiB allocated by a warm solve; balance: evening out alone, cold; peers against our cold dispatch)",
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
      "highs (wasm)",
    ],
    rows,
  );
  if (!isQuick) found.push(...growthOf(growth));
  return found;
}

/** Exponents fitted to the cold dispatch's growth with nodes. */
function growthOf(growth: ReadonlyMap<Family, readonly (readonly [nodes: number, ms: number])[]>): Result[] {
  const found = [...growth].map(([family, points]) => {
    const logs = points.filter(([nodes]) => nodes >= 200).map(([nodes, t]) => [Math.log(nodes), Math.log(t)] as const);
    const mean = (i: 0 | 1) => logs.reduce((sum, point) => sum + point[i], 0) / logs.length;
    const [x, y] = [mean(0), mean(1)];
    const slope =
      logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
    return { what: "growth", instance: family, exponent: slope };
  });
  const told = found.map(({ instance, exponent }) => `${instance} ${exponent.toFixed(2)}`);
  print(`\nGrowth of the cold dispatch with nodes, 200 to 10 000 (fitted exponent): ${told.join(", ")}`);
  return found;
}
