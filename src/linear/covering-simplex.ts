/**
 * Covering programs whose rows arrive as they are found, by the dual simplex method.
 *
 *     minimise   Σ x[j], and among the optima Σ tie[j]·x[j]
 *     such that  Σ a[i][j]·x[j] ≥ need[i]   for every row i,     x ≥ 0,     a ≥ 0
 *
 * With x = 0 and no row the start is dual feasible, and it stays so as rows are added and needs are raised; so each new question
 * goes on from the last answer. The second cost makes the optimum the only one but for freaks, and every pivot a step forward.
 *
 * The basis. A vertex is given by its columns that aren't 0 (P) and as many rows that are met with equality (T). Only the matrix
 * M = a[T][P] is inverted: it is as large as there are columns above 0, however many rows and columns there are. The inverse is
 * kept dense and changed by each pivot, in one of four ways: a row for a row, a column for a column, one of each more, one of each
 * less. Letters:
 *   - x[P] = M⁻¹ need[T];  y[T] = c[P] M⁻¹, the price of each row;  d[j] = c[j] − Σ y[i]·a[i][j], what column j costs too much;
 *   - a pivot makes one violated row tight, or takes one column below 0 back to 0. What gives way for that is the column or tight row
 *     whose price per gain (d or y over alpha) is least: first by the first cost, then by the second.
 *
 * Figures are floating-point, of whole needs: the inverse is made anew every so often and before an answer is given. `x` misses a
 * row by `SLACK` at most, or what float64 can tell of the figures in it.
 *
 * O(k² + entries of all rows) for a pivot, k being the size of the basis. The number of pivots is exponential at worst, and a few
 * for each row as a rule. Memory: the rows, and k².
 *
 * Sources: Lemke, Nav. Res. Logist. 1 (1954) 36–47 (the dual method); Zoutendijk, Methods of Feasible Directions (1960), and Best &
 * Ritter, Linear Programming (1985), ch. 4 (bases of active rows only).
 */
import type { EngineError } from "../errors.js";
import { bug } from "../errors.js";

/** How far a row may fall short and a column below 0. */
const SLACK = 0.25;
/** Share of the largest figure that float64 leaves in doubt after a sum of some hundred. */
const DOUBT = 1e-14;
/** A price or gain nearer to 0 is 0. */
const NOTHING = 1e-9;
/** Pivots after which the inverse is made anew, and as many more as it has rows. */
const STALE = 50;
/** Violated rows that are kept at hand, so that not every pivot looks at all rows. */
const AT_HAND = 100;
const MOST_PIVOTS_EACH = 2000;

interface CoveringRow {
  readonly columns: Int32Array;
  readonly coefficients: Float64Array;
  need: number;
  /** Place in T, or −1. */
  place: number;
}

/**
 * @example
 * const program = new CoveringSimplex(2);
 * program.add([0, 1], [1, 1], 5);
 * program.add([0], [0.5], 2);
 * while (program.pivot());
 * program.x; // [4, 1]
 */
export class CoveringSimplex {
  /** Valid when `pivot` says that there is nothing left to do. */
  readonly x: Float64Array;
  private readonly rows: CoveringRow[] = [];
  private readonly tie: Float64Array;
  /** Columns of P, rows of T, and M⁻¹ by columns of P. */
  private readonly basic: number[] = [];
  private readonly tight: CoveringRow[] = [];
  private inverse: Float64Array[] = [];
  /** Per column: its place in P, or −1. */
  private readonly place: Int32Array;
  /** By the one cost and by the other: d of each column, 0 for those of P, and y of each row of T. */
  private readonly d1: Float64Array;
  private readonly d2: Float64Array;
  private readonly y1: number[] = [];
  private readonly y2: number[] = [];
  private readonly alpha: Float64Array;
  private atHand: CoveringRow[] = [];
  private pivots = 0;
  private sinceAnew = 0;

  constructor(columns: number) {
    this.x = new Float64Array(columns);
    this.place = new Int32Array(columns).fill(-1);
    this.alpha = new Float64Array(columns);
    // No two sums of a few of them are equal: fractions of multiples of the golden ratio.
    this.tie = Float64Array.from({ length: columns }, (_, j) => 1 + (((j + 1) * 0.6180339887498949) % 1));
    this.d1 = new Float64Array(columns).fill(1);
    this.d2 = this.tie.slice();
  }

