import { expect, test } from "vitest";
import { intakesOf, keepIntake } from "../../src/problem/flows.js";

const plant = (capacity: number) => ({ at: 0, arcs: [0, 1], capacity, rating: 1 });

test("intakes add up", () => {
  expect(intakesOf([plant(9), { ...plant(9), arcs: [2] }], [3, 4, 5, 6])).toBe(12);
  expect(intakesOf([], [3])).toBe(0);
});

test.each([
  ["within the first arc", 30, 105, 0.1, [20, 0], [40, 0]],
  ["over the end of the first", 45, 105, 0.1, [35, 0], [40, 15]],
  ["within the second", 60, 105, 0.1, [40, 10], [40, 30]],
  ["no less than nothing, and no more than there is", 95, 1000, 0.1, [0, 0], [40, 60]],
  ["without a tolerance", 60, 105, 0, [40, 20], [40, 20]],
  ["without a limit", 60, Infinity, 0, [40, 20], [40, 20]],
])("an intake is kept: %s", (_what, intake, capacity, tolerance, least, most) => {
  const [lower, upper] = [new Float64Array(2), Float64Array.of(40, 60)];
  keepIntake(plant(capacity), intake, tolerance, lower, upper);
  expect([...lower]).toEqual(least);
  expect([...upper]).toEqual(most);
});
