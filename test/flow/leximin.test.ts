import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FlowError } from "../../src/flow/errors.js";
import { Leximin } from "../../src/flow/leximin.js";

/** Sources feed inner arcs; sinks and reliefs are arcs into the ground, the last node. A start flow comes with it. */
interface Case {
  readonly nodes: number;
  readonly arcs: readonly { tail: number; head: number; lower: number; upper: number; flow: number }[];
  readonly sinkArc: readonly number[];
  readonly weight: readonly number[];
}

function load(it: Case): Leximin {
  const leximin = new Leximin(
    it.nodes,
    it.arcs.map((arc) => arc.tail),
    it.arcs.map((arc) => arc.head),
    it.nodes - 1,
    it.sinkArc,
  );
  it.arcs.forEach((arc, a) => {
    leximin.lower[a] = arc.lower;
    leximin.upper[a] = arc.upper;
    leximin.flow[a] = arc.flow;
  });
  leximin.weight.set(it.weight);
  return leximin;
}

/** Flow that leaves each node less what enters it. */
function balance(it: Case, flow: ArrayLike<number>): number[] {
  const left = Array.from({ length: it.nodes }, () => 0);
  it.arcs.forEach(({ tail, head }, a) => {
    left[tail]! += flow[a]!;
    left[head]! -= flow[a]!;
  });
  return left;
}

/**
 * A network with a feasible flow by construction: any flow within the bounds is one, as supplies are what it leaves. Small
 * whole numbers, so that all flows can be enumerated; parallel and antiparallel arcs and zero capacities occur.
 */
const cases = (withReliefs: boolean): fc.Arbitrary<Case> =>
  fc
    .record({
      inner: fc.integer({ min: 1, max: 4 }),
      links: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)), { maxLength: 4 }),
      sinks: fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 5 })), {
        minLength: 1,
        maxLength: 4,
      }),
      reliefs: fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(2)), { maxLength: withReliefs ? 2 : 0 }),
    })
    .map(({ inner, links, sinks, reliefs }) => {
      const at = (v: number) => v % inner;
      const arcs = [
        ...links
          .filter(([tail, head]) => at(tail) !== at(head))
          .map(([tail, head, upper, flow]) => ({
            tail: at(tail),
            head: at(head),
            lower: 0,
            upper,
            flow: flow % (upper + 1),
          })),
        ...sinks.map(([v, lower, more, flow]) => ({
          tail: at(v),
          head: inner,
          lower,
          upper: lower + more,
          flow: lower + (flow % (more + 1)),
        })),
        ...reliefs.map(([v, upper, flow]) => ({ tail: at(v), head: inner, lower: 0, upper, flow: flow % (upper + 1) })),
      ];
      const first = arcs.length - sinks.length - reliefs.length;
      return {
        nodes: inner + 1,
        arcs,
        sinkArc: sinks.map((_, i) => first + i),
        weight: sinks.map(([, , , , weight]) => weight),
      };
    });

/** Every flow with the same balance at all inner nodes. */
function* feasible(it: Case): Generator<number[]> {
  const wanted = balance(
    it,
    it.arcs.map((arc) => arc.flow),
  ).slice(0, -1);
  const flow = it.arcs.map((arc) => arc.lower);
  for (;;) {
    const now = balance(it, flow);
    if (wanted.every((value, v) => now[v] === value)) yield [...flow];
    let a = 0;
    while (a < flow.length && flow[a] === it.arcs[a]!.upper) flow[a] = it.arcs[a++]!.lower;
    if (a === flow.length) return;
    flow[a]! += 1;
  }
}

const sorted = (it: Case, flow: ArrayLike<number>) =>
  it.sinkArc.map((a, i) => flow[a]! / it.weight[i]!).sort((x, y) => y - x);

function compare(x: readonly number[], y: readonly number[]): number {
  for (let i = 0; i < x.length; i++) if (Math.abs(x[i]! - y[i]!) > 1e-12) return x[i]! - y[i]!;
  return 0;
}

/** By how much the least vector of the definition may be missed: by rounding in the sinks, one quantum each. */
function expectWithinRounding(it: Case, flow: ArrayLike<number>): void {
  const wanted = balance(
    it,
    it.arcs.map((arc) => arc.flow),
  );
  expect(balance(it, flow).slice(0, -1)).toEqual(wanted.slice(0, -1));
  it.arcs.forEach((arc, a) => {
    expect(flow[a]).toBeGreaterThanOrEqual(arc.lower);
    expect(flow[a]).toBeLessThanOrEqual(arc.upper);
  });
}

