import fc from "fast-check";
import { expect, test } from "vitest";
import { ResidualFlow } from "../../src/flow/residual-flow.js";

interface Case {
  readonly nodes: number;
  readonly arcs: readonly (readonly [tail: number, head: number, lower: number, upper: number, flow: number])[];
  readonly give: readonly number[];
  readonly take: readonly number[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 7 }),
    arcs: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3), fc.nat(5), fc.nat()), { maxLength: 14 }),
    give: fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }),
    take: fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }),
  })
  .map(({ nodes, arcs, give, take }) => ({
    nodes,
    arcs: arcs
      .map(([t, h, lower, more, at]) => [t % nodes, h % nodes, lower, lower + more, lower + (at % (more + 1))] as const)
      .filter(([t, h]) => t !== h),
    give: give.slice(0, nodes),
    take: take.slice(0, nodes),
  }));

function load(it: Case): ResidualFlow {
  const residual = new ResidualFlow(
    it.nodes,
    Int32Array.from(it.arcs, ([tail]) => tail),
    Int32Array.from(it.arcs, ([, head]) => head),
  );
  it.arcs.forEach(([, , lower, upper, flow], a) => {
    residual.lower[a] = lower;
    residual.upper[a] = upper;
    residual.flow[a] = flow;
  });
  residual.give.set(it.give);
  residual.take.set(it.take);
  residual.load();
  return residual;
}

/** The least that any set of nodes can't get rid of: what it has too much less its room and the arcs' room out of it. */
function stuck(it: Case): number {
  let most = 0;
  for (let set = 0; set < 2 ** it.nodes; set++) {
    const has = (v: number) => (set & (1 << v)) !== 0;
    let over = 0;
    for (let v = 0; v < it.nodes; v++) if (has(v)) over += it.give[v]! - it.take[v]!;
    for (const [t, h, lower, upper, flow] of it.arcs) {
      if (has(t) && !has(h)) over -= upper - flow;
      if (has(h) && !has(t)) over -= flow - lower;
    }
    most = Math.max(most, over);
  }
  return most;
}

test("sends as much as the least cut lets through, and marks that cut", () => {
  fc.assert(
    fc.property(cases, (it) => {
      const residual = load(it);
      const nodes = Int32Array.from({ length: it.nodes }, (_, v) => v);
      const left = residual.send(nodes, it.nodes);
      residual.unload();
      expect(left).toBe(stuck(it));
      const balance = it.give.map((give, v) => give - residual.give[v]! - (it.take[v]! - residual.take[v]!));
      it.arcs.forEach(([tail, head, lower, upper, before], a) => {
        const flow = residual.flow[a]!;
        expect(flow).toBeGreaterThanOrEqual(lower);
        expect(flow).toBeLessThanOrEqual(upper);
        balance[tail]! -= flow - before;
        balance[head]! += flow - before;
        if (left === 0) return;
        if (residual.reached(tail) && !residual.reached(head)) expect(flow).toBe(upper);
        if (residual.reached(head) && !residual.reached(tail)) expect(flow).toBe(lower);
      });
      expect(balance.every((off) => off === 0)).toBe(true);
      if (left > 0) for (const v of nodes) if (residual.reached(v)) expect(residual.take[v]).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

/** The same with all arcs turned round, and givers and takers changed. */
const turned = (it: Case): Case => ({
  nodes: it.nodes,
  arcs: it.arcs.map(([tail, head, lower, upper, flow]) => [head, tail, lower, upper, flow]),
  give: it.take,
  take: it.give,
});

test("fetches what could be sent the other way round, marks that cut, and puts back what wasn't to be had", () => {
  fc.assert(
    fc.property(cases, (it) => {
      const [residual, other] = [load(it), load(turned(it))];
      const nodes = Int32Array.from({ length: it.nodes }, (_, v) => v);
      const left = residual.fetch(nodes, it.nodes);
      expect(left).toBe(stuck(turned(it)));
      other.send(nodes, it.nodes);
      expect([...nodes].map((v) => residual.reached(v))).toEqual([...nodes].map((v) => other.reached(v)));
      expect(residual.take.reduce((sum, take) => sum + take, 0)).toBe(left);

      residual.putBack(nodes, it.nodes);
      residual.unload();
      expect(residual.take.reduce((sum, take) => sum + take, 0)).toBe(left);
      const balance = it.give.map((give, v) => give - residual.give[v]! - (it.take[v]! - residual.take[v]!));
      it.arcs.forEach(([tail, head, lower, upper, before], a) => {
        const flow = residual.flow[a]!;
        expect(flow).toBeGreaterThanOrEqual(lower);
        expect(flow).toBeLessThanOrEqual(upper);
        balance[tail]! -= flow - before;
        balance[head]! += flow - before;
      });
      expect(balance.every((off) => off === 0)).toBe(true);
      for (const v of nodes) {
        expect(residual.give[v]).toBeLessThanOrEqual(it.give[v]!);
        expect(residual.take[v]).toBeLessThanOrEqual(it.take[v]!);
      }
    }),
    { numRuns: 2000 },
  );
});

test("uses no arc to a node that isn't a member", () => {
  const residual = load({ nodes: 3, arcs: [[0, 1, 0, 5, 0], [1, 2, 0, 5, 0]], give: [4, 0, 0], take: [0, 1, 9] }); // prettier-ignore
  expect(residual.send(Int32Array.of(0, 1), 2)).toBe(3);
  residual.unload();
  expect([...residual.flow]).toEqual([1, 0]);
});

test("what was sent among some nodes leaves no way for others, and a single quantum that is left has its cut", () => {
  // From 2 to 3 over 0, which is no member of theirs.
  const residual = load({
    nodes: 4,
    arcs: [
      [0, 1, 0, 5, 0],
      [2, 0, 0, 5, 0],
      [0, 3, 0, 5, 0],
    ],
    give: [1, 0, 1, 0],
    take: [0, 0, 0, 1],
  });
  expect(residual.send(Int32Array.of(0, 1), 2)).toBe(1);
  expect([0, 1].map((v) => residual.reached(v))).toEqual([true, true]);
  expect(residual.send(Int32Array.of(2, 3), 2)).toBe(1);
  expect([2, 3].map((v) => residual.reached(v))).toEqual([true, false]);
  expect(residual.fetch(Int32Array.of(2, 3), 2)).toBe(1);
  expect([2, 3].map((v) => residual.reached(v))).toEqual([false, true]);
  expect(residual.send(Int32Array.of(2, 3, 0), 3)).toBe(1);
  residual.unload();
  expect(residual.flow[2]).toBe(1);
});

test("finds its way however long it is, and back from where it is stopped", () => {
  // From 0 to 300 by 1 to 100, where but one can pass half-way, or the longer way by 101 to 299.
  const to = 300;
  const way = (nodes: number[], most: (k: number) => number) =>
    [0, ...nodes].map((v, k) => [v, nodes[k] ?? to, 0, most(k), 0] as const);
  const between = (from: number, end: number) => Array.from({ length: end - from + 1 }, (_, k) => from + k);
  const arcs = [...way(between(1, 100), (k) => (k === 50 ? 1 : 5)), ...way(between(101, 299), () => 5)];
  const zeros = new Array<number>(to + 1).fill(0);
  const residual = load({ nodes: to + 1, arcs, give: zeros.with(0, 5), take: zeros.with(to, 7) });
  expect(residual.send(Int32Array.from(between(0, to)), to + 1)).toBe(0);
  residual.unload();
  expect([...residual.flow]).toEqual(arcs.map((_, k) => (k <= 100 ? 1 : 4)));
});
