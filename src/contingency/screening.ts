/**
 * Outages of a network of any number of connected components: each is solved in its own component, and of the others the figures
 * without outages are taken.
 */
import { idOf, type Outage } from "../network/outage.js";
import { objectiveOf, worstOf, type Measure } from "../plan/measures.js";
import type { PlanObjective, PlanStatus } from "../plan/plan.js";
import { OBJECTIVES, type ObjectiveName, type Policy } from "../problem/policy.js";
import { tooMuch } from "../problem/problem.js";
import { together } from "../dispatch/solver.js";
import { componentPlaces, componentsOf, statesByComponent } from "../network/components.js";
import type { FullState, Network } from "../network/types.js";
import { fromQuanta, MOST_QUANTA, roundFlow, type FlowUnit } from "../units/flow.js";
import { ComponentScreening, type Figures } from "./component-screening.js";

/** The best plan's figures with some elements lost. */
export interface OutageResult {
  readonly out: readonly string[];
  readonly status: PlanStatus;
  /** As in a plan. */
  readonly objectives: readonly PlanObjective[];
  /** What floods and what spills, without weights, in the file's unit. */
  readonly lost: { readonly flooding: number; readonly spill: number };
  /** Of the plants in service; 0 where none is. */
  readonly highestUtilisation: number;
  /**
   * How long storages last if everything is set for the best: 0 where water is lost at once, null where none is ever.
   */
  readonly minutesToSpill: number | null;
}

/** What an objective comes to, of those that are one figure; undefined where the policy leaves it out. */
export function figureOf(
  { objectives }: Pick<OutageResult, "objectives">,
  name: Exclude<ObjectiveName, "balance">,
): number | undefined {
  const value = objectives.find((objective) => objective.name === name)?.value;
  return typeof value === "number" ? value : undefined;
}

/** What an outage loses more than is lost without it; below 0 where it loses less, as of spill where water floods instead. */
export function lostMore(
  { lost }: Pick<OutageResult, "lost">,
  without: Pick<OutageResult, "lost">,
  unit: FlowUnit,
): OutageResult["lost"] {
  const more = (loss: keyof OutageResult["lost"]) => roundFlow(lost[loss] - without.lost[loss], unit);
  return { flooding: more("flooding"), spill: more("spill") };
}

/** Where an element is to be found: its component, and its place among those of the component that are to be lost. */
interface Place {
  readonly component: number;
  readonly at: number;
}

export class Screening {
  private readonly screenings: readonly ComponentScreening[];
  private readonly places: readonly Place[];
  private readonly names: readonly ObjectiveName[];
  /** Of each component, without outages. */
  private readonly base: readonly Figures[];
  /** Of all components together, for each objective. */
  private readonly all: readonly Measure[];

  /** @param elements what may be lost, checked */
  constructor(
    private readonly network: Network,
    state: FullState,
    private readonly elements: readonly Outage[],
    {
      policy = OBJECTIVES,
      tolerance = 0,
      depth = 1,
    }: { readonly policy?: Policy; readonly tolerance?: number; readonly depth?: 1 | 2 },
  ) {
    const components = componentsOf(network);
    const placeOf = componentPlaces(network);
    const shares = components.map((): Outage[] => []);
    this.places = elements.map((outage) => {
      const component = placeOf?.get(idOf(outage)) ?? 0;
      return { component, at: (shares[component]?.push(outage) ?? 0) - 1 };
    });
    this.names = policy.flatMap((entry) =>
      typeof entry === "string" ? [entry as ObjectiveName] : (Object.keys(entry) as ObjectiveName[]),
    );
    const options = { policy, names: this.names, tolerance, depth };
    const stateOf = statesByComponent(network, state);
    this.screenings = components.map(
      (component, place) => new ComponentScreening(component, stateOf(place), shares[place] ?? [], options),
    );
    const total = this.screenings.reduce((sum, screening) => sum + screening.total, 0);
    if (total > MOST_QUANTA) throw tooMuch(total, network.units.flow);
    this.base = this.screenings.map((screening) => screening.whole());
    this.all = this.names.map((_name, k) => together(this.base.map(({ measures }) => measures[k] ?? 0)));
  }

