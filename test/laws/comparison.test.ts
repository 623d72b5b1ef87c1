import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dispatch, loadNetwork, type NetworkFile, type Plan, type State } from "../../src/index.js";
import { flowOf, levelsOf, modelOf, valueOf, type Model } from "../support/model.js";
import { instances, type Instance } from "../support/networks.js";
import { ENGINES, runs } from "../support/runs.js";

const BEFORE_BALANCE = ["flooding", "spill", "starved", "surcharge"] as const;

/** All objectives in the default order, levels largest first in the middle; flows and cost per unit of inflow. */
function valuesOf(model: Model, plan: Plan): number[] {
  const flow = flowOf(model, plan);
  const inflow = Math.max(model.inflow / model.perM3s, 1e-6);
  return [
    ...BEFORE_BALANCE.map((name) => valueOf(model, flow, name) / inflow),
    ...levelsOf(model, flow).sort((a, b) => b - a),
    valueOf(model, flow, "cost") / inflow,
    valueOf(model, flow, "moves") / inflow,
  ];
}

/** Below 0 where `a` is better: the first difference decides. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++)
    if (Math.abs(a[i]! - b[i]!) > 1e-6 * Math.max(1, Math.abs(b[i]!))) return a[i]! - b[i]!;
  return 0;
}

/** The same city with one element larger. */
function grown({ file }: Instance, id: string, percent: number): NetworkFile {
  const grow = <T extends { id: string }>(one: T): T =>
    one.id === id && "capacity" in one && typeof one.capacity === "number"
      ? { ...one, capacity: one.capacity > 0 ? one.capacity * (1 + percent / 100) : file.nodes.length / 10 }
      : one;
  return { ...file, nodes: file.nodes.map(grow), links: file.links.map(grow) };
}

describe.each(ENGINES)("engine %s", (engine) => {
  const solve = (file: NetworkFile, state: State, tolerance = 0) => {
    const network = loadNetwork(file);
    return { plan: dispatch(network, { state, engine, tolerance }), model: modelOf(network, state) };
  };
  const better = (instance: Instance, file: NetworkFile, state: State, until?: number) => {
    const [before, after] = [solve(instance.file, instance.state), solve(file, state)];
    const [then, now] = [valuesOf(before.model, before.plan), valuesOf(after.model, after.plan)];
    expect(compare(now.slice(0, until), then.slice(0, until)), JSON.stringify({ then, now })).toBeLessThanOrEqual(0);
  };

  test("a larger link or outfall never makes it worse", () => {
    fc.assert(
      fc.property(instances(), fc.nat(), fc.constantFrom(10, 50, 400), (instance, which, percent) => {
        const { file, state } = instance;
        const elements = [...file.links, ...file.nodes.filter((node) => node.kind === "outfall")];
        better(instance, grown(instance, elements[which % elements.length]!.id, percent), state);
      }),
      runs(150, engine),
    );
  });

  test("one more link never makes it worse", () => {
    fc.assert(
      fc.property(instances(), fc.nat(), fc.nat(), (instance, from, to) => {
        const { file, state } = instance;
        const starts = file.nodes.filter((node) => node.kind !== "outfall");
        const [a, b] = [starts[from % starts.length]!, file.nodes[to % file.nodes.length]!];
        fc.pre(a !== b);
        const link = { id: "more", kind: "conduit" as const, from: a.id, to: b.id, capacity: file.links[0]!.capacity };
        better(instance, { ...file, links: [...file.links, link] }, state);
      }),
      runs(150, engine),
    );
  });

  test("a larger plant never makes flooding or spill worse", () => {
    fc.assert(
      fc.property(instances(), fc.nat(), fc.constantFrom(10, 50, 400), (instance, which, percent) => {
        const plants = instance.file.nodes.filter((node) => node.kind === "plant");
        better(instance, grown(instance, plants[which % plants.length]!.id, percent), instance.state, 2);
      }),
      runs(100, engine),
    );
  });

  test("a loss never makes flooding, spill or surcharge better, taken in order", () => {
    fc.assert(
      fc.property(instances(), fc.nat(), (instance, which) => {
        const { file, state } = instance;
        const link = file.links[which % file.links.length]!;
        const less = { ...state, out: [...new Set([...(state.out ?? []), link.id])] };
        better({ file, state: less }, file, state, 4);
      }),
      runs(100, engine),
    );
  });

  test("a tolerance moves each plant by no more than that, keeps what comes before, and never costs more", () => {
    let cheaper = 0;
    fc.assert(
      fc.property(instances(), fc.constantFrom(0.01, 0.05, 0.3, 1), ({ file, state }, tolerance) => {
        const [even, loose] = [solve(file, state), solve(file, state, tolerance)];
        const { model } = even;
        const [flow, moved] = [flowOf(model, even.plan), flowOf(model, loose.plan)];
        let most = 0;
        model.plants.forEach((plant, i) => {
          if (plant.capacity === 0) return;
          const [level, now] = [flow.plants[i]! / plant.capacity, moved.plants[i]! / plant.capacity];
          expect(Math.abs(now - level), plant.id).toBeLessThanOrEqual(tolerance + 1e-6 + 4 / plant.capacity);
          most = Math.max(most, level);
        });
        model.plants.forEach((plant, i) => {
          if (plant.capacity === 0) return;
          expect(moved.plants[i]! / plant.capacity, plant.id).toBeLessThanOrEqual(
            most + tolerance + 1e-6 + 4 / plant.capacity,
          );
        });
        const [then, now] = [valuesOf(model, even.plan), valuesOf(model, loose.plan)];
        expect(compare(now.slice(0, 4), then.slice(0, 4))).toBe(0);
        expect(compare(now.slice(-2), then.slice(-2))).toBeLessThanOrEqual(0);
        if (now.at(-2)! < then.at(-2)! - 1e-6) cheaper += 1;
      }),
      runs(120, engine),
    );
    // The claim above isn't empty.
    expect(cheaper).toBeGreaterThan(0);
  });

  test("more tolerance never costs more", () => {
    fc.assert(
      fc.property(instances(), fc.constantFrom([0.01, 0.02], [0.05, 0.5], [0, 1]), ({ file, state }, [less, more]) => {
        const [one, other] = [solve(file, state, less), solve(file, state, more)];
        const [a, b] = [valuesOf(one.model, one.plan), valuesOf(other.model, other.plan)];
        expect(compare(b.slice(-2), a.slice(-2))).toBeLessThanOrEqual(0);
      }),
      runs(80, engine),
    );
  });
});
