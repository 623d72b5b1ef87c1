import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, NetworkError, OptionError, screenOutages, timeToSpill } from "../../src/index.js";
import type { Network, NetworkFile, State, TimeToSpillOptions } from "../../src/index.js";
import { cityAndState } from "../support/cities.js";
import { FC_RUNS } from "../support/runs.js";

/**
 * 1 m³/s into a wet well of 3 000 m³ of room, from which a pump leads to plant p (1 m³/s) and a gate to a tank of 6 000 m³, from
 * which a pump of 0.4 leads to plant q (0.5). Even is two thirds each: 0.6667 to p, 0.3333 to q.
 */
const city = (): NetworkFile => ({
  units: { flow: "m3/s" },
  nodes: [
    { id: "town", kind: "catchment", inflow: 1 },
    { id: "well", kind: "storage", volume: { max: 3600, initial: 600 } },
    { id: "tank", kind: "storage", volume: { max: 6000 } },
    { id: "p", kind: "plant", capacity: 1 },
    { id: "q", kind: "plant", capacity: 0.5 },
    { id: "river", kind: "outfall" },
  ],
  links: [
    { id: "main", kind: "conduit", from: "town", to: "well", capacity: 2 },
    { id: "lift", kind: "pump", from: "well", to: "p", capacity: 2 },
    { id: "gate", kind: "gate", from: "well", to: "tank", capacity: 2 },
    { id: "press", kind: "pump", from: "tank", to: "q", capacity: 0.4 },
    { id: "weir", kind: "conduit", from: "well", to: "river", capacity: 2 },
  ],
});

describe("by hand", () => {
  const network = loadNetwork(city());

  test("a dead plant, nobody acting and everybody acting", () => {
    const { idle, acting } = timeToSpill(network, { outages: ["p"], hours: [1, 2, 6] });
    // The gate stays at 0.3333, so 0.6667 m³/s fill 3 000 m³ in 75 minutes; then they spill.
    expect(idle.minutesToSpill).toBeCloseTo(75, 6);
    expect(idle.first).toEqual([{ id: "river", kind: "spill" }]);
    expect(idle.full).toEqual([{ id: "well", minutes: idle.minutesToSpill }]);
    expect(idle.lost.map(({ spill }) => spill)).toEqual([0, expect.closeTo(1800, 3), expect.closeTo(11_400, 3)]);
    // With the gate open 0.6 m³/s are left over for both, 9 000 m³: 250 minutes, and both are full at once.
    expect(acting.minutesToSpill).toBeCloseTo(250, 6);
    expect(acting.full.map(({ id }) => id)).toEqual(["tank", "well"]);
    expect(acting.lost.map(({ spill }) => spill)).toEqual([0, 0, expect.closeTo(110 * 60 * 0.6, 3)]);
  });

  test("a pump that is held at a flow", () => {
    // 0.3 goes on to q, and 0.7 are left over: for the well alone while the gate stays at 0.3, and for the tank too.
    const state: State = { locks: { press: 0.3 } };
    const { idle, acting } = timeToSpill(network, { state, outages: ["p"] });
    expect(idle.minutesToSpill).toBeCloseTo(3000 / 0.7 / 60, 6);
    expect(acting.minutesToSpill).toBeCloseTo(9000 / 0.7 / 60, 6);
    const [screened] = screenOutages(network, { state, elements: ["p"] });
    expect(screened!.minutesToSpill).toBeCloseTo(9000 / 0.7 / 60, 6);
  });

  test("no outage, no spill", () => {
    const nothing = { minutesToSpill: null, first: [], full: [] };
    expect(timeToSpill(network)).toMatchObject({ idle: nothing, acting: nothing });
  });

  test("without the way out it floods", () => {
    const { acting } = timeToSpill(network, { outages: ["p", "weir"], hours: [5] });
    expect(acting.first.map(({ kind }) => kind)).toEqual(["flooding"]);
    expect(acting.lost).toEqual([{ hours: 5, spill: 0, flooding: expect.closeTo(50 * 60 * 0.6, 3) as number }]);
  });

  test("a plant at 80 % of what it needs to be", () => {
    // p takes 0.5, q 0.4: 0.1 m³/s are left over for 9 000 m³, 25 hours.
    const { acting } = timeToSpill(network, { outages: [{ id: "p", availability: 0.5 }], hours: [24, 26] });
    expect(acting.minutesToSpill).toBeCloseTo(1500, 6);
    expect(acting.lost.map(({ spill }) => spill)).toEqual([0, expect.closeTo(360, 3)]);
  });

  test("volumes and set points are the state's", () => {
    const state = { volumes: { well: 3600, tank: 3000 }, setPoints: { gate: 0.5, press: 0.4, lift: 0.5 } };
    const { idle, acting } = timeToSpill(network, { state, outages: ["p"] });
    expect(idle.minutesToSpill).toBe(0);
    // 0.6 m³/s have the tank's 3 000 m³.
    expect(acting.minutesToSpill).toBeCloseTo(3000 / 0.6 / 60, 6);
  });

  test("a planned outage: the tanks are emptied before, and fill while it lasts", () => {
    // The well's 600 m³ can be pumped out in the hour before (p and q have 0.4 m³/s to spare): 3 600 m³ and 6 000 for 0.6 m³/s are
    // 266.67 minutes, so an outage of 260 spills nothing, and one of 300 does at minute 326.67.
    const lasting = (minutes: number) =>
      timeToSpill(network, { outages: [{ id: "p", start: 60, end: 60 + minutes }], hours: [24] }).acting;
    expect(lasting(260).minutesToSpill).toBeNull();
    expect(lasting(300).minutesToSpill).toBeCloseTo(60 + 9600 / 0.6 / 60, 5);
    expect(lasting(300).lost[0]?.spill).toBeCloseTo((300 - 9600 / 0.6 / 60) * 60 * 0.6, 2);
  });

  test("a day's course, by steps", () => {
    // Nobody acts: the pumps keep 0.6667 and 0.3333. In the second hour 1.2 m³/s come, and the well gains 0.2 m³/s: 720 m³ in it. In the
    // third 0.4 come, it gives back all it holds; in the fourth 2.0 fill its 3 600 m³ (1.0 m³/s) at the end of the hour to the minute.
    const { idle } = timeToSpill(network, {
      state: { volumes: { well: 0 } },
      profile: { minutes: 60, factors: [1, 1.2, 0.4, 2, 2] },
      hours: [4, 5],
    });
    expect(idle.minutesToSpill).toBeCloseTo(240, 5);
    expect(idle.lost.map(({ spill }) => spill)).toEqual([expect.closeTo(0, 2), expect.closeTo(3600, 2)]);
  });
});

