/**
 * A layout from links alone: ForceAtlas2 (Jacomy et al., PLoS ONE 9, 2014) from a start without chance, the
 * spreading tree of `tree-layout.ts`.
 */
import { UndirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Neighbours, Places } from "./layout.js";
import { lying, treeLayout } from "./tree-layout.js";

/** Above this, forces from afar are taken together. */
const MANY = 500;

/** Places from 0 to 1 in the larger direction, lying rather than standing. */
export function freeLayout(near: Neighbours, sinks: readonly number[]): Places {
  const order = near.length;
  const start = treeLayout(near, sinks);
  const graph = new UndirectedGraph();
  near.forEach((_, i) => graph.addNode(i, { x: start.x[i], y: start.y[i] }));
  near.forEach((others, i) => {
    for (const j of others) if (j > i) graph.addUndirectedEdge(i, j);
  });
  if (graph.size > 0) {
    forceAtlas2.assign(graph, {
      iterations: order <= MANY ? 300 : order <= 3000 ? 100 : 40,
      settings: {
        barnesHutOptimize: order > MANY,
        strongGravityMode: true,
        gravity: 0.05,
        scalingRatio: 10,
        slowDown: 1 + Math.round(Math.log2(order + 1)) / 2,
      },
    });
  }
  const read = (axis: "x" | "y") => Float64Array.from(near, (_, i) => graph.getNodeAttribute(i, axis) as number);
  return lying({ x: read("x"), y: read("y") });
}
