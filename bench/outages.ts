/**
 * Screening of outages: every single one, warm against cold dispatches one by one, and every pair on all processors. The 200-node cities
 * of `cities.ts`; the results of the single outages are checked to be those of cold dispatches before anything is timed.
 */
import { isDeepStrictEqual } from "node:util";
import { dispatch, loadNetwork, screenOutages, type Network } from "trunkflow";
import { streamOutagesInParallel } from "trunkflow/parallel";
import { city, FAMILIES } from "./cities.js";

export interface Screened {
  readonly family: string;
  readonly elements: number;
  readonly links: number;
}

export interface Pairs extends Screened {
  readonly outages: number;
  readonly losing: number;
  readonly threads: number;
  readonly seconds: number;
  /** Of the whole process, threads included, in MiB: when a tenth was done, and the most until the end. */
  readonly early: number;
  readonly peak: number;
}

const MIB = 2 ** 20;

/** The cities of the benchmark, with what may be lost in each. */
export function instances(
  isQuick: boolean,
): { readonly about: Screened; readonly network: Network; readonly ids: string[] }[] {
  return FAMILIES.map((family) => {
    const nodes = isQuick ? 40 : 200;
    const network = loadNetwork(
      city({ nodes, plants: Math.max(2, Math.round(Math.sqrt(nodes) / 2)), family, seed: 1 }),
    );
    const ids = [...network.nodes.filter(({ kind }) => kind !== "catchment"), ...network.links].map(({ id }) => id);
    return { about: { family, elements: ids.length, links: network.links.length }, network, ids };
  });
}

/** Every single outage, solved anew. */
export function oneByOne(network: Network, ids: readonly string[]): void {
  for (const id of ids) dispatch(network, { outages: [id] });
}

/** @throws where a screened figure isn't exactly that of a cold dispatch */
export function assertScreened(network: Network): void {
  for (const { out, status, objectives } of screenOutages(network)) {
    const plan = dispatch(network, { outages: out });
    if (status !== plan.status || !isDeepStrictEqual(objectives, plan.objectives))
      throw new Error(`${network.name as string}: the outage of ${out.join()} is screened otherwise than dispatched`);
  }
}

/** Every single outage and every pair, streamed; every thousandth is checked as the single ones are. */
export async function pairs(network: Network, about: Screened, threads: number): Promise<Pairs> {
  const total = (about.elements * (about.elements + 1)) / 2;
  let [outages, losing, early, peak] = [0, 0, 0, 0];
  const sampled: { readonly out: readonly string[]; readonly objectives: unknown }[] = [];
  const start = performance.now();
  for await (const { out, status, objectives } of streamOutagesInParallel(network, { depth: 2, threads })) {
    outages++;
    if (status === "flooding" || status === "spilling") losing++;
    if (outages % 1000 !== 0) continue;
    sampled.push({ out, objectives });
    const { rss } = process.memoryUsage();
    if (outages <= total / 10) early = Math.max(early, rss / MIB);
    peak = Math.max(peak, rss / MIB);
  }
  const seconds = (performance.now() - start) / 1000;
  for (const { out, objectives } of sampled)
    if (!isDeepStrictEqual(objectives, dispatch(network, { outages: out }).objectives))
      throw new Error(`${network.name as string}: the outage of ${out.join()} is screened otherwise than dispatched`);
  return { ...about, outages, losing, threads, seconds, early, peak };
}
