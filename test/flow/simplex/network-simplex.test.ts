import fc from "fast-check";
import solver from "javascript-lp-solver";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FlowError } from "../../../src/flow/errors.js";
import { NetworkSimplex, type SolveStatus } from "../../../src/flow/simplex/network-simplex.js";

interface Problem {
  nodes: number;
  tail: number[];
  head: number[];
  lower: number[];
  upper: number[];
  cost: number[];
  supply: number[];
}

/** The part of javascript-lp-solver's answer that is compared. */
interface LpAnswer {
  feasible: boolean;
  [variable: `x${number}`]: number | undefined;
}

const SEED = 20_261_123;
const HUGE = 2 ** 40;
const MAX = Number.MAX_SAFE_INTEGER;

function fill(s: NetworkSimplex, p: Problem): NetworkSimplex {
  s.lower.set(p.lower);
  s.upper.set(p.upper);
  s.cost.set(p.cost);
  s.supply.set(p.supply);
  return s;
}

const build = (p: Problem): NetworkSimplex => fill(new NetworkSimplex(p.nodes, p.tail, p.head), p);

const objective = (p: Problem, flow: ArrayLike<number>): bigint =>
  p.cost.reduce((z, c, a) => z + BigInt(c) * BigInt(flow[a]!), 0n);

/** What is wrong with the claim that flow and potentials are optimal; by definition, and with exact integers. */
function faults(p: Problem, s: NetworkSimplex): string[] {
  const found: string[] = [];
  const balance = p.supply.map(BigInt);
  p.tail.forEach((t, a) => {
    const h = p.head[a]!;
    const f = s.flow[a]!;
    if (!Number.isSafeInteger(f)) found.push(`flow[${a}] = ${f}`);
    balance[t]! -= BigInt(f);
    balance[h]! += BigInt(f);
    if (!(f >= p.lower[a]! && f <= p.upper[a]!)) found.push(`flow[${a}] = ${f} is out of bounds`);
    const rc = BigInt(p.cost[a]!) + BigInt(s.potential[t]!) - BigInt(s.potential[h]!);
    if (rc > 0n && f !== p.lower[a]) found.push(`arc ${a} has reduced cost ${rc} and is not at lower`);
    if (rc < 0n && f !== p.upper[a]) found.push(`arc ${a} has reduced cost ${rc} and is not at upper`);
    if (s.state[a] === 0 && rc !== 0n) found.push(`tree arc ${a} has reduced cost ${rc}`);
    if (s.state[a] === -1 && f !== p.lower[a]) found.push(`arc ${a} is said to be at lower`);
    if (s.state[a] === 1 && f !== p.upper[a]) found.push(`arc ${a} is said to be at upper`);
  });
  balance.forEach((b, v) => {
    if (b !== 0n) found.push(`node ${v} is off by ${b}`);
  });
  // Tree arcs must not close a cycle.
  const group = p.supply.map((_, v) => v);
  const find = (v: number): number => (group[v] === v ? v : (group[v] = find(group[v]!)));
  p.tail.forEach((t, a) => {
    if (s.state[a] !== 0) return;
    const x = find(t);
    const y = find(p.head[a]!);
    if (x === y) found.push(`tree arc ${a} closes a cycle`);
    group[x] = y;
  });
  return found;
}

