/** The level at which sinks run even, and what each takes there. */

export interface EvenLevel {
  /** What the sinks take that no bound holds; their level is `total / weight`, an exact fraction. */
  readonly total: number;
  /** The sum of those sinks' weights; 0 where a bound holds each sink. */
  readonly weight: number;
}

/** Relative error of a product and a quotient in doubles, 2 · 2^-53, with room to spare. */
const DOUBT = 2 ** -50;

/**
 * Finds the level λ at which Σ clamp(λ · weight, least, most) = total, and narrows `least` and `most` of each sink to
 * λ · weight, rounded down and up, or to the bound that holds it.
 *
 * @param sinks their numbers; each has a weight above 0
 * @param total whole, from the sum of `least` to the sum of `most`
 * @remarks O(k²) for k sinks at worst, and a BigInt fraction for each that no bound holds and that comes close to a whole number
 */
export function evenLevel(
  sinks: readonly number[],
  total: number,
  weight: Float64Array,
  least: Float64Array,
  most: Float64Array,
): EvenLevel {
  let free = sinks;
  let sum = 0;
  for (const t of free) sum += weight[t]!;
  // Filling water: where the sinks' bounds together stand more against the level from below (above), the level of all is no
  // higher (lower) than that of the free ones, so those sinks stay at their bounds. Each round settles one or ends it.
  for (;;) {
    const aimed = (t: number) => (total * weight[t]!) / sum;
    let short = 0;
    let over = 0;
    for (const t of free) {
      short += Math.max(0, least[t]! - aimed(t));
      over += Math.max(0, aimed(t) - most[t]!);
    }
    if (short === 0 && over === 0) break;
    const isHeld = (t: number) => (short >= over ? aimed(t) < least[t]! : aimed(t) > most[t]!);
    const held = free.filter(isHeld);
    free = free.filter((t) => !isHeld(t));
    for (const t of held) {
      const value = short >= over ? least[t]! : most[t]!;
      least[t] = most[t] = value;
      total -= value;
      sum -= weight[t]!;
    }
  }
  if (free.length === 0) return { total: 0, weight: 0 };
  for (const t of free) {
    // The product exceeds 2^53: rounded in doubles it could miss by a quantum, but only close to a whole number.
    const aimed = (total * weight[t]!) / sum;
    const whole = Math.floor(aimed);
    const doubt = aimed * DOUBT;
    if (aimed - whole > doubt && whole + 1 - aimed > doubt) {
      least[t] = whole;
      most[t] = whole + 1;
      continue;
    }
    const product = BigInt(total) * BigInt(weight[t]!);
    const below = product / BigInt(sum);
    least[t] = Number(below);
    most[t] = below * BigInt(sum) === product ? least[t] : least[t] + 1;
  }
  return { total, weight: sum };
}

/** Sinks that may take one more than their least, in the order in which one more is worth it. */
export function raisingOrder(
  sinks: readonly number[],
  weight: Float64Array,
  least: Float64Array,
  most: Float64Array,
): number[] {
  const raised = (t: number) => (least[t]! + 1) / weight[t]!;
  return sinks.filter((t) => most[t]! > least[t]!).sort((a, b) => raised(a) - raised(b) || a - b);
}
