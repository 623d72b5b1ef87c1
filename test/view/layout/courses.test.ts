/** Links that would run over what they don't join pass beside it. */
import { expect, test } from "vitest";
import { coursesOf } from "../../../src/view/layout/courses.js";
import { along, type Point } from "../../../src/view/layout/curve.js";

const [APART, RADIUS] = [13, 10];
const [FROM, TO]: Point[] = [
  { x: 0, y: 0 },
  { x: 300, y: 100 },
];

/** The course from the first to the second of these, with others about; how far it keeps from each of those. */
function past(others: readonly Point[]) {
  const points = [FROM!, TO!, ...others];
  const [course] = coursesOf(points, new Float64Array(points.length).fill(RADIUS), [{ from: 0, to: 1 }], APART);
  const way = Array.from({ length: 101 }, (_, k) => along(course!, k / 100));
  const gaps = others.map((other) => Math.min(...way.map(({ x, y }) => Math.hypot(x - other.x, y - other.y))));
  return { course: course!, gaps };
}

test("a link is straight where nothing is in its way, ends and what lies beside it included", () => {
  expect(past([]).course.isStraight).toBe(true);
  expect(past([{ x: 150, y: 75 }]).course.isStraight).toBe(true);
});

test("a node that lies on its line is passed by, on the side where there is room", () => {
  const onLine = { x: 150, y: 50 };
  const { course, gaps } = past([onLine]);
  expect(course.isStraight).toBe(false);
  expect(gaps[0]).toBeGreaterThan(RADIUS);
  // With another node on the side that was taken, it passes on the other one.
  const side = course.bend.y - onLine.y;
  const beside = { x: onLine.x + Math.sign(side) * -5, y: onLine.y + Math.sign(side) * 15 };
  const second = past([onLine, beside]);
  expect(Math.sign(second.course.bend.y - onLine.y)).toBe(-Math.sign(side));
  expect(Math.min(...second.gaps)).toBeGreaterThan(RADIUS);
});

test("where there is no way round it stays straight", () => {
  const wall = Array.from({ length: 15 }, (_, k) => ({ x: 150 + (k - 7) * 5, y: 50 - (k - 7) * 15 }));
  expect(past(wall).course.isStraight).toBe(true);
});
