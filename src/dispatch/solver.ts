/**
 * A network's dispatch, component by component: each is made ready and solved by itself, and only where its part of the state has
 * changed. As nothing is shared between components, the best plans of all of them together are the best plan of the whole; also of
 * vectors that are taken largest first.
 */
import { componentsOf, RECORDS, statesByComponent } from "../network/components.js";
import type { Language } from "../text/language.js";
import { own } from "../network/own.js";
import type { FullState, Network } from "../network/types.js";
import { MOST_QUANTA } from "../units/flow.js";
import type { Certificate } from "../plan/certificate.js";
import {
  componentSolver,
  PresentSolver,
  type CourseOptions,
  type ComponentSolver,
  type Solution,
  type Total,
} from "./component-solver.js";
import type { EngineMaker } from "./linear-slot.js";
import { networkEngine } from "../engines/network-engine.js";
import { objectiveOf, worstOf, type Measure } from "../plan/measures.js";
import type { Plan, PlanObjective, PlanStatus } from "../plan/plan.js";
import type { ObjectiveName, PolicyObjective } from "../problem/policy.js";
import { FlowProblem, tooMuch } from "../problem/problem.js";
import { byId } from "../text/order.js";

/** What solves one state of a network after the other. */
export type Solver = Omit<ComponentSolver, "bookmark" | "measure" | "plan" | "uncut">;

/**
 * `componentSolver` for a network of any number of components.
 *
 * @remarks a solve takes time for what has changed and, beyond that, some for each component
 */
export function solver(network: Network, options: CourseOptions = {}, engineOf: EngineMaker = networkEngine): Solver {
  const networks = componentsOf(network);
  // The worst of some outages is a figure of the whole network: security weighs one component against another.
  if (networks.length === 1 || options.secure !== undefined) return componentSolver(network, options, engineOf);
  return new ComposedSolver(network, networks, (component) => componentSolver(component, options, engineOf));
}

/** What happens without a plan, in each component by itself. */
export function presentSolver(network: Network, engineOf: EngineMaker): Pick<Solver, "solve"> {
  const networks = componentsOf(network);
  const presentOf = (component: Network) => new PresentSolver(component, {}, engineOf);
  return networks.length === 1 ? presentOf(network) : new ComposedSolver(network, networks, presentOf);
}

/** One component, and what it was last solved for. */
interface Member {
  readonly on: ComponentSolver;
  /** Undefined where the next solve must not rely on it. */
  state: FullState | undefined;
  solution: Solution | undefined;
}

class ComposedSolver implements Solver {
  private readonly members: readonly Member[];
  private readonly solution: Solution;
  /** Made where somebody asks for the network as a whole. */
  private whole: Whole | undefined;
  private state: FullState | undefined;
  private adjust: Parameters<Solver["solve"]>[1];

  constructor(
    private readonly network: Network,
    networks: readonly Network[],
    solverOf: (component: Network) => ComponentSolver,
  ) {
    this.members = networks.map((component) => ({
      on: solverOf(component),
      state: undefined,
      solution: undefined,
    }));
    this.solution = new ComposedSolution(network, this.members, () => this.certificate());
  }

  solve(state: FullState, adjust?: (problem: FlowProblem) => void): Solution {
    const partOf = statesByComponent(this.network, state);
    let total = 0;
    const changed: Member[] = [];
    for (const [place, member] of this.members.entries()) {
      const part = partOf(place);
      const { on } = member;
      if (adjust !== undefined || member.state === undefined || !isSame(part, member.state)) {
        // Until it is solved: whatever stops that leaves nothing to rely on.
        member.state = undefined;
        member.solution = on.solve(part, adjust);
        changed.push(member);
        if (adjust === undefined) member.state = part;
      }
      total += on.problem.total;
    }
    this.state = state;
    this.adjust = adjust;
    if (total > MOST_QUANTA) throw tooMuch(total, this.network.units.flow);
    if (this.whole?.isOf(changed.map(({ on }) => on)) === false) this.whole = undefined;
    if (this.whole !== undefined)
      this.whole.take(
        state,
        adjust,
        changed.map(({ on }) => on),
      );
    return this.solution;
  }

  certificate(): Certificate | undefined {
    const components = this.members.flatMap(({ on }) => on.certificate()?.components ?? []);
    return components.length < this.members.length ? undefined : { components };
  }

  get problem(): FlowProblem {
    return this.asWhole().problem;
  }

  get flow(): Float64Array {
    return this.asWhole().flow;
  }

  private asWhole(): Whole {
    if (this.whole === undefined) {
      const all = this.members.map(({ on }) => on);
      this.whole = new Whole(this.network, all);
      if (this.state !== undefined) this.whole.take(this.state, this.adjust, all);
    }
    return this.whole;
  }
}

/** What all components come to together, as a plan of the whole tells it. */
class ComposedSolution implements Solution {
  constructor(
    private readonly network: Network,
    private readonly members: readonly Member[],
    private readonly certificate: () => Certificate | undefined,
  ) {}

  private get solutions(): Solution[] {
    return this.members.flatMap(({ solution }) => solution ?? []);
  }

