/** Single flows against peers, native ones where they are installed: minimum-cost flows, and the largest maximum flow of evening out. */
import { cityFlow, dimacs, flows, netgen, sewer, type FlowInstance } from "./flows.js";
import { dimacsOf, evener, evening, largestMove, mover } from "./horizons.js";
import type { Natives } from "./native.js";
import { agree, clocked, inTurn, isQuick, ms, ratios, table, type Result, type Timing } from "./timing.js";

const citySize = (nodes: number) => ({ nodes, plants: Math.max(2, Math.round(Math.sqrt(nodes) / 2)), seed: 1 });

function minCostInstances(): [string, FlowInstance][] {
  const few: [string, FlowInstance][] = [
    ["netgen 1 024", netgen(128, 1024, 1)],
    ["sewer 500", sewer(500, 1)],
    ["city 200, tree", cityFlow({ ...citySize(200), family: "tree" })],
    ["city 200, meshed", cityFlow({ ...citySize(200), family: "meshed" })],
  ];
  if (isQuick) return few;
  return [
    ...few,
    ["city 10 000, tree", cityFlow({ ...citySize(10_000), family: "tree" })],
    ["city 10 000, meshed", cityFlow({ ...citySize(10_000), family: "meshed" })],
    ["netgen 10 240", netgen(1280, 10_240, 1)],
    ["netgen 60 000", netgen(7500, 60_000, 1)],
    ["sewer 7 000", sewer(7000, 1)],
    ["sewer 25 000", sewer(25_000, 1)],
  ];
}

/** Dense tableaus: beyond so many arcs they take minutes, or all memory. */
const MOST_OF_TABLEAUS = 1100;

/** Peers' times over ours; LEMON, which is about as fast as we are, the other way round. */
export async function minCostFlows(natives: Natives): Promise<Result[]> {
  const rows: string[][] = [];
  const found: Result[] = [];
  for (const [name, instance] of minCostInstances()) {
    const ours = flows.trunkflow(instance);
    const best = ours();
    const peer = (which: "javascript-lp-solver" | "yalps" | "highs") => {
      if (which !== "highs" && instance.tail.length > MOST_OF_TABLEAUS) return undefined;
      const solve = flows[which](instance);
      const theirs = solve();
      if (!agree(best, theirs)) throw new Error(`${name}: ${which} finds ${theirs}, not ${best}`);
      return clocked(solve);
    };
    const times = await inTurn({
      trunkflow: clocked(ours),
      LEMON: await natives.ask("LEMON", "min", dimacs(instance), best),
      "OR-tools": await natives.ask("OR-tools", "min", dimacs(instance), best),
      "HiGHS native": await natives.ask("HiGHS native", "min", dimacs(instance), best),
      "javascript-lp-solver": peer("javascript-lp-solver"),
      yalps: peer("yalps"),
      highs: peer("highs"),
    });
    const { trunkflow, LEMON, ...slower } = times;
    found.push(...against("min-cost flow", name, times));
    const others = Object.values(slower).map((theirs) => ratios(theirs, trunkflow));
    rows.push([name, `${instance.tail.length}`, ms(trunkflow), ms(LEMON), ratios(trunkflow, LEMON), ...others]);
  }
  table(
    "Single minimum-cost flow (ms; ratios of medians, in brackets of the least; highs is told its model as text, and its time holds the reading)",
    [
      "instance",
      "arcs",
      "ours",
      "LEMON",
      "ours ÷ LEMON",
      "OR-tools ÷ ours",
      "HiGHS ÷ ours",
      "js-lp-solver ÷ ours",
      "yalps ÷ ours",
      "highs (wasm) ÷ ours",
    ],
    rows,
  );
  return found;
}

/** Evening out alone, and the largest of its maximum flows. */
export async function maximumFlows(natives: Natives): Promise<Result[]> {
  const rows: string[][] = [];
  const found: Result[] = [];
  for (const [nodes, plants, family, steps] of isQuick
    ? ([[50, 3, "meshed", 4]] as const)
    : ([
        [200, 6, "meshed", 96],
        [1000, 10, "meshed", 24],
        [1000, 10, "tree", 96],
        [1000, 10, "meshed", 96],
      ] as const)) {
    const name = `${nodes} ${family} × ${steps}`;
    const instance = evening({ nodes, plants, family, seed: 1 }, steps);
    const largest = largestMove(instance);
    const move = mover(largest);
    const times = await inTurn({
      trunkflow: clocked(move),
      "OR-tools": await natives.ask("OR-tools", "max", dimacsOf(largest), move()),
    });
    const { all } = await inTurn({ all: clocked(evener(instance)) });
    found.push(...against("max flow", name, times), { what: "leximin", instance: name, ours: all });
    const { trunkflow, "OR-tools": theirs } = times;
    const sizes = [instance, largest].map(({ tail }) => `${tail.length}`);
    rows.push([name, ...sizes, ms(trunkflow), ms(theirs), ratios(trunkflow, theirs), ms(all)]);
  }
  table(
    "The largest maximum flow of evening out over time, and all of it (ms; ratios of medians, in brackets of the least)",
    ["nodes × steps", "arcs", "of the flow", "ours", "OR-tools", "ours ÷ OR-tools", "evening out"],
    rows,
  );
  return found;
}

function against(
  what: string,
  instance: string,
  { trunkflow: ours, ...peers }: Readonly<Record<string, Timing | undefined>> & { readonly trunkflow: Timing },
): Result[] {
  return Object.entries(peers).flatMap(([peer, theirs]) =>
    theirs === undefined ? [] : [{ what, instance, peer, ours, theirs, ratio: theirs.median / ours.median }],
  );
}
