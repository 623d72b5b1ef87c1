import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cyclesBetween } from "../../src/plan/ways/cycles.js";
import { componentSolver } from "../../src/dispatch/component-solver.js";
import { linkFlow } from "../../src/problem/flows.js";
import { dispatch, loadNetwork, OptionError, redispatch, routesOf, stateOf } from "../../src/index.js";
import type { Network, Plan, State } from "../../src/index.js";
import { city } from "../../bench/cities.js";
import { cityAndState, twin } from "../support/cities.js";
import { instances, type Instance } from "../support/networks.js";
import { fromQuanta, MOST_QUANTA, toQuanta } from "../../src/units/flow.js";
import { FC_RUNS } from "../support/runs.js";

/** What is lost at these set points while nobody acts, [flooding, spill]. */
function lostAt(network: Network, state: State, outages: readonly string[], setPoints: Record<string, number>) {
  const ready = componentSolver(network, { policy: ["flooding", "spill"] });
  const full = stateOf(network, { state: { ...state, setPoints }, outages });
  const solution = ready.solve(full, () => {
    ready.problem.capAtSetPoints();
  });
  return (["flooding", "spill"] as const).map((name) => solution.objective(name).value as number);
}

const isNoWorse = (now: readonly number[], then: readonly number[]) => {
  const grain = 1e-12 * Math.max(1, ...then);
  return now[0]! < then[0]! - grain || (now[0]! <= then[0]! + grain && now[1]! <= then[1]! + grain);
};

/** More than any flow here. */
const wide = (network: Network) => fromQuanta(MOST_QUANTA / 2, network.units.flow);

/** A city, a plan that was in force, and what fails. */
const failures = fc.record({
  city: fc.oneof(cityAndState, instances({ maxNodes: 20 })),
  which: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
});
const failed = ({ city: { file, state }, which }: { city: Instance; which: number[] }) => {
  const network = loadNetwork(file);
  const ids = [...network.nodes, ...network.links].map(({ id }) => id);
  const before = dispatch(network, { state: { ...state, setPoints: {} } });
  const outages = [...new Set(which.map((i) => ids[i % ids.length]!))];
  const now = { ...state, setPoints: {} };
  return { network, before, outages, state: now, after: redispatch(network, before, { state: now, outages }) };
};

test("set points that were clipped are told, as by a dispatch", () => {
  const network = loadNetwork(twin());
  const given = { state: { setPoints: { lift: 0.7 } }, outages: ["a"], language: "zh" } as const;
  const { plan, idle } = redispatch(network, dispatch(network), given);
  expect(plan.notes).toMatchObject([{ code: "set-point-clipped", id: "lift" }]);
  expect([plan.notes, idle.notes]).toEqual(Array(2).fill(dispatch(network, given).notes));
});

