/**
 * The optimum of every objective by linear programs that HiGHS solves: net flows with their absolute values as variables
 * of their own, one row more for each objective that has been met. Evening out is a sequence of programs that lower the highest level,
 * with each plant then tried for whether it can go lower.
 */
import loadHighs, { type Highs, type Model as HighsModel } from "highs";
import type { Policy, PolicyObjective } from "../../src/index.js";
import { type LinearName, type Model } from "../support/model.js";

export interface Optimum {
  /** Per step of the policy: its value (m³/s, money per hour or a weighted sum) or the levels, largest first. */
  readonly steps: readonly (number | readonly number[])[];
  /** Leximin level (utilisation ÷ weight) per plant in the model's order; undefined without `balance` or if it takes none. */
  readonly levels: readonly (number | undefined)[];
}

/**
 * Slack of each row that keeps an objective, and the solver's own tolerance, in the program's scale. HiGHS now and then calls a program
 * infeasible of which it has just found a solution; then it is solved anew with the next pair.
 */
const PRECISIONS = [
  { slack: 1e-9, tolerance: 1e-10 },
  { slack: 1e-8, tolerance: 1e-9 },
  { slack: 1e-7, tolerance: 1e-8 },
] as const;
type Precision = (typeof PRECISIONS)[number];

/** What counts as the same level. */
const SAME = 1e-6;

const OPTIMAL = 7;

type Term = readonly [column: number, factor: number];

class NotSolved extends Error {}

class Program {
  private columns = 0;
  private readonly model: HighsModel;
  private objective: readonly Term[] = [];

  readonly slack: number;

  constructor(highs: Highs, { slack, tolerance }: Precision) {
    this.slack = slack;
    this.model = highs.createModel();
    this.model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: tolerance,
      dual_feasibility_tolerance: 1e-10,
    });
  }

  column(low: number, high: number): number {
    this.model.addVar(low, high);
    return this.columns++;
  }

  row(terms: readonly Term[], low: number, high: number): void {
    this.model.addRow(low, high, { indices: terms.map(([column]) => column), values: terms.map(([, by]) => by) });
  }

  bound(column: number, low: number, high: number): void {
    this.model.changeColBounds(column, low, high);
  }

  minimise(terms: readonly Term[]): { value: number; at: Float64Array } {
    for (const [column] of this.objective) this.model.changeColCost(column, 0);
    for (const [column, by] of terms) this.model.changeColCost(column, by);
    this.objective = terms;
    this.model.run();
    if (this.model.getModelStatus() !== OPTIMAL) {
      this.model.clearSolver();
      this.model.run();
    }
    const status = this.model.getModelStatus();
    if (status !== OPTIMAL) throw new NotSolved(`HiGHS ended with status ${status}`);
    const at = Float64Array.from(this.model.getSolution().colValue);
    // No objective is below 0, but a solution may be by its tolerance.
    const value = terms.reduce((sum, [column, by]) => sum + by * at[column]!, 0);
    return { value: Math.max(0, value), at };
  }

  dispose(): void {
    this.model.dispose();
  }
}

export async function linearOracle(): Promise<(model: Model, policy: Policy, tolerance?: number) => Optimum> {
  const highs = await loadHighs();
  return (model, policy, tolerance = 0) => {
    for (const precision of PRECISIONS) {
      const program = new Program(highs, precision);
      try {
        return solve(program, model, policy, tolerance);
      } catch (error) {
        if (!(error instanceof NotSolved) || precision === PRECISIONS.at(-1)) throw error;
      } finally {
        program.dispose();
      }
    }
    throw new NotSolved("no precision will do");
  };
}

