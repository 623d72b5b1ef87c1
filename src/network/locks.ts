/** What an operator holds: the range in which the flow of a pump or gate, or the intake of a plant, is to stay. */
import { MOST_QUANTA, toQuanta, type FlowUnit } from "../units/flow.js";
import type { Fault } from "./issues.js";
import type { Lock, NetworkLink, NetworkNode } from "./types.js";

export type { Lock } from "./types.js";

/** Bounds of the flow; a one-way element can't go below 0. */
export interface LockRange {
  readonly min: number;
  readonly max: number;
}

/** A flow held at one figure is a range of that figure alone. Infinite where there is no bound. */
export function lockRange(lock: Lock): LockRange {
  if (typeof lock === "number") return { min: lock, max: lock };
  return { min: lock.min ?? -Infinity, max: lock.max ?? Infinity };
}

/** Ids of locks that ask for flow: they may ask for more than there is. */
export function askingLocks(locks: Readonly<Record<string, Lock>>): string[] {
  return Object.entries(locks).flatMap(([id, lock]) => {
    const { min, max } = lockRange(lock);
    return min > 0 || max < 0 ? [id] : [];
  });
}

/** What doesn't fit in a lock that is well formed, and stands at `at`. */
export function faultInLock(
  lock: Lock,
  element: NetworkNode | NetworkLink,
  unit: FlowUnit,
  at: string,
): Fault | undefined {
  const { min, max } = lockRange(lock);
  if (min > max) return { is: "lockCrossed", at, min: `${min}`, max: `${max}` };
  const isTwoWay = element.kind === "gate" && element.reverseCapacity > 0;
  const isNegative = (bound: number) => bound < 0 && bound > -Infinity;
  if (!isTwoWay && (isNegative(min) || isNegative(max))) return { is: "lockOneWay", at };
  // What it asks for must be held exactly; a bound beyond all flows is none, as a capacity is.
  const asked = Math.max(min, -max);
  return toQuanta(asked, unit) > MOST_QUANTA ? { is: "lockBeyond", at } : undefined;
}