describe("by hand", () => {
  /**
   * Town (1) at a junction with pumps to three plants; east takes all in as the cheapest. The mid main (0.6) is shared by
   * the pumps to mid and west, and mid's plant is full of the suburb's water, which could go east.
   */
  test("the receiving side opens before the losing one closes", () => {
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "town", kind: "catchment", inflow: 1 },
        { id: "west", kind: "plant", capacity: 1 },
        { id: "east", kind: "plant", capacity: 1 },
      ],
      links: [
        { id: "to-west", kind: "pump", from: "town", to: "west", capacity: 1 },
        { id: "to-east", kind: "pump", from: "town", to: "east", capacity: 1 },
      ],
    });
    const { steps, plan, idle, relief, forced } = redispatch(network, dispatch(network), {
      outages: [{ id: "east", availability: 0.2 }],
    });
    // 0.5 each before; 5/6 of 0.2 and of 1 after. While nobody acts, west gets 0.5 and east takes its 0.2: 0.3 flood.
    expect(idle).toMatchObject({ status: "flooding", flooding: [{ flow: 0.3 }] });
    expect(plan.status).toBe("normal");
    expect(steps.map(({ id, from }) => [id, from])).toEqual([
      ["to-west", 0.5],
      ["to-east", 0.5],
    ]);
    expect(steps[0]?.to).toBeCloseTo(5 / 6, 9);
    expect(steps[1]?.to).toBeCloseTo(1 / 6, 9);
    expect(steps[0]?.shifts.map(({ to, flow }) => [to, flow])).toEqual([
      ["west", 0.3],
      ["west", expect.closeTo(1 / 30, 9)],
    ]);
    expect(relief[0]).toEqual({ name: "flooding", idle: 0.3, plan: 0 });
    expect(forced).toEqual([]);
  });

  test("a main that two pumps share is freed before it is filled", () => {
    // Main m (0.6) carries a's 0.6 to p; q is free for a's water only, p is the only one for b's. When r fails, b's 0.4 need m: so
    // r's pump, which runs against a dead plant, is shut at once; then q opens, a's pump into m closes, b's opens.
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "a", kind: "catchment", inflow: 0.6 },
        { id: "b", kind: "catchment", inflow: 0.4 },
        { id: "m", kind: "junction" },
        { id: "p", kind: "plant", capacity: 1 },
        { id: "q", kind: "plant", capacity: 1, treatmentCost: 1 },
        { id: "r", kind: "plant", capacity: 1 },
      ],
      links: [
        { id: "a-m", kind: "pump", from: "a", to: "m", capacity: 1 },
        { id: "a-q", kind: "pump", from: "a", to: "q", capacity: 1 },
        { id: "b-m", kind: "pump", from: "b", to: "m", capacity: 1 },
        { id: "b-r", kind: "pump", from: "b", to: "r", capacity: 1 },
        { id: "main", kind: "conduit", from: "m", to: "p", capacity: 0.6 },
      ],
    });
    const policy = ["flooding", "cost"] as const;
    const before = dispatch(network, { policy });
    expect(before.links.map(({ flow }) => flow)).toEqual([0.6, 0, 0, 0.4, 0.6]);
    const { steps } = redispatch(network, before, { policy, outages: ["r"] });
    expect(steps.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["b-r", 0.4, 0],
      ["a-q", 0, 0.4],
      ["a-m", 0.6, 0.2],
      ["b-m", 0, 0.4],
    ]);
    expect(steps[0]?.shifts).toEqual([]);
    expect(steps[1]?.shifts).toEqual([{ from: "b", to: "q", flow: 0.4 }]);
  });

  test("a main that two pumps share is filled before it is freed where what is freed is lost", () => {
    // As above, but all that a's water can turn to is a river: freed first, main m would stand empty while a spills and b floods.
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "a", kind: "catchment", inflow: 0.6 },
        { id: "b", kind: "catchment", inflow: 0.4 },
        { id: "m", kind: "junction" },
        { id: "p", kind: "plant", capacity: 1 },
        { id: "r", kind: "plant", capacity: 1 },
        { id: "river", kind: "outfall" },
      ],
      links: [
        { id: "a-m", kind: "pump", from: "a", to: "m", capacity: 1 },
        { id: "a-river", kind: "gate", from: "a", to: "river", capacity: 1 },
        { id: "b-m", kind: "pump", from: "b", to: "m", capacity: 1 },
        { id: "b-r", kind: "pump", from: "b", to: "r", capacity: 1 },
        { id: "main", kind: "conduit", from: "m", to: "p", capacity: 0.6 },
      ],
    });
    const { steps, idle } = redispatch(network, dispatch(network), { outages: ["r"] });
    expect(idle.flooding).toEqual([{ id: "r", flow: 0.4 }]);
    expect(steps.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["b-r", 0.4, 0],
      ["a-river", 0, 0.4],
      ["b-m", 0, 0.4],
      ["a-m", 0.6, 0.2],
    ]);
  });

  test("what leads to a dead plant stops first, from above downwards, whether water stands in it or not", () => {
    // Two lifts in a row to r. Its water can turn to the spare works at the first of them.
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: [
        { id: "b", kind: "catchment", inflow: 0.4 },
        { id: "c", kind: "catchment", inflow: 0.1 },
        { id: "k", kind: "junction" },
        { id: "r", kind: "plant", capacity: 1 },
        { id: "spare", kind: "plant", capacity: 1, treatmentCost: 1 },
      ],
      links: [
        { id: "b-k", kind: "pump", from: "b", to: "k", capacity: 1 },
        { id: "b-spare", kind: "pump", from: "b", to: "spare", capacity: 1 },
        { id: "c-k", kind: "conduit", from: "c", to: "k", capacity: 1 },
        { id: "k-r", kind: "pump", from: "k", to: "r", capacity: 1 },
      ],
    });
    const policy = ["flooding", "cost", "moves"] as const;
    const { steps, idle } = redispatch(network, dispatch(network, { policy }), { policy, outages: ["r"] });
    // Kept at their set points while nobody acts, the pumps flood the works; c's water floods somewhere in any case.
    expect(idle.flooding).toEqual([{ id: "r", flow: 0.5 }]);
    expect(steps.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["b-k", 0.4, 0],
      ["b-spare", 0, 0.4],
      ["k-r", 0.5, 0.1],
    ]);
    const closed = redispatch(network, dispatch(network, { policy }), { policy, outages: ["r", "c"] });
    expect(closed.steps.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["b-k", 0.4, 0],
      ["k-r", 0.5, 0],
      ["b-spare", 0, 0.4],
    ]);
  });

  test("what ends flooding comes before what ends spilling, and that before what only evens out, however little it is", () => {
    // Three districts with two plants each. When their inner plants are down to a half, a tenth and a tenth, c's water can still all be taken
    // in (0.6 to be evened out), b's spills and a's floods, and each has an idle plant behind a pump that is shut.
    const district = (id: string, inflow: number, withRiver: boolean) => ({
      nodes: [
        { id, kind: "catchment", inflow },
        { id: `${id}-inner`, kind: "plant", capacity: 4 },
        { id: `${id}-outer`, kind: "plant", capacity: 4 },
        ...(withRiver ? [{ id: `${id}-river`, kind: "outfall" }] : []),
      ],
      links: [
        { id: `${id}-in`, kind: "conduit", from: id, to: `${id}-inner`, capacity: 9 },
        { id: `${id}-pump`, kind: "pump", from: id, to: `${id}-outer`, capacity: 9 },
        ...(withRiver ? [{ id: `${id}-weir`, kind: "conduit", from: id, to: `${id}-river`, capacity: 9 }] : []),
      ],
    });
    const districts = [district("a", 0.5, false), district("b", 1, true), district("c", 2, true)];
    const network = loadNetwork({
      units: { flow: "m3/s" },
      nodes: districts.flatMap(({ nodes }) => nodes),
      links: districts.flatMap(({ links }) => links),
    });
    const setPoints = { "a-pump": 0, "b-pump": 0, "c-pump": 0 };
    const before = dispatch(network, { state: { setPoints } });
    const outages = ["a", "b", "c"].map((id) => ({ id: `${id}-inner`, availability: id === "c" ? 0.5 : 0.1 }));
    const { steps } = redispatch(network, before, { state: { setPoints }, outages });
    // The first step of each: a's 0.1 that flood, b's 0.6 that spill, c's larger shift from plant to plant.
    const first = ["a-pump", "b-pump", "c-pump"].map((id) => steps.findIndex((step) => step.id === id));
    expect(first[0]).toBe(0);
    expect(first[1]).toBeGreaterThan(first[0]!);
    expect(first[2]).toBeGreaterThan(first[1]!);
    expect(steps[first[0]!]?.shifts[0]).toMatchObject({ from: "a", to: "a-outer", flow: 0.1 });
    expect(steps[first[1]!]?.shifts[0]).toMatchObject({ from: "b-river", to: "b-outer", flow: 0.6 });
    expect(steps[first[2]!]?.shifts[0]).toMatchObject({ from: "c-inner", to: "c-outer" });
    expect(steps[first[2]!]!.shifts[0]!.flow).toBeGreaterThan(1);
  });

  test("what forces a loss", () => {
    const network = loadNetwork(twin());
    const { forced } = redispatch(network, dispatch(network), { outages: ["east"] });
    // The north's 0.9 can leave by the tie (0.25), the pump (0.5) and the overflow only; west is full of 0.7 of it and 0.3 more.
    expect(forced).toEqual([
      {
        kind: "spill",
        at: [{ id: "river", flow: 0.2 }],
        nodes: ["east", "north", "river", "south", "west"],
        inflow: 1.2,
        links: [],
        plants: [
          { id: "east", flow: 0, out: true, locked: false },
          { id: "west", flow: 1, out: false, locked: false },
        ],
        outfalls: [],
      },
    ]);
    const broken = redispatch(network, dispatch(network), { outages: ["a"] });
    expect(broken.forced).toEqual([
      {
        kind: "flooding",
        at: [{ id: "north", flow: 0.9 }],
        nodes: ["north"],
        inflow: 0.9,
        links: [{ id: "a", flow: 0, out: true, locked: false }],
        plants: [],
        outfalls: [],
      },
    ]);
  });

  test("routes that are no more, and what takes their place", () => {
    const file = twin();
    Object.assign(file.links[0]!, { travelTime: 600 });
    const network = loadNetwork(file);
    const { routes } = redispatch(network, dispatch(network), { outages: ["west"] });
    // Before, 0.3 of the north's 0.9 go on from east to west; then the south's 0.25 come back over the tie, and 0.05 flood.
    expect(routes.before.map(({ from, to, flow, links }) => [from, to, flow, links])).toEqual([
      ["north", "east", 0.6, ["a"]],
      ["north", "west", 0.05, ["a", "lift"]],
      ["north", "west", 0.25, ["a", "tie"]],
      ["south", "west", 0.3, ["b"]],
    ]);
    expect(routes.before[0]).toMatchObject({ minutes: 10, energy: 0 });
    expect(routes.before[1]).toMatchObject({ minutes: 10, energy: 0.1 });
    const after = routes.after.map(({ from, to, flow }) => [from, to, flow]);
    expect(after).toContainEqual(["south", "south", 0.05]);
    expect(routes.after.reduce((sum, { flow }) => sum + flow, 0)).toBeCloseTo(1.2, 9);
  });
});