  /**
   * @param columns each once
   * @param coefficients > 0, of the order of 1
   * @param need a whole number
   * @returns the number of the row
   */
  add(columns: readonly number[], coefficients: readonly number[], need: number): number {
    const row = { columns: Int32Array.from(columns), coefficients: Float64Array.from(coefficients), need, place: -1 };
    return this.rows.push(row) - 1;
  }

  /** Lets a row need more than it did. */
  raise(row: number, need: number): void {
    this.rows[row]!.need = need;
  }

  /**
   * One pivot.
   *
   * @returns false where `x` is the answer
   * @throws EngineError where no x meets the rows: one without columns needs something
   */
  pivot(): boolean {
    if (this.sinceAnew >= STALE + this.basic.length) this.invert();
    this.valueBasic();
    let leaving = this.mostViolated();
    if (leaving === undefined && this.sinceAnew > 0 && !this.isSharp()) {
      this.invert();
      this.valueBasic();
      leaving = this.mostViolated();
    }
    if (leaving === undefined) return false;
    if (++this.pivots > MOST_PIVOTS_EACH * (1 + this.rows.length)) throw stuck();
    this.sinceAnew += 1;
    if (typeof leaving === "number") this.dropColumn(leaving);
    else this.tighten(leaving);
    return true;
  }

  /** Values the basic columns; then, where the inverse is old, what it has missed the tight rows by is made good. */
  private valueBasic(): void {
    const { x, basic, tight, inverse } = this;
    x.fill(0);
    let needs = Float64Array.from(tight, ({ need }) => need);
    for (let round = 0; round < (this.sinceAnew > 0 ? 2 : 1); round++) {
      if (round > 0) needs = Float64Array.from(tight, (row) => this.short(row));
      for (let p = 0; p < basic.length; p++) {
        const line = inverse[p]!;
        let sum = 0;
        for (let t = 0; t < needs.length; t++) sum += line[t]! * needs[t]!;
        x[basic[p]!]! += sum;
      }
    }
  }

  /** By how much x falls short of a row. */
  private short({ columns, coefficients, need }: CoveringRow): number {
    const { x } = this;
    let short = need;
    for (let e = 0; e < columns.length; e++) short -= coefficients[e]! * x[columns[e]!]!;
    return short;
  }

  /** Whether the tight rows are met with equality, as they are by a good inverse. */
  private isSharp(): boolean {
    return this.tight.every((row) => Math.abs(this.short(row)) <= SLACK + DOUBT * Math.abs(row.need));
  }

  /** The row at hand that is shortest of its need for its length, or the place of the basic column that is furthest below 0. */
  private mostViolated(): CoveringRow | number | undefined {
    const { x, basic, rows } = this;
    let largest = 0;
    for (const j of basic) largest = Math.max(largest, Math.abs(x[j]!));
    let worst = 0;
    let leaving: CoveringRow | number | undefined;
    for (let p = 0; p < basic.length; p++) {
      const below = -x[basic[p]!]!;
      if (below <= SLACK + DOUBT * largest || below <= worst) continue;
      worst = below;
      leaving = p;
    }
    const depth = (row: CoveringRow) => {
      const short = row.place >= 0 ? 0 : this.short(row);
      return short <= SLACK + DOUBT * Math.abs(row.need) ? 0 : short / Math.sqrt(row.columns.length);
    };
    for (const row of this.atHand) {
      const deep = depth(row);
      if (deep <= worst) continue;
      worst = deep;
      leaving = row;
    }
    if (leaving !== undefined) return leaving;
    const violated = rows.map((row) => ({ row, deep: depth(row) })).filter(({ deep }) => deep > 0);
    violated.sort((a, b) => b.deep - a.deep);
    this.atHand = violated.slice(0, AT_HAND).map(({ row }) => row);
    return this.atHand[0];
  }

