import { expect, test } from "vitest";
import { evenFlow } from "../../src/plan/even-flow.js";
import { FlowProblem } from "../../src/problem/problem.js";
import { loadNetwork, loadState } from "../../src/index.js";

test("the even flow of a proof fills the arcs of links either way, and of all ends", () => {
  const network = loadNetwork({
    units: { flow: "m3/d" },
    nodes: [
      { id: "c", kind: "catchment", inflow: 9 },
      { id: "o", kind: "outfall" },
      { id: "p", kind: "plant", capacity: 4, minFlow: 1 },
    ],
    links: [
      { id: "a", kind: "gate", from: "p", to: "c", capacity: 5, reverseCapacity: 5, target: 2 },
      { id: "b", kind: "conduit", from: "c", to: "o", capacity: 5, target: 3 },
    ],
  });
  const problem = new FlowProblem(network);
  problem.load(loadState(network, {}));
  const proof = { tolerance: 0.1, parts: [0, 0, 0] };
  // 3 run backwards to p, 4 to o, and 2 stay where they enter; p has none.
  const even = evenFlow(problem, new Float64Array(problem.tail.length), {
    ...proof,
    intakes: [3],
    flows: [-3, 4, 4, 2, 0],
  });
  const quanta = (arcs: readonly number[]) => arcs.map((at) => even[at]! / 1e6);
  const [a, b] = problem.links;
  expect([a!.forward, a!.backward, b!.forward].map(quanta)).toEqual([
    [0, 0, 0],
    [2, 1, 0],
    [3, 1],
  ]);
  expect([...problem.plants, ...problem.outfalls, ...problem.flooding].map(({ arcs }) => quanta(arcs))).toEqual([
    [1, 2],
    [4],
    [2],
    [0],
  ]);
  const flow = new Float64Array(problem.tail.length);
  expect(evenFlow(problem, flow, { tolerance: 0, parts: [0, 0, 0], intakes: [3] })).toBe(flow);
});