describe("laws", () => {
  test("each pump or gate is set once, no step loses more than was lost before, and the last leaves what the plan loses", () => {
    let steps = 0;
    fc.assert(
      fc.property(failures, (one) => {
        const { network, before, outages, state, after } = failed(one);
        const known = new Set(network.links.filter(({ kind }) => kind !== "conduit").map(({ id }) => id));
        const setPoints = Object.fromEntries(
          before.links.flatMap(({ id, flow }) => (known.has(id) ? [[id, flow]] : [])),
        );
        expect(new Set(after.steps.map(({ id }) => id)).size).toBe(after.steps.length);
        let now = lostAt(network, state, outages, setPoints);
        for (const { id, from, to } of after.steps) {
          expect(setPoints[id]).toBe(from);
          setPoints[id] = to;
          const next = lostAt(network, state, outages, setPoints);
          expect(isNoWorse(next, now), `${now.join()} → ${next.join()} at ${id}`).toBe(true);
          now = next;
          steps++;
        }
        const value = (name: string) => after.plan.objectives.find((objective) => objective.name === name)?.value;
        const last = [value("flooding") as number, value("spill") as number];
        expect(isNoWorse(now, last) && isNoWorse(last, now), `${now.join()} at last, not ${last.join()}`).toBe(true);
        expect(setPoints).toEqual(
          Object.fromEntries(after.plan.links.flatMap(({ id, flow }) => (known.has(id) ? [[id, flow]] : []))),
        );
      }),
      { numRuns: 1000 * FC_RUNS },
    );
    expect(steps).toBeGreaterThan(200);
  });

  test("the plan is a dispatch's, and acting is never worse than not", () => {
    fc.assert(
      fc.property(failures, (one) => {
        const { network, before, outages, state, after } = failed(one);
        expect(after.plan).toEqual(dispatch(network, { state, outages, from: before }));
        const [idle, plan] = [0, 1].map((which) =>
          after.relief.slice(0, 2).map((row) => (which === 0 ? row.idle : row.plan) as number),
        );
        expect(isNoWorse(plan!, idle!)).toBe(true);
      }),
      { numRuns: 150 * FC_RUNS },
    );
  });

  test("what forces a loss is full, and adds up to the loss", () => {
    let found = 0;
    fc.assert(
      fc.property(failures, (one) => {
        const { network, outages, state, after } = failed(one);
        const { plan, forced } = after;
        const sum = (list: readonly { flow: number }[]) => list.reduce((total, { flow }) => total + flow, 0);
        const lost = (kind: string) => forced.filter((cut) => cut.kind === kind).flatMap(({ at }) => at);
        // Everything that floods is forced; so is everything that spills, but where spilling costs nothing.
        const free = new Set(
          network.nodes.flatMap((node) => (node.kind === "outfall" && node.weight === 0 ? node.id : [])),
        );
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
        expect(lost("flooding").sort(byId)).toEqual(plan.flooding);
        expect(
          lost("spill")
            .filter(({ id }) => !free.has(id))
            .sort(byId),
        ).toEqual(plan.spills.filter(({ id, flow }) => flow > 0 && !free.has(id)));
        for (const { kind, at, nodes, inflow, links, plants, outfalls } of forced) {
          found++;
          const floods = kind === "spill" ? plan.flooding.filter(({ id }) => nodes.includes(id)) : [];
          const whole = (flow: number) => toQuanta(flow, network.units.flow);
          const leaving = [...at, ...links, ...plants, ...outfalls, ...floods];
          expect(whole(inflow)).toBe(leaving.reduce((total, { flow }) => total + whole(flow), 0));
          for (const { id } of plants) expect(plan.plants.find((plant) => plant.id === id)?.headroom).toBe(0);
          for (const { id } of links) {
            const [link, row] = [
              network.links.find((each) => each.id === id)!,
              plan.links.find((each) => each.id === id)!,
            ];
            expect(nodes.includes(link.from)).not.toBe(nodes.includes(link.to));
            if (row.flow !== 0) expect(row.utilisation).toBe(1);
          }
          // And nothing but that helps: with all the rest as large as can be, as much is lost.
          if (kind === "spill") continue;
          const held = new Set([...links, ...plants, ...outfalls].map(({ id }) => id));
          const enlarged = loadNetwork({
            ...network,
            nodes: network.nodes.map((node) =>
              node.kind === "plant" && !held.has(node.id) ? { ...node, capacity: wide(network) } : { ...node },
            ),
            links: network.links.map((link) =>
              held.has(link.id) ? { ...link } : { ...link, capacity: wide(network) },
            ),
          });
          const { flooding } = dispatch(enlarged, { state, outages });
          expect(sum(flooding)).toBeGreaterThanOrEqual(sum(at) * (1 - 1e-12));
        }
      }),
      { numRuns: 300 * FC_RUNS },
    );
    expect(found).toBeGreaterThan(100);
  });

  test("routes add up to the plan's flows", () => {
    fc.assert(
      fc.property(cityAndState, ({ file, state }) => {
        const network = loadNetwork(file);
        const plan: Plan = dispatch(network, { state: { ...state, setPoints: {} } });
        const routes = routesOf(network, plan);
        const over = (id: string) =>
          routes.reduce((total, { links, flow }) => total + (links.includes(id) ? flow : 0), 0);
        for (const { id, flow } of plan.links) expect(over(id)).toBeCloseTo(Math.abs(flow), 9);
        const to = (id: string) => routes.reduce((total, route) => total + (route.to === id ? route.flow : 0), 0);
        for (const { id, intake } of plan.plants)
          expect(to(id)).toBeCloseTo(intake + (plan.flooding.find((end) => end.id === id)?.flow ?? 0), 9);
        for (const { from, to: end, links, flow } of routes) {
          expect(flow).toBeGreaterThan(0);
          // A chain of links from the one to the other.
          let at = from;
          for (const id of links) {
            const link = network.links.find((one) => one.id === id)!;
            expect([link.from, link.to]).toContain(at);
            at = at === link.from ? link.to : link.from;
          }
          expect(at).toBe(end);
        }
      }),
      { numRuns: 200 * FC_RUNS },
    );
  });
});