/** Whether any flow exists: augmenting paths from a super source to a super sink, after taking lower bounds out. */
function feasible(p: Problem): boolean {
  const S = p.nodes;
  const T = S + 1;
  const to: number[] = [];
  const left: number[] = [];
  const at: number[][] = Array.from({ length: T + 1 }, () => []);
  const add = (u: number, v: number, c: number): void => {
    at[u]!.push(to.length);
    to.push(v);
    left.push(c);
    at[v]!.push(to.length);
    to.push(u);
    left.push(0);
  };
  const need = [...p.supply];
  p.tail.forEach((t, a) => {
    need[t]! -= p.lower[a]!;
    need[p.head[a]!]! += p.lower[a]!;
    add(t, p.head[a]!, Math.min(p.upper[a]! - p.lower[a]!, MAX));
  });
  let missing = 0;
  need.forEach((b, v) => {
    if (b > 0) add(S, v, b);
    if (b < 0) add(v, T, -b);
    missing += Math.max(b, 0);
  });
  while (missing > 0) {
    const via = new Map<number, number>([[S, -1]]);
    const queue = [S];
    for (const u of queue) {
      for (const e of at[u]!) {
        if (left[e]! > 0 && !via.has(to[e]!)) {
          via.set(to[e]!, e);
          queue.push(to[e]!);
        }
      }
    }
    if (!via.has(T)) return false;
    const path: number[] = [];
    for (let v = T; v !== S; v = to[via.get(v)! ^ 1]!) path.push(via.get(v)!);
    const d = Math.min(...path.map((e) => left[e]!));
    for (const e of path) {
      left[e]! -= d;
      left[e ^ 1]! += d;
    }
    missing -= d;
  }
  return true;
}

/** Whether arcs without upper bound form a cycle of negative cost (Bellman & Ford). */
function hasRay(p: Problem): boolean {
  const dist = p.supply.map(() => 0);
  for (let round = 0; round <= p.nodes; round++) {
    let changes = 0;
    p.tail.forEach((t, a) => {
      if (p.upper[a] === Infinity && dist[t]! + p.cost[a]! < dist[p.head[a]!]!) {
        dist[p.head[a]!] = dist[t]! + p.cost[a]!;
        changes++;
      }
    });
    if (changes === 0) return false;
  }
  return true;
}

const expected = (p: Problem): SolveStatus => (!feasible(p) ? "infeasible" : hasRay(p) ? "unbounded" : "optimal");

/** The least cost over all whole flows by trying every one. */
function bruteForce(p: Problem): number | null {
  const balance = [...p.supply];
  let best: number | null = null;
  const go = (a: number, z: number): void => {
    if (a === p.tail.length) {
      if (balance.every((b) => b === 0) && (best === null || z < best)) best = z;
      return;
    }
    for (let f = p.lower[a]!; f <= p.upper[a]!; f++) {
      balance[p.tail[a]!]! -= f;
      balance[p.head[a]!]! += f;
      go(a + 1, z + f * p.cost[a]!);
      balance[p.tail[a]!]! += f;
      balance[p.head[a]!]! -= f;
    }
  };
  go(0, 0);
  return best;
}

interface Shape {
  nodes: [number, number];
  arcs: number; // per node, at most
  bounds: fc.Arbitrary<[number, number]>; // lower, width
  cost: fc.Arbitrary<number>;
  supply: fc.Arbitrary<number>;
}

/** Ends are drawn freely, so parallel and antiparallel arcs and lone nodes are frequent. */
const problems = (shape: Shape): fc.Arbitrary<Problem> =>
  fc.integer({ min: shape.nodes[0], max: shape.nodes[1] }).chain((n) =>
    fc
      .record({
        arcs: fc.array(
          fc.record({
            t: fc.nat(n - 1),
            step: fc.integer({ min: 1, max: Math.max(1, n - 1) }),
            bounds: shape.bounds,
            cost: shape.cost,
          }),
          { maxLength: n < 2 ? 0 : shape.arcs * n, size: "max" },
        ),
        moves: fc.array(fc.record({ from: fc.nat(n - 1), to: fc.nat(n - 1), by: shape.supply }), { maxLength: n }),
      })
      .map(({ arcs, moves }) => {
        const supply = new Array<number>(n).fill(0);
        for (const { from, to, by } of moves) {
          supply[from]! += by;
          supply[to]! -= by;
        }
        return {
          nodes: n,
          tail: arcs.map((x) => x.t),
          head: arcs.map((x) => (x.t + x.step) % n),
          lower: arcs.map((x) => x.bounds[0]),
          upper: arcs.map((x) => x.bounds[0] + x.bounds[1]),
          cost: arcs.map((x) => x.cost),
          supply,
        };
      }),
  );

