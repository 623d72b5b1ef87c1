/**
 * What more capacity is worth. An element that is full can only be worth something to a linear objective if its reduced cost there is
 * below 0; to the fullest plant, if it leads on from there to lower ones, or is that plant. Those are tried, one by one: the state is
 * solved again with more capacity, and only what that confirms is told.
 */
import { intakeOf, linkFlow } from "../problem/flows.js";
import type { SinkPart } from "../problem/parts.js";
import { fromQuanta } from "../units/flow.js";
import type { BottleneckFinding, Difference } from "./finding.js";
import { holdOn, reducedCosts, type Way } from "./holds.js";
import { differencesBetween, namesIn, valuesWith, type Explained, type Subject } from "./subject.js";
import type { Evenness } from "./evenness.js";
import { cutBelow } from "./evenness.js";
import { isSeen, type Tell } from "./tell.js";
import { byId } from "../text/order.js";

/** Elements tried at most. */
const TRIED = 12;
/** Share of the capacity that is added. */
const ADDED = 0.1;

interface Candidate {
  readonly subject: Subject;
  readonly id: string;
  /** As `FlowProblem.addCapacity` takes it. */
  readonly of: number | SinkPart;
  readonly way: Way;
  readonly capacity: number;
  /** Which stage of the policy it may be worth something to, and how much at most. */
  stage: number;
  worth: number;
}

/** The elements in the order of what they are worth; and how many were not tried. */
export function bottleneckFindings(
  explained: Explained,
  evenness: readonly Evenness[],
  tell: Tell,
): { readonly findings: (() => BottleneckFinding)[]; readonly untried: number } {
  const { policy, values, subjects } = explained;
  const evennessIn = new Map(evenness.map((one) => [one.subject, one]));
  const highest = highestIn(subjects);
  const candidates = subjects
    .flatMap((subject) => candidatesOf(subject, evennessIn.get(subject), highest))
    .sort((a, b) => a.stage - b.stage || b.worth - a.worth || byId(a, b));
  const order = namesIn(policy);
  const stage = ({ objective }: Difference) => policy.findIndex((entry) => namesIn([entry]).includes(objective));
  const findings = candidates.slice(0, TRIED).flatMap(({ subject, id, of, way, capacity }): BottleneckFinding[] => {
    const more = Math.max(1, Math.round(capacity * ADDED));
    const { problem } = subject;
    const after = valuesWith(explained, new Map([[subject, subject.withMore(of, more, way)]]));
    const differences = differencesBetween(values, after);
    const gain = gainIn(differences, tell);
    if (gain === undefined) return [];
    // A tolerance that reaches further, or what it is weighed against, may lose where it gains.
    const losses = differences.filter(
      (one) => one.after > one.before && one.objective !== "moves" && stage(one) <= stage(gain),
    );
    const added = fromQuanta(more, problem.network.units.flow);
    return [
      {
        kind: "bottleneck",
        id,
        added,
        gain,
        differences,
        text: tell(({ words, name, amount, change }) =>
          words.then(words.ifAdded(name(id), amount(added)), change(gain), losses.map(change)),
        ),
      },
    ];
  });
  const place = ({ gain }: BottleneckFinding) => order.indexOf(gain.objective);
  const size = ({ gain }: BottleneckFinding) => gain.before - gain.after;
  return {
    findings: findings.sort((a, b) => place(a) - place(b) || size(b) - size(a)).map((one) => () => one),
    untried: Math.max(0, candidates.length - TRIED),
  };
}

/** The first objective that falls by what can be seen in a sentence. Moves are no gain. */
export function gainIn(differences: readonly Difference[], tell: Tell): Difference | undefined {
  return differences.find((one) => one.objective !== "moves" && one.after < one.before && isSeen(one, tell));
}

/** How full a plant would be with some quanta more. */
function levelOf({ flow }: Subject, plant: SinkPart, more: number): number {
  return (intakeOf(plant, flow) + more) / plant.rating;
}