/** Catchments in a row; a tie half way leads to a second works, and an overflow at the end to the river. */
function interceptor(count: number, kind: "conduit" | "pump") {
  const id = (i: number) => `c${String(i).padStart(5, "0")}`;
  const row = Array.from({ length: count }, (_, i) => i);
  return loadNetwork({
    units: { flow: "m3/s" },
    nodes: [
      ...row.map((i) => ({ id: id(i), kind: "catchment", inflow: 0.001 + (i % 7) / 1000 })),
      { id: "east", kind: "plant", capacity: count * 0.006 },
      { id: "west", kind: "plant", capacity: count * 0.003 },
      { id: "river", kind: "outfall" },
    ],
    links: [
      ...row.map((i) => ({
        id: `s${id(i)}`,
        kind,
        from: id(i),
        to: i + 1 < count ? id(i + 1) : "east",
        capacity: count * 0.01,
        travelTime: 60 + (i % 11),
      })),
      { id: "tie", kind: "pump", from: id(Math.floor(count / 2)), to: "west", capacity: count * 0.003, energy: 0.1 },
      { id: "over", kind: "gate", from: id(count - 1), to: "river", capacity: count * 0.01 },
    ],
  });
}

describe("a city with many ties loses a plant", () => {
  const lose = (seed: number, plant: string) => {
    const network = loadNetwork(city({ nodes: 150, plants: 5, family: "meshed", seed }));
    const before = dispatch(network);
    const { steps } = redispatch(network, before, { outages: [plant] });
    return { network, before, steps, place: new Map(steps.map(({ id }, k) => [id, k])) };
  };

  test.each([1, 2].flatMap((seed) => [0, 1, 2, 3, 4].map((plant) => [seed, `plant-${plant}`] as const)))(
    "seed %i, %s: each device is set once, and no step loses more",
    (seed, plant) => {
      const { network, before, steps, place } = lose(seed, plant);
      expect(steps.length).toBeGreaterThan(10);
      expect(place.size).toBe(steps.length);
      const isSet = new Set(network.links.filter(({ kind }) => kind !== "conduit").map(({ id }) => id));
      const setPoints = Object.fromEntries(before.links.flatMap(({ id, flow }) => (isSet.has(id) ? [[id, flow]] : [])));
      let now = lostAt(network, {}, [plant], setPoints);
      for (const { id, to } of steps) {
        setPoints[id] = to;
        const next = lostAt(network, {}, [plant], setPoints);
        expect(isNoWorse(next, now), `${now.join()} → ${next.join()} at ${id}`).toBe(true);
        now = next;
      }
    },
  );

  // Those in which all water finds room in plants.
  test.each([
    [1, "plant-1"],
    [1, "plant-2"],
    [1, "plant-3"],
    [2, "plant-4"],
  ])(
    "seed %i, %s: the receiving side is set before the losing one, and what is shared is freed first",
    (seed, plant) => {
      const { network, before, place } = lose(seed, plant);
      const full = stateOf(network, { outages: [plant], from: before });
      const [idle, plan] = [componentSolver(network), componentSolver(network)];
      idle.solve(full, () => {
        idle.problem.capAtSetPoints();
      });
      plan.solve(full);
      let pairs = 0;
      for (const { changes, shift } of cyclesBetween(plan.problem, idle.flow, plan.flow)) {
        if (shift === undefined) continue;
        expect(shift.to.role).toBe("plant");
        const path = changes.flatMap(({ of }) => ("link" in of ? plan.problem.links[of.link]! : []));
        // What may carry as much before as after is set last, and what leads nowhere stops first, whatever it is part of.
        const set = path.filter((part) => {
          const [was, is] = [linkFlow(part, idle.flow), linkFlow(part, plan.flow)];
          const isMoved = place.has(part.link.id) && is !== 0;
          return isMoved && (Math.abs(is) > Math.abs(part.setPoint) || Math.abs(was) > Math.abs(is));
        });
        const order = set.map(({ link }) => place.get(link.id)!);
        pairs += Math.max(0, order.length - 1);
        expect(order).toEqual([...order].sort((a, b) => b - a));
      }
      expect(pairs).toBeGreaterThan(5);
    },
  );
});

