/** Figures as people read them. Programs read the plan's numbers instead. */
import { unitLabel, type FlowUnit } from "../units/flow.js";

/** Decimals that show a flow to about a litre per second, the most anyone reads from a table. */
const DECIMALS: Record<FlowUnit, number> = {
  "m3/s": 3,
  "m3/d": 0,
  "10k m3/d": 2,
  "万m3/d": 2,
  "m3/h": 0,
  "L/s": 0,
  MGD: 2,
};

/** `12.35`, in the decimals that suit the unit. A flow too small to show in them is shown as such, never as 0. */
export function formatFlow(flow: number, unit: FlowUnit): string {
  const digits = DECIMALS[unit];
  const text = flow.toFixed(digits);
  const least = 10 ** -digits;
  return flow !== 0 && Number(text) === 0 ? `${flow < 0 ? "−" : ""}<${least.toFixed(digits)}` : text.replace("-", "−");
}

/** A flow to be typed over, in the decimals that suit the unit. */
export function roundedFlow(flow: number, unit: FlowUnit): number {
  return Number(flow.toFixed(DECIMALS[unit]));
}

/** How much more than something else: `+12.35`, `−12.35`, or a dash for none. */
export function formatMore(more: number, unit: FlowUnit): string {
  return more === 0 ? "–" : `${more > 0 ? "+" : ""}${formatFlow(more, unit)}`;
}

/** `12.35 万m³/d`. */
export function formatFlowWithUnit(flow: number, unit: FlowUnit): string {
  return `${formatFlow(flow, unit)} ${unitLabel(unit)}`;
}

/** `71.2 %`. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

const MINUTES_PER_HOUR = 60;

/** `3 h 05 min`; below an hour `47 min`, below ten minutes `4.5 min`. */
export function formatMinutes(minutes: number): string {
  if (minutes > 0 && minutes < 0.05) return "<0.1 min";
  if (minutes < 10) return `${minutes === 0 ? "0" : minutes.toFixed(1)} min`;
  const whole = Math.floor(minutes);
  if (whole < MINUTES_PER_HOUR) return `${whole} min`;
  return `${Math.floor(whole / MINUTES_PER_HOUR)} h ${String(whole % MINUTES_PER_HOUR).padStart(2, "0")} min`;
}