function solve(program: Program, model: Model, policy: Policy, tolerance: number): Optimum {
  const { slack } = program;
  const scale = Math.max(1, model.inflow) / 10;
  const links = model.links.map((link) => program.column(link.low / scale, link.high / scale));
  const plants = model.plants.map((plant) => program.column(0, plant.capacity / scale));
  const outfalls = model.outfalls.map((end) => program.column(0, end.capacity / scale));
  const flooding = model.nodes.map((node) => program.column(0, node.canFlood ? Infinity : 0));
  const starved = model.plants.map(() => program.column(0, Infinity));
  const above = model.links.map(() => program.column(0, Infinity));
  const absolute = model.links.map(() => program.column(0, Infinity));
  const moved = model.links.map(() => program.column(0, Infinity));

  model.nodes.forEach((node, v) => {
    const terms: Term[] = [[flooding[v]!, 1]];
    model.links.forEach((link, i) => {
      if (link.from === v) terms.push([links[i]!, 1]);
      if (link.to === v) terms.push([links[i]!, -1]);
    });
    model.plants.forEach((plant, i) => {
      if (plant.node === v) terms.push([plants[i]!, 1]);
    });
    model.outfalls.forEach((end, i) => {
      if (end.node === v) terms.push([outfalls[i]!, 1]);
    });
    program.row(terms, node.inflow / scale, node.inflow / scale);
  });
  // At least |flow − middle| − most, for either sign.
  const apart = (column: number, flow: number, middle: number, most: number) => {
    program.row([[column, 1], [flow, -1]], -(middle + most) / scale, Infinity); // prettier-ignore
    program.row([[column, 1], [flow, 1]], (middle - most) / scale, Infinity); // prettier-ignore
  };
  model.links.forEach((link, i) => {
    if (link.target < Infinity) apart(above[i]!, links[i]!, 0, link.target);
    apart(absolute[i]!, links[i]!, 0, 0);
    if (link.setPoint !== undefined) apart(moved[i]!, links[i]!, link.setPoint, 0);
  });
  model.plants.forEach((plant, i) => {
    program.row([[starved[i]!, 1], [plants[i]!, 1]], plant.least / scale, Infinity); // prettier-ignore
  });

  // Quanta per second-based unit: a step's value in m³/s or money per hour is this times the program's.
  const unit = scale / model.perM3s;
  const termsOf = (name: LinearName): Term[] => {
    const all = (columns: readonly number[], by: (i: number) => number = () => 1) =>
      columns.map((column, i): Term => [column, by(i)]);
    switch (name) {
      case "flooding":
        return all(flooding, (i) => model.nodes[i]!.floodWeight);
      case "spill":
        return all(outfalls, (i) => model.outfalls[i]!.weight);
      case "starved":
        return all(starved);
      case "surcharge":
        return all(above, (i) => model.links[i]!.weight);
      case "cost": {
        const perUnit = 3600;
        return [
          ...all(absolute, (i) => perUnit * model.links[i]!.price),
          ...all(plants, (i) => perUnit * model.plants[i]!.price),
        ];
      }
      case "moves":
        return all(moved);
    }
  };

  interface Sink {
    readonly column: number;
    readonly capacity: number;
    /** What it takes at level 1; 0 for what has no level. */
    readonly full: number;
  }
  const even = (sinks: readonly Sink[], reach: number): (number | undefined)[] => {
    const levels = sinks.map((): number | undefined => undefined);
    let open = sinks.flatMap(({ full }, i) => (full > 0 ? [i] : []));
    const ceilings: number[] = [];
    const full = (i: number) => sinks[i]!.full;
    const column = (i: number) => sinks[i]!.column;
    while (open.length > 0) {
      const highest = program.column(0, Infinity);
      for (const i of open) program.row([[highest, full(i)], [column(i), -1]], 0, Infinity); // prettier-ignore
      const { value: level } = program.minimise([[highest, 1]]);
      program.bound(highest, 0, level + slack);
      // One program lowers most of those that can be; the others are tried one by one.
      const { at } = program.minimise(open.map((i): Term => [column(i), 1 / full(i)]));
      const isHigh = (i: number, point: Float64Array) => point[column(i)]! / full(i) > level - SAME;
      const tried = open.filter((i) => isHigh(i, at));
      const stuck = tried.filter((i) => isHigh(i, program.minimise([[column(i), 1 / full(i)]]).at));
      if (stuck.length === 0) throw new NotSolved("nothing holds the highest level");
      for (const i of stuck) {
        levels[i] = level;
        program.bound(column(i), 0, Math.min(sinks[i]!.capacity, full(i) * level + slack * Math.max(1, full(i))));
      }
      open = open.filter((i) => !stuck.includes(i));
      ceilings.push(highest);
    }
    // From here on the sinks' own bounds hold them.
    for (const highest of ceilings) program.bound(highest, 0, Infinity);
    sinks.forEach(({ capacity }, i) => {
      if (levels[i] === undefined) return;
      const intake = levels[i] * full(i);
      // Wider than the slack that the levels were found with, so that what they leave isn't a single point.
      const within = (reach > 0 ? reach * capacity : 0) + 50 * slack * Math.max(1, intake, full(i));
      program.bound(column(i), Math.max(0, intake - within), Math.min(capacity, intake + within));
    });
    return levels;
  };
  const plantSinks = model.plants.map(({ capacity, weight }, i): Sink => {
    return { column: plants[i]!, capacity: capacity / scale, full: (capacity * weight) / scale };
  });
  const floods = model.nodes.map(({ inflow }, i): Sink => {
    return { column: flooding[i]!, capacity: Infinity, full: inflow / scale };
  });
  const sorted = (of: readonly (number | undefined)[]) =>
    of.filter((level) => level !== undefined).sort((one, other) => other - one);

  let levels: (number | undefined)[] = model.plants.map(() => undefined);
  const steps = policy.map((entry): number | readonly number[] => {
    if (entry === "balance") return sorted((levels = even(plantSinks, tolerance)));
    if (entry === "sharing") {
      // Where nothing enters, any flood counts as more than any share of an inflow.
      const elsewhere = floods.filter(({ full }) => full === 0);
      const terms = elsewhere.map(({ column }): Term => [column, 1]);
      const least = terms.length === 0 ? 0 : program.minimise(terms).value;
      if (terms.length > 0) program.row(terms, -Infinity, least + slack);
      if (least > SAME)
        even(
          elsewhere.map((sink) => ({ ...sink, full: 1 })),
          0,
        );
      return sorted(even(floods, 0));
    }
    if (entry === "security") throw new Error("this oracle doesn't know outages");
    const weights =
      typeof entry === "string" ? [[entry, 1] as const] : (Object.entries(entry) as [LinearName, number][]);
    const sums = new Map<number, number>();
    for (const [name, weight] of weights)
      for (const [column, by] of termsOf(name)) sums.set(column, (sums.get(column) ?? 0) + weight * by);
    const largest = Math.max(...sums.values(), 0);
    if (largest === 0) return 0;
    const terms = [...sums].flatMap(([column, by]): Term[] => (by === 0 ? [] : [[column, by / largest]]));
    const { value } = program.minimise(terms);
    program.row(terms, -Infinity, value + slack * Math.max(1, Math.abs(value)));
    return value * largest * unit;
  });
  return { steps, levels };
}

export const namesOf = (entry: Policy[number]): readonly PolicyObjective[] =>
  typeof entry === "string" ? [entry] : (Object.keys(entry) as LinearName[]);