test("a city in the likeness of Xinxiang is rid of its east works: each device once, the pumps into it first", () => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, `../../seeds/xinxiang/${name}.json`), "utf8");
  const network = loadNetwork(read("network"));
  const state = JSON.parse(read("state")) as State;
  const { steps } = redispatch(network, dispatch(network, { state }), { state, outages: ["wwtp-east"] });
  expect(steps[0]).toMatchObject({ id: "inlet-east", from: 14.55, to: 0 });
  expect(new Set(steps.map(({ id }) => id)).size).toBe(10);
  expect(steps.length).toBe(10);
});

describe("a long interceptor", () => {
  // Seconds on an idle machine are tenths of these.
  test.each([
    ["conduit", 2],
    ["pump", 1002],
  ] as const)("of 2000 catchments is redispatched, links of kind %s", { timeout: 15_000 }, (kind, count) => {
    const network = interceptor(2000, kind);
    const before = dispatch(network);
    const { steps, routes, plan } = redispatch(network, before, { outages: ["east"] });
    expect(steps.length).toBe(count);
    const over = plan.links.find(({ id }) => id === "over")!.flow;
    expect(routes.after.filter(({ to }) => to === "river").reduce((sum, { flow }) => sum + flow, 0)).toBeCloseTo(
      over,
      9,
    );
    expect(routes.before.filter(({ to }) => to === "river")).toEqual([]);
  });

  test("has routes of all its lengths", { timeout: 10_000 }, () => {
    const network = interceptor(2000, "conduit");
    const routes = routesOf(network, dispatch(network));
    // The first catchments' water is taken west half way, quicker than to the end, until west takes no more.
    expect(routes[0]).toMatchObject({ from: "c00000", to: "west" });
    expect(routes[0]?.links.length).toBe(1001);
    expect(routes.at(-1)).toMatchObject({ from: "c01999", to: "east", links: ["sc01999"] });
    expect(Math.max(...routes.filter(({ to }) => to === "east").map(({ links }) => links.length))).toBeGreaterThan(
      1000,
    );
  });
});

