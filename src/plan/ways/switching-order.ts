/**
 * In which order to set pumps and gates, each once, so that nothing more is lost on the way.
 *
 * The way from one flow to the other falls apart into shifts of water, each a cycle of links (`cycles.ts`) from a sink that gets less to
 * one that gets more. Within a shift, what opens is set from where water is to end upwards, and what closes from where it turns off
 * downwards: the receiving side opens before the losing one closes, and a main is freed before it is filled.
 *
 * Where water is to end in a loss after all, everything that opens is set before anything closes: what is freed early would be lost on
 * top of what still is. Opening never loses more, and when all is open the new flow is possible, whatever closes then. (A main may be
 * asked for more than it will carry for a moment.)
 *
 * What leads nowhere any more, as to a plant that is out, stops before all else, from above downwards: whatever it carries is lost at its
 * end. What carries no more than it is to carry already is set last.
 *
 * Orders of several shifts can't always all be kept: then what opens goes first. Two-way gates that turn round, each only after the
 * other, are set once all the same, and something may be lost in between.
 */
import { cyclesBetween, type Cycle } from "./cycles.js";
import { reachedFrom } from "../../flow/adjacency.js";
import { linkFlow } from "../../problem/flows.js";
import type { Shift } from "../plan.js";
import type { FlowProblem } from "../../problem/problem.js";
import type { LinkPart, SinkPart } from "../../problem/parts.js";
import { fromQuanta } from "../../units/flow.js";

/** Set pump or gate `id` from one flow to another. */
export interface Step {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** The shifts of water that it is part of; none where water only takes another way, or a set point is what can't be kept. */
  readonly shifts: readonly Shift[];
}

interface Device {
  readonly part: LinkPart;
  readonly to: number;
  /** Whether it must be set for the new flow, and whether it can't be as long as the old one is needed. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** How far it is from a dead end, links; undefined for what leads anywhere or goes on leading. */
  readonly toDeadEnd: number | undefined;
  /** By sinks; the quanta of each. */
  readonly shifts: Map<string, { readonly from: SinkPart; readonly to: SinkPart; amount: number }>;
  /** The most urgent of its shifts, and how much water those of that urgency are of. */
  urgency: number;
  amount: number;
}

const URGENCY = { flooding: 0, outfall: 1, plant: 2 };
const REROUTED = 3;

/**
 * The steps from the flow while nobody acts to that of a plan, both whole quanta per arc of the problem. Only links whose set point is
 * known are set. As far as it is free, what ends flooding comes before what ends spilling before all else, the largest shifts first.
 *
 * @remarks the lengths of the shifts, and the square of the number of steps at worst
 */
export function stepsOf(problem: FlowProblem, idle: ArrayLike<number>, flow: ArrayLike<number>): Step[] {
  const devices = devicesOf(problem, idle, flow);
  const cycles = cyclesBetween(problem, idle, flow);
  for (const cycle of cycles) credit(cycle, devices);
  const all = [...devices.values()];
  const stops = all.filter(({ toDeadEnd }) => toDeadEnd !== undefined);
  const waits = all.filter(({ toDeadEnd, opens, closes }) => toDeadEnd === undefined && (opens || closes));
  const trims = all.filter(({ toDeadEnd, opens, closes }) => toDeadEnd === undefined && !opens && !closes);
  const order = new Precedence(waits.sort((a, b) => a.urgency - b.urgency || b.amount - a.amount));
  const losesMore = cycles.some(({ shift }) => shift !== undefined && shift.to.role !== "plant");
  if (losesMore) order.require(openingFirst(waits));
  for (const cycle of cycles) {
    const path = pathOf(cycle, devices);
    const sequence = losesMore || cycle.shift === undefined ? openingFirst(path) : path;
    order.prefer(sequence);
    if (!losesMore) order.require(sequence);
  }
  const out = (quanta: number) => fromQuanta(quanta, problem.network.units.flow);
  return [...stops.sort((a, b) => (b.toDeadEnd ?? 0) - (a.toDeadEnd ?? 0)), ...order.sorted(), ...trims].map(
    ({ part, to, shifts }) => ({
      id: part.link.id,
      from: out(part.setPoint),
      to: out(to),
      shifts: [...shifts.values()]
        .sort((a, b) => URGENCY[a.from.role] - URGENCY[b.from.role] || b.amount - a.amount)
        .map(({ from, to: end, amount }) => ({ from: from.node.id, to: end.node.id, flow: out(amount) })),
    }),
  );
}

