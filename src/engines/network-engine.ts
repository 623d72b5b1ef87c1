/**
 * Dispatch as network flows, in whole quanta and whole costs: exact, and the same whatever was solved before.
 *
 * Linear objectives are minimum-cost flows in turn, each among the optima of those before it. Evening out the plants is leximin
 * by minimum cuts, after which the plants' arcs are held. What all objectives leave open is settled by drawn costs until a
 * single flow is left, so that a plan doesn't depend on the tree from which it was found. As that flow is the only one, the
 * next state may be solved by mending the last solution (`resume`) and gives the same plan as solving anew.
 */
import { bug } from "../errors.js";
import { LexicographicSimplex } from "../flow/simplex/lexicographic-simplex.js";
import { NetworkSimplex } from "../flow/simplex/network-simplex.js";
import type { FlowModel } from "../problem/flow-model.js";
import { intakeOf, keepIntake } from "../problem/flows.js";
import { exactFactor, largestCost, wholeCosts } from "../problem/whole-costs.js";
import type { CostProof, Engine, StageProof } from "./engine.js";
import { EvenPlants } from "./even-plants.js";
import { Sharing } from "./sharing.js";
import { settleTies, Ties } from "./ties.js";
import { WarmStart } from "./warm-start.js";

/** What a linear stage is solved with, and what proves that it is. Kept from one solve to the next. */
interface LinearStage extends CostProof {
  /** The costs of all arcs times `factor`, where one factor makes them all whole; then they need no rounding. */
  readonly whole: Float64Array;
  isExact: boolean;
  factor: number;
  /** The model's slopes that this was made of. */
  slopes: number;
}

/** An arc, and how many of the linear stages are to be as good as they are. */
type IsOpen = (a: number, stages: number) => boolean;

/** The engine of a model; the simplex's tree stays from one solve to the next. */
export function networkEngine(model: FlowModel): Engine {
  return new NetworkEngine(model);
}

class NetworkEngine implements Engine {
  readonly name = "network";
  /** The simplex's flow, with floods shared out: kept apart, as the next solve starts from what the tree carries. */
  readonly flow: Float64Array;

  private readonly simplex: NetworkSimplex;
  private readonly inTurn: LexicographicSimplex;
  private readonly plants: EvenPlants;
  private readonly sharing: Sharing;
  private readonly ties: Ties;
  private readonly warm: WarmStart;
  private readonly dearest: number;
  private readonly nothing: Float64Array;

  // In the order they are taken; written over by the next solve, never allocated anew.
  private readonly linear: LinearStage[] = [];
  private readonly tiePotentials: Float64Array[] = [];

  // Of the solve at hand.
  /** What was taken so far: a linear stage's proof, or what was evened out. */
  private readonly taken: (LinearStage | EvenPlants | Sharing)[] = [];
  /** Linear stages so far, and of them those before plants were evened out. */
  private stages = 0;
  private early: number | undefined;
  /** Whether costs were rounded, or anything else isn't as a warm start would find it. */
  private isRounded = false;
  /** Linear stages before floods are to be shared out, where that is yet to be done: it comes last, or the next stage does it first. */
  private waiting: number | undefined;

  constructor(private readonly model: FlowModel) {
    const { nodes, tail, head } = model;
    this.simplex = new NetworkSimplex(nodes, tail, head);
    this.inTurn = new LexicographicSimplex(this.simplex, tail, head);
    this.plants = new EvenPlants(model);
    this.sharing = new Sharing(model);
    this.ties = new Ties(model);
    this.warm = new WarmStart(model, this.simplex.flow);
    this.dearest = largestCost(nodes);
    this.flow = new Float64Array(tail.length);
    this.nothing = new Float64Array(tail.length);
  }

  begin(): void {
    const { simplex, model } = this;
    this.taken.length = 0;
    this.stages = 0;
    this.early = undefined;
    this.waiting = undefined;
    this.isRounded = false;
    simplex.lower.fill(0);
    simplex.upper.set(model.upper);
    simplex.supply.set(model.supply);
    this.inTurn.begin();
  }

  minimise(per: Float64Array): void {
    this.shareNow();
    const { simplex, dearest } = this;
    const one = this.nextStage();
    if (one.slopes !== this.model.slopes) {
      one.slopes = this.model.slopes;
      const factor = exactFactor(per, dearest);
      one.isExact = factor !== undefined;
      one.factor = factor ?? 1;
      for (let a = 0; a < per.length; a++) one.whole[a] = Math.round(per[a]! * one.factor);
    }
    if (!one.isExact) {
      this.isRounded = true;
      // A dear arc that can't change any more shall not coarsen the costs of those that can.
      if (this.stages > 1) this.solve();
      const { lower, upper, cost } = simplex;
      for (let a = 0; a < cost.length; a++) cost[a] = lower[a] === upper[a] ? 0 : per[a]!;
      one.factor = wholeCosts(cost, dearest, one.whole);
    }
    this.inTurn.add(one.whole, one.potentials);
  }

