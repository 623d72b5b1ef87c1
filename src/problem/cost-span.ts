/** Whether numbers can hold what a stage of a policy weighs: a cost that is rounded to nothing would decide nothing, without a word. */
import { OptionError } from "../errors.js";
import type { CostName, Stage } from "./policy.js";
import type { FlowProblem } from "./problem.js";
import { exactFactor, largestCost, roundingFactor } from "./whole-costs.js";

/** What the smallest cost must be once it is a whole number, so that rounding it is no matter: 20 bits, or six digits. */
const LEAST_WHOLE = 2 ** 20;

/**
 * @throws OptionError where a stage's weights, with the costs that the problem has loaded, can't be held
 * @remarks linear in the arcs; depends on the problem's slopes alone
 */
export function checkSpans({ cost, nodes }: FlowProblem, stages: readonly Stage[]): void {
  for (const stage of stages) {
    if (typeof stage === "string") continue;
    const fault = spanFault(stage, cost, largestCost(nodes));
    if (fault !== undefined) throw new OptionError(fault);
  }
}

/**
 * @param stage objectives and their weights
 * @param costs per objective and arc, without the weights
 * @param most the largest whole cost that an engine can work with
 * @returns what is wrong, for whoever chose the weights; undefined where nothing is
 * @remarks a single objective is taken as it is, and solved as finely as its largest cost allows
 */
export function spanFault(
  stage: ReadonlyMap<CostName, number>,
  costs: Readonly<Record<CostName, ArrayLike<number>>>,
  most: number,
): string | undefined {
  const terms = [...stage].map(([name, weight]) => ({ cost: costs[name], weight }));
  let [least, largest] = [Infinity, 0];
  const arcs = Math.max(...terms.map(({ cost }) => cost.length));
  for (let a = 0; a < arcs; a++) {
    let sum = 0;
    for (const { cost, weight } of terms) {
      const size = Math.abs(cost[a]! * weight);
      sum += size;
      if (size > 0 && size < least) least = size;
    }
    if (sum > largest) largest = sum;
  }
  if (largest === 0) return undefined;
  const weights = `policy: { ${[...stage].map(([name, weight]) => `${name}: ${weight}`).join(", ")} }`;
  if (largest === Infinity) return `${weights} makes costs larger than numbers can hold; give smaller weights.`;
  const factor = roundingFactor(largest, most);
  if (largest * factor < LEAST_WHOLE)
    return `${weights} makes costs smaller than numbers can hold; give larger weights.`;
  if (stage.size === 1 || least * factor >= LEAST_WHOLE) return undefined;
  // What one factor makes whole is exact, however far apart.
  const factors = terms.map(({ cost, weight }) =>
    exactFactor(
      Float64Array.from(cost, (one) => one * weight),
      most,
    ),
  );
  if (factors.every((exact) => exact !== undefined && exact * largest <= most)) return undefined;
  return (
    `${weights} weighs costs from ${short(least)} to ${short(largest)} against each other, further apart than numbers can hold; ` +
    "give the more important objective a place of its own, or weights that are less far apart."
  );
}

function short(cost: number): string {
  return String(Number(cost.toPrecision(3)));
}