  get count(): number {
    return this.elements.length;
  }

  /** The figures with nothing lost. */
  whole(): OutageResult {
    return this.result([], new Map());
  }

  /** Element `i` alone. */
  single(i: number): OutageResult {
    return this.result([i], new Map([this.alone(i)]));
  }

  /** Elements `i` and `j` together; cheapest where `i` is the same as the last time. */
  pair(i: number, j: number): OutageResult {
    const [one, other] = [this.places[i], this.places[j]];
    const screening = this.screenings[one?.component ?? -1];
    if (one === undefined || other?.component !== one.component || screening === undefined)
      return this.result([i, j], new Map([this.alone(i), this.alone(j)]));
    return this.result([i, j], new Map([[one.component, screening.pair(one.at, other.at)]]));
  }

  private alone(i: number): readonly [component: number, Figures] {
    const { component, at } = this.places[i] ?? { component: -1, at: -1 };
    const screening = this.screenings[component];
    if (screening === undefined) throw new RangeError(`there is no element ${i}`);
    return [component, screening.single(at)];
  }

  /**
   * All components together, of which some have other figures than without outages. Linear in components and in the lengths of vectors;
   * sums are added up in the same order as those of a plan.
   */
  private result(lost: readonly number[], changed: ReadonlyMap<number, Figures>): OutageResult {
    const { base, names, all } = this;
    const unit = this.network.units.flow;
    const now = changed.size === 0 ? base : base.map((figures, component) => changed.get(component) ?? figures);
    let highestUtilisation = 0;
    let minutesToSpill: number | null = null;
    const gone = { flooding: 0, spill: 0 };
    for (const figures of now) {
      gone.flooding += figures.lost.flooding;
      gone.spill += figures.lost.spill;
      highestUtilisation = Math.max(highestUtilisation, figures.highestUtilisation);
      if (figures.minutesToSpill !== null)
        minutesToSpill = Math.min(minutesToSpill ?? Infinity, figures.minutesToSpill);
    }
    const measure = (k: number): Measure => {
      const whole = all[k] ?? 0;
      if (typeof whole === "number") {
        let sum = 0;
        for (const { measures } of now) sum += measures[k] as number;
        return sum;
      }
      let vector = whole;
      for (const [component, { measures }] of changed)
        vector = exchanged(vector, vectorOf(base[component]?.measures[k]), vectorOf(measures[k]));
      return vector;
    };
    return {
      out: lost.flatMap((i) => this.elements[i] ?? []).map(idOf),
      status: worstOf(now.map(({ status }) => status)),
      objectives: names.map((name, k) => objectiveOf(name, measure(k), unit)),
      lost: { flooding: fromQuanta(gone.flooding, unit), spill: fromQuanta(gone.spill, unit) },
      highestUtilisation,
      minutesToSpill,
    };
  }
}

function vectorOf(measure: Measure | undefined): readonly number[] {
  return typeof measure === "number" || measure === undefined ? [] : measure;
}

/** A vector, largest first, in which some figures, which it has, make room for others; both largest first. */
function exchanged(vector: readonly number[], out: readonly number[], put: readonly number[]): readonly number[] {
  if (out.length === put.length && out.every((value, k) => value === put[k])) return vector;
  const merged: number[] = [];
  let [o, p] = [0, 0];
  for (const value of vector) {
    if (o < out.length && value === out[o]) {
      o += 1;
      continue;
    }
    for (let next = put[p]; next !== undefined && next >= value; next = put[++p]) merged.push(next);
    merged.push(value);
  }
  for (; p < put.length; p++) merged.push(put[p] ?? 0);
  return merged;
}
