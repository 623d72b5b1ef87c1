/** The level at which sinks run even, and what each takes there. */

/** What the intake of each sink is divided by: whole numbers of any size. */
export interface Weights {
  /** The nearest double of each; 0 for a sink that is left as it is. */
  readonly approximate: Float64Array;
  /** The weight of a sink itself, in whole numbers; asked for where the double can't decide. */
  exact(sink: number): bigint;
}

/** Weights that are whole numbers up to 2^53 and so their own doubles. */
export function wholeWeights(weight: Float64Array): Weights {
  return { approximate: weight, exact: (t) => BigInt(weight[t]!) };
}

export interface EvenLevel {
  /** What the sinks take that no bound holds; their level is `total / weight`, where the weights are small enough an exact fraction. */
  readonly total: number;
  /** The sum of those sinks' weights; 0 where a bound holds each sink. */
  readonly weight: number;
}

/** Relative error of a double that stands for a whole number, of a sum's each term, a product and a quotient. */
const ROUNDING = 2 ** -53;

/**
 * Finds the level λ at which Σ clamp(λ · weight, least, most) = total, and narrows `least` and `most` of each sink to
 * λ · weight, rounded down and up, or to the bound that holds it.
 *
 * @param sinks their numbers; each has a weight above 0
 * @param total whole, from the sum of `least` to the sum of `most`
 * @remarks O(k²) for k sinks at worst, and a BigInt fraction for each whose share comes close to a whole number
 */
export function evenLevel(
  sinks: readonly number[],
  total: number,
  weights: Weights,
  least: Float64Array,
  most: Float64Array,
): EvenLevel {
  const { approximate } = weights;
  // Sums of k terms are off by a rounding for each; a few more come with the product and the quotient.
  const doubt = (sinks.length + 8) * ROUNDING;
  let free = sinks;
  let sum = 0;
  for (const t of free) sum += approximate[t]!;
  let exactSum: bigint | undefined;
  const allWeights = () => (exactSum ??= free.reduce((all, t) => all + weights.exact(t), 0n));
  const aimed = (t: number) => (total * approximate[t]!) / sum;
  /** How far λ · weight is above a bound, the sign exact. */
  const above = (t: number, bound: number) => {
    const off = aimed(t) - bound;
    if (Math.abs(off) > doubt * (aimed(t) + bound)) return off;
    const exact = BigInt(total) * weights.exact(t) - BigInt(bound) * allWeights();
    return exact === 0n ? 0 : exact > 0n ? Math.max(off, Number.MIN_VALUE) : Math.min(off, -Number.MIN_VALUE);
  };
  /** What the sinks lack at the level of all to reach their least, less what they have above their most; times the sum of weights. */
  const balanceOf = (list: readonly number[]) =>
    list.reduce((sum, t) => {
      const share = BigInt(total) * weights.exact(t);
      const [from, to] = [BigInt(least[t]!) * allWeights(), BigInt(most[t]!) * allWeights()];
      return sum + (share < from ? from - share : share > to ? to - share : 0n);
    }, 0n);
  // Filling water: where the sinks' bounds together stand more against the level from below (above), the level of all is no
  // higher (lower) than that of the free ones, so those sinks stay at their bounds. Each round settles one or ends it.
  for (;;) {
    let short = 0;
    let over = 0;
    let size = 0;
    for (const t of free) {
      const lack = Math.max(0, -above(t, least[t]!));
      const surplus = Math.max(0, above(t, most[t]!));
      short += lack;
      over += surplus;
      if (lack > 0) size += aimed(t) + least[t]!;
      if (surplus > 0) size += aimed(t) + most[t]!;
    }
    if (short === 0 && over === 0) break;
    // Where the sums are too close for doubles, which of them is larger is asked of the weights themselves.
    const isShort = Math.abs(short - over) > 2 * doubt * size ? short > over : balanceOf(free) >= 0n;
    const isHeld = (t: number) => (isShort ? above(t, least[t]!) < 0 : above(t, most[t]!) > 0);
    const isKept = free.map((t) => !isHeld(t));
    const held = free.filter((_, k) => !isKept[k]!);
    free = free.filter((_, k) => isKept[k]!);
    for (const t of held) {
      const value = isShort ? least[t]! : most[t]!;
      least[t] = most[t] = value;
      total -= value;
    }
    sum = 0;
    for (const t of free) sum += approximate[t]!;
    exactSum = undefined;
  }
  if (free.length === 0) return { total: 0, weight: 0 };
  for (const t of free) {
    if (total === 0) {
      least[t] = most[t] = 0;
      continue;
    }
    // The product exceeds 2^53: rounded in doubles it could miss by a quantum, but only close to a whole number.
    const share = aimed(t);
    const whole = Math.floor(share);
    if (share - whole > doubt * share && whole + 1 - share > doubt * share) {
      least[t] = whole;
      most[t] = whole + 1;
      continue;
    }
    const product = BigInt(total) * weights.exact(t);
    const below = product / allWeights();
    least[t] = Number(below);
    most[t] = below * allWeights() === product ? least[t] : least[t] + 1;
  }
  return { total, weight: sum };
}

/** Sinks that may take one more than their least, in the order in which one more is worth it. */
export function raisingOrder(
  sinks: readonly number[],
  weights: Weights,
  least: Float64Array,
  most: Float64Array,
): number[] {
  const raised = (t: number) => (least[t]! + 1) / weights.approximate[t]!;
  const compare = (a: number, b: number) => {
    const [one, other] = [raised(a), raised(b)];
    if (Math.abs(one - other) > 4 * ROUNDING * one) return one - other;
    const exact = BigInt(least[a]! + 1) * weights.exact(b) - BigInt(least[b]! + 1) * weights.exact(a);
    return exact < 0n ? -1 : exact > 0n ? 1 : a - b;
  };
  return sinks.filter((t) => most[t]! > least[t]!).sort(compare);
}