const width = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(HUGE) },
  { weight: 1, arbitrary: fc.constant(Infinity) },
);
const least = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -6, max: 6 }) },
);
const anyBounds = fc.tuple(least, width);
const families: Record<string, Shape> = {
  "mixed costs": {
    nodes: [1, 14],
    arcs: 5,
    bounds: anyBounds,
    cost: fc.integer({ min: -20, max: 60 }),
    supply: fc.nat(12),
  },
  "no negative costs": { nodes: [2, 14], arcs: 5, bounds: anyBounds, cost: fc.nat(50), supply: fc.nat(6) },
  "equal costs": { nodes: [2, 12], arcs: 6, bounds: anyBounds, cost: fc.constant(3), supply: fc.nat(3) },
  "unit capacities, costs 0 and 1": {
    nodes: [2, 14],
    arcs: 6,
    bounds: fc.tuple(fc.constant(0), fc.nat(1)),
    cost: fc.nat(1),
    supply: fc.nat(1),
  },
  "zero supplies": {
    nodes: [2, 10],
    arcs: 6,
    bounds: anyBounds,
    cost: fc.integer({ min: -9, max: 9 }),
    supply: fc.constant(0),
  },
  sparse: { nodes: [3, 30], arcs: 1, bounds: fc.tuple(fc.constant(0), width), cost: fc.nat(9), supply: fc.nat(4) },
  "wide ranges": {
    nodes: [2, 10],
    arcs: 5,
    bounds: fc.tuple(fc.constantFrom(0, -HUGE, HUGE), fc.constantFrom(0, 1, HUGE, 3 * HUGE)),
    cost: fc.integer({ min: -HUGE, max: HUGE }),
    supply: fc.nat(HUGE),
  },
};

describe("against independent answers", () => {
  for (const [name, shape] of Object.entries(families)) {
    it(`${name}: status and optimality conditions`, () => {
      const seen = new Set<SolveStatus>();
      fc.assert(
        fc.property(problems(shape), (p) => {
          const s = build(p);
          const status = s.solve();
          seen.add(status);
          expect(status).toBe(expected(p));
          if (status === "optimal") expect(faults(p, s)).toEqual([]);
        }),
        { seed: SEED, numRuns: 600 },
      );
      expect(seen).toContain("optimal");
      expect(seen).toContain(name === "zero supplies" ? "unbounded" : "infeasible");
    });
  }

  it("the optimum is that of trying every flow", () => {
    const shape: Shape = {
      nodes: [2, 4],
      arcs: 2,
      bounds: fc.tuple(fc.integer({ min: -1, max: 1 }), fc.nat(2)),
      cost: fc.integer({ min: -4, max: 9 }),
      supply: fc.nat(2),
    };
    let solved = 0;
    fc.assert(
      fc.property(problems(shape), (p) => {
        const s = build(p);
        const status = s.solve();
        const best = bruteForce(p);
        expect(status).toBe(best === null ? "infeasible" : "optimal");
        if (best === null) return;
        solved++;
        expect(objective(p, s.flow)).toBe(BigInt(best));
      }),
      { seed: SEED, numRuns: 1500 },
    );
    expect(solved).toBeGreaterThan(100);
  });

  it("the optimum is javascript-lp-solver's", () => {
    const shape: Shape = {
      nodes: [2, 9],
      arcs: 4,
      bounds: fc.tuple(least, fc.integer({ min: 0, max: 40 })),
      cost: fc.integer({ min: -10, max: 60 }),
      supply: fc.nat(10),
    };
    let solved = 0;
    fc.assert(
      fc.property(problems(shape), (p) => {
        const s = build(p);
        const status = s.solve();
        const constraints: Record<string, { equal: number } | { max: number }> = {};
        const need = [...p.supply];
        const variables: Record<string, Record<string, number>> = {};
        p.tail.forEach((t, a) => {
          const h = p.head[a]!;
          need[t]! -= p.lower[a]!;
          need[h]! += p.lower[a]!;
          variables[`x${a}`] = { z: p.cost[a]!, [`n${t}`]: 1, [`n${h}`]: -1, [`u${a}`]: 1 };
          constraints[`u${a}`] = { max: p.upper[a]! - p.lower[a]! };
        });
        need.forEach((b, v) => (constraints[`n${v}`] = { equal: b }));
        const lp = solver.Solve({ optimize: "z", opType: "min", constraints, variables }) as LpAnswer;
        if (p.tail.length === 0) return; // an empty program has no status worth comparing
        expect(status === "optimal").toBe(lp.feasible);
        if (!lp.feasible) return;
        solved++;
        // From its values, not its `result`: that is 0 where the constraints leave no choice.
        const flow = p.lower.map((l, a) => l + Math.round(lp[`x${a}`] ?? 0));
        expect(objective(p, s.flow)).toBe(objective(p, flow));
      }),
      { seed: SEED, numRuns: 1500 },
    );
    expect(solved).toBeGreaterThan(100);
  });
});