/** What the fullest plant of all stands at, less a quantum. */
function highestIn(subjects: readonly Subject[]): number {
  let highest = -Infinity;
  for (const subject of subjects)
    for (const plant of subject.problem.plants)
      if (plant.capacity > 0) highest = Math.max(highest, levelOf(subject, plant, -1));
  return highest;
}

/** @param highest what the fullest plant of the whole network stands at: none but components that have such plants even it out */
function candidatesOf(subject: Subject, evenness: Evenness | undefined, highest: number): Candidate[] {
  const { problem, flow, linear, early, even } = subject;
  const atCapacity = fullIn(subject);
  const found = new Map<string, Candidate>();
  const add = (candidate: Omit<Candidate, "subject" | "stage" | "worth">, stage: number, worth: number) => {
    const known = found.get(candidate.id);
    if (known === undefined) found.set(candidate.id, { subject, ...candidate, stage, worth });
    else if (stage < known.stage || (stage === known.stage && worth > known.worth))
      Object.assign(known, { stage, worth });
  };
  for (const [k, proof] of linear.entries()) {
    if (Object.keys(proof.objectives).every((name) => name === "moves")) continue;
    const reduced = reducedCosts(problem, proof);
    for (const { arc, ...candidate } of atCapacity) {
      const cost = reduced[arc] ?? 0;
      if (cost < 0)
        add(candidate, even !== undefined && k >= early ? k + 1 : k, (-cost / proof.factor) * candidate.capacity);
    }
  }
  const top = evenness?.groups[0];
  const running = problem.plants.filter(({ capacity }) => capacity > 0);
  if (evenness === undefined || top === undefined || !running.some((plant) => levelOf(subject, plant, 1) >= highest))
    return [...found.values()];
  const places = new Map(problem.links.map((part, i) => [part, i]));
  for (const one of cutBelow(evenness, top)) {
    const { part, way } = one;
    const capacity = way === "forth" ? part.capacity : part.reverseCapacity;
    if (capacity === 0 || holdOn(evenness.bounds, one).by !== "capacity") continue;
    add({ id: part.link.id, of: places.get(part) ?? -1, way, capacity }, early, 1 + Math.abs(linkFlow(part, flow)));
  }
  // What the fullest plants themselves are worth is plain to see: it comes after the links.
  // By its weight, a plant may be full while others of its group still have room.
  const full = top.held.filter(({ by }) => by === "capacity").map(({ plant }) => plant);
  for (const plant of running) {
    if (levelOf(subject, plant, 1) < highest && !full.includes(plant)) continue;
    add({ id: plant.node.id, of: plant, way: "forth", capacity: plant.capacity }, early, -1 / plant.capacity);
  }
  return [...found.values()];
}

/** Links, plants and outfalls that carry all they can, each with the arc that more capacity would widen. */
function fullIn({
  problem,
  flow,
}: Subject): (Omit<Candidate, "subject" | "stage" | "worth"> & { readonly arc: number })[] {
  const last = (arcs: readonly number[]) => arcs.findLast((a) => (problem.upper[a] ?? 0) > 0) ?? -1;
  return [
    ...problem.links.flatMap((part, of) => {
      const quanta = linkFlow(part, flow);
      const way: Way = quanta < 0 ? "back" : "forth";
      const capacity = way === "back" ? part.reverseCapacity : part.capacity;
      if (quanta === 0 || Math.abs(quanta) !== capacity) return [];
      return [{ id: part.link.id, of, way, capacity, arc: last(way === "back" ? part.backward : part.forward) }];
    }),
    ...[...problem.plants, ...problem.outfalls].flatMap((sink) => {
      const { capacity, node, arcs } = sink;
      if (capacity === 0 || intakeOf(sink, flow) !== capacity) return [];
      return [{ id: node.id, of: sink, way: "forth" as const, capacity, arc: last(arcs) }];
    }),
  ];
}
