/**
 * Why each plant stands where it does. The proof of evening out falls into parts by falling level: from a part to a later one nothing
 * leads on that could carry more without loss to an objective that comes before, so its plants can't be relieved; and within a part
 * the plants are level, but for those that a bound of their own holds.
 */
import { evenFlow } from "../plan/even-flow.js";
import { intakeOf } from "../problem/flows.js";
import { mostInto } from "../problem/problem.js";
import type { SinkPart } from "../problem/parts.js";
import { fromQuanta } from "../units/flow.js";
import { formatShare } from "../text/format.js";
import type { EvennessFinding, HeadroomFinding, HeldFinding, Hold, Standing } from "./finding.js";
import { boundsAfter, crossings, downstream, holdOn, leads, reach, type Bounds, type Crossing } from "./holds.js";
import type { Subject } from "./subject.js";
import type { Tell } from "./tell.js";
import type { ExplainWords } from "../text/words.js";

/** Plants of one part of the proof, in order of id. */
interface Group {
  readonly part: number;
  /** Those that run level: that no bound holds, or that are all full together. */
  readonly level: readonly SinkPart[];
  readonly held: readonly HeldPlant[];
}

interface HeldPlant extends Pick<HeldFinding, "by" | "bound"> {
  readonly plant: SinkPart;
}

export interface Evenness {
  readonly subject: Subject;
  readonly groups: readonly Group[];
  /** What evening out left open, with the flow that it found. */
  readonly bounds: Bounds;
}

/** The groups by falling level. */
export function evennessOf(subject: Subject): Evenness | undefined {
  const { problem, flow, linear, early, even } = subject;
  if (even === undefined) return undefined;
  const bounds = boundsAfter(problem, evenFlow(problem, flow, even), linear.slice(0, early));
  const parts = new Map<number, { level: SinkPart[]; held: HeldPlant[] }>();
  for (const plant of problem.plants) {
    if (plant.capacity === 0) continue;
    const part = even.parts[plant.at] ?? -1;
    const group = parts.get(part) ?? { level: [], held: [] };
    parts.set(part, group);
    const held = holdOf(bounds, plant);
    if (held === undefined) group.level.push(plant);
    else group.held.push({ plant, ...held });
  }
  const groups = [...parts]
    .sort(([a], [b]) => a - b)
    .map(([part, { level, held }]): Group => {
      const isFull = ({ by }: HeldPlant) => by === "capacity";
      if (level.length > 0) return { part, level, held };
      return { part, level: held.filter(isFull).map(({ plant }) => plant), held: held.filter((one) => !isFull(one)) };
    });
  return { subject, groups, bounds };
}

/** What holds a plant at its intake whatever the others take; undefined for one that evening out decides on. */
function holdOf({ problem, flow, heldBy }: Bounds, plant: SinkPart): Pick<HeldFinding, "by" | "bound"> | undefined {
  const less = plant.arcs.findLast((a) => (flow[a] ?? 0) > 0);
  const more = plant.arcs.find((a) => (flow[a] ?? 0) < (problem.upper[a] ?? 0));
  const least = less === undefined ? undefined : heldBy[less];
  const most = more === undefined ? undefined : heldBy[more];
  if (most !== undefined) return { by: most, bound: least === undefined ? "most" : "both" };
  const ceiling = mostInto(plant) < plant.capacity ? "lock" : "capacity";
  if (least === undefined) return more === undefined ? { by: ceiling, bound: "most" } : undefined;
  const isOwn = least === "starved" && intakeOf(plant, flow) === plant.least;
  return { by: isOwn ? "minFlow" : least, bound: "least" };
}

/**
 * Whether evening out decides on anything. It doesn't where what comes before it fixes all that plants don't take, and there is but one
 * plant that could take more or less: that plant takes what is left, however plants are evened out.
 */
export function hasChoice({ bounds }: Evenness): boolean {
  const { problem, heldBy } = bounds;
  const isOpen = (a: number) => heldBy[a] === undefined && (problem.upper[a] ?? 0) > 0;
  const open = ({ arcs }: SinkPart) => arcs.some(isOpen);
  return problem.outfalls.some(open) || problem.flooding.some(open) || problem.plants.filter(open).length > 1;
}

/** A group of one of several components, and in which. */
interface Member {
  readonly evenness: Evenness;
  readonly group: Group;
}

