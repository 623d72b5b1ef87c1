/** How long the storages last after an outage before water is lost, where, and how much of it in the hours that follow. */
import { componentSolver } from "../dispatch/component-solver.js";
import { checkOutages, withOutages, type Outage } from "../network/outage.js";
import { fullState, type StateOptions } from "../dispatch/state-options.js";
import { OptionError } from "../errors.js";
import { assertNetwork } from "../network/checked.js";
import { show } from "../text/show.js";
import { checkOptions, whereUsed, type Checks } from "../network/options.js";
import type { FullState, Network } from "../network/types.js";
import { timesInflow } from "../network/state.js";
import { roundVolume } from "../units/flow.js";
import { Filling, type Phase, type Piece } from "./filling.js";

/** An outage that is known beforehand: from minute `start` to minute `end`; from now on and for good where they aren't given. */
export interface PlannedOutage {
  readonly id: string;
  readonly availability?: number;
  readonly start?: number;
  readonly end?: number;
}

/** What all inflows are multiplied by, step after step from now on, and from the beginning again after the last. */
export interface Profile {
  /** Length of a step. */
  readonly minutes: number;
  readonly factors: readonly number[];
}

export interface TimeToSpillOptions extends Omit<StateOptions, "outages"> {
  readonly outages?: readonly (string | PlannedOutage)[];
  /** Hours from now for which to tell what has been lost; 1, 3, 6, 12 and 24 if not given. */
  readonly hours?: readonly number[];
  /** Inflows are constant if not given. */
  readonly profile?: Profile;
}

export interface SpillCourse {
  /** Minutes until water first spills or floods: 0 where it does now, null where it doesn't. */
  readonly minutesToSpill: number | null;
  /** Where it is lost first. */
  readonly first: readonly { readonly id: string; readonly kind: "spill" | "flooding" }[];
  /** m³ that are lost by then. */
  readonly lost: readonly { readonly hours: number; readonly spill: number; readonly flooding: number }[];
  /** Every storage that becomes full, by the minute at which it first is. */
  readonly full: readonly { readonly id: string; readonly minutes: number }[];
}

const OPTIONS: Checks<TimeToSpillOptions> = {
  state: whereUsed,
  from: whereUsed,
  outages: whereUsed,
  hours: whereUsed,
  profile: whereUsed,
};
const HOURS = [1, 3, 6, 12, 24];
const MINUTES_PER_HOUR = 60;
const SECONDS_PER_MINUTE = 60;

/**
 * Minutes until water is first lost, where, and how much by when: if nobody acts (no pump or gate carries more than its set point),
 * and if everything is set for the best at every moment.
 *
 * Storages start from the state's volumes, else from the file's `initial`, else empty. In-line storage of a main is a storage
 * node at its lower end. Set points are the state's, else those of `from`, else those of the best plan without the outages.
 *
 * @returns exact for constant inflow and outages from now on. Where inflow or outages change, storages are emptied within each step as
 *   far as plants and mains have room, without regard to what comes after; then only what happens before the last of `hours` is told
 * @throws NetworkError for ids that the network doesn't have; OptionError for hours, steps and times out of range
 * @remarks a dispatch (two where storages give water) for each step and each storage that becomes full in it
 * @example
 * const { idle, acting } = timeToSpill(city, { outages: ["east"] });
 * idle.minutesToSpill; // 0
 * acting.first; // [{ id: …, kind: "flooding" }]
 */
export function timeToSpill(
  network: Network,
  options: TimeToSpillOptions = {},
): { readonly idle: SpillCourse; readonly acting: SpillCourse } {
  assertNetwork(network);
  checkOptions(options, OPTIONS);
  const { outages = [], hours = HOURS, profile, ...rest } = options;
  checkTimes(outages, hours, profile);
  checkOutages(network, Array.isArray(outages) ? outages.map(withoutTimes) : outages);
  let state = fullState(network, rest);
  if (rest.from === undefined && Object.keys(state.setPoints).length === 0)
    state = fullState(network, { ...rest, from: componentSolver(network).solve(state).plan() });
  const last = Math.max(...hours) * MINUTES_PER_HOUR;
  const pieces = piecesOf(network, state, outages, profile, last);
  return {
    idle: courseOf(new Filling(network, true).phases(pieces), hours, pieces.length > 1),
    acting: courseOf(new Filling(network, false).phases(pieces), hours, pieces.length > 1),
  };
}

