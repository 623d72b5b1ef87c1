import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cyclesBetween } from "../../../src/plan/ways/cycles.js";
import { componentSolver } from "../../../src/dispatch/component-solver.js";
import { intakeOf, linkFlow } from "../../../src/problem/flows.js";
import { HOLDING_POLICY } from "../../../src/problem/policy.js";
import { EngineError, loadNetwork, stateOf } from "../../../src/index.js";
import { cityAndState, twin } from "../../support/cities.js";
import { instances } from "../../support/networks.js";

describe("what lies between two flows", () => {
  test("adds up, link by link and sink by sink, and nothing is undone", () => {
    let [shifts, reroutes] = [0, 0];
    fc.assert(
      fc.property(fc.oneof(cityAndState, instances()), ({ file, state }) => {
        const network = loadNetwork(file);
        const full = stateOf(network, { state });
        const [one, other] = [componentSolver(network, { policy: HOLDING_POLICY }), componentSolver(network)];
        one.solve(full, () => {
          one.problem.capAtSetPoints();
        });
        other.solve(full);
        const { problem, flow } = other;
        const { ground, links } = problem;
        const present = one.flow;
        const sinks = new Map([...problem.plants, ...problem.outfalls, ...problem.flooding].map((sink) => [sink, 0]));
        const carried = links.map(() => 0);
        const sizes = links.map(() => 0);
        for (const { changes, amount, shift } of cyclesBetween(problem, present, flow)) {
          expect(amount).toBeGreaterThan(0);
          changes.forEach(({ head }, i) => {
            expect(changes[(i + 1) % changes.length]!.tail).toBe(head);
          });
          const atGround = changes.filter(({ tail }) => tail === ground).length;
          expect(atGround).toBe(shift === undefined ? 0 : 1);
          if (shift === undefined) reroutes++;
          else {
            shifts++;
            expect(changes[0]!.of).toEqual({ sink: shift.from });
            expect(changes.at(-1)!.of).toEqual({ sink: shift.to });
          }
          for (const { of, tail } of changes) {
            if ("sink" in of) sinks.set(of.sink, sinks.get(of.sink)! + (tail === ground ? -amount : amount));
            else {
              carried[of.link]! += tail === links[of.link]!.from ? amount : -amount;
              sizes[of.link]! += amount;
            }
          }
        }
        links.forEach((part, i) => {
          const more = linkFlow(part, flow) - linkFlow(part, present);
          expect(carried[i]).toBe(more);
          expect(sizes[i]).toBe(Math.abs(more));
        });
        for (const [sink, more] of sinks) expect(more).toBe(intakeOf(sink, flow) - intakeOf(sink, present));
      }),
      { numRuns: 300 },
    );
    expect(shifts).toBeGreaterThan(100);
    expect(reroutes).toBeGreaterThan(10);
  });

  test.each<[what: string, spoil: (flow: Float64Array, arc: number) => void]>([
    ["more arrives than was sent", (flow, arc) => (flow[arc] = flow[arc]! + 1)],
    ["a flow is no number", (flow, arc) => (flow[arc] = NaN)],
  ])("ends where it doesn't balance: %s", (_what, spoil) => {
    const network = loadNetwork(twin());
    const ready = componentSolver(network);
    ready.solve(stateOf(network));
    const { problem, flow } = ready;
    for (const arc of flow.keys()) {
      const broken = Float64Array.from(flow);
      spoil(broken, arc);
      for (const find of [() => cyclesBetween(problem, flow, broken), () => cyclesBetween(problem, broken, flow)]) {
        expect(find).toThrow(EngineError);
        expect(find).toThrow("This is a bug; please report it");
      }
    }
  });
});