/** The groups of all components by falling level, those of one component in the order of its proof. */
function inOrder(all: readonly Evenness[]): Member[] {
  const members = all.flatMap((evenness) => {
    let level = Infinity;
    return evenness.groups.map((group) => {
      const plants = [...group.level, ...group.held.map(({ plant }) => plant)];
      level = Math.min(level, Math.max(0, ...plants.map((plant) => levelIn(evenness.bounds, plant))));
      return { evenness, group, level };
    });
  });
  return members.sort((a, b) => b.level - a.level);
}

/** One finding for each group. */
export function evennessFindings(all: readonly Evenness[], tell: Tell): (() => EvennessFinding)[] {
  const lowest = all.map(lowestIn).sort((a, b) => a - b);
  return inOrder(all).flatMap((member) => {
    if (member.group.level.length === 0) return [];
    // The lowest of all other components: what is lowest of all may be in this one.
    const elsewhere = lowestIn(member.evenness) === lowest[0] ? lowest[1] : lowest[0];
    return [() => evennessFinding(member, elsewhere ?? Infinity, tell)];
  });
}

/** The level of the lowest plant that could take more; Infinity where there is none. */
function lowestIn({ groups, bounds }: Evenness): number {
  let lowest = Infinity;
  for (const group of groups)
    for (const plant of ableIn(group))
      if (intakeOf(plant, bounds.flow) < mostInto(plant)) lowest = Math.min(lowest, levelIn(bounds, plant));
  return lowest;
}

/** @param elsewhere the level of the lowest plant of other components that could take more */
function evennessFinding({ evenness, group }: Member, elsewhere: number, tell: Tell): EvennessFinding {
  const { bounds, subject } = evenness;
  const standing = standingIn(bounds);
  const lower = lowerThan(evenness, group);
  const isLowest = lower.length === 0 && elsewhere >= leastOf(bounds, group);
  const cut = cutBelow(evenness, group);
  const heads = cut.map(({ head }) => head);
  const firstIn = (reached: ReadonlySet<number>) => lower.find((one) => one.some(({ at }) => reached.has(at)));
  const next = firstIn(downstream(bounds, heads)) ?? firstIn(leads(bounds, heads, "from"));
  const plants = group.level.map(standing);
  const below = (next ?? []).map(standing);
  const holds = bySize(cut.map((one) => holdOn(bounds, one)));
  return {
    kind: "evenness",
    plants,
    below,
    holds,
    text: tell(({ words, standing: stand, holds: why }) => {
      const above = stand(plants, "level");
      const what = below.length === 0 ? above : words.while(above, stand(below, "lower"));
      const [first = isLowest ? words.lowest : words.apart, ...rest] = why(holds);
      return words.sentence([words.because(evened(words, what, subject.tolerance), first), ...rest]);
    }),
  };
}

/** With a tolerance the plan's flow differs from the one that is told of. */
function evened(words: ExplainWords, text: string, tolerance: number): string {
  return tolerance > 0 ? words.evened(formatShare(tolerance), text) : text;
}

/** One finding for each reason that holds plants which don't run level. */
export function heldFindings(all: readonly Evenness[], tell: Tell): (() => HeldFinding)[] {
  type HeldIn = HeldPlant & { readonly bounds: Bounds };
  const reasons = new Map<string, HeldIn[]>();
  for (const { evenness, group } of inOrder(all)) {
    for (const one of group.held) {
      const key = `${one.by} ${one.bound}`;
      const list = reasons.get(key) ?? [];
      list.push({ ...one, bounds: evenness.bounds });
      reasons.set(key, list);
    }
  }
  const { tolerance = 0, network } = all[0]?.subject ?? {};
  return [...reasons.values()].map((members) => () => {
    const [{ by, bound }] = members as [HeldIn];
    const unit = network?.units.flow ?? "m3/s";
    return {
      kind: "held",
      by,
      bound,
      plants: members.map(({ plant, bounds }) => standingIn(bounds)(plant)),
      text: tell(({ words, list, name, amount, objective }) => {
        const figure = ({ plant: { node, capacity, least } }: HeldPlant) =>
          words.with(name(node.id), amount(fromQuanta(by === "capacity" ? capacity : least, unit)));
        if (by === "capacity" || by === "minFlow")
          return words.sentence([evened(words, words.held[by](list(members, figure), members.length), tolerance)]);
        const named = list(members, ({ plant }) => name(plant.node.id));
        const text = by === "lock" ? words.held.lock(named, bound) : words.held.objective(named, objective(by), bound);
        return words.sentence([tolerance > 0 ? evened(words, text, tolerance) : words.start(text)]);
      }),
    };
  });
}