/** Seeded generator (mulberry32) for what is drawn step by step. */
function random(seed: number): (from: number, to: number) => number {
  let a = seed;
  return (from, to) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return from + (((t ^ (t >>> 14)) >>> 0) % (to - from + 1));
  };
}

function randomProblem(int: (from: number, to: number) => number, n: number, m: number): Problem {
  const p: Problem = {
    nodes: n,
    tail: [],
    head: [],
    lower: [],
    upper: [],
    cost: [],
    supply: new Array<number>(n).fill(0),
  };
  for (let a = 0; a < m; a++) {
    const t = int(0, n - 1);
    p.tail.push(t);
    p.head.push((t + int(1, n - 1)) % n);
    p.lower.push(0);
    p.upper.push(int(0, 30));
    p.cost.push(int(0, 40));
  }
  for (let k = 0; k < n; k++) {
    const by = int(0, 5);
    p.supply[int(0, n - 1)]! += by;
    p.supply[int(0, n - 1)]! -= by;
  }
  return p;
}

function changeSomething(int: (from: number, to: number) => number, p: Problem): void {
  const a = int(0, p.cost.length - 1);
  switch (int(0, 9)) {
    case 0:
      p.cost[a] = int(-8, 60);
      break;
    case 1:
      p.cost = p.cost.map((c) => c + int(-1, 1));
      break;
    case 2:
      p.upper[a] = p.lower[a]!;
      break;
    case 3:
      p.lower[a] = int(0, 3) === 0 ? int(-4, 4) : 0;
      p.upper[a] = p.lower[a] + int(0, 40);
      break;
    case 4:
      p.upper[a] = int(0, 1) === 0 ? Infinity : p.lower[a]! + HUGE;
      break;
    case 5:
      p.lower[a] = Math.min(p.upper[a]!, int(0, 3));
      break;
    case 6:
      p.upper = p.upper.map((u, b) => (b === a || int(0, 2) === 0 ? Infinity : u));
      p.cost[a] = -80;
      break;
    default: {
      const by = int(0, 15);
      p.supply[int(0, p.nodes - 1)]! += by;
      p.supply[int(0, p.nodes - 1)]! -= by;
    }
  }
}

