/** Every claim of a finding is held against networks that are loaded anew and dispatched again, and against the plan's own flow. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, dispatch, explain, loadNetwork, presentPlan, stateOf } from "../../src/index.js";
import type {
  BottleneckFinding,
  Difference,
  Finding,
  Network,
  NetworkFile,
  Plan,
  Policy,
  State,
} from "../../src/index.js";
import { formatFlow, formatShare } from "../../src/text/format.js";
import { cityAndState } from "../support/cities.js";
import { flowOf, modelOf, QUANTA, type Flow, type Model } from "../support/model.js";
import { joined } from "../support/joined.js";
import { instances } from "../support/networks.js";
import { runs } from "../support/runs.js";

const cities = fc.oneof(joined, joined, cityAndState, instances({ maxNodes: 20 }));

/** A city with its plan and all that is found. */
function explained({ file, state }: { file: NetworkFile; state: State }, policy?: Policy, tolerance = 0) {
  const network = loadNetwork(file);
  const options = { ...(policy && { policy }), tolerance };
  const plan = dispatch(network, { state, ...options });
  const findings = explain(network, stateOf(network, { state }), plan, options);
  const of = <K extends Finding["kind"]>(kind: K) =>
    findings.filter((one): one is Extract<Finding, { kind: K }> => one.kind === kind);
  return { network, plan, findings, of };
}

/** Any order of the objectives in which losses come first. */
const policies: fc.Arbitrary<Policy> = fc.oneof(
  fc.constant(DEFAULT_POLICY),
  fc
    .shuffledSubarray(["starved", "surcharge", "balance", "cost", "moves"] as const, { minLength: 1 })
    .map((rest): Policy => ["flooding", "spill", ...rest]),
);

const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** An objective's figure as findings give it. */
function figure(plan: Plan, name: Difference["objective"]): number {
  const value = plan.objectives.find((objective) => objective.name === name)!.value;
  return typeof value === "number" ? value : (value[0] ?? 0);
}

/** The differences that a finding tells are those between the plans, all of them. */
function expectDifferences(before: Plan, after: Plan, told: readonly Difference[]) {
  const names = before.objectives.map(({ name }) => name as Difference["objective"]);
  for (const name of names) {
    const [from, to] = [figure(before, name), figure(after, name)];
    const one = told.find(({ objective }) => objective === name);
    expect(isNear(one?.before ?? from, from), `${name} before: ${one?.before} ${from}`).toBe(true);
    expect(isNear(one?.after ?? from, to), `${name} after: ${one?.after} ${to}`).toBe(true);
  }
  const order = told.map(({ objective }) => names.indexOf(objective));
  expect(order).toEqual([...order].sort((a, b) => a - b));
}

/** The network with more available capacity (quanta) at one element, the way that `back` says. */
function raised(file: NetworkFile, state: State, id: string, added: number, isBack = false): Network {
  const quantum = QUANTA[file.units.flow];
  const more = (element: { availability?: number | undefined }, capacity: number) => {
    const share = new Map(Object.entries(state.availability ?? {})).get(id) ?? element.availability ?? 1;
    return (Math.round(Math.round(capacity * quantum) * share) + added) / share / quantum;
  };
  return loadNetwork({
    ...file,
    nodes: file.nodes.map((node) =>
      node.id === id && "capacity" in node && node.capacity !== undefined
        ? { ...node, capacity: more(node, node.capacity) }
        : node,
    ),
    links: file.links.map((link) => {
      if (link.id !== id) return link;
      if (isBack && link.kind === "gate") return { ...link, reverseCapacity: more(link, link.reverseCapacity ?? 0) };
      return { ...link, capacity: more(link, link.capacity) };
    }),
  });
}