/** What is to be set, by its place in `problem.links`, in order of id. */
function devicesOf(problem: FlowProblem, idle: ArrayLike<number>, flow: ArrayLike<number>): Map<number, Device> {
  const deadEnds = deadEndsOf(problem);
  const devices = new Map<number, Device>();
  problem.links.forEach((part, i) => {
    const { setPoint } = part;
    const to = linkFlow(part, flow);
    if (Number.isNaN(setPoint) || setPoint === to) return;
    const isNothing = setPoint < 0 ? to >= 0 : to <= 0;
    devices.set(i, {
      part,
      to,
      opens: !allows(setPoint, to),
      closes: !allows(to, linkFlow(part, idle)),
      toDeadEnd: to === 0 && isNothing ? deadEnds[setPoint < 0 ? part.from : part.to] : undefined,
      shifts: new Map(),
      urgency: REROUTED,
      amount: 0,
    });
  });
  return devices;
}

/** Whether a link that is set to one flow may carry another. */
function allows(setting: number, flow: number): boolean {
  return setting < 0 ? flow <= 0 && flow >= setting : flow >= 0 && flow <= setting;
}

/** Per node from which no plant or outfall that takes anything can be reached, how many links from an end it is at most. */
function deadEndsOf(problem: FlowProblem): (number | undefined)[] {
  const { links, nodes, plants, outfalls } = problem;
  const into = Array.from({ length: nodes }, (): number[] => []);
  for (const { from, to, capacity, reverseCapacity } of links) {
    if (capacity > 0) into[to]?.push(from);
    if (reverseCapacity > 0) into[from]?.push(to);
  }
  const open = [...plants, ...outfalls].filter(({ capacity }) => capacity > 0);
  const alive = reachedFrom(
    open.map(({ at }) => at),
    (v) => into[v] ?? [],
  );
  const depth = Array.from({ length: nodes }, (_, v): number | undefined => (alive.has(v) ? undefined : 0));
  const closed = plants.filter(({ at }) => !alive.has(at));
  const dead = reachedFrom(
    closed.map(({ at }) => at),
    (v) => (into[v] ?? []).filter((u) => !alive.has(u)),
  );
  for (const [u, v] of dead) if (v !== undefined) depth[u] = (depth[v] ?? 0) + 1;
  return depth;
}

/** Notes at each device of a shift that it is part of it. */
function credit({ changes, amount, shift }: Cycle, devices: ReadonlyMap<number, Device>): void {
  const urgency = shift === undefined ? REROUTED : URGENCY[shift.from.role];
  const key = shift && `${shift.from.role} ${shift.from.at} ${shift.to.role} ${shift.to.at}`;
  for (const { of } of changes) {
    const device = "link" in of ? devices.get(of.link) : undefined;
    if (device === undefined) continue;
    if (urgency < device.urgency) [device.urgency, device.amount] = [urgency, 0];
    if (urgency === device.urgency) device.amount += amount;
    if (shift === undefined || key === undefined) continue;
    const same = device.shifts.get(key);
    if (same === undefined) device.shifts.set(key, { ...shift, amount });
    else same.amount += amount;
  }
}