/** Of each later group the plants that stand lower and could take more. */
function lowerThan({ groups, bounds }: Evenness, group: Group): SinkPart[][] {
  const lowest = leastOf(bounds, group);
  return groups.slice(groups.indexOf(group) + 1).flatMap((later) => {
    const able = ableIn(later);
    const isLower = (plant: SinkPart) =>
      levelIn(bounds, plant) < lowest && intakeOf(plant, bounds.flow) < mostInto(plant);
    const lower = able.filter(isLower);
    return lower.length === 0 ? [] : [lower];
  });
}

function leastOf(bounds: Bounds, { level }: Group): number {
  return Math.min(...level.map((plant) => levelIn(bounds, plant)));
}

/** Plants that take more where that is asked of them, but for those that are full. */
function ableIn({ level, held }: Group): SinkPart[] {
  return [...level, ...held.filter(({ bound }) => bound === "least").map(({ plant }) => plant)];
}

/** What leads on from where the water of a group's plants could be led, towards lower plants: all of it is held. */
export function cutBelow(evenness: Evenness, group: Group): Crossing[] {
  const { bounds } = evenness;
  const from = reach(bounds, placesOf(group.level), "from");
  const lower = leads(bounds, placesOf(lowerThan(evenness, group).flat()), "to", from);
  return crossings(bounds, from, "out").filter(({ head }) => lower.has(head));
}

/** Groups with headroom that those above them in their component would use if they could reach it. */
export function headroomFindings(all: readonly Evenness[], tell: Tell): (() => HeadroomFinding)[] {
  return inOrder(all).flatMap(({ evenness, group }) => {
    const { groups, bounds, subject } = evenness;
    const { network, tolerance } = subject;
    const headroomOf = (plant: SinkPart) =>
      fromQuanta(mostInto(plant) - intakeOf(plant, bounds.flow), network.units.flow);
    const highest = Math.max(0, ...group.level.map((plant) => levelIn(bounds, plant)));
    const fuller = groups
      .slice(0, groups.indexOf(group))
      .flatMap(({ level }) => level)
      .filter((plant) => levelIn(bounds, plant) > highest);
    const plants = group.level
      .map((plant) => ({ id: plant.node.id, headroom: headroomOf(plant) }))
      .filter(({ headroom }) => headroom > 0);
    if (plants.length === 0 || fuller.length === 0) return [];
    const find = (): HeadroomFinding => {
      const to = reach(bounds, placesOf(group.level), "to");
      const from = leads(bounds, placesOf(fuller), "from", to);
      const holds = bySize(
        crossings(bounds, to, "in")
          .filter(({ tail }) => from.has(tail))
          .map((one) => holdOn(bounds, one)),
      );
      return {
        kind: "headroom",
        plants,
        holds,
        text: tell(({ words, list, name, amount, holds: why }) => {
          const named = list(plants, (one) => words.with(name(one.id), amount(one.headroom)));
          const [first = words.unreachable, ...rest] = why(holds);
          const what = evened(words, words.headroom(named, plants.length), tolerance);
          return words.sentence([words.because(what, first), ...rest]);
        }),
      };
    };
    return [find];
  });
}

/** What plants are evened out by. */
function levelIn({ flow }: Bounds, plant: SinkPart): number {
  return intakeOf(plant, flow) / plant.rating;
}

function placesOf(plants: readonly SinkPart[]): number[] {
  return plants.map(({ at }) => at);
}

function standingIn({ flow }: Bounds): (plant: SinkPart) => Standing {
  return (plant) => ({ id: plant.node.id, utilisation: intakeOf(plant, flow) / plant.capacity });
}

/** Full ones first, by what they carry. */
function bySize(holds: readonly Hold[]): Hold[] {
  const rank = ({ by }: Hold) => (by === "capacity" ? 0 : by === "outage" ? 2 : 1);
  return [...holds].sort((a, b) => rank(a) - rank(b) || Math.abs(b.flow) - Math.abs(a.flow));
}
