/** Figures as people read them. Programs read the plan's numbers instead. */
import { unitLabel, type FlowUnit } from "./flow.js";

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

/** `12.35 万m³/d`. */
export function formatFlowWithUnit(flow: number, unit: FlowUnit): string {
  return `${formatFlow(flow, unit)} ${unitLabel(unit)}`;
}

/** `71.2 %`. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