/** What waits in a shift, from where its water is to end; of another way between the same places, from where both meet. */
function pathOf({ changes, shift }: Cycle, devices: ReadonlyMap<number, Device>): Device[] {
  const found = changes.flatMap(({ of }) => ("link" in of ? (devices.get(of.link) ?? []) : []));
  const path = found.filter(({ toDeadEnd, opens, closes }) => toDeadEnd === undefined && (opens || closes)).reverse();
  if (shift !== undefined) return path;
  const meet = path.findIndex((device, i) => device.opens && path.at(i - 1)?.closes === true);
  return [...path.slice(Math.max(0, meet)), ...path.slice(0, Math.max(0, meet))];
}

function openingFirst(devices: readonly Device[]): Device[] {
  return [
    ...devices.filter(({ closes }) => !closes),
    ...devices.filter(({ opens, closes }) => opens && closes),
    ...devices.filter(({ opens }) => !opens),
  ];
}

/** What comes before what: orders that must be kept lest more be lost, and orders that should. */
class Precedence {
  private readonly place: ReadonlyMap<Device, number>;
  /** What waits for a device, or for a group of them that comes after all devices in this list. */
  private readonly must: number[][];
  private readonly should: number[][];
  private readonly mustWait: number[];
  private readonly shouldWait: number[];
  private readonly known = new Set<number>();

  /** @param devices the most urgent first */
  constructor(private readonly devices: readonly Device[]) {
    this.place = new Map(devices.map((device, k) => [device, k]));
    this.must = devices.map(() => []);
    this.should = devices.map(() => []);
    this.mustWait = devices.map(() => 0);
    this.shouldWait = devices.map(() => 0);
  }

  /** A sequence that should be kept. */
  prefer(sequence: readonly Device[]): void {
    const { place, should, shouldWait, known, devices } = this;
    sequence.slice(1).forEach((device, i) => {
      const [last, k] = [place.get(sequence[i] ?? device) ?? 0, place.get(device) ?? 0];
      const key = last * devices.length + k;
      if (known.has(key)) return;
      known.add(key);
      should[last]?.push(k);
      shouldWait[k] = (shouldWait[k] ?? 0) + 1;
    });
  }

  /** What closes must wait for all that opens before it in the sequence. */
  require(sequence: readonly Device[]): void {
    const { place, must, mustWait } = this;
    const wait = (first: number, then: number) => {
      must[first]?.push(then);
      mustWait[then] = (mustWait[then] ?? 0) + 1;
    };
    let group: number | undefined;
    let opened: number[] = [];
    for (const device of sequence) {
      const k = place.get(device) ?? 0;
      if (device.closes && opened.length > 0) {
        const next = must.push([]) - 1;
        mustWait.push(0);
        if (group !== undefined) wait(group, next);
        for (const one of opened) wait(one, next);
        [group, opened] = [next, []];
      }
      if (device.closes && group !== undefined) wait(group, k);
      if (device.opens) opened.push(k);
    }
  }

  sorted(): Device[] {
    const { devices, must, should, mustWait, shouldWait } = this;
    const order: Device[] = [];
    const left = new Set(devices.keys());
    const done = (first: number) => {
      // A group is done with the last of what it comes after.
      const groups = [first];
      for (const k of groups) {
        for (const then of must[k] ?? []) {
          mustWait[then] = (mustWait[then] ?? 0) - 1;
          if (then >= devices.length && mustWait[then] === 0) groups.push(then);
        }
      }
    };
    const first = (isFree: (k: number) => boolean) => {
      for (const k of left) if (isFree(k)) return k;
      return undefined;
    };
    const may = (k: number) => mustWait[k] === 0;
    while (left.size > 0) {
      const next =
        first((k) => may(k) && shouldWait[k] === 0) ??
        first((k) => may(k) && devices[k]?.closes === false) ??
        first(may) ??
        first(() => true) ??
        0;
      left.delete(next);
      order.push(...devices.slice(next, next + 1));
      for (const then of should[next] ?? []) shouldWait[then] = (shouldWait[then] ?? 0) - 1;
      done(next);
    }
    return order;
  }
}