describe("against the definition", () => {
  test("weights all equal: no feasible flow has a lesser sorted vector", () => {
    fc.assert(
      fc.property(cases(true), (some) => {
        const it = { ...some, weight: some.weight.map(() => 1) };
        const leximin = load(it);
        leximin.solve();
        expectWithinRounding(it, leximin.flow);
        const found = sorted(it, leximin.flow);
        for (const other of feasible(it)) expect(compare(found, sorted(it, other))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 400 },
    );
  });

  test("any weights, figures scaled so that rounding is out of the way", () => {
    // 60 is divided by every sum of up to four weights from 1 to 5 that matters here, times any of them, closely enough: the
    // comparison allows the rounding of one quantum in 60 · 5040.
    const fine = 60 * 5040;
    fc.assert(
      fc.property(cases(false), (some) => {
        const it = {
          ...some,
          arcs: some.arcs.map((arc) => ({
            ...arc,
            lower: arc.lower * fine,
            upper: arc.upper * fine,
            flow: arc.flow * fine,
          })),
        };
        const leximin = load(it);
        leximin.solve();
        expectWithinRounding(it, leximin.flow);
        const found = sorted(it, leximin.flow);
        // No flow of the coarse network is better, and none of its neighbours along an exchange of two sinks.
        for (const other of feasible(some)) {
          const theirs = sorted(
            it,
            other.map((x) => x * fine),
          );
          for (let i = 0; i < found.length; i++) {
            if (Math.abs(found[i]! - theirs[i]!) <= 2) continue;
            expect(found[i]).toBeLessThan(theirs[i]!);
            break;
          }
        }
        expectNoExchange(it, leximin.flow);
      }),
      { numRuns: 400 },
    );
  });
});

/** The local criterion, which is global for these: no quantum can go from a sink to one that stays below it with the quantum. */
function expectNoExchange(it: Case, flow: ArrayLike<number>): void {
  const ground = it.nodes - 1;
  it.sinkArc.forEach((from, i) => {
    if (flow[from]! <= it.arcs[from]!.lower) return;
    const reached = new Set([it.arcs[from]!.tail]);
    for (const v of reached) {
      it.arcs.forEach(({ tail, head, lower, upper }, a) => {
        if (head === ground) return;
        if (tail === v && flow[a]! < upper) reached.add(head);
        if (head === v && flow[a]! > lower) reached.add(tail);
      });
    }
    it.sinkArc.forEach((to, j) => {
      if (to === from || flow[to]! >= it.arcs[to]!.upper || !reached.has(it.arcs[to]!.tail)) return;
      const raised = (flow[to]! + 1) / it.weight[j]!;
      expect(raised).toBeGreaterThanOrEqual(flow[from]! / it.weight[i]! - 1 / it.weight[i]! - 1 / it.weight[j]!);
    });
  });
}

/** A larger network: a ring with chords, sinks here and there, figures up to 2^40. */
const large = fc
  .record({
    nodes: fc.integer({ min: 3, max: 25 }),
    arcs: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 2 ** 40 }), fc.nat(100)), {
      minLength: 5,
      maxLength: 60,
    }),
    sinks: fc.array(
      fc.tuple(fc.nat(), fc.integer({ min: 0, max: 2 ** 40 }), fc.nat(100), fc.integer({ min: 1, max: 2 ** 40 })),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ nodes, arcs, sinks }): Case => {
    const inner = arcs
      .filter(([tail, head]) => tail % nodes !== head % nodes)
      .map(([tail, head, upper, share]) => ({
        tail: tail % nodes,
        head: head % nodes,
        lower: 0,
        upper,
        flow: Math.floor((upper * share) / 100),
      }));
    const outer = sinks.map(([v, upper, share]) => ({
      tail: v % nodes,
      head: nodes,
      lower: 0,
      upper,
      flow: Math.floor((upper * share) / 100),
    }));
    return {
      nodes: nodes + 1,
      arcs: [...inner, ...outer],
      sinkArc: outer.map((_, i) => inner.length + i),
      weight: sinks.map(([, , , weight]) => weight),
    };
  });

