/**
 * Dispatch as network flows, in whole quanta and whole costs: exact, and the same whatever was solved before.
 *
 * Linear objectives are minimum-cost flows in turn, each among the optima of those before it. Evening out the plants is leximin
 * by minimum cuts, after which the plants' arcs are held. What all objectives leave open is settled by drawn costs until a
 * single flow is left, so that a plan doesn't depend on the tree from which it was found. As that flow is the only one, the
 * next state may be solved by mending the last solution (`resume`) and gives the same plan as solving anew.
 */
import { EngineError } from "../errors.js";
import { Leximin } from "../flow/leximin.js";
import { LexicographicSimplex } from "../flow/lexicographic-simplex.js";
import { NetworkSimplex } from "../flow/network-simplex.js";
import { fromQuanta } from "../units/flow.js";
import type { CertificateStage, ComponentProof } from "./certificate.js";
import type { Engine } from "./engine.js";
import { intakeOf, keepIntake } from "./intake.js";
import { linkFlow } from "./plan.js";
import type { Stage } from "./policy.js";
import type { FlowProblem } from "./problem.js";
import { Sharing } from "./sharing.js";
import { WarmStart } from "./warm-start.js";
import { exactFactor, largestCost, wholeCosts } from "./whole-costs.js";

/** Of the costs that settle ties, the part that is drawn, so that they differ; the rest makes short ways cheaper than long. */
const DRAWN = 2 ** 20;
/** Beyond the number of any link: what tells the draws of a gate's two ways apart. */
const BACKWARD = 2 ** 30;
/** Rounds of drawing after which ties should long be settled: a draw is the same for two ways once in a million times. */
const MOST_ROUNDS = 20;

/** What a linear stage is solved with, and what proves that it is. Kept from one solve to the next. */
interface LinearStage {
  /** The costs of all arcs times `factor`, where one factor makes them all whole; then they need no rounding. */
  readonly whole: Float64Array;
  isExact: boolean;
  factor: number;
  /** The problem's slopes that this was made of. */
  slopes: number;
  readonly potentials: Float64Array;
}

interface EvenStage {
  readonly parts: Int32Array;
  readonly intakes: Float64Array;
  /** Flow per arc; a plant's is all on its first. */
  readonly flow: Float64Array;
  /** Whether nothing floods in it. */
  isDry: boolean;
}

