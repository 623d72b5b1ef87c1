/**
 * Outages of one connected component one after the other from one warm dispatch.
 *
 * What an optimal plan doesn't use can be lost without changing it: the plan stays possible, and of what stays possible it was the
 * best before. So an outage of elements that carry nothing has the result of the state without it, and a pair of outages one of
 * which leaves the other idle has the result of the one. Within a tolerance, which is around what evening out found, they must carry
 * nothing there either. So has a node through which nothing passes any more once one of its links
 * is lost: its loss is the loss of that link, and of the node besides. Only that is left out; everything else is dispatched.
 */
import { isEven } from "../plan/certificate.js";
import { evenFlow } from "../plan/even-flow.js";
import { idOf, leftOf, withOutages, type Outage } from "../network/outage.js";
import { intakeOf, intakesOf, linkFlow } from "../problem/flows.js";
import type { Measure } from "../plan/measures.js";
import type { PlanStatus } from "../plan/plan.js";
import type { ObjectiveName, Policy } from "../problem/policy.js";
import { componentSolver, type ComponentSolver } from "../dispatch/component-solver.js";
import type { FlowProblem } from "../problem/problem.js";
import type { FullState, Network } from "../network/types.js";
import { Filling } from "./filling.js";

/** The best plan's figures in one component. */
export interface Figures {
  readonly status: PlanStatus;
  /** In the order of the policy. */
  readonly measures: readonly Measure[];
  /** What floods and what spills, in quanta, without weights. */
  readonly lost: { readonly flooding: number; readonly spill: number };
  readonly highestUtilisation: number;
  readonly minutesToSpill: number | null;
}

export interface ScreeningOptions {
  readonly policy: Policy;
  /** What the policy names, in order. */
  readonly names: readonly ObjectiveName[];
  readonly tolerance: number;
  readonly depth: 1 | 2;
}

/** Figures, and which elements they leave idle. */
interface Found {
  readonly figures: Figures;
  readonly isIdle: Uint8Array;
}

export class ComponentScreening {
  private readonly solver: ComponentSolver;
  /** Whether there is a storage that could put a loss off. */
  private readonly hasRoom: boolean;
  /** Made when the first outage asks for it. */
  private filling: Filling | undefined;
  private readonly names: readonly ObjectiveName[];
  /** Of each element, whether it carries anything in a flow. */
  private readonly carries: readonly ((flow: Float64Array) => boolean)[];
  private readonly base: Found;
  /** Of a node that is to be lost, the link of it that carries most, where that is to be lost too; and the reverse. */
  private readonly mainOf = new Map<number, number>();
  private readonly endsOf = new Map<number, readonly number[]>();
  private readonly every: readonly number[];
  /** Leads back to the state without outages; made when the first of them is solved. */
  private toBase: (() => void) | undefined;
  private readonly singles: Found[] = [];
  private readonly hasPairs: boolean;
  private readonly tolerance: number;
  /** The element whose pairs are being screened, and what leads back to it alone. */
  private row = -1;
  private toRow: (() => void) | undefined;

  constructor(
    private readonly network: Network,
    private readonly state: FullState,
    private readonly elements: readonly Outage[],
    { policy, names, tolerance, depth }: ScreeningOptions,
  ) {
    this.hasPairs = depth === 2;
    this.tolerance = tolerance;
    this.hasRoom = network.nodes.some((node) => node.kind === "storage" && node.volume.max > node.volume.min);
    this.solver = componentSolver(network, { policy, tolerance });
    this.names = names;
    // What is held decides how the problem is cut, and is known once it is solved.
    const figures = this.figures([]);
    const carriers = carriersOf(this.solver.problem);
    this.carries = elements.map(
      (outage) => (leftOf(outage) === 0 ? carriers.get(idOf(outage)) : undefined) ?? isAlways,
    );
    this.every = elements.map((_outage, i) => i);
    this.base = { figures, isIdle: this.idle(this.every) };
    for (const [end, main] of mainsOf(this.solver, elements)) {
      this.mainOf.set(end, main);
      this.endsOf.set(main, [...(this.endsOf.get(main) ?? []), end]);
    }
  }

  get count(): number {
    return this.elements.length;
  }

  /** All inflow of the component, quanta. */
  get total(): number {
    return this.solver.problem.total;
  }

  /** The figures with nothing lost. */
  whole(): Figures {
    return this.base.figures;
  }

  /** Element `i` alone. */
  single(i: number): Figures {
    return this.alone(i).figures;
  }

  /** Elements `i` and `j` together; cheapest where `i` is the same as the last time. */
  pair(i: number, j: number): Figures {
    const [one, other] = [this.alone(i), this.alone(j)];
    if (one.isIdle[j] === 1) return this.lasting(one.figures, [i, j]);
    if (other.isIdle[i] === 1) return this.lasting(other.figures, [i, j]);
    if (this.row !== i) {
      this.restart();
      this.solver.solve(this.without([i]));
      this.toRow = this.solver.bookmark();
      this.row = i;
    }
    this.toRow?.();
    return this.figures([i, j], this.base.figures);
  }

  /** Back to where all outages start from; the first time, that is where the solver stands. */
  private restart(): void {
    if (this.toBase === undefined) this.toBase = this.solver.bookmark();
    else this.toBase();
  }