  get status(): PlanStatus {
    return worstOf(this.solutions.map(({ status }) => status));
  }

  objective(name: PolicyObjective): PlanObjective {
    const [first] = this.solutions;
    const one = first?.objective(name);
    // Components aren't solved by themselves where there is security, and so each refuses it.
    if (one === undefined || name === "security") throw new RangeError("nothing is solved");
    const measures = this.members.map(({ on }) => on.measure(name));
    return objectiveOf(name, together(measures), this.network.units.flow);
  }

  /** For a component: what all come to where it comes to something else than it does. */
  private totals(): (place: number) => Total {
    const all = new Map<ObjectiveName, Measure[]>();
    const measuresOf = (name: ObjectiveName) => {
      const measures = all.get(name) ?? this.members.map(({ on }) => on.measure(name));
      all.set(name, measures);
      return measures;
    };
    return (place) => (name, measure) =>
      objectiveOf(name, together(measuresOf(name).with(place, measure)), this.network.units.flow);
  }

  plan(language?: Language): Plan {
    const totalAt = this.totals();
    const plans = this.members.map(({ on }, place) => on.plan(language, totalAt(place)));
    const [first] = plans;
    if (first === undefined) throw new RangeError("nothing is solved");
    const certificate = this.certificate();
    return {
      ...first,
      status: worstOf(plans.map(({ status }) => status)),
      objectives: first.objectives.map(({ name }) => this.objective(name)),
      plants: inOrder(plans.map(({ plants }) => plants)),
      links: inOrder(plans.map(({ links }) => links)),
      spills: inOrder(plans.map(({ spills }) => spills)),
      flooding: inOrder(plans.map(({ flooding }) => flooding)),
      moves: inOrder(plans.map(({ moves }) => moves)),
      locks: inOrder(plans.map(({ locks }) => locks)),
      splits: inOrder(plans.map(({ splits }) => splits)),
      circulation: inOrder(plans.map(({ circulation }) => circulation)),
      notes: inOrder(plans.map(({ notes }) => notes)),
      ...(certificate !== undefined && { certificate }),
    };
  }
}

/** The network as one problem, with the flow of all components. */
class Whole {
  readonly problem: FlowProblem;
  readonly flow: Float64Array;
  /** Of each component, the arc of the whole that each of its arcs is. */
  private readonly arcs = new Map<FlowProblem, Int32Array>();

  constructor(network: Network, members: readonly ComponentSolver[]) {
    this.problem = new FlowProblem(
      network,
      members.flatMap(({ problem }) => [...problem.asking]),
    );
    this.flow = new Float64Array(this.problem.tail.length);
    const sinks = [...this.problem.plants, ...this.problem.outfalls, ...this.problem.flooding];
    for (const { problem } of members) {
      const arcs = new Int32Array(problem.tail.length);
      const map = (part: readonly number[], whole: readonly number[] = []) => {
        for (const [k, a] of part.entries()) arcs[a] = whole[k] ?? -1;
      };
      const { places } = problem;
      for (const [i, { forward, backward }] of problem.links.entries()) {
        const link = this.problem.links[places.links[i] ?? -1];
        map(forward, link?.forward);
        map(backward, link?.backward);
      }
      for (const [i, sink] of [...problem.plants, ...problem.outfalls, ...problem.flooding].entries())
        map(sink.arcs, sinks[places.sinks[i] ?? -1]?.arcs);
      this.arcs.set(problem, arcs);
    }
  }

  /** Whether it is made of the problems that the components have now. */
  isOf(members: readonly ComponentSolver[]): boolean {
    return members.every(({ problem }) => this.arcs.has(problem));
  }

  /** Takes in a state, and what was found for it in the components in which it was solved. */
  take(state: FullState, adjust: Parameters<Solver["solve"]>[1], changed: readonly ComponentSolver[]): void {
    this.problem.load(state);
    adjust?.(this.problem);
    for (const { problem, flow } of changed) {
      const arcs = this.arcs.get(problem) ?? [];
      for (let a = 0; a < arcs.length; a++) this.flow[arcs[a] ?? -1] = flow[a] ?? 0;
    }
  }
}

function isSame(one: FullState, other: FullState): boolean {
  if (one === other) return true;
  if (one.out.length !== other.out.length || one.out.some((id, k) => id !== other.out[k])) return false;
  return RECORDS.every((key) => {
    const [a, b] = [one[key], other[key]];
    const ids = Object.keys(a);
    return ids.length === Object.keys(b).length && ids.every((id) => own(b, id) === own(a, id));
  });
}

/** What components come to together. */
export function together(measures: readonly Measure[]): Measure {
  const vectors = measures.filter((measure) => typeof measure !== "number");
  if (vectors.length > 0) return vectors.flat().sort((a, b) => b - a);
  let sum = 0;
  for (const measure of measures) if (typeof measure === "number") sum += measure;
  return sum;
}

/** Lists of several components as one, in order of id. */
function inOrder<T extends { readonly id: string }>(lists: readonly (readonly T[])[]): T[] {
  return lists.flat().sort(byId);
}