  balance(tolerance: number): void {
    this.shareNow();
    // Evening out starts from a flow: the optimum so far.
    this.solve();
    const { simplex, plants } = this;
    plants.even(simplex);
    this.taken.push(plants);
    this.early = this.stages;
    for (const [i, plant] of this.model.plants.entries())
      if (plant.capacity > 0) keepIntake(plant, plants.takes[i]!, tolerance, simplex.lower, simplex.upper);
    // A warm start holds plants at their intakes, not within a range.
    if (tolerance > 0) this.isRounded = true;
  }

  share(): void {
    this.taken.push(this.sharing);
    this.waiting = this.stages;
    // Where figures were rounded, or plants are held within a range, there is nothing for the next solve to start from.
    if (this.isRounded) this.shareNow();
  }

  settle(): void {
    const { inTurn, simplex, ties, tiePotentials, model } = this;
    let rounds = 0;
    settleTies(simplex, (round) => {
      rounds = round + 1;
      inTurn.add(ties.costs(round), (tiePotentials[round] ??= new Float64Array(model.nodes)));
      this.solve();
    });
    if (this.isRounded) this.warm.forget();
    else this.keep(rounds);
    const { lower, upper } = simplex;
    const { fixedBy } = inTurn;
    this.finish((a, stages) => (fixedBy[a] === 0 ? lower[a] !== upper[a] : fixedBy[a]! > stages));
  }

  resume(): boolean {
    const { warm, plants, model, simplex } = this;
    if (!warm.resume()) return false;
    for (const [i, plant] of model.plants.entries()) plants.takes[i] = intakeOf(plant, simplex.flow);
    this.finish((a, stages) => warm.isOpen(a, stages));
    return true;
  }

  bookmark(): () => void {
    return this.warm.bookmark();
  }

  proofs(): StageProof[] {
    const { sharing } = this;
    return this.taken.map((proof) => (proof === sharing && !sharing.isFlooding ? undefined : proof));
  }

  private nextStage(): LinearStage {
    const { nodes, tail } = this.model;
    const one = (this.linear[this.stages++] ??= {
      whole: new Float64Array(tail.length),
      isExact: false,
      factor: 1,
      slopes: -1,
      potentials: new Float64Array(nodes),
    });
    this.taken.push(one);
    return one;
  }

  /** Minimises what waits, and keeps the optimum. */
  private solve(): void {
    const status = this.inTurn.settle();
    if (status !== "optimal") {
      throw bug(`a dispatch came out ${status}, which always has an optimum.`);
    }
  }

  /** Shares out floods before the stages that follow. A warm start knows of costs and of plants that are even, not of this. */
  private shareNow(): void {
    if (this.waiting === undefined) return;
    this.waiting = undefined;
    const { inTurn, sharing } = this;
    const { flow, lower, upper } = this.simplex;
    inTurn.narrow();
    this.solve();
    sharing.share(flow, { lower, upper, isOpen: (a) => lower[a] !== upper[a] });
    for (const [i, { arcs }] of this.model.flooding.entries())
      for (const a of arcs) lower[a] = upper[a] = sharing.takes[i]!;
    this.isRounded = true;
  }

  /** Leaves what was found for the next solve to start from. */
  private keep(rounds: number): void {
    const { simplex, ties, model, early, stages, plants } = this;
    const linear = this.linear.slice(0, stages);
    const potentials = this.tiePotentials.slice(0, rounds);
    this.warm.keep({
      slopes: model.slopes,
      upper: model.upper.slice(),
      costs: [...linear.map(({ whole }) => whole), ...potentials.map((_, round) => ties.costs(round))],
      potentials: [...linear.map((one) => one.potentials), ...potentials],
      early: early ?? stages,
      parts: early === undefined ? undefined : plants.parts,
      isFree: (a) => simplex.lower[a] !== simplex.upper[a],
    });
  }

  /** Takes in the flow that is settled, and shares out floods where that comes last. */
  private finish(isOpen: IsOpen): void {
    const { flow, waiting, nothing, sharing, model, ties } = this;
    flow.set(this.simplex.flow);
    if (waiting === undefined) return;
    sharing.share(flow, { lower: nothing, upper: model.upper, isOpen: (a) => isOpen(a, waiting) }, ties);
  }
}