describe("bottlenecks", () => {
  test("the gain that is told follows when the capacity is raised by what is told, to the quantum", () => {
    const gains = new Map<string, number>();
    fc.assert(
      fc.property(cities, (city) => {
        const { plan, of } = explained(city);
        for (const { id, added, gain, differences } of of("bottleneck")) {
          const isBack = (plan.links.find((link) => link.id === id)?.flow ?? 0) < 0;
          const quanta = Math.round(added * QUANTA[city.file.units.flow]);
          const network = raised(city.file, city.state, id, quanta, isBack);
          // Set points beyond a capacity are clipped to it, and stay so with more of it.
          const state = stateOf(loadNetwork(city.file), { state: city.state });
          expectDifferences(plan, dispatch(network, { state }), differences);
          expect(differences).toContainEqual(gain);
          expect(gain.after).toBeLessThan(gain.before);
          gains.set(gain.objective, (gains.get(gain.objective) ?? 0) + 1);
        }
      }),
      runs(150),
    );
    for (const name of ["flooding", "spill", "surcharge", "balance", "cost"])
      expect(gains.get(name) ?? 0, name).toBeGreaterThan(5);
  });

  test("what gains visibly is told, unless it is counted as not tried", () => {
    let told = 0;
    fc.assert(
      fc.property(cities, ({ file, state }) => {
        const { plan, of } = explained({ file, state });
        if (of("more").some((one) => one.of === "bottleneck")) return;
        const found = new Set(of("bottleneck").map(({ id }: BottleneckFinding) => id));
        const unit = file.units.flow;
        for (const element of [...file.nodes, ...file.links]) {
          if (!("capacity" in element) || element.capacity === undefined || found.has(element.id)) continue;
          const left = modelOf(file, state);
          const room =
            left.links.find(({ id }) => id === element.id)?.high ??
            [...left.plants, ...left.outfalls].find(({ id }) => id === element.id)!.capacity;
          if (room === 0) continue;
          told += 1;
          const after = dispatch(raised(file, state, element.id, Math.max(1, Math.round(room * 0.1))), { state });
          for (const name of ["flooding", "spill", "starved", "surcharge", "balance"] as const) {
            const show = (of: Plan) =>
              name === "balance" ? formatShare(figure(of, name)) : formatFlow(figure(of, name), unit);
            const isSame = show(after) === show(plan) || isNear(figure(after, name), figure(plan, name));
            expect(isSame || figure(after, name) > figure(plan, name), `${element.id}: ${name}`).toBe(true);
            // Where an earlier objective gains a little, later ones may change either way.
            if (!isNear(figure(after, name), figure(plan, name))) break;
          }
        }
      }),
      runs(60),
    );
    expect(told).toBeGreaterThan(300);
  });
});

describe("alternatives", () => {
  test("are what a dispatch with that policy and tolerance gives, and gain what is told", () => {
    let count = 0;
    fc.assert(
      fc.property(cities, policies, fc.constantFrom(0, 0, 0.01), (city, policy, tolerance) => {
        const { network, plan, of } = explained(city, policy, tolerance);
        for (const one of of("alternative")) {
          count += 1;
          const other = dispatch(network, { state: city.state, policy: one.policy, tolerance: one.tolerance });
          expectDifferences(plan, other, one.differences);
          expect(one.gain.after).toBeLessThan(one.gain.before);
          expect([...one.policy].sort()).toEqual([...policy].sort());
        }
      }),
      runs(200),
    );
    expect(count).toBeGreaterThan(50);
  });
});

describe("a tolerance", () => {
  test("is told where a figure shows that it is used, with what a dispatch without it comes to", () => {
    const told = { fuller: 0, asFull: 0, nothing: 0 };
    fc.assert(
      fc.property(cities, policies, fc.constantFrom(0.01, 0.05, 0.2), (city, policy, tolerance) => {
        const { network, plan, of } = explained(city, policy, tolerance);
        const { units } = network;
        const even = dispatch(network, { state: city.state, policy });
        const show = (name: string, value: number) =>
          name === "balance" || name === "sharing"
            ? formatShare(value)
            : name === "cost"
              ? value.toFixed(2)
              : formatFlow(value, units.flow);
        const names = plan.objectives.map(({ name }) => name as Difference["objective"]);
        const seen = names.filter((name) => show(name, figure(plan, name)) !== show(name, figure(even, name)));
        const isFuller = seen.includes("balance");
        const gains = seen.filter((name) => name !== "balance" && figure(plan, name) < figure(even, name));
        const [one, ...more] = of("tolerance");
        expect(more).toEqual([]);
        expect(one !== undefined).toBe(isFuller || gains.length > 0);
        if (one === undefined) return;
        told[!isFuller ? "asFull" : gains.length > 0 ? "fuller" : "nothing"] += 1;
        expectDifferences(plan, even, one.differences);
        // Evenness is given up for what comes after it: of that, the first that changes gains.
        const later = one.differences.filter(
          ({ objective }) => names.indexOf(objective) > names.indexOf("balance") && seen.includes(objective),
        );
        if (later[0] !== undefined) expect(later[0].after).toBeGreaterThan(later[0].before);
        for (const name of gains) expect(one.text.en).toContain(show(name, figure(plan, name)));
      }),
      runs(250),
    );
    for (const [kind, count] of Object.entries(told)) expect(count, kind).toBeGreaterThan(3);
  });
});