function courseOf(phases: Iterable<Phase>, hours: readonly number[], endsWithHours: boolean): SpillCourse {
  const last = Math.max(...hours) * MINUTES_PER_HOUR;
  const lost = hours.map((hour) => ({ hours: hour, spill: 0, flooding: 0 }));
  const full = new Map<string, number>();
  let minutesToSpill: number | null = null;
  let first: SpillCourse["first"] = [];
  for (const phase of phases) {
    const { start, end } = phase;
    if (endsWithHours && start >= last) break;
    const spill = sum(phase.spill);
    const flooding = sum(phase.flooding);
    for (const id of phase.full) if (!full.has(id)) full.set(id, end);
    for (const by of lost) {
      const seconds = Math.max(0, Math.min(end, by.hours * MINUTES_PER_HOUR) - start) * SECONDS_PER_MINUTE;
      by.spill += spill * seconds;
      by.flooding += flooding * seconds;
    }
    if (minutesToSpill === null && spill + flooding > 0) {
      minutesToSpill = start;
      first = [
        ...[...phase.flooding.keys()].map((id) => ({ id, kind: "flooding" as const })),
        ...[...phase.spill.keys()].map((id) => ({ id, kind: "spill" as const })),
      ];
    }
  }
  const told = lost.map((by) => ({ ...by, spill: roundVolume(by.spill), flooding: roundVolume(by.flooding) }));
  return { minutesToSpill, first, lost: told, full: [...full].map(([id, minutes]) => ({ id, minutes })) };
}

const sum = (flows: ReadonlyMap<string, number>) => [...flows.values()].reduce((total, flow) => total + flow, 0);

function withoutTimes(outage: string | PlannedOutage): Outage {
  if (typeof outage !== "object") return outage;
  const { start: _start, end: _end, ...lost } = outage;
  return lost;
}

/** The states from now on; where there are several, the last begins when nothing is told any more. */
function piecesOf(
  network: Network,
  state: FullState,
  outages: readonly (string | PlannedOutage)[],
  profile: Profile | undefined,
  last: number,
): Piece[] {
  const starts = new Set([0]);
  const times = outages.map((outage) => (typeof outage === "string" ? { id: outage } : outage));
  for (const { start = 0, end = Infinity } of times) starts.add(start).add(end);
  if (profile !== undefined)
    for (let step = 0; step * profile.minutes < last; step++) starts.add(step * profile.minutes);
  const within = [...starts].filter((start) => start < last).sort((a, b) => a - b);
  const pieces = within.map((start): Piece => {
    const inForce = outages.filter(
      (_outage, i) => (times[i]?.start ?? 0) <= start && start < (times[i]?.end ?? Infinity),
    );
    return { start, state: withOutages(network, scaled(network, state, profile, start), inForce.map(withoutTimes)) };
  });
  const [end] = pieces.slice(-1);
  return pieces.length > 1 && end !== undefined ? [...pieces, { ...end, start: last }] : pieces;
}

function scaled(network: Network, state: FullState, profile: Profile | undefined, start: number): FullState {
  if (profile === undefined) return state;
  const step = Math.floor(start / profile.minutes) % profile.factors.length;
  return timesInflow(network, state, profile.factors[step] ?? 1);
}

/** More steps than that in what is asked for are a slip of the unit. */
const MOST_STEPS = 100_000;

function checkTimes(
  outages: readonly (string | PlannedOutage)[],
  hours: readonly number[],
  profile: Profile | undefined,
): void {
  const isAbove = (value: unknown, least: number) => typeof value === "number" && value > least && value < Infinity;
  const isList = (list: unknown, isOne: (value: unknown) => boolean) =>
    Array.isArray(list) && list.length > 0 && list.every(isOne);
  if (!isList(hours, (hour) => isAbove(hour, 0)))
    throw new OptionError("hours are a list of at least one number above 0.");
  if (Array.isArray(outages)) {
    for (const outage of outages as readonly Partial<PlannedOutage>[]) {
      const { start = 0, end = Infinity } = typeof outage === "object" ? outage : {};
      if ((start === 0 || isAbove(start, 0)) && typeof end === "number" && end > start) continue;
      throw new OptionError(
        `an outage lasts from minute ${show(start)} to minute ${show(end)}; its start is 0 or more, and its end is after it.`,
      );
    }
  }
  if (profile === undefined) return;
  const { minutes, factors } = profile;
  if (!isAbove(minutes, 0)) throw new OptionError(`profile.minutes is ${show(minutes)}; a step's length is above 0.`);
  if (!isList(factors, (factor) => factor === 0 || isAbove(factor, 0)))
    throw new OptionError("profile.factors are a list of at least one number from 0 up.");
  if ((Math.max(...hours) * MINUTES_PER_HOUR) / minutes > MOST_STEPS)
    throw new OptionError(
      `profile.minutes is ${show(minutes)}; that makes more than ${MOST_STEPS} steps in the hours asked for.`,
    );
}