  /** Makes a row tight. */
  private tighten(row: CoveringRow): void {
    const { basic, tight, inverse, place, alpha } = this;
    const k = basic.length;
    const w = new Float64Array(k);
    for (let e = 0; e < row.columns.length; e++) {
      const p = place[row.columns[e]!]!;
      if (p < 0) continue;
      const a = row.coefficients[e]!;
      const line = inverse[p]!;
      for (let t = 0; t < k; t++) w[t]! += a * line[t]!;
    }
    alpha.fill(0);
    for (let e = 0; e < row.columns.length; e++) alpha[row.columns[e]!] = row.coefficients[e]!;
    this.lessTight(w);
    const entering = this.cheapest(w);
    const [theta1, theta2] = this.pay(entering, w);
    if (entering.row >= 0) {
      // A row for a row.
      const t = entering.row;
      this.y1[t] = theta1;
      this.y2[t] = theta2;
      for (const line of inverse) {
        const by = line[t]! / w[t]!;
        for (let u = 0; u < k; u++) line[u]! -= by * w[u]!;
        line[t] = by;
      }
      tight[t]!.place = -1;
      tight[t] = row;
      row.place = t;
      return;
    }
    // One of each more.
    const j = entering.column;
    const sigma = alpha[j]!;
    const column = this.columnOf(j);
    for (let p = 0; p < k; p++) {
      const line = new Float64Array(k + 1);
      const by = column[p]! / sigma;
      for (let t = 0; t < k; t++) line[t] = inverse[p]![t]! + by * w[t]!;
      line[k] = -by;
      inverse[p] = line;
    }
    const last = new Float64Array(k + 1);
    for (let t = 0; t < k; t++) last[t] = -w[t]! / sigma;
    last[k] = 1 / sigma;
    inverse.push(last);
    place[j] = basic.push(j) - 1;
    row.place = tight.push(row) - 1;
    this.y1.push(theta1);
    this.y2.push(theta2);
  }

  /** Takes the basic column at a place back to 0. */
  private dropColumn(p: number): void {
    const { basic, tight, inverse, place, alpha } = this;
    const k = basic.length;
    const w = inverse[p]!.slice();
    alpha.fill(0);
    this.lessTight(w);
    const entering = this.cheapest(w);
    const [theta1, theta2] = this.pay(entering, w);
    place[basic[p]!] = -1;
    this.d1[basic[p]!] = theta1;
    this.d2[basic[p]!] = theta2;
    if (entering.row < 0) {
      // A column for a column.
      const j = entering.column;
      const column = this.columnOf(j);
      const pivot = column[p]!;
      const line = inverse[p]!;
      for (let t = 0; t < k; t++) line[t]! /= pivot;
      for (let q = 0; q < k; q++) {
        const by = column[q]!;
        if (q === p || by === 0) continue;
        for (let t = 0; t < k; t++) inverse[q]![t]! -= by * line[t]!;
      }
      basic[p] = j;
      place[j] = p;
      return;
    }
    // One of each less; the last ones take the places that fall vacant.
    const t = entering.row;
    for (let q = 0; q < k; q++) {
      const line = inverse[q]!;
      const by = line[t]! / w[t]!;
      if (q !== p && by !== 0) for (let u = 0; u < k; u++) line[u]! -= by * w[u]!;
    }
    tight[t]!.place = -1;
    const lastLine = inverse.pop()!;
    const lastColumn = basic.pop()!;
    if (p < k - 1) {
      inverse[p] = lastLine;
      basic[p] = lastColumn;
      place[lastColumn] = p;
    }
    const lastRow = tight.pop()!;
    const [last1, last2] = [this.y1.pop()!, this.y2.pop()!];
    if (t < k - 1) {
      tight[t] = lastRow;
      lastRow.place = t;
      this.y1[t] = last1;
      this.y2[t] = last2;
    }
    for (let q = 0; q < k - 1; q++) {
      const line = inverse[q]!;
      line[t] = line[k - 1]!;
      inverse[q] = line.subarray(0, k - 1);
    }
  }

  /** Takes w times the tight rows from `alpha`. */
  private lessTight(w: Float64Array): void {
    const { tight, alpha } = this;
    for (let t = 0; t < tight.length; t++) {
      const by = w[t]!;
      if (by === 0) continue;
      const { columns, coefficients } = tight[t]!;
      for (let e = 0; e < columns.length; e++) alpha[columns[e]!]! -= by * coefficients[e]!;
    }
  }

  /** What gives way for least: a column that isn't basic, by `alpha`, or a tight row, by its place in T and `w`. */
  private cheapest(w: Float64Array): Entering {
    const { tight, place, alpha, d1, d2, y1, y2 } = this;
    let column = -1;
    let row = -1;
    let [best1, best2] = [Infinity, Infinity];
    const isBetter = (gain: number, price1: number, price2: number) => {
      if (!(gain > NOTHING)) return false;
      const ratio1 = Math.abs(price1) < NOTHING ? 0 : price1 / gain;
      const ratio2 = price2 / gain;
      if (ratio1 > best1 + NOTHING || (ratio1 > best1 - NOTHING && ratio2 >= best2)) return false;
      [best1, best2] = [ratio1, ratio2];
      return true;
    };
    for (let j = 0; j < place.length; j++)
      if (alpha[j]! > NOTHING && place[j]! < 0 && isBetter(alpha[j]!, d1[j]!, d2[j]!)) column = j;
    for (let t = 0; t < tight.length; t++) if (w[t]! > NOTHING && isBetter(w[t]!, y1[t]!, y2[t]!)) row = t;
    if (row < 0 && column < 0) throw stuck();
    return { column, row };
  }