describe("warm starts", () => {
  it("a hundred changes of anything give what a cold start gives, for 30 networks", () => {
    const seen: Record<SolveStatus, number> = { optimal: 0, infeasible: 0, unbounded: 0 };
    for (let seed = 1; seed <= 30; seed++) {
      const int = random(seed);
      const n = int(5, 40);
      const m = int(3, 6) * n;
      const base = randomProblem(int, n, m);
      let p = structuredClone(base);
      const warm = build(p);
      for (let step = 0; step < 100; step++) {
        if (step % 10 === 0) p = structuredClone(base); // also a way back from what can't be met
        for (let change = int(1, 3); change > 0; change--) changeSomething(int, p);
        const status = fill(warm, p).solve();
        seen[status]++;
        const cold = build(p);
        expect([seed, step, status]).toEqual([seed, step, cold.solve()]);
        expect([seed, step, status]).toEqual([seed, step, expected(p)]);
        if (status !== "optimal") continue;
        expect([seed, step, ...faults(p, warm)]).toEqual([seed, step]);
        expect(objective(p, warm.flow)).toBe(objective(p, cold.flow));
      }
    }
    expect(seen.optimal).toBeGreaterThan(500);
    expect(seen.infeasible).toBeGreaterThan(100);
    expect(seen.unbounded).toBeGreaterThan(20);
  });

  it("the same problem again takes no pivot", () => {
    const s = build(randomProblem(random(5), 60, 400));
    expect(s.solve()).toBe("optimal");
    const pivots = s.pivots;
    expect(pivots).toBeGreaterThan(0);
    expect(s.solve()).toBe("optimal");
    expect(s.pivots).toBe(pivots);
  });

  it("fixing arcs of non-zero reduced cost keeps the tree and the first optimum while costs change", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const int = random(seed);
      const p = randomProblem(int, 50, 400);
      p.cost = p.cost.map((c) => c % 4); // ties leave room for a second objective
      const s = build(p);
      if (s.solve() !== "optimal") continue;
      const first = objective(p, s.flow);
      const q: Problem = { ...p, lower: [...p.lower], upper: [...p.upper], cost: p.cost.map(() => int(-20, 20)) };
      p.cost.forEach((c, a) => {
        if (c + s.potential[p.tail[a]!]! - s.potential[p.head[a]!]! !== 0) q.lower[a] = q.upper[a] = s.flow[a]!;
      });
      const before = s.repairs;
      expect(fill(s, q).solve()).toBe("optimal");
      expect(s.repairs).toBe(before);
      expect(faults(q, s)).toEqual([]);
      expect(objective(p, s.flow)).toBe(first);
      const second = objective(q, s.flow);
      // The same by brute weighting: the first objective so dear that no gain of the second can outweigh a unit of it.
      const both: Problem = { ...p, cost: p.cost.map((c, a) => c * 1_000_000_000 + q.cost[a]!) };
      const joint = build(both);
      expect(joint.solve()).toBe("optimal");
      expect(objective(q, joint.flow)).toBe(second);
    }
    expect.hasAssertions();
  });

  it("a small change costs far fewer pivots than a cold start", () => {
    const p = randomProblem(random(9), 400, 3200);
    const s = build(p);
    expect(s.solve()).toBe("optimal");
    const cold = s.pivots;
    p.upper[s.flow.findIndex((f) => f > 0)] = 0;
    expect(fill(s, p).solve()).toBe("optimal");
    expect(s.repairs).toBeGreaterThan(0);
    expect(s.pivots - cold).toBeLessThan(cold / 2);
  });

  it("reset gives what a new object gives, pivot for pivot", () => {
    const p = randomProblem(random(3), 80, 500);
    const s = build(randomProblem(random(4), 80, 500));
    const t = new NetworkSimplex(p.nodes, p.tail, p.head);
    fill(t, { ...p, cost: p.cost.map((c) => 40 - c) }).solve();
    const before = t.pivots;
    t.reset();
    expect(fill(t, p).solve()).toBe("optimal");
    const fresh = build(p);
    fresh.solve();
    expect(t.pivots - before).toBe(fresh.pivots);
    expect(t.flow).toEqual(fresh.flow);
    expect(t.potential).toEqual(fresh.potential);
    expect(s.pivots).toBe(0);
  });
});