/** Nodes that water can be led to from `starts` in a flow, by capacities alone; some links left out. */
function reached(model: Model, flow: Flow, starts: readonly number[], without: ReadonlySet<string>): Set<number> {
  const seen = new Set(starts);
  for (const v of seen) {
    model.links.forEach(({ id, from, to, low, high }, i) => {
      if (without.has(id)) return;
      if (from === v && flow.links[i]! < high) seen.add(to);
      if (to === v && flow.links[i]! > low) seen.add(from);
    });
  }
  return seen;
}

describe("losses", () => {
  test("what is told forces them: full, separating, and adding up", () => {
    const kinds = { flooding: 0, spill: 0, not: 0 };
    fc.assert(
      fc.property(cities, ({ file, state }) => {
        const { network, plan, of } = explained({ file, state });
        const model = modelOf(network, state);
        const flow = flowOf(model, plan);
        const quanta = (value: number) => Math.round(value * model.quantum);
        const place = new Map(model.nodes.map(({ id }, v) => [id, v]));
        const lost = { flooding: 0, spill: 0 };
        for (const { loss, at, isForced, nodes, inflow, leaving, holds } of of("loss")) {
          lost[loss] += at.reduce((sum, one) => sum + quanta(one.flow), 0);
          kinds[isForced ? loss : "not"] += 1;
          if (!isForced) continue;
          const inside = new Set(nodes);
          const sum = at.reduce((total, one) => total + quanta(one.flow), 0);
          // Where it spills, some may flood as well; all that is lost among these nodes makes up the rest.
          const floods = flow.flooding.reduce((all, one, v) => all + (inside.has(model.nodes[v]!.id) ? one : 0), 0);
          expect(quanta(inflow) - quanta(leaving)).toBe(loss === "spill" ? sum + floods : sum);
          expect(model.nodes.reduce((total, one) => total + (inside.has(one.id) ? one.inflow : 0), 0)).toBe(
            quanta(inflow),
          );
          const ends = holds.filter(({ id }) => inside.has(id));
          const carried = holds.reduce((total, one) => total + quanta(one.flow), 0);
          expect(carried).toBe(quanta(leaving));
          for (const { id, by } of holds) expect(["capacity", "outage"], id).toContain(by);
          // From there water reaches no plant with room, and where it floods no outfall, but through what is listed.
          const links = new Set(holds.map(({ id }) => id).filter((id) => !ends.some((end) => end.id === id)));
          const from = at.map(({ id }) => place.get(id)!);
          const open = reached(model, flow, from, new Set());
          expect([...reached(model, flow, from, links)].every((v) => open.has(v))).toBe(true);
          const isFull = (list: readonly { node: number; capacity: number }[], taken: readonly number[]) =>
            list.every(({ node, capacity }, i) => !open.has(node) || taken[i] === capacity);
          expect(isFull(model.plants, flow.plants)).toBe(true);
          if (loss === "flooding") expect(isFull(model.outfalls, flow.outfalls)).toBe(true);
        }
        if (of("more").some((one) => one.of === "loss")) return;
        expect(lost.flooding).toBe(flow.flooding.reduce((sum, one) => sum + one, 0));
        expect(lost.spill).toBe(flow.outfalls.reduce((sum, one) => sum + one, 0));
      }),
      runs(300),
    );
    expect(Math.min(kinds.flooding, kinds.spill)).toBeGreaterThan(100);
    expect(kinds.not).toBeGreaterThan(0);
  });
});

