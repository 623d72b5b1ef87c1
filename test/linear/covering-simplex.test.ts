import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CoveringSimplex } from "../../src/linear/covering-simplex.js";
import { javascriptLpSolver } from "../../src/linear/javascript-lp-solver.js";
import { solve, type Row } from "../../src/linear/program.js";
import { FC_RUNS } from "../support/runs.js";

function answer(program: CoveringSimplex): number[] {
  while (program.pivot());
  return [...program.x];
}

const sum = (x: readonly number[]) => x.reduce((total, value) => total + value, 0);

test("by hand: rows that are added and raised go on from the last answer", () => {
  const program = new CoveringSimplex(3);
  expect(answer(program)).toEqual([0, 0, 0]);
  program.add([0, 1], [1, 1], 50);
  const second = program.add([1, 2], [1, 1], 30);
  // One unit of the middle column serves both; the 20 that the first needs besides may be of the first or the middle.
  expect(sum(answer(program))).toBeCloseTo(50, 9);
  program.add([0], [0.5], 20);
  // The first column is 40 at least, so the middle one needs but 10 for the first row, and 30 in it or the third for the second.
  expect(sum(answer(program))).toBeCloseTo(70, 9);
  program.raise(second, 45);
  expect(sum(answer(program))).toBeCloseTo(85, 9);
});

test("a row that needs nothing changes nothing", () => {
  const program = new CoveringSimplex(1);
  program.add([0], [1], -7);
  program.add([], [], 0);
  expect(answer(program)).toEqual([0]);
});

test("a need that no column can meet is refused", () => {
  const program = new CoveringSimplex(2);
  program.add([0, 1], [1, 1], 9);
  program.add([], [], 1);
  expect(() => answer(program)).toThrow("a covering program finds no way on");
});

test("figures as large as quanta get come out to the last digit", () => {
  const program = new CoveringSimplex(3);
  program.add([0], [1], 2 ** 50 - 3);
  program.add([1], [1], 7);
  program.add([1, 2], [1, 1], 20);
  program.add([1], [1], 19);
  const [river, ...rest] = answer(program);
  expect(river).toBe(2 ** 50 - 3);
  expect(sum(rest)).toBe(20);
});