describe("termination on hard or degenerate networks", () => {
  const arcs = (nodes: number, list: [number, number, number, number][], supply: number[]): Problem => ({
    nodes,
    tail: list.map((x) => x[0]),
    head: list.map((x) => x[1]),
    lower: list.map(() => 0),
    upper: list.map((x) => x[2]),
    cost: list.map((x) => x[3]),
    supply,
  });
  const check = (p: Problem, status: SolveStatus = "optimal"): NetworkSimplex => {
    const s = build(p);
    expect(s.solve()).toBe(status);
    if (status === "optimal") expect(faults(p, s)).toEqual([]);
    return s;
  };

  it("exponentially growing supplies and costs in the manner of Zadeh (1973)", () => {
    const k = 18;
    const list: [number, number, number, number][] = [];
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) list.push([i, k + j, Infinity, i === j ? 2 ** (i + 1) : 2 ** Math.max(i, j) - 1]);
    }
    const supply = Array.from({ length: 2 * k }, (_, v) => (v < k ? 2 ** v : -(2 ** (v - k))));
    const s = check(arcs(2 * k, list, supply));
    expect(s.pivots).toBeLessThan(50 * list.length);
  });

  it.each([0, 1, 2, 7])("assignment of 40 to 40 with costs below %i + 1", (top) => {
    const int = random(top + 1);
    const list: [number, number, number, number][] = [];
    for (let i = 0; i < 40; i++) for (let j = 0; j < 40; j++) list.push([i, 40 + j, 1, int(0, top)]);
    const p = arcs(
      80,
      list,
      Array.from({ length: 80 }, (_, v) => (v < 40 ? 1 : -1)),
    );
    check(p);
    // From any tree: all costs turned round, and back.
    const s = build(p);
    for (let turn = 0; turn < 6; turn++) {
      p.cost = p.cost.map((c) => -c);
      expect(fill(s, p).solve()).toBe("optimal");
      expect(faults(p, s)).toEqual([]);
    }
  });

  it("a grid on which nothing flows", () => {
    const side = 30;
    const int = random(11);
    const list: [number, number, number, number][] = [];
    for (let v = 0; v < side * side; v++) {
      if (v % side < side - 1) list.push([v, v + 1, 5, int(0, 2)], [v + 1, v, 5, int(0, 2)]);
      if (v + side < side * side) list.push([v, v + side, 5, int(0, 2)], [v + side, v, 5, int(0, 2)]);
    }
    const s = check(arcs(side * side, list, new Array<number>(side * side).fill(0)));
    expect(s.flow.every((f) => f === 0)).toBe(true);
  });

  it("shortest paths from one node to all others on a long ladder", () => {
    const n = 2000;
    const list: [number, number, number, number][] = [];
    for (let v = 0; v + 1 < n; v++) list.push([v, v + 1, Infinity, 1]);
    for (let v = 0; v + 2 < n; v++) list.push([v, v + 2, Infinity, 2]);
    const p = arcs(
      n,
      list,
      Array.from({ length: n }, (_, v) => (v === 0 ? n - 1 : -1)),
    );
    const s = check(p);
    expect(objective(p, s.flow)).toBe(BigInt((n * (n - 1)) / 2));
  });

  it("bounds that close and open again leave weak trees behind, and still it ends", () => {
    const int = random(77);
    const p = randomProblem(int, 30, 240);
    p.cost = p.cost.map(() => int(0, 1));
    p.supply.fill(0);
    const s = build(p);
    for (let turn = 0; turn < 300; turn++) {
      p.upper = p.upper.map(() => (int(0, 2) === 0 ? 0 : int(0, 2)));
      p.cost = p.cost.map(() => int(-1, 1));
      expect(fill(s, p).solve()).toBe("optimal");
      expect(faults(p, s)).toEqual([]);
    }
  });

  it("a ray is reported only where a flow exists", () => {
    const ray: [number, number, number, number][] = [
      [0, 1, Infinity, -2],
      [1, 0, Infinity, 1],
      [2, 3, 4, 1],
    ];
    check(arcs(4, ray, [0, 0, 4, -4]), "unbounded");
    check(arcs(4, ray, [0, 0, 5, -5]), "infeasible");
  });
});

describe("small networks", () => {
  it("without nodes or arcs", () => {
    expect(new NetworkSimplex(0, [], []).solve()).toBe("optimal");
    const s = new NetworkSimplex(2, [], []);
    expect(s.solve()).toBe("optimal");
    s.supply.set([1, -1]);
    expect(s.solve()).toBe("infeasible");
  });

  it("the example of the documentation", () => {
    const s = new NetworkSimplex(3, [0, 0, 1], [1, 2, 2]);
    s.supply.set([5, 0, -5]);
    s.upper.set([9, 3, 9]);
    s.cost.set([1, 3, 1]);
    expect(s.solve()).toBe("optimal");
    expect([...s.flow]).toEqual([5, 0, 5]);
  });

  it("negative lower bounds carry water backwards, and negative costs fill capacity", () => {
    const s = new NetworkSimplex(2, [0, 1, 0], [1, 0, 1]);
    s.lower.set([-7, 0, 0]);
    s.upper.set([7, 0, 3]);
    s.cost.set([4, 0, -1]);
    expect(s.solve()).toBe("optimal");
    expect([...s.flow]).toEqual([-3, 0, 3]);
    s.cost.set([1, 0, 2]);
    s.supply.set([-5, 5]);
    expect(s.solve()).toBe("optimal");
    expect([...s.flow]).toEqual([-5, 0, 0]);
  });
});