describe("what can't be redispatched", () => {
  const network = loadNetwork(twin());
  const before = dispatch(network);

  test.each<[what: string, call: () => unknown, message: string]>([
    ["nothing lost", () => redispatch(network, before, { outages: [] }), "name what is lost"],
    ["no outages", () => redispatch(network, before, {} as never), "they are a list"],
    ["no plan", () => redispatch(network, {} as Plan, { outages: ["east"] }), "what dispatch returns"],
    ["an option that there isn't", () => redispatch(network, before, { outages: ["a"], form: 1 } as never), '"form"'],
  ])("%s", (_what, call, message) => {
    expect(call).toThrow(OptionError);
    expect(call).toThrow(message);
  });

  test("a plan of another network", () => {
    const other = loadNetwork({ ...twin(), links: twin().links.slice(0, 3) });
    expect(() => redispatch(other, before, { outages: ["a"] })).toThrow(/^the plan is of another network/);
  });

  test("all of the network lost", () => {
    const outages = [...network.nodes, ...network.links].map(({ id }) => id);
    const { plan, forced } = redispatch(network, before, { outages });
    expect(plan.flooding.map(({ flow }) => flow)).toEqual([0.9, 0.3]);
    expect(forced.map(({ nodes }) => nodes)).toEqual([["north"], ["south"]]);
  });
});