describe("on networks of any figures", () => {
  test("the parts and their cuts prove the levels", () => {
    fc.assert(
      fc.property(large, (it) => {
        const leximin = load(it);
        const levels = leximin.solve();
        expectWithinRounding(it, leximin.flow);
        const lambda = levels.map((level) => (level.weight > 0 ? level.total / level.weight : undefined));
        // Levels fall, but for what rounding lets pass: a quantum for each sink of the part.
        let before = Infinity;
        levels.forEach((level, k) => {
          const here = lambda[k];
          if (here === undefined) return;
          expect(here).toBeLessThanOrEqual((before + level.sinks.length / level.weight) * (1 + 1e-12));
          before = Math.min(before, here);
        });
        // From a higher part (a lower place) to a lower one nothing more can be sent.
        it.arcs.forEach(({ tail, head, lower, upper }, a) => {
          if (head === it.nodes - 1) return;
          const [from, to] = [leximin.part[tail]!, leximin.part[head]!];
          if (from < to) expect(leximin.flow[a]).toBe(upper);
          if (from > to) expect(leximin.flow[a]).toBe(lower);
        });
        levels.forEach((level, k) => {
          for (const i of level.sinks) {
            const { tail, lower, upper } = it.arcs[it.sinkArc[i]!]!;
            const intake = leximin.flow[it.sinkArc[i]!]!;
            expect(leximin.part[tail]).toBe(k);
            if (lambda[k] === undefined) continue;
            const even = Math.min(upper, Math.max(lower, lambda[k] * it.weight[i]!));
            expect(Math.abs(intake - even)).toBeLessThan(1.01);
          }
        });
        expect(levels.flatMap((level) => level.sinks).sort((a, b) => a - b)).toEqual([...it.sinkArc.keys()]);
      }),
      { numRuns: 500 },
    );
  });

  test("the intakes don't depend on the flow it starts from", () => {
    fc.assert(
      fc.property(large, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 5 }), (it, rounds) => {
        const leximin = load(it);
        leximin.solve();
        const first = it.sinkArc.map((a) => leximin.flow[a]);
        // Another feasible start: even out by other weights first, and go on from there.
        for (const [seed] of rounds) {
          leximin.weight.set(it.weight.map((w, i) => 1 + ((w * (i + 1) + seed) % 1000)));
          leximin.solve();
          leximin.weight.set(it.weight);
          leximin.solve();
          expect(it.sinkArc.map((a) => leximin.flow[a])).toEqual(first);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("by hand", () => {
  test("a full tie keeps two sinks apart", () => {
    // Node 0 has 90 to send and a tie of 25 to node 1, which has 30; each has a sink of weight 100.
    const it: Case = {
      nodes: 3,
      arcs: [
        { tail: 0, head: 1, lower: 0, upper: 25, flow: 0 },
        { tail: 0, head: 2, lower: 0, upper: 100, flow: 90 },
        { tail: 1, head: 2, lower: 0, upper: 100, flow: 30 },
      ],
      sinkArc: [1, 2],
      weight: [100, 100],
    };
    const leximin = load(it);
    expect(leximin.solve()).toEqual([
      { sinks: [0], total: 65, weight: 100 },
      { sinks: [1], total: 55, weight: 100 },
    ]);
    expect([...leximin.flow]).toEqual([25, 65, 55]);
    expect([...leximin.part]).toEqual([0, 1, -1]);
  });

  test("what can't be divided goes where it raises least, ties to the lower number", () => {
    const even = (total: number, weight: number[]) => {
      const arcs = weight.map((_, i) => ({ tail: 0, head: 1, lower: 0, upper: 100, flow: i === 0 ? total : 0 }));
      const leximin = load({ nodes: 2, arcs, sinkArc: weight.map((_, i) => i), weight });
      leximin.solve();
      return [...leximin.flow];
    };
    expect(even(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(even(11, [1, 1, 1])).toEqual([4, 4, 3]);
    // 7 over weights 1 and 3: 1.75 and 5.25; a quantum raises the first to 2, the second to 6/3 = 2: the tie goes to the first.
    expect(even(7, [1, 3])).toEqual([2, 5]);
    expect(even(5, [1, 3])).toEqual([1, 4]);
  });

  test("where the first can't all have one more, the next in order has it, whatever the flow it starts from", () => {
    // The first two share what is at their node, 3; the third has 2 of its own. The level is 5/3, so two of the three take 2.
    for (const flow of [
      [1, 2, 2],
      [2, 1, 2],
    ]) {
      const arcs = flow.map((now, i) => ({ tail: i < 2 ? 0 : 1, head: 2, lower: 0, upper: 9, flow: now }));
      const leximin = load({ nodes: 3, arcs, sinkArc: [0, 1, 2], weight: [1, 1, 1] });
      expect(leximin.solve()).toHaveLength(1);
      expect([...leximin.flow]).toEqual([2, 1, 2]);
    }
  });

  test("a relief takes what it can before any sink", () => {
    const it: Case = {
      nodes: 2,
      arcs: [
        { tail: 0, head: 1, lower: 0, upper: 50, flow: 50 },
        { tail: 0, head: 1, lower: 0, upper: 50, flow: 10 },
        { tail: 0, head: 1, lower: 0, upper: 40, flow: 0 },
      ],
      sinkArc: [0, 1],
      weight: [50, 50],
    };
    const leximin = load(it);
    leximin.solve();
    expect([...leximin.flow]).toEqual([10, 10, 40]);
  });
});

describe("refuses, before any work", () => {
  const one = () =>
    load({ nodes: 2, arcs: [{ tail: 0, head: 1, lower: 0, upper: 9, flow: 3 }], sinkArc: [0], weight: [2] });
  test.each([
    ["arcs of unlike length", () => new Leximin(2, [0], [], 1, []), "1 tails, 0 heads"],
    ["a node that isn't there", () => new Leximin(2, [0], [2], 1, []), "nodes go from 0 to 1"],
    ["a self-loop", () => new Leximin(3, [0], [0], 2, []), "starts and ends at node 0"],
    ["an arc out of the ground", () => new Leximin(2, [1], [0], 1, []), "starts at the ground"],
    ["a sink that doesn't end in the ground", () => new Leximin(3, [0], [1], 2, [0]), "doesn't end in the ground"],
    ["a sink named twice", () => new Leximin(2, [0], [1], 1, [0, 0]), "named as a sink twice"],
  ])("%s", (_name, make, message) => {
    expect(make).toThrow(FlowError);
    expect(make).toThrow(message);
  });

  test.each([
    ["a flow that isn't whole", (it: Leximin) => (it.flow[0] = 0.5), "whole numbers"],
    ["NaN", (it: Leximin) => (it.upper[0] = NaN), "whole numbers"],
    ["a bound beyond 2^53", (it: Leximin) => (it.upper[0] = 2 ** 53), "whole numbers"],
    ["a flow out of bounds", (it: Leximin) => (it.flow[0] = 10), "its bounds are 0 to 9"],
    ["a negative weight", (it: Leximin) => (it.weight[0] = -1), "a weight is"],
    ["a weight that isn't whole", (it: Leximin) => (it.weight[0] = 1.5), "a weight is"],
  ])("%s", (_name, spoil, message) => {
    const it = one();
    spoil(it);
    const before = [...it.flow];
    expect(() => it.solve()).toThrow(message);
    expect([...it.flow]).toEqual(before);
  });
});

describe("by hand", () => {
  /** Arcs as [tail, head, lower, upper, flow]; the last `sinks` are sinks, of weight 1. */
  const solved = (nodes: number, ground: number, sinks: number, arcs: readonly (readonly number[])[]) => {
    const even = new Leximin(
      nodes,
      arcs.map(([tail]) => tail!),
      arcs.map(([, head]) => head!),
      ground,
      arcs.map((_, a) => a).slice(arcs.length - sinks),
    );
    arcs.forEach(([, , lower, upper, flow], a) => {
      even.lower[a] = lower!;
      even.upper[a] = upper!;
      even.flow[a] = flow!;
    });
    even.weight.fill(1);
    const levels = even.solve();
    return { levels, part: [...even.part], takes: [...even.flow].slice(arcs.length - sinks) };
  };

  test("the ground may be any node", () => {
    const ways = (c: number, p: number, q: number, ground: number) =>
      solved(4, ground, 2, [
        [c, p, 0, 9, 6],
        [c, q, 0, 9, 0],
        [p, ground, 0, 9, 6],
        [q, ground, 0, 9, 0],
      ]).takes;
    expect(ways(0, 1, 2, 3)).toEqual([3, 3]);
    expect(ways(1, 2, 3, 0)).toEqual([3, 3]);
    expect(ways(0, 1, 3, 2)).toEqual([3, 3]);
  });

  test.each([-1, 4, 1.5, NaN, undefined])("the ground is a node, not %j", (ground) => {
    expect(() => new Leximin(4, [0], [1], ground!, [])).toThrow(FlowError);
  });

  test("a sink that takes a quantum more than the level's next whole one is a part of its own", () => {
    // Nothing joins them: 4 at the first, and 2 at each of two others, where 8 thirds are the mean.
    const { levels, part, takes } = solved(4, 3, 3, [
      [0, 3, 0, 9, 4],
      [1, 3, 0, 9, 2],
      [2, 3, 0, 9, 2],
    ]);
    expect(takes).toEqual([4, 2, 2]);
    expect(part.slice(0, 3)).toEqual([0, 1, 1]);
    expect(levels.map(({ sinks }) => sinks)).toEqual([[0], [1, 2]]);
  });

  test("levels are of sinks alone, each in one", () => {
    // What ends at the second node may do so by a relief.
    const { levels } = solved(3, 2, 2, [
      [1, 2, 0, 1, 1],
      [0, 2, 0, 9, 4],
      [1, 2, 0, 9, 2],
    ]);
    expect(levels.flatMap(({ sinks }) => sinks).sort()).toEqual([0, 1]);
  });

  test("a flow out of its bounds is refused", () => {
    expect(() => solved(2, 1, 1, [[0, 1, 3, 9, 2]])).toThrow(FlowError);
    expect(() => solved(2, 1, 1, [[0, 1, 0, 1, 2]])).toThrow(FlowError);
  });
});