describe("what is refused", () => {
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (e) {
      if (e instanceof FlowError) return `${e.code}: ${e.message}`;
      throw e;
    }
    return "accepted";
  };
  const triangle = (): NetworkSimplex => {
    const s = new NetworkSimplex(3, [0, 1, 0], [1, 2, 2]);
    s.upper.fill(10);
    s.cost.set([1, 1, 3]);
    s.supply.set([4, 0, -4]);
    return s;
  };

  it.each<[string, () => unknown, RegExp]>([
    ["lengths that differ", () => new NetworkSimplex(2, [0, 1], [1]), /^bad-network: .*2 arcs.*1/],
    ["a tail out of range", () => new NetworkSimplex(2, [2], [1]), /^bad-network: tail\[0\] is 2/],
    ["a head out of range", () => new NetworkSimplex(2, [0], [-1]), /^bad-network: head\[0\] is -1/],
    ["a node that is NaN", () => new NetworkSimplex(2, [NaN], [1]), /^bad-network: tail\[0\] is NaN/],
    ["a node that is not whole", () => new NetworkSimplex(2, [0.5], [1]), /^bad-network: tail\[0\] is 0.5/],
    ["a self-loop", () => new NetworkSimplex(2, [0, 1], [1, 1]), /^bad-network: arc 1 .*self-loop/],
    ["a number of nodes that is none", () => new NetworkSimplex(1.5, [], []), /^bad-network: nodes is 1.5/],
    ["a negative number of nodes", () => new NetworkSimplex(-1, [], []), /^bad-network: nodes is -1/],
  ])("%s", (_, run, message) => {
    expect(code(run)).toMatch(message);
  });

  it.each<[string, (s: NetworkSimplex) => unknown, RegExp]>([
    ["a NaN cost", (s) => (s.cost[1] = NaN), /^bad-number: cost\[1\] is NaN/],
    ["an infinite cost", (s) => (s.cost[1] = -Infinity), /^bad-number: cost\[1\]/],
    ["a cost that is not whole", (s) => (s.cost[2] = 0.1), /^bad-number: cost\[2\] is 0.1/],
    ["a NaN lower bound", (s) => (s.lower[0] = NaN), /^bad-number: lower\[0\]/],
    ["an infinite lower bound", (s) => (s.lower[0] = -Infinity), /^bad-number: lower\[0\]/],
    ["a lower bound that is not whole", (s) => (s.lower[0] = -0.5), /^bad-number: lower\[0\]/],
    ["a NaN upper bound", (s) => (s.upper[0] = NaN), /^bad-number: upper\[0\]/],
    ["an upper bound that is not whole", (s) => (s.upper[0] = 1.5), /^bad-number: upper\[0\] is 1.5/],
    ["an upper bound beyond 2^53", (s) => (s.upper[0] = 2 ** 54), /^bad-number: upper\[0\]/],
    ["bounds that cross", (s) => (s.lower[2] = 11), /^bad-bounds: lower\[2\] is 11/],
    ["a lower bound beyond 2^53", (s) => ((s.lower[0] = 2 ** 54), (s.upper[0] = Infinity)), /^bad-number: lower\[0\]/],
    ["bounds too far apart", (s) => ((s.lower[2] = -MAX), (s.upper[2] = 1)), /^bad-bounds: upper\[2\]/],
    ["a NaN supply", (s) => (s.supply[0] = NaN), /^bad-number: supply\[0\]/],
    ["a supply that is not whole", (s) => (s.supply[0] = 3.5), /^bad-number: supply\[0\]/],
    ["an infinite supply", (s) => (s.supply[0] = Infinity), /^flow-overflow/],
    ["supplies that do not sum to 0", (s) => (s.supply[0] = 5), /^unbalanced: .*sum to 1/],
    ["supplies beyond 2^53", (s) => (s.supply[0] = MAX), /^flow-overflow/],
    ["costs beyond what potentials hold", (s) => (s.cost[0] = 2 ** 49), /^cost-overflow/],
  ])("%s, before any work and with the tree kept", (_, spoil, message) => {
    const s = triangle();
    expect(s.solve()).toBe("optimal");
    const flow = [...s.flow];
    const good = { lower: s.lower.slice(), upper: s.upper.slice(), cost: s.cost.slice(), supply: s.supply.slice() };
    const { pivots } = s;
    spoil(s);
    expect(code(() => s.solve())).toMatch(message);
    expect([...s.flow]).toEqual(flow);
    s.lower.set(good.lower);
    s.upper.set(good.upper);
    s.cost.set(good.cost);
    s.supply.set(good.supply);
    expect(s.solve()).toBe("optimal");
    expect(s.pivots).toBe(pivots);
  });

  it("each node of a path may pay for its dearest arc, whichever way that leads", () => {
    const path = (cost: number) => {
      const s = new NetworkSimplex(3, [0, 1], [1, 2]);
      s.cost.fill(cost);
      s.supply.set([1, 0, -1]);
      return s;
    };
    // Three nodes pay at most 2^49 together.
    expect(path(Math.floor(2 ** 49 / 3)).solve()).toBe("optimal");
    expect(code(() => path(2 ** 48).solve())).toMatch(/^cost-overflow: A path may cost 844424930131968;/);
  });

  it("one dear arc among many nodes is not mistaken for an overflow", () => {
    const n = 1000;
    const tail = Array.from({ length: n - 1 }, (_, v) => v);
    const s = new NetworkSimplex(
      n,
      tail,
      tail.map((v) => v + 1),
    );
    s.cost[17] = 2 ** 46;
    s.supply[0] = 3;
    s.supply[n - 1] = -3;
    expect(s.solve()).toBe("optimal");
    expect(s.potential[n - 1]! - s.potential[0]!).toBe(2 ** 46);
  });

  it("a flow that outgrows 2^53, and it recovers", () => {
    const s = new NetworkSimplex(2, [0, 1, 1], [1, 0, 0]);
    s.lower.set([MAX, 0, 0]);
    s.upper.set([Infinity, MAX, 10]);
    s.cost.set([-1, 0, 0]);
    expect(code(() => s.solve())).toMatch(/^flow-overflow/);
    s.upper[2] = 0;
    expect(s.solve()).toBe("optimal");
    expect([...s.flow]).toEqual([MAX, MAX, 0]);
  });

  it("bounds whose sum at a node leaves the range", () => {
    const s = new NetworkSimplex(2, [0, 0, 1, 1], [1, 1, 0, 0]);
    s.lower.fill(MAX);
    expect(code(() => s.solve())).toMatch(/^flow-overflow/);
  });
});