/** Rows in bunches, as cuts come; of what is left of an element the coefficients. */
const bunches = fc.integer({ min: 1, max: 14 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    bunches: fc.array(
      fc.array(
        fc.record({
          terms: fc.uniqueArray(
            fc.record({ column: fc.nat(columns - 1), share: fc.constantFrom(1, 1, 1, 1, 0.5, 0.3, 1 / 3, 0.01) }),
            { minLength: 1, maxLength: columns, selector: ({ column }) => column },
          ),
          need: fc.integer({ min: -20_000, max: 900_000 }),
        }),
        { minLength: 1, maxLength: 9 },
      ),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

/** So many that the inverse is made anew on the way, often more than once. */
const many = fc.record({
  columns: fc.constant(60),
  bunches: fc.array(
    fc.array(
      fc.record({
        terms: fc.uniqueArray(fc.record({ column: fc.nat(59), share: fc.constantFrom(1, 1, 1, 0.5, 0.3) }), {
          minLength: 2,
          maxLength: 7,
          selector: ({ column }) => column,
          size: "max",
        }),
        need: fc.integer({ min: 100_000, max: 900_000 }),
      }),
      { minLength: 70, maxLength: 70, size: "max" },
    ),
    { minLength: 3, maxLength: 3 },
  ),
});

describe.each([
  ["any rows", bunches, 400],
  ["many rows", many, 12],
] as const)("of %s", (_what, given, runs) => {
  test("the sum is least, as another solver finds it, and every row is met", () => {
    fc.assert(
      fc.property(given, ({ columns, bunches }) => {
        const program = new CoveringSimplex(columns);
        const rows: Row[] = [];
        for (const bunch of bunches) {
          for (const { terms, need } of bunch) {
            const [at, coefficients] = [terms.map(({ column }) => column), terms.map(({ share }) => share)];
            program.add(at, coefficients, need);
            rows.push({ columns: at, coefficients, lower: need, upper: Infinity });
          }
          const x = answer(program);
          for (const { columns: at, coefficients, lower } of rows)
            expect(at.reduce((total, j, k) => total + coefficients[k]! * x[j]!, 0)).toBeGreaterThan(lower - 0.5);
          expect(Math.min(...x)).toBeGreaterThan(-0.5);
          const every = { objective: x.map(() => 1), lower: x.map(() => 0), upper: x.map(() => Infinity), rows };
          const other = solve(every, javascriptLpSolver);
          if (other.status !== "optimal") throw new Error(other.status);
          // What slack may save, at the largest price of a row.
          expect(Math.abs(sum(x) - sum([...other.x]))).toBeLessThan(1e-6 * sum(x) + 100);
        }
      }),
      { numRuns: runs * FC_RUNS },
    );
  });

  test("the answer is the same whatever the order of the rows, and what they needed before", () => {
    fc.assert(
      fc.property(given, ({ columns, bunches }) => {
        const step = new CoveringSimplex(columns);
        const raised: [row: number, need: number][] = [];
        for (const bunch of bunches) {
          for (const { terms, need } of bunch) {
            const [at, coefficients] = [terms.map(({ column }) => column), terms.map(({ share }) => share)];
            raised.push([step.add(at, coefficients, raised.length % 3 === 0 ? Math.floor(need / 2) : need), need]);
          }
          answer(step);
        }
        for (const [row, need] of raised) step.raise(row, need);
        const x = answer(step);
        const once = new CoveringSimplex(columns);
        for (const { terms, need } of bunches.flat().reverse())
          once.add(
            terms.map(({ column }) => column),
            terms.map(({ share }) => share),
            need,
          );
        for (const [j, value] of answer(once).entries()) expect(Math.abs(value - x[j]!)).toBeLessThan(50);
      }),
      { numRuns: (runs / 2) * FC_RUNS },
    );
  });
});

/** What the program's own figures leave open: a quarter of a unit, and what doubts there are of a double. */
const slackOf = (figure: number) => 0.25 + 1e-14 * figure;

test("no row falls short however long needs have grown, up to the largest", () => {
  const [columns, rounds] = [15, 300];
  fc.assert(
    fc.property(
      fc.array(
        fc.uniqueArray(
          fc.record({ column: fc.nat(columns - 1), share: fc.constantFrom(1, 1, 0.77, 0.5, 1 / 3, 0.3, 0.07) }),
          { minLength: 2, maxLength: 7, selector: ({ column }) => column, size: "max" },
        ),
        { minLength: 60, maxLength: 60, size: "max" },
      ),
      // Of a length that no multiple of the rows has, so that each round raises others.
      fc.array(fc.noBias(fc.nat(1000)), { minLength: 97, maxLength: 97, size: "max" }),
      (rows, shares) => {
        const program = new CoveringSimplex(columns);
        const needs = rows.map(() => 0);
        for (const terms of rows)
          program.add(
            terms.map(({ column }) => column),
            terms.map(({ share }) => share),
            0,
          );
        for (let round = 0; round < rounds; round++) {
          const most = 2 ** (14 + (35 * round) / rounds);
          for (let k = 0; k < 20; k++) {
            const [row, share] = [(7 * round + 3 * k) % rows.length, shares[(20 * round + k) % shares.length]! / 1000];
            needs[row] = Math.max(needs[row]!, Math.floor(share * most));
            program.raise(row, needs[row]);
          }
          const x = answer(program);
          for (const [row, terms] of rows.entries()) {
            const short = terms.reduce((left, { column, share }) => left - share * x[column]!, needs[row]!);
            expect(short).toBeLessThanOrEqual(slackOf(needs[row]!));
          }
          expect(-Math.min(...x)).toBeLessThanOrEqual(slackOf(Math.max(...x)));
        }
      },
    ),
    // So much doesn't get smaller in any time.
    { numRuns: 4 * FC_RUNS, endOnFailure: true },
  );
});
