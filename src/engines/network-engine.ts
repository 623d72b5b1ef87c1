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
import type { CertificateStage, ComponentProof } from "../plan/certificate.js";
import type { Engine } from "./engine.js";
import { intakeOf, keepIntake, linkFlow } from "../problem/flows.js";
import type { Stage } from "../problem/policy.js";
import type { FlowProblem } from "../problem/problem.js";
import { Sharing } from "./sharing.js";
import { settleTies, Ties } from "./ties.js";
import { WarmStart } from "./warm-start.js";
import { exactFactor, largestCost, wholeCosts } from "../problem/whole-costs.js";

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

  // In the order of the course; written over by the next solve, never allocated anew.
  const linear: LinearStage[] = [];
  const ties = new Ties(problem);
  const tiePotentials: Float64Array[] = [];
  const evened: EvenStage = {
    parts: new Int32Array(nodes),
    intakes: new Float64Array(plants.length),
    flow: new Float64Array(flow.length),
  };
  const sharing = new Sharing(problem);
  /** The simplex's flow, with floods shared out: kept apart, as the next solve starts from what the tree carries. */
  const found = new Float64Array(flow.length);
  const nothing = new Float64Array(flow.length);
  const warm = new WarmStart(problem, flow);
  // Of the solve at hand: linear stages so far, how many of them came before evening out, and whether costs were rounded.
  let stage = 0;
  let early: number | undefined;
  let isRounded = false;
  /** Linear stages before floods are to be shared out, where that is yet to be done: it comes last, or the next stage does it first. */
  let waiting: number | undefined;

  const begin = () => {
    stage = 0;
    early = undefined;
    waiting = undefined;
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
    shareNow();
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
    for (const [i, plant] of plants.entries()) {
      evened.intakes[i] = even.flow[sinkArcs[i] ?? -1] ?? 0;
      if (plant.capacity > 0) keepIntake(plant, evened.intakes[i] ?? 0, tolerance, lower, upper);
    }
    // A warm start holds plants at their intakes, not within a range.
    if (tolerance > 0) isRounded = true;
  };

  const share = () => {
    waiting = stage;
    // Where figures were rounded, or plants are held within a range, there is nothing for the next solve to start from.
    if (isRounded) shareNow();
  };

  /** Shares out floods before the stages that follow. A warm start knows of costs and of plants that are even, not of this. */
  const shareNow = () => {
    if (waiting === undefined) return;
    waiting = undefined;
    inTurn.narrow();
    solve();
    sharing.share(flow, { lower, upper, isOpen: (a) => lower[a] !== upper[a] });
    for (const [i, { arcs }] of problem.flooding.entries())
      for (const a of arcs) lower[a] = upper[a] = sharing.shares[i] ?? 0;
    isRounded = true;
  };

  /** Takes in the flow that is settled, and shares out floods where that comes last. */
  const finish = (isOpen: (a: number, stages: number) => boolean) => {
    found.set(flow);
    if (waiting === undefined) return;
    const stages = waiting;
    sharing.share(found, { lower: nothing, upper: problem.upper, isOpen: (a) => isOpen(a, stages) }, ties);
  };

  const minimise = (per: Float64Array) => {
    shareNow();
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

  const settle = () => {
    let rounds = 0;
    settleTies(simplex, (round) => {
      rounds = round + 1;
      inTurn.add(ties.costs(round), (tiePotentials[round] ??= new Float64Array(nodes)));
      solve();
    });
    if (isRounded) warm.forget();
    else {
      const used = linear.slice(0, stage);
      const settled = tiePotentials.slice(0, rounds);
      warm.keep({
        slopes: problem.slopes,
        upper: problem.upper.slice(),
        costs: [...used.map(({ whole }) => whole), ...settled.map((_, round) => ties.costs(round))],
        potentials: [...used.map(({ potentials }) => potentials), ...settled],
        early: early ?? stage,
        parts: early === undefined ? undefined : evened.parts,
        isFree: (a) => lower[a] !== upper[a],
      });
    }
    const { fixedBy } = inTurn;
    finish((a, stages) => (fixedBy[a] === 0 ? lower[a] !== upper[a] : (fixedBy[a] ?? 0) > stages));
  };

  const resume = () => {
    if (!warm.resume()) return false;
    for (const [i, plant] of plants.entries()) evened.intakes[i] = intakeOf(plant, flow);
    finish((a, stages) => warm.isOpen(a, stages));
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
    flow: found,
    certificate,
  };
}