/** The engine of this problem; the simplex's tree stays from one solve to the next. */
export function networkEngine(problem: FlowProblem): Engine {
  const { nodes, ground, tail, head, plants } = problem;
  const simplex = new NetworkSimplex(nodes, tail, head);
  const { lower, upper, cost, flow } = simplex;
  const inTurn = new LexicographicSimplex(simplex, tail, head);
  const most = largestCost(nodes);

  // For the leximin a plant is one arc: it has all arcs but those of plants after their first.
  const isSecond = new Uint8Array(tail.length);
  for (const { arcs } of plants) for (const a of arcs.slice(1)) isSecond[a] = 1;
  const forEven: number[] = [];
  const place = new Int32Array(tail.length);
  for (let a = 0; a < tail.length; a++) {
    place[a] = forEven.length;
    if (isSecond[a] === 0) forEven.push(a);
  }
  const ends = (of: Int32Array) => forEven.map((a) => of[a] ?? -1);
  const sinkArcs = plants.map((plant) => place[plant.arcs[0] ?? -1] ?? -1);
  const even = new Leximin(nodes, ends(tail), ends(head), ground, sinkArcs);
  even.weights = problem.weights;

  // In the order of the course, ties last; written over by the next solve, never allocated anew.
  const linear: LinearStage[] = [];
  const evened: EvenStage = {
    parts: new Int32Array(nodes),
    intakes: new Float64Array(plants.length),
    flow: new Float64Array(flow.length),
    isDry: false,
  };
  const sharing = new Sharing(problem);
  const warm = new WarmStart(problem, flow);
  // Of the solve at hand: linear stages so far, how many of them came before evening out, and whether costs were rounded.
  let stage = 0;
  let early: number | undefined;
  let isRounded = false;
  /** Linear stages before what floods was shared out, and whether all that floods was settled by then. */
  let shared: { readonly stages: number; readonly isKept: boolean } | undefined;

  const begin = () => {
    stage = 0;
    early = undefined;
    shared = undefined;
    isRounded = false;
    lower.fill(0);
    upper.set(problem.upper);
    simplex.supply.set(problem.supply);
    inTurn.begin();
  };

  const nextStage = () =>
    (linear[stage++] ??= {
      whole: new Float64Array(cost.length),
      isExact: false,
      factor: 1,
      slopes: -1,
      potentials: new Float64Array(nodes),
    });

  /** Minimises what waits, and keeps the optimum. */
  const solve = () => {
    const status = inTurn.settle();
    if (status !== "optimal") {
      throw new EngineError(
        `a dispatch came out ${status}, which always has an optimum. This is a bug; please report it with your file.`,
      );
    }
  };

  const balance = (tolerance: number) => {
    // Evening out starts from a flow: the optimum so far.
    solve();
    for (let k = 0; k < forEven.length; k++) {
      const a = forEven[k] ?? 0;
      even.lower[k] = lower[a] ?? 0;
      even.upper[k] = upper[a] ?? 0;
      even.flow[k] = flow[a] ?? 0;
    }
    for (const [i, plant] of plants.entries()) {
      const k = sinkArcs[i] ?? -1;
      for (const a of plant.arcs.slice(1)) {
        even.lower[k] = (even.lower[k] ?? 0) + (lower[a] ?? 0);
        even.upper[k] = (even.upper[k] ?? 0) + (upper[a] ?? 0);
        even.flow[k] = (even.flow[k] ?? 0) + (flow[a] ?? 0);
      }
    }
    even.solve();
    early = stage;
    evened.parts.set(even.part);
    for (let k = 0; k < forEven.length; k++) evened.flow[forEven[k] ?? 0] = even.flow[k] ?? 0;
    // What isn't in it are plants' further pieces, of which the first holds all.
    evened.isDry = sharing.isDry(evened.flow);
    for (const [i, plant] of plants.entries()) {
      evened.intakes[i] = even.flow[sinkArcs[i] ?? -1] ?? 0;
      if (plant.capacity > 0) keepIntake(plant, evened.intakes[i] ?? 0, tolerance, lower, upper);
    }
    // A warm start holds plants at their intakes, not within a range.
    if (tolerance > 0) isRounded = true;
  };

  const share = (isKept: boolean) => {
    shared = { stages: stage, isKept };
    // What evening out has found is enough to see that nothing floods; else what waits is minimised first.
    sharing.isFlooding = false;
    if (isKept && early !== undefined && evened.isDry) return;
    inTurn.narrow();
    solve();
    if (sharing.adopt(flow, (a) => lower[a] !== upper[a], isKept)) return;
    sharing.share(flow, lower, upper);
    // A warm start knows of costs and of plants that are even, not of this.
    isRounded = true;
  };

  const minimise = (per: Float64Array) => {
    const one = nextStage();
    if (one.slopes !== problem.slopes) {
      one.slopes = problem.slopes;
      const factor = exactFactor(per, most);
      one.isExact = factor !== undefined;
      one.factor = factor ?? 1;
      for (let a = 0; a < per.length; a++) one.whole[a] = Math.round((per[a] ?? 0) * one.factor);
    }
    if (!one.isExact) {
      isRounded = true;
      // A dear arc that can't change any more shall not coarsen the costs of those that can.
      if (stage > 1) solve();
      for (let a = 0; a < cost.length; a++) cost[a] = lower[a] === upper[a] ? 0 : (per[a] ?? 0);
      one.factor = wholeCosts(cost, most, one.whole);
    }
    inTurn.add(one.whole, one.potentials);
  };

  const certificate = (stages: readonly Stage[], tolerance: number): ComponentProof => {
    const unit = problem.network.units.flow;
    let k = 0;
    return {
      stages: stages.map((one): CertificateStage => {
        if (one === "security")
          throw new EngineError("security is not for this engine. This is a bug; please report it.");
        if (one === "sharing") {
          if (!sharing.isFlooding) return { objective: "sharing" };
          return {
            objective: "sharing",
            parts: [...sharing.parts.subarray(0, ground)],
            shares: Array.from(sharing.shares, (quanta) => fromQuanta(quanta, unit)),
          };
        }
        if (one !== "balance") {
          const proof = linear[k++];
          if (proof === undefined) throw new EngineError("a stage left no proof. This is a bug; please report it.");
          const base = proof.potentials[ground] ?? 0;
          const potentials: number[] = [];
          for (let v = 0; v < ground; v++) potentials.push((proof.potentials[v] ?? 0) - base);
          return { objectives: Object.fromEntries(one), factor: proof.factor, potentials };
        }
        return {
          tolerance,
          parts: [...evened.parts.subarray(0, ground)],
          intakes: Array.from(evened.intakes, (quanta) => fromQuanta(quanta, unit)),
          ...(tolerance > 0 && {
            flows: [
              ...problem.links.map((part) => linkFlow(part, evened.flow)),
              ...[...problem.outfalls, ...problem.flooding].map((sink) => intakeOf(sink, evened.flow)),
            ].map((quanta) => fromQuanta(quanta, unit)),
          }),
        };
      }),
    };
  };

  /**
   * Draws a cost for each arc; the pieces of a link or plant still fill in order. The two ways of a gate are drawn as one at first, and
   * then each by itself: over time a way round could hold both, and what they cost would cancel in every round.
   */
  const draw = (round: number, costs: Float64Array) => {
    const write = (arcs: readonly number[], base: number, i: number) => {
      arcs.forEach((a, k) => (costs[a] = base + drawn(i, round) + k));
    };
    const { places } = problem;
    for (const [i, { forward, backward }] of problem.links.entries()) {
      const place = places.links[i] ?? 0;
      write(forward, DRAWN, place);
      write(backward, DRAWN, round === 0 ? place : place + BACKWARD);
    }
    let i = 0;
    for (const sinks of [problem.plants, problem.outfalls, problem.flooding])
      for (const { arcs } of sinks) write(arcs, 0, -1 - (places.sinks[i++] ?? 0));
  };

  const settle = () => {
    for (let round = 0, isOpen = true; isOpen; round++) {
      if (round === MOST_ROUNDS)
        throw new EngineError("drawn costs leave more than one flow. This is a bug; please report it with your file.");
      const one = nextStage();
      draw(round, one.whole);
      inTurn.add(one.whole, one.potentials);
      solve();
      // An arc that is neither fixed nor in the tree could take part in another flow as good.
      isOpen = false;
      for (let a = 0; a < flow.length; a++) if (lower[a] !== upper[a] && simplex.state[a] !== 0) isOpen = true;
    }
    if (isRounded) warm.forget();
    else {
      const used = linear.slice(0, stage);
      warm.keep({
        slopes: problem.slopes,
        upper: problem.upper.slice(),
        costs: used.map(({ whole }) => whole),
        potentials: used.map(({ potentials }) => potentials),
        early: early ?? stage,
        parts: early === undefined ? undefined : evened.parts,
        isFree: (a) => lower[a] !== upper[a],
      });
    }
  };

  const resume = () => {
    if (!warm.resume()) return false;
    if (shared !== undefined) {
      const { stages, isKept } = shared;
      if (!sharing.adopt(flow, (a) => warm.isOpen(a, stages), isKept)) {
        warm.forget();
        return false;
      }
    }
    for (const [i, plant] of plants.entries()) evened.intakes[i] = intakeOf(plant, flow);
    return true;
  };

  return {
    name: "network",
    resume,
    bookmark: () => warm.bookmark(),
    begin,
    minimise,
    balance,
    share,
    settle,
    flow,
    certificate,
  };
}

/** A whole number from 0 to DRAWN − 1 that looks drawn, the same for the same arguments everywhere. */
function drawn(i: number, round: number): number {
  let z = Math.imul(i + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(round + 1, 0xc2b2ae35);
  z = Math.imul(z ^ (z >>> 15), 0x2c1b3c6d);
  z = Math.imul(z ^ (z >>> 12), 0x297a2d39);
  return ((z ^ (z >>> 15)) >>> 0) % DRAWN;
}