describe("memory", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("solve creates no arrays, cold or warm, repaired or unbounded", () => {
    const p = randomProblem(random(21), 60, 400);
    const s = build(p);
    const negative = build({ ...p, upper: p.upper.map(() => Infinity), cost: p.cost.map(() => -1) });
    const forbidden = vi.fn(() => {
      throw new Error("an array was allocated");
    });
    for (const name of ["Float64Array", "Int32Array", "Int8Array", "Uint8Array", "Array", "Map", "Set"])
      vi.stubGlobal(name, forbidden);
    const seen: SolveStatus[] = [s.solve()];
    for (let a = 0; a < 400; a += 3) s.upper[a] = 0;
    seen.push(s.solve());
    for (let a = 0; a < 400; a += 3) s.upper[a] = 9;
    for (let a = 0; a < 400; a++) s.cost[a] = (a * 7) % 11;
    seen.push(s.solve());
    s.reset();
    seen.push(s.solve(), negative.solve());
    vi.unstubAllGlobals();
    expect(forbidden).not.toHaveBeenCalled();
    expect(seen.at(0)).toBe("optimal");
    expect(seen.at(3)).toBe("optimal");
    expect(seen.at(4)).toBe("unbounded");
    expect(s.repairs).toBeGreaterThan(0);
  });
});