  private alone(i: number): Found {
    const known = this.singles[i];
    if (known !== undefined) return known;
    if (this.base.isIdle[i] === 1) {
      const { figures, isIdle } = this.base;
      return (this.singles[i] = { figures: this.lasting(figures, [i]), isIdle });
    }
    const main = this.mainOf.get(i);
    const withoutMain = main === undefined ? undefined : this.alone(main);
    if (withoutMain?.isIdle[i] === 1) {
      const { figures, isIdle } = withoutMain;
      return (this.singles[i] = { figures: this.lasting(figures, [i]), isIdle });
    }
    this.restart();
    const figures = this.figures([i], this.base.figures);
    return (this.singles[i] = { figures, isIdle: this.idle(this.hasPairs ? this.every : this.endsOf.get(i)) });
  }

  /** Which of some elements the last solution doesn't use; 0 for those that aren't asked for. */
  private idle(which: readonly number[] = []): Uint8Array {
    // What only goes round, to meet set points, is what moves are counted by.
    const { problem, uncut: flow } = this.solver;
    const even =
      this.tolerance > 0 && which.length > 0
        ? this.solver.certificate()?.components[0]?.stages.find(isEven)
        : undefined;
    const flows = even === undefined ? [flow] : [flow, evenFlow(problem, flow, even)];
    const isIdle = new Uint8Array(this.count);
    for (const i of which) if (flows.every((one) => this.carries[i]?.(one) === false)) isIdle[i] = 1;
    return isIdle;
  }

  /** @param base without outages */
  private figures(lost: readonly number[], base?: Figures): Figures {
    const state = this.without(lost);
    const { status } = this.solver.solve(state);
    const { problem, flow } = this.solver;
    return {
      status,
      measures: this.names.map((name, k) => known(this.solver.measure(name), base?.measures[k])),
      lost: { flooding: intakesOf(problem.flooding, flow), spill: intakesOf(problem.outfalls, flow) },
      highestUtilisation: this.highestUtilisation(),
      minutesToSpill: status === "normal" || status === "surcharged" ? null : this.minutesToSpill(state),
    };
  }

  /** The figures of a plan that does without these elements, too: what it doesn't use may still be what storages are filled by. */
  private lasting(figures: Figures, lost: readonly number[]): Figures {
    if (figures.minutesToSpill === null || figures.minutesToSpill === 0) return figures;
    return { ...figures, minutesToSpill: this.minutesToSpill(this.without(lost)) };
  }

  private minutesToSpill(state: FullState): number | null {
    if (!this.hasRoom) return 0;
    this.filling ??= new Filling(this.network, false);
    return this.filling.minutesToSpill(state);
  }

  private without(lost: readonly number[]): FullState {
    return withOutages(
      this.network,
      this.state,
      lost.flatMap((i) => this.elements[i] ?? []),
    );
  }

  private highestUtilisation(): number {
    const { problem, flow } = this.solver;
    return problem.plants.reduce(
      (highest, plant) => (plant.capacity > 0 ? Math.max(highest, intakeOf(plant, flow) / plant.capacity) : highest),
      0,
    );
  }
}

const isAlways = () => true;

/** A measure; where it is the same list as without outages, that one, as there may be as many lists as elements. */
function known(measure: Measure, base: Measure | undefined): Measure {
  if (typeof measure === "number" || base === undefined || typeof base === "number") return measure;
  return measure.length === base.length && measure.every((value, i) => value === base[i]) ? base : measure;
}

/**
 * Of each node that is to be lost, and with it all its links, that link which carries most, if it is to be lost too. Also of plants, which
 * lose no links but never count as idle.
 */
function mainsOf({ problem, flow }: ComponentSolver, elements: readonly Outage[]): Map<number, number> {
  const place = new Map(elements.flatMap((outage, i) => (leftOf(outage) === 0 ? [[idOf(outage), i] as const] : [])));
  const mains = new Map<number, number>();
  const most = new Map<number, number>();
  for (const part of problem.links) {
    const main = place.get(part.link.id);
    const carried = Math.abs(linkFlow(part, flow));
    if (main === undefined || carried === 0) continue;
    for (const id of [part.link.from, part.link.to]) {
      const end = place.get(id);
      if (end === undefined || carried <= (most.get(end) ?? 0)) continue;
      most.set(end, carried);
      mains.set(end, main);
    }
  }
  return mains;
}

/**
 * By id, whether an element that is to be lost wholly carries anything. A plant counts among those to be evened out even when it
 * takes nothing in, so its loss is never without effect.
 */
function carriersOf(problem: FlowProblem): Map<string, (flow: Float64Array) => boolean> {
  const carriers = new Map<string, (flow: Float64Array) => boolean>();
  const at: (typeof problem.links)[number][][] = Array.from({ length: problem.nodes }, () => []);
  for (const part of problem.links) {
    carriers.set(part.link.id, (flow) => linkFlow(part, flow) !== 0);
    at[part.from]?.push(part);
    at[part.to]?.push(part);
  }
  for (const sink of problem.outfalls) carriers.set(sink.node.id, (flow) => intakeOf(sink, flow) !== 0);
  for (const { node, at: v } of problem.flooding) {
    if (node.kind === "plant") continue;
    // What enters at a node that passes nothing on floods there already.
    carriers.set(node.id, (flow) => (at[v] ?? []).some((part) => linkFlow(part, flow) !== 0));
  }
  return carriers;
}
