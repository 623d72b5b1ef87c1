/**
 * Flow at the edge and inside.
 *
 * Inside, every flow is a whole number of quanta held in a double; a quantum is one millilitre per day. That is the
 * coarsest measure of which all units below are whole multiples (one US gallon is 3785.411784 mL by definition), so a
 * file's figures are held as they are written, sums are exact, and the same network in another unit gives the same plan.
 * (Decimals of MGD are not always whole quanta: 0.1 MGD is 0.4 mL/d away from one.)
 */

/** Quanta (mL/d) in one of each unit. */
const QUANTA = {
  "m3/s": 86_400_000_000,
  "m3/d": 1_000_000,
  "10k m3/d": 10_000_000_000,
  "万m3/d": 10_000_000_000,
  "m3/h": 24_000_000,
  "L/s": 86_400_000,
  MGD: 3_785_411_784,
} as const;

/** A unit of flow that files may be written in. `万m3/d` is `10k m3/d`; `MGD` is million US gallons per day. */
export type FlowUnit = keyof typeof QUANTA;

export const FLOW_UNITS = Object.keys(QUANTA) as [FlowUnit, ...FlowUnit[]];

/** Quanta in one m³/s, the SI unit that rates (money per hour, kWh/m³) refer to. */
export const QUANTA_PER_M3S = QUANTA["m3/s"];

export const SECONDS_PER_HOUR = 3600;

/**
 * The most inflow, and the largest plant, that is dispatched exactly: an eighth of 2^53 quanta, so that sums of a few such
 * flows are still whole. It is 13 031 m³/s, more than all the sewage there is.
 */
export const MOST_QUANTA = 2 ** 50;

/** The nearest whole number of quanta; never minus zero. */
export function toQuanta(flow: number, unit: FlowUnit): number {
  return Math.round(flow * QUANTA[unit]) + 0;
}

/** `quanta` in `unit`. A figure of up to nine decimals that was read with `toQuanta` comes back as it was written. */
export function fromQuanta(quanta: number, unit: FlowUnit): number {
  const flow = quanta / QUANTA[unit];
  if (unit !== "MGD") return flow;
  const written = Math.round(flow * 1e9) / 1e9;
  return toQuanta(written, unit) === quanta ? written : flow;
}

/** The unit as people read it, with the exponent raised. */
export function unitLabel(unit: FlowUnit): string {
  return unit.replace("m3", "m³");
}
