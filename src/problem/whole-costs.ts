/** Costs as whole numbers, which network flows are exact in. */

/** Powers of ten that are tried: figures in files rarely have more decimals than this, even multiplied. */
const MOST_DECIMALS = 9;
/** A product of decimal figures misses the decimal figure it stands for by no more than this, relatively. */
const ROUNDING = 1e-12;

/** Room that potentials need below 2^53: they add up costs along a path, and the simplex works with a multiple of that. */
const HEADROOM = 64;

/** The largest whole cost that potentials of so many nodes have room for. */
export function largestCost(nodes: number): number {
  return Number.MAX_SAFE_INTEGER / HEADROOM / nodes;
}

/**
 * Writes `cost` times one factor into `whole`, as whole numbers no larger than `most` in size. The factor is a power of ten
 * that makes all of them whole, where there is one; else the largest power of two, and costs are rounded by less than 1 part
 * in `most` of the largest.
 *
 * @returns the factor
 * @remarks linear in the arcs; depends on `cost` alone
 */
export function wholeCosts(cost: Float64Array, most: number, whole: Float64Array): number {
  const factor = exactFactor(cost, most) ?? roundingFactor(dearest(cost), most);
  for (let a = 0; a < cost.length; a++) whole[a] = Math.round(cost[a]! * factor);
  return factor;
}

/** The power of two by which costs up to `largest` come up to `most`, as far as there is one. */
export function roundingFactor(largest: number, most: number): number {
  return 2 ** Math.min(1023, Math.floor(Math.log2(most / largest)));
}

/** The power of ten that makes all costs whole and none larger than `most`; undefined where there is none. */
export function exactFactor(cost: Float64Array, most: number): number | undefined {
  const largest = dearest(cost);
  for (let factor = 1, k = 0; k <= MOST_DECIMALS && factor * largest <= most; factor *= 10, k++)
    if (isWhole(cost, factor)) return factor;
  return undefined;
}

function dearest(cost: Float64Array): number {
  let largest = 0;
  for (const c of cost) {
    if (c > largest) largest = c;
    else if (-c > largest) largest = -c;
  }
  return largest;
}

function isWhole(cost: Float64Array, factor: number): boolean {
  for (const c of cost) {
    if (c === 0) continue;
    const scaled = c * factor;
    const off = Math.abs(scaled - Math.round(scaled));
    if (off > ROUNDING * Math.abs(scaled)) return false;
  }
  return true;
}