describe("evenness and headroom", () => {
  test("each plant in service is told once, where it stands, and none could be relieved but through what holds", () => {
    let [holding, headrooms, held] = [0, 0, 0];
    fc.assert(
      fc.property(cities, policies, ({ file, state }, policy) => {
        const { network, plan, of } = explained({ file, state }, policy);
        const model = modelOf(network, state);
        const flow = flowOf(model, plan);
        const plants = new Map(plan.plants.map((plant) => [plant.id, plant]));
        const groups = of("evenness");
        const told = [...groups, ...of("held")].flatMap((one) => one.plants);
        for (const { id, utilisation } of told) expect(utilisation).toBe(plants.get(id)!.utilisation);
        if (!of("more").some((one) => one.of === "evenness")) {
          const running = plan.plants.filter(({ available }) => available > 0).map(({ id }) => id);
          expect(told.map(({ id }) => id).sort()).toEqual(policy.includes("balance") ? running.sort() : []);
        }
        held += of("held").length;

        const at = (id: string) => model.plants.findIndex((plant) => plant.id === id);
        const node = ({ id }: { id: string }) => model.plants[at(id)]!.node;
        const level = ({ id }: { id: string }, more: number) => {
          const { capacity, weight } = model.plants[at(id)]!;
          return (flow.plants[at(id)]! + more) / (capacity * weight);
        };
        groups.forEach((group, i) => {
          // Level to the quantum: one up or down takes each past the others.
          const down = Math.max(...group.plants.map((one) => level(one, -1)));
          expect(down).toBeLessThanOrEqual(Math.min(...group.plants.map((one) => level(one, 1))));
          const links = new Set(group.holds.map(({ id }) => id));
          const seen = reached(model, flow, group.plants.map(node), links);
          for (const lower of groups.slice(i + 1).flatMap((one) => one.plants)) {
            const isLower = group.plants.every((one) => level(lower, 1) < level(one, -1));
            if (isLower && plants.get(lower.id)!.headroom > 0) expect(seen.has(node(lower)), lower.id).toBe(false);
          }
          for (const { id, flow: carried, by } of group.holds) {
            holding += 1;
            const k = model.links.findIndex((link) => link.id === id);
            const [{ low, high }, real] = [model.links[k]!, flow.links[k]!];
            expect(Math.abs(Math.round(carried * model.quantum))).toBe(Math.abs(real));
            if (by === "capacity") expect([low, high]).toContain(real);
            if (by === "outage") expect([low, high]).toEqual([-0, 0].map((zero) => zero + 0));
          }
          expect(group.below.length > 0).toBe(group.holds.length > 0);
        });
        for (const one of of("headroom")) {
          headrooms += 1;
          for (const { id, headroom } of one.plants) expect(headroom).toBe(plants.get(id)!.headroom);
          const links = new Set(one.holds.map(({ id }) => id));
          const fuller = groups
            .flatMap((group) => group.plants)
            .filter((plant) => one.plants.every((other) => level(plant, -1) > level(other, 1)));
          const seen = reached(model, flow, fuller.map(node), links);
          for (const plant of one.plants) expect(seen.has(node(plant)), plant.id).toBe(false);
        }
      }),
      runs(400),
    );
    expect(Math.min(holding, headrooms, held)).toBeGreaterThan(50);
  });
});

describe("moves", () => {
  test("shifts add up to what plants, outfalls and flooding take more or less, and each move is told", () => {
    let shifts = 0;
    fc.assert(
      fc.property(cities, ({ file, state }) => {
        const { network, plan, of } = explained({ file, state });
        const moves = of("move");
        for (const one of moves.flatMap((finding) => finding.moves)) {
          const { id, from, to } = plan.moves.find((move) => move.id === one.id)!;
          expect(one).toEqual({ id, from, to });
        }
        if (of("more").some((one) => one.of === "move")) return;
        expect([...new Set(moves.flatMap((one) => one.moves.map(({ id }) => id)))].sort()).toEqual(
          plan.moves.map(({ id }) => id).sort(),
        );
        // What isn't moved for changes with no move: only where no set point differs may nothing be told.
        const quantum = QUANTA[file.units.flow];
        const present = presentPlan(network, { state });
        const taken = (of: Plan) =>
          new Map<string, number>([
            ...of.plants.map(({ id, intake }) => [`plant ${id}`, intake] as const),
            ...of.spills.map(({ id, flow }) => [`outfall ${id}`, flow] as const),
            ...of.flooding.map(({ id, flow }) => [`flooding ${id}`, flow] as const),
          ]);
        const [before, after] = [taken(present), taken(plan)];
        const sums = new Map<string, number>();
        const add = (end: { role: string; id: string }, flow: number) => {
          const key = `${end.role} ${end.id}`;
          sums.set(key, (sums.get(key) ?? 0) + Math.round(flow * quantum));
        };
        for (const { shift } of moves) {
          if (shift === undefined) continue;
          shifts += 1;
          add(shift.from, -shift.flow);
          add(shift.to, shift.flow);
        }
        for (const [key, sum] of sums) {
          const change = Math.round((after.get(key) ?? 0) * quantum) - Math.round((before.get(key) ?? 0) * quantum);
          // Water may also change its end where no set point does: by conduits alone.
          expect(Math.sign(sum) * Math.sign(change)).toBe(1);
          expect(Math.abs(sum)).toBeLessThanOrEqual(Math.abs(change));
        }
      }),
      runs(200),
    );
    expect(shifts).toBeGreaterThan(100);
  });
});