/** m³ lost in `hours` at the least: what a dispatch loses in which storages are plants that would be full just then. */
function leastLost(network: Network, state: State, hours: number): number {
  const room = (id: string) => {
    const node = network.nodes.find((one) => one.id === id);
    return node?.kind === "storage" ? node.volume.max - (state.volumes?.[id] ?? node.volume.initial ?? 0) : 0;
  };
  const file: NetworkFile = {
    units: network.units,
    nodes: network.nodes.flatMap((node): NetworkFile["nodes"] => {
      if (node.kind === "outfall") return [{ ...node, weight: 1 }];
      if (node.kind !== "storage") return [node];
      return [node, { id: `${node.id}-volume`, kind: "plant", capacity: room(node.id) / (hours * 3600) }];
    }),
    links: network.links.flatMap((link) => [link]),
  };
  for (const { id, kind } of network.nodes)
    if (kind === "storage")
      file.links.push({ id: `${id}-in`, kind: "conduit", from: id, to: `${id}-volume`, capacity: 100 });
  const { objectives } = dispatch(loadNetwork(file), {
    state: { ...state, volumes: {}, setPoints: {} },
    policy: ["flooding", "spill"],
  });
  return objectives.reduce((sum, { value }) => sum + (value as number), 0) * hours * 3600;
}

