/** Who floods: what floods at each catchment over what enters there, as the objective `sharing` has it. */
import { own } from "../network/own.js";
import type { Network, State } from "../network/types.js";
import type { Plan } from "./plan.js";

/** By id, of catchments that flood and have an inflow. */
export function floodedShares(
  { nodes }: Network,
  { inflows = {} }: Pick<State, "inflows">,
  { flooding }: Pick<Plan, "flooding">,
): ReadonlyMap<string, number> {
  const flows = new Map(flooding.map(({ id, flow }) => [id, flow]));
  return new Map(
    nodes.flatMap((node) => {
      const flow = flows.get(node.id) ?? 0;
      if (node.kind !== "catchment" || flow === 0) return [];
      const inflow = own(inflows, node.id) ?? node.inflow;
      return inflow > 0 ? [[node.id, flow / inflow] as const] : [];
    }),
  );
}