  /** Takes what the pivot costs from all prices; what it costs is the price of what left. */
  private pay({ column, row }: Entering, w: Float64Array): readonly [number, number] {
    const { tight, place, alpha, d1, d2, y1, y2 } = this;
    const gain = row >= 0 ? w[row]! : alpha[column]!;
    const theta1 = (row >= 0 ? y1[row]! : d1[column]!) / gain;
    const theta2 = (row >= 0 ? y2[row]! : d2[column]!) / gain;
    for (let j = 0; j < place.length; j++) {
      if (place[j]! >= 0) continue;
      d1[j]! -= theta1 * alpha[j]!;
      d2[j]! -= theta2 * alpha[j]!;
    }
    for (let t = 0; t < tight.length; t++) {
      y1[t]! -= theta1 * w[t]!;
      y2[t]! -= theta2 * w[t]!;
    }
    if (row < 0) {
      d1[column] = 0;
      d2[column] = 0;
    }
    return [theta1, theta2];
  }

  /** M⁻¹ a[T][j]. */
  private columnOf(j: number): Float64Array {
    const { basic, tight, inverse } = this;
    const result = new Float64Array(basic.length);
    for (let t = 0; t < tight.length; t++) {
      const at = tight[t]!.columns.indexOf(j);
      if (at < 0) continue;
      const a = tight[t]!.coefficients[at]!;
      for (let p = 0; p < basic.length; p++) result[p]! += a * inverse[p]![t]!;
    }
    return result;
  }

  /** Makes the inverse anew, by Gauss and Jordan with the largest pivot of each column, and all prices with it. */
  private invert(): void {
    const { basic, tight, place } = this;
    const k = basic.length;
    const wide = tight.map((row, t) => {
      const line = new Float64Array(2 * k);
      row.columns.forEach((j, e) => {
        const p = place[j]!;
        if (p >= 0) line[p] = row.coefficients[e]!;
      });
      line[k + t] = 1;
      return line;
    });
    for (let p = 0; p < k; p++) {
      let best = p;
      for (let t = p + 1; t < k; t++) if (Math.abs(wide[t]![p]!) > Math.abs(wide[best]![p]!)) best = t;
      [wide[p], wide[best]] = [wide[best]!, wide[p]!];
      const line = wide[p]!;
      const pivot = line[p]!;
      if (Math.abs(pivot) < NOTHING) throw stuck();
      for (let u = p; u < 2 * k; u++) line[u]! /= pivot;
      for (let t = 0; t < k; t++) {
        const other = wide[t]!;
        const by = other[p]!;
        if (t === p || by === 0) continue;
        for (let u = p; u < 2 * k; u++) other[u]! -= by * line[u]!;
      }
    }
    this.inverse = wide.map((line) => line.slice(k));
    this.sinceAnew = 0;
    this.priceAnew();
  }

  private priceAnew(): void {
    const { basic, tight, inverse, tie, d1, d2, y1, y2 } = this;
    y1.fill(0);
    y2.fill(0);
    for (let p = 0; p < basic.length; p++) {
      const line = inverse[p]!;
      const weight = tie[basic[p]!]!;
      for (let t = 0; t < tight.length; t++) {
        y1[t]! += line[t]!;
        y2[t]! += weight * line[t]!;
      }
    }
    d1.fill(1);
    d2.set(tie);
    for (let t = 0; t < tight.length; t++) {
      const { columns, coefficients } = tight[t]!;
      for (let e = 0; e < columns.length; e++) {
        d1[columns[e]!]! -= y1[t]! * coefficients[e]!;
        d2[columns[e]!]! -= y2[t]! * coefficients[e]!;
      }
    }
    for (const j of basic) d1[j] = d2[j] = 0;
  }
}

/** What enters the basis: a column, or a row that is tight no more, by its place in T; the other is −1. */
interface Entering {
  readonly column: number;
  readonly row: number;
}

function stuck(): EngineError {
  return bug("a covering program finds no way on.");
}