describe("laws", () => {
  const cases = fc.record({
    city: cityAndState,
    volumes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 12, maxLength: 12 }),
  });
  /** Two in three catchments get a wet well that all their water goes through. */
  const prepared = ({ city: { file, state }, volumes }: typeof cases extends fc.Arbitrary<infer T> ? T : never) => {
    const volume = (i: number) => ({ max: volumes[i]! * 100, initial: 100 });
    const wells = new Map(
      file.nodes.flatMap(({ id, kind }, i) => (kind === "catchment" && volumes[i]! % 3 > 0 ? [[id, i] as const] : [])),
    );
    const nodes = file.nodes.map((node, i) => (node.kind === "storage" ? { ...node, volume: volume(i) } : node));
    const links = file.links.map((link) => (wells.has(link.from) ? { ...link, from: `${link.from}-well` } : link));
    for (const [id, i] of wells) {
      nodes.push({ id: `${id}-well`, kind: "storage", volume: volume(i) });
      links.push({ id: `${id}-main`, kind: "conduit", from: id, to: `${id}-well`, capacity: 10 });
    }
    return { network: loadNetwork({ ...file, nodes, links }), state };
  };

  test("as little is lost by any hour as can be, and until it spills nothing", () => {
    let late = 0;
    fc.assert(
      fc.property(cases, (one) => {
        const { network, state } = prepared(one);
        const hours = [0.1, 0.5, 1, 2, 5];
        const { acting } = timeToSpill(network, { state, hours });
        for (const { hours: hour, spill, flooding } of acting.lost) {
          const least = leastLost(network, state, hour);
          expect(spill + flooding).toBeCloseTo(least, 2);
          expect(acting.minutesToSpill !== null && acting.minutesToSpill < hour * 60 - 1e-3).toBe(least > 1e-2);
        }
        if ((acting.minutesToSpill ?? 0) > 0) late++;
      }),
      { numRuns: 200 * FC_RUNS },
    );
    expect(late).toBeGreaterThan(10);
  });

  test("nobody acting is everybody acting where pumps and gates are no larger than they are set", () => {
    let differ = 0;
    fc.assert(
      fc.property(cases, (one) => {
        const { network, state } = prepared(one);
        const plan = dispatch(network, { state });
        const setPoints = Object.fromEntries(
          network.links.flatMap(({ id, kind }) =>
            kind === "conduit" ? [] : [[id, state.setPoints?.[id] ?? plan.links.find((link) => link.id === id)!.flow]],
          ),
        );
        const small = loadNetwork({
          ...network,
          nodes: network.nodes.map((node) => ({ ...node })),
          links: network.links.map((link) => {
            const set = setPoints[link.id];
            if (set === undefined) return { ...link };
            const capacity = Math.min(link.capacity, Math.max(0, set));
            const back =
              link.kind === "gate" ? { reverseCapacity: Math.min(link.reverseCapacity, Math.max(0, -set)) } : {};
            return { ...link, capacity, ...back, target: undefined };
          }),
        });
        const options = {
          hours: [0.2, 1, 5],
          outages: network.nodes.flatMap(({ id, kind }) => (kind === "plant" ? [id] : [])).slice(0, 1),
        };
        const { idle, acting } = timeToSpill(network, { ...options, state: { ...state, setPoints } });
        const { acting: course } = timeToSpill(small, { ...options, state: { ...state, setPoints: {} } });
        if (idle.minutesToSpill === null) expect(course.minutesToSpill).toBeNull();
        else expect(idle.minutesToSpill).toBeCloseTo(course.minutesToSpill ?? NaN, 4);
        idle.lost.forEach(({ spill, flooding }, i) => {
          expect(spill).toBeCloseTo(course.lost[i]?.spill ?? NaN, 2);
          expect(flooding).toBeCloseTo(course.lost[i]?.flooding ?? NaN, 2);
        });
        const total = ({ lost }: typeof idle) => lost.reduce((sum, { spill, flooding }) => sum + spill + flooding, 0);
        if (total(idle) > total(acting) + 1) differ++;
      }),
      { numRuns: 200 * FC_RUNS },
    );
    expect(differ).toBeGreaterThan(10);
  });

  test("acting never loses more than not acting", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { network, state } = prepared(one);
        const { idle, acting } = timeToSpill(network, { state, hours: [1, 4] });
        expect(acting.minutesToSpill ?? Infinity).toBeGreaterThanOrEqual((idle.minutesToSpill ?? Infinity) - 1e-6);
        const lost = (course: typeof idle) => course.lost.map(({ spill, flooding }) => spill + flooding);
        lost(acting).forEach((volume, i) => {
          expect(volume).toBeLessThanOrEqual((lost(idle)[i] ?? 0) + 1e-3);
        });
      }),
      { numRuns: 100 * FC_RUNS },
    );
  });
});

describe("what can't be told", () => {
  const network = loadNetwork(city());

  test.each<[what: string, options: unknown, message: string]>([
    ["no hours", { hours: [] }, "hours are"],
    ["an hour of 0", { hours: [0] }, "above 0"],
    ["an outage that ends before it starts", { outages: [{ id: "p", start: 5, end: 2 }] }, "from minute 5 to minute 2"],
    ["one from before now", { outages: [{ id: "p", start: -5 }] }, "its start is 0 or more"],
    ["steps of nothing", { profile: { minutes: 0, factors: [1] } }, "profile.minutes is 0"],
    ["too short a step", { profile: { minutes: 1e-6, factors: [1] } }, "steps"],
    ["no factors", { profile: { minutes: 60, factors: [] } }, "profile.factors"],
    ["a negative factor", { profile: { minutes: 60, factors: [-1] } }, "profile.factors"],
    ["an option that there isn't", { hour: [1] }, 'Did you mean "hours"?'],
    ["a key that an outage doesn't have", { outages: [{ id: "p", begin: 5 }] }, 'an outage has "begin"'],
    ["no list of outages", { outages: "p" }, "they are a list"],
  ])("%s", (_what, options, message) => {
    expect(() => timeToSpill(network, options as TimeToSpillOptions)).toThrow(OptionError);
    expect(() => timeToSpill(network, options as TimeToSpillOptions)).toThrow(message);
  });

  test("an outage of nothing known", () => {
    expect(() => timeToSpill(network, { outages: ["tonk"] })).toThrow(NetworkError);
    expect(() => timeToSpill(network, { outages: [{ id: "tonk", start: 1 }] })).toThrow('Did you mean "tank"?');
  });
});
