/**
 * The least worst risk of plans that flood and spill least, as one linear program that HiGHS solves: the plan's flows and, for each
 * outage, the flows after it, all as columns. A two-way gate is tried each way. Nothing is shared with `src/`.
 */
import loadHighs, { type Highs } from "highs";
import type { Network, State } from "../../src/index.js";
import { modelOf, type Model } from "./model.js";

/** What is left of each element that an outage takes. */
export type Loss = readonly { readonly id: string; readonly left: number }[];

type Term = readonly [column: number, factor: number];
const OPTIMAL = 7;
const SLACK = 1e-9;

export function afterLoss(network: Network, state: State, loss: Loss): State {
  const elements = new Map([...network.nodes, ...network.links].map((element) => [element.id, element]));
  const had = (id: string) =>
    new Map(Object.entries(state.availability ?? {})).get(id) ?? elements.get(id)!.availability;
  return {
    ...state,
    availability: {
      ...state.availability,
      ...Object.fromEntries(loss.map(({ id, left }) => [id, Math.min(left, had(id))])),
    },
  };
}

/** Two-way gates that can carry something each way: the programs are two to the power of their number. */
export const twoWays = (model: Model): number[] =>
  model.links.flatMap((link, i) => (link.low < 0 && link.high > 0 ? [i] : []));

export async function securityOracle(): Promise<
  (network: Network, state: State, losses: readonly Loss[]) => number | undefined
> {
  const highs = await loadHighs();
  return (network, state, losses) => {
    const model = modelOf(network, state);
    const gates = twoWays(model);
    let least: number | undefined;
    for (let ways = 0; ways < 2 ** gates.length; ways++) {
      const isBackward = new Map(gates.map((i, k) => [i, ((ways >> k) & 1) === 1]));
      const value = leastRisk(highs, network, state, losses, isBackward);
      if (value !== undefined) least = Math.min(least ?? Infinity, value);
    }
    return least;
  };
}

/** In quanta; undefined where gates run so no plan floods and spills least, or the solver gives up. */
function leastRisk(
  highs: Highs,
  network: Network,
  state: State,
  losses: readonly Loss[],
  isBackward: ReadonlyMap<number, boolean>,
): number | undefined {
  const model = modelOf(network, state);
  const scale = Math.max(1, model.inflow) / 100;
  const program = highs.createModel();
  let columns = 0;
  const column = (low: number, high: number) => {
    program.addVar(low / scale, high / scale);
    return columns++;
  };
  const row = (terms: readonly Term[], low: number, high: number) => {
    program.addRow(low, high, { indices: terms.map(([j]) => j), values: terms.map(([, by]) => by) });
  };
  const minimise = (terms: readonly Term[]): number | undefined => {
    for (let j = 0; j < columns; j++) program.changeColCost(j, 0);
    for (const [j, by] of terms) program.changeColCost(j, by);
    for (let attempt = 0; attempt < 2; attempt++) {
      program.run();
      if (program.getModelStatus() === OPTIMAL) {
        const { colValue } = program.getSolution();
        return terms.reduce((sum, [j, by]) => sum + by * colValue[j]!, 0);
      }
      program.clearSolver();
    }
    return undefined;
  };
  /** Flows of a state: links, and what floods and spills. */
  const flows = (of: Model) => {
    const links = of.links.map((link) => column(link.low, link.high));
    const plants = of.plants.map((plant) => column(0, plant.capacity));
    const outfalls = of.outfalls.map((end) => column(0, end.capacity));
    const flooding = of.nodes.map((node) => column(0, node.canFlood ? Infinity : 0));
    of.nodes.forEach((node, v) => {
      const terms: Term[] = [[flooding[v]!, 1]];
      of.links.forEach((link, i) => {
        if (link.from === v) terms.push([links[i]!, 1]);
        if (link.to === v) terms.push([links[i]!, -1]);
      });
      of.plants.forEach((plant, i) => plant.node === v && terms.push([plants[i]!, 1]));
      of.outfalls.forEach((end, i) => end.node === v && terms.push([outfalls[i]!, 1]));
      row(terms, node.inflow / scale, node.inflow / scale);
    });
    return { links, outfalls, flooding };
  };
  try {
    program.options.set({ output_flag: false, primal_feasibility_tolerance: 1e-10, dual_feasibility_tolerance: 1e-10 });
    const plan = flows(model);
    // What comes first is met whatever way the gates run; only then each is held to one.
    for (const terms of [
      plan.flooding.map((j): Term => [j, 1]),
      plan.outfalls.map((j, i): Term => [j, model.outfalls[i]!.weight]),
    ]) {
      if (terms.length === 0) continue;
      const value = minimise(terms);
      if (value === undefined) return undefined;
      row(terms, -Infinity, value + SLACK);
    }
    const worst = column(0, Infinity);
    for (const loss of losses) {
      const after = modelOf(network, afterLoss(network, state, loss));
      const moment = flows(after);
      network.links.forEach((link, i) => {
        if (link.kind === "conduit") return;
        const [set, now] = [plan.links[i]!, moment.links[i]!];
        const { low, high } = after.links[i]!;
        const isBack = isBackward.get(i) ?? model.links[i]!.low < 0;
        program.changeColBounds(now, isBack ? low / scale : 0, isBack ? 0 : high / scale);
        row([[now, isBack ? -1 : 1], [set, isBack ? 1 : -1]], -Infinity, 0); // prettier-ignore
      });
      row(
        [[worst, 1], ...[...moment.flooding, ...moment.outfalls].map((j): Term => [j, -1])], // prettier-ignore
        0,
        Infinity,
      );
    }
    for (const [i, isBack] of isBackward) {
      const { low, high } = model.links[i]!;
      program.changeColBounds(plan.links[i]!, isBack ? low / scale : 0, isBack ? 0 : high / scale);
    }
    const value = minimise([[worst, 1]]);
    return value === undefined ? undefined : value * scale;
  } finally {
    program.dispose();
  }
}
