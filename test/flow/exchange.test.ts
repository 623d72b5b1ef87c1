import fc from "fast-check";
import { expect, test } from "vitest";
import { exchange, type Sink } from "../../src/flow/exchange.js";

interface Arc {
  readonly tail: number;
  readonly head: number;
  readonly lower: number;
  readonly upper: number;
  readonly flow: number;
}
interface Case {
  readonly nodes: number;
  readonly arcs: readonly Arc[];
  readonly sinks: readonly Sink[];
}

/** Any flow within the bounds is feasible: supplies are what it leaves. Few and small figures, so that all flows can be tried. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    inner: fc.integer({ min: 1, max: 3 }),
    links: fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(3), fc.nat(3)), { maxLength: 3 }),
    sinks: fc.array(
      fc.record({
        at: fc.nat(2),
        pieces: fc.array(fc.tuple(fc.nat(1), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 2 }),
        weight: fc.constantFrom(1, 1, 2, 3, 0.7),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    reliefs: fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), { maxLength: 1 }),
  })
  .map(({ inner, links, sinks, reliefs }) => {
    const arcs: Arc[] = [];
    const add = (tail: number, head: number, lower: number, more: number, flow: number) =>
      arcs.push({ tail, head, lower, upper: lower + more, flow: lower + (flow % (more + 1)) }) - 1;
    for (const [tail, head, upper, flow] of links)
      if (tail % inner !== head % inner) add(tail % inner, head % inner, 0, upper, flow);
    for (const [v, upper, flow] of reliefs) add(v % inner, inner, 0, upper, flow);
    const made = sinks.map(({ at, pieces, weight }) => ({
      arcs: pieces.map(([lower, more, flow]) => add(at % inner, inner, lower, more, flow)),
      weight,
    }));
    return { nodes: inner + 1, arcs, sinks: made };
  });

/** What each node but the ground gives. */
function given({ nodes, arcs }: Case, flow: ArrayLike<number>): number[] {
  const left = Array.from({ length: nodes }, () => 0);
  arcs.forEach(({ tail, head }, a) => {
    left[tail]! += flow[a]!;
    left[head]! -= flow[a]!;
  });
  return left.slice(0, -1);
}

function run(it: Case): Float64Array {
  const column = (key: keyof Arc) => it.arcs.map((arc) => arc[key]);
  const flow = Float64Array.from(column("flow"));
  exchange(
    {
      nodes: it.nodes,
      tail: column("tail"),
      head: column("head"),
      lower: column("lower"),
      upper: column("upper"),
      flow,
    },
    it.nodes - 1,
    it.sinks,
  );
  return flow;
}

const intakesOf = (it: Case, flow: ArrayLike<number>) =>
  it.sinks.map(({ arcs }) => arcs.reduce((sum, a) => sum + flow[a]!, 0));

/** The steps that the sinks take, highest first; at one level, that of the later sink first. */
function stepsOf(it: Case, flow: ArrayLike<number>): (readonly [level: number, sink: number])[] {
  return intakesOf(it, flow)
    .flatMap((intake, i) => Array.from({ length: intake }, (_, k) => [(k + 1) / it.sinks[i]!.weight, i] as const))
    .sort(([a, i], [b, j]) => b - a || j - i);
}

function isLess(x: readonly (readonly [number, number])[], y: readonly (readonly [number, number])[]): boolean {
  for (let k = 0; k < Math.min(x.length, y.length); k++) {
    const [[a, i], [b, j]] = [x[k]!, y[k]!];
    if (a !== b) return a < b;
    if (i !== j) return i < j;
  }
  return x.length < y.length;
}

test("no other flow has lower steps", () => {
  fc.assert(
    fc.property(cases, (it) => {
      const flow = run(it);
      const supply = given(
        it,
        it.arcs.map((arc) => arc.flow),
      );
      expect(given(it, flow)).toEqual(supply);
      it.arcs.forEach((arc, a) => {
        expect(flow[a]).toBeGreaterThanOrEqual(arc.lower);
        expect(flow[a]).toBeLessThanOrEqual(arc.upper);
      });
      for (const { arcs } of it.sinks) {
        const [first, second] = arcs;
        if (second !== undefined && flow[second]! > it.arcs[second]!.lower) {
          expect(flow[first!]).toBe(it.arcs[first!]!.upper);
        }
      }
      const found = stepsOf(it, flow);
      const other = it.arcs.map((arc) => arc.lower);
      for (let a = 0; a < other.length;) {
        if (given(it, other).every((value, v) => value === supply[v])) {
          expect(isLess(stepsOf(it, other), found)).toBe(false);
        }
        for (a = 0; a < other.length && other[a] === it.arcs[a]!.upper; a++) other[a] = it.arcs[a]!.lower;
        if (a < other.length) other[a]! += 1;
      }
    }),
    { numRuns: 300 },
  );
});

test("large figures even out in few exchanges, and to the unit", () => {
  const far = 2 ** 49;
  const arc = (tail: number, head: number, upper: number, flow: number) => ({ tail, head, lower: 0, upper, flow });
  // A chain of sinks of which the first has taken everything.
  const chain = 12;
  const arcs = Array.from({ length: chain }, (_, v) => arc(v, chain, 2 * far, v === 0 ? far + 5 : 0));
  for (let v = 1; v < chain; v++) arcs.push(arc(v - 1, v, 2 * far, 0));
  const weights = Array.from({ length: chain }, (_, v) => (v % 3 === 0 ? 0.001 : 1000 + v));
  const it = { nodes: chain + 1, arcs, sinks: weights.map((weight, v) => ({ arcs: [v], weight })) };
  const intakes = intakesOf(it, run(it));
  expect(intakes.reduce((sum, intake) => sum + intake, 0)).toBe(far + 5);
  const highest = Math.max(...intakes.map((intake, i) => intake / weights[i]!));
  const lowest = Math.min(...intakes.map((intake, i) => (intake + 1) / weights[i]!));
  expect(highest).toBeLessThanOrEqual(lowest);
});
