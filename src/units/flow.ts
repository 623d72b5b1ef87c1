/**
 * Flow at the edge and inside.
 *
 * Inside, every flow is a whole number of quanta held in a double. In metric files a quantum is one millilitre per day: the
 * coarsest measure of which all metric units below are whole multiples, so the same network in another unit gives the same plan.
 * One US gallon is 3785.411784 mL, so decimals of MGD would not be whole; in files in MGD a quantum is 10⁻⁹ MGD. Either way a
 * file's figures are held as they are written, and sums and differences of them are exact.
 */

/** Quanta of a file in that unit in one of the unit. */
const QUANTA = {
  "m3/s": 86_400_000_000,
  "m3/d": 1_000_000,
  "10k m3/d": 10_000_000_000,
  "万m3/d": 10_000_000_000,
  "m3/h": 24_000_000,
  "L/s": 86_400_000,
  MGD: 1_000_000_000,
} as const;

/** mL/d in a quantum of a file in MGD. */
const QUANTUM_OF_MGD = 3.785411784;

/** A unit of flow that files may be written in. `万m3/d` is `10k m3/d`; `MGD` is million US gallons per day. */
export type FlowUnit = keyof typeof QUANTA;

export const FLOW_UNITS = Object.keys(QUANTA) as [FlowUnit, ...FlowUnit[]];

/** Quanta of a file in `unit` in one m³/s or m³/h, the SI units that rates (money per hour, kWh/m³) and volumes refer to. */
export function quantaPer(one: "m3/s" | "m3/h", unit: FlowUnit): number {
  return unit === "MGD" ? QUANTA[one] / QUANTUM_OF_MGD : QUANTA[one];
}

export const SECONDS_PER_HOUR = 3600;

/**
 * The most inflow, and the largest plant, that is dispatched exactly: an eighth of 2^53 quanta, so that sums of a few such
 * flows are still whole. It is 13 031 m³/s (in MGD almost four times that), more than all the sewage there is.
 */
export const MOST_QUANTA = 2 ** 50;

/**
 * The nearest whole number of quanta; never minus zero. A flow beyond all numbers (a capacity that is no limit) is the largest of
 * them: a share of 0 of it is 0, where Infinity would give NaN.
 */
export function toQuanta(flow: number, unit: FlowUnit): number {
  return Math.min(Math.max(Math.round(flow * QUANTA[unit]) + 0, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** `quanta` in `unit`. A figure that was read with `toQuanta` comes back as it was written, if that was a whole number of quanta. */
export function fromQuanta(quanta: number, unit: FlowUnit): number {
  return quanta / QUANTA[unit];
}

/** A sum or difference of flows, rounded to what quanta can tell: 0.3 for 0.1 + 0.2. */
export function roundFlow(flow: number, unit: FlowUnit): number {
  return fromQuanta(toQuanta(flow, unit), unit);
}

/** Noise of weighted sums is in the 15th and 16th digit. */
const DIGITS = 14;

/** A weighted sum of quanta without what rounding left in its last digits; whole sums are exact as they are. */
export function roundSum(quanta: number): number {
  return Number.isInteger(quanta) ? quanta : Number(quanta.toPrecision(DIGITS));
}

/** m³ to the millilitre. */
export function roundVolume(volume: number): number {
  return Math.round(volume * 1e6) / 1e6;
}

/** The unit as people read it, with the exponent raised. */
export function unitLabel(unit: FlowUnit): string {
  return unit.replace("m3", "m³");
}
