/** The courses of all links: straight, but bent apart where several join the same two nodes or one would run over a third node. */
import { BoxIndex, squareAbout, type Box } from "./boxes.js";
import { curveOf, along, type Curve, type Point } from "./curve.js";

interface Ends {
  readonly from: number;
  readonly to: number;
}

/** How far from the line a bent link passes, tried in turn, over the spacing of twins. */
const WAYS_ROUND = [0, 1, -1, 2, -2, 3, -3];
/** Above this many nodes nobody sees that a link runs over one of them. */
const MOST_FOR_WAYS_ROUND = 2000;

export function coursesOf(
  points: readonly Point[],
  radii: ArrayLike<number>,
  links: readonly Ends[],
  apart: number,
): Curve[] {
  const twins = new Map<number, number[]>();
  links.forEach(({ from, to }, k) => {
    const key = Math.min(from, to) * points.length + Math.max(from, to);
    const there = twins.get(key);
    if (there === undefined) twins.set(key, [k]);
    else there.push(k);
  });
  const courses = new Array<Curve>(links.length);
  const isClear = clearance(points, radii);
  const course = ({ from, to }: Ends, bulge: number) =>
    curveOf(points[from] ?? ORIGIN, points[to] ?? ORIGIN, bulge, radii[from] ?? 0, radii[to] ?? 0);
  for (const group of twins.values()) {
    const [only] = group;
    if (group.length === 1 && only !== undefined) {
      const link = links[only] ?? NOWHERE;
      const ways = WAYS_ROUND.map((way) => () => course(link, way * apart));
      courses[only] = ways.find((way) => isClear(link, way()))?.() ?? course(link, 0);
      continue;
    }
    group.forEach((k, place) => {
      const link = links[k] ?? NOWHERE;
      const { length } = course(link, 0);
      // Many twins must not swell to a balloon.
      const step = Math.min(apart, (0.8 * length) / group.length);
      // Left of a link is right of its counterpart.
      const side = link.from < link.to ? 1 : -1;
      courses[k] = course(link, side * (place - (group.length - 1) / 2) * step);
    });
  }
  return courses;
}

const ORIGIN: Point = { x: 0, y: 0 };
const NOWHERE: Ends = { from: 0, to: 0 };

/** Whether a course keeps off the symbols of all nodes but its own. */
function clearance(points: readonly Point[], radii: ArrayLike<number>): (ends: Ends, curve: Curve) => boolean {
  if (points.length > MOST_FOR_WAYS_ROUND) return () => true;
  const index = new BoxIndex();
  const squares = points.map(({ x, y }, i) => squareAbout(x, y, (radii[i] ?? 0) + 1));
  for (const square of squares) index.add(square);
  return ({ from, to }, curve) => {
    const steps = Math.ceil(curve.length / 8);
    for (let k = 1; k < steps; k++) {
      const at = along(curve, k / steps);
      const others = index
        .under(squareAbout(at.x, at.y, 0))
        .filter((one) => one !== squares[from] && one !== squares[to]);
      if (others.some((square) => isInside(at, square))) return false;
    }
    return true;
  };
}

/** Whether a point lies in the circle that fills a square. */
function isInside({ x, y }: Point, { left, right, top, bottom }: Box): boolean {
  const [dx, dy, radius] = [(left + right) / 2 - x, (top + bottom) / 2 - y, (right - left) / 2];
  return dx * dx + dy * dy < radius * radius;
}
