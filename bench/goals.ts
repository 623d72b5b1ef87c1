/** Figures with a goal that the other tables don't have: solves of a prepared network, warm solves, and outages of a large city. */
import { dispatch, loadNetwork, prepare, streamOutages, type Network } from "trunkflow";
import { city, type Family } from "./cities.js";
import { assertEqual, warm } from "./dispatches.js";
import { clocked, inTurn, isQuick, ms, processor, ratios, table, type Result } from "./timing.js";

function cityOf(nodes: number, family: Family): Network {
  return loadNetwork(city({ nodes, plants: Math.max(2, Math.round(Math.sqrt(nodes) / 2)), family, seed: 1 }));
}

/** The first solve of a prepared network, with and without making it ready, and by javascript-lp-solver; and solves after one change. */
export async function prepared(): Promise<Result[]> {
  const rows: string[][] = [];
  const found: Result[] = [];
  const engine = "javascript-lp-solver";
  for (const nodes of isQuick ? [40] : [200, 400]) {
    for (const family of ["tree", "meshed"] as const) {
      const network = cityOf(nodes, family);
      assertEqual(network, dispatch(network), dispatch(network, { engine }));
      const solve = clocked(
        (ready) => ready.solve(),
        () => prepare(network),
      );
      const own = await inTurn({ solve, both: clocked(() => prepare(network).solve()), ...warm(network) });
      // Apart, as its long runs would leave ours without what the processor keeps of them.
      const peer = await inTurn({
        solve,
        [engine]: clocked(
          (ready) => ready.solve(),
          () => prepare(network, { engine }),
        ),
      });
      const instance = `${family} ${nodes}`;
      found.push(
        { what: "prepared", instance, ...own, ratio: own.both.median / own.solve.median },
        {
          what: "prepared",
          instance,
          peer: engine,
          ours: peer.solve,
          theirs: peer[engine],
          ratio: peer[engine].median / peer.solve.median,
        },
      );
      rows.push([
        instance,
        `${network.links.length}`,
        ms(own.solve),
        ms(own.both),
        ratios(own.both, own.solve),
        ms(peer[engine]),
        ratios(peer[engine], peer.solve),
        ...[own.inflow, own.outage].map(({ median, least }) => `${us(median)} (${us(least)})`),
      ]);
    }
  }
  table(
    "Prepared networks (ms; ratios of medians, in brackets of the least; warm solves in µs)",
    ["city", "links", "cold solve", "prepare + solve", "ratio", "js-lp-solver", "÷ ours", "1 inflow", "1 outage"],
    rows,
  );
  return found;
}

const us = (value: number) => (value * 1000).toFixed(1);

/** So many of a large city's elements stand for all; every so many-th is taken. */
const SAMPLE = 1000;

/** Every single outage of a large city, from one thread: a sample, and from it all. */
export function largeScreening(): Result[] {
  const nodes = isQuick ? 100 : 10_000;
  const found = (["tree", "meshed"] as const).map((family) => {
    const network = cityOf(nodes, family);
    const ids = [...network.nodes.filter(({ kind }) => kind !== "catchment"), ...network.links].map(({ id }) => id);
    const step = Math.max(1, Math.floor(ids.length / SAMPLE));
    const elements = ids.filter((_, i) => i % step === 0);
    const start = processor();
    let first = NaN;
    let screened = 0;
    for (const _ of streamOutages(network, { elements })) {
      screened += 1;
      // What has to be done once, whatever the number of elements.
      if (screened === 1) first = (processor() - start) / 1000;
    }
    const sampled = (processor() - start) / 1000;
    const all = first + ((sampled - first) * (ids.length - 1)) / (screened - 1);
    return {
      what: "N-1, one thread",
      instance: `${family} ${nodes}`,
      elements: ids.length,
      screened,
      first,
      sampled,
      all,
    };
  });
  table(
    "Every single outage, from one thread (seconds; all: reckoned from the sample)",
    ["city", "elements", "sampled", "first result", "sample", "all"],
    found.map(({ instance, elements, screened, first, sampled, all }) => [
      instance,
      ...[elements, screened].map(String),
      ...[first, sampled, all].map((seconds) => seconds.toFixed(2)),
    ]),
  );
  return found;
}
