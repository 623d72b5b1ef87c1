/**
 * What an outage does to a plan before anybody acts, for `certify`: read from the definition (security.ts has it in full), and found
 * by shortest augmenting paths on the network itself. Shares nothing with what makes plans.
 */
import { lockRange } from "../network/locks.js";
import { own } from "../network/own.js";
import type { FullState, Network, NetworkLink, NetworkNode } from "../network/types.js";
import { toQuanta } from "../units/flow.js";
import { idOf, leftOf, type Outage } from "../network/outage.js";

/** Two edges of a pair, 2k and 2k + 1, run opposite ways; what is sent along one is room on the other. */
interface Graph {
  readonly head: number[];
  readonly room: number[];
  readonly leaving: number[][];
}

/**
 * The least that spills and floods, in quanta, while pumps and gates carry at most what they carry in the plan.
 *
 * @param planned quanta per link, by id
 * @remarks nodes × links² at worst
 */
export function riskOf(
  network: Network,
  state: FullState,
  planned: ReadonlyMap<string, number>,
  lost: readonly Outage[],
): number {
  const unit = network.units.flow;
  const left = new Map(lost.map((outage) => [idOf(outage), leftOf(outage)]));
  const share = ({ id, availability }: NetworkNode | NetworkLink) => {
    const had = state.out.includes(id) ? 0 : (own(state.availability, id) ?? availability);
    return Math.min(had, left.get(id) ?? 1);
  };
  const limit = (capacity: number, element: NetworkNode | NetworkLink) =>
    Math.round(toQuanta(capacity, unit) * share(element));
  // Pumps and gates that are held carry what is planned; only plants could take in more.
  const heldAt = ({ id }: NetworkNode) => {
    const { max } = lockRange(own(state.locks, id) ?? {});
    return max < Infinity ? toQuanta(max, unit) : max;
  };

  const [source, sink] = [network.nodes.length, network.nodes.length + 1];
  const graph: Graph = { head: [], room: [], leaving: Array.from({ length: sink + 1 }, () => []) };
  const join = (from: number, to: number, room: number, back = 0) => {
    graph.leaving[from]?.push(graph.head.push(to) - 1);
    graph.room.push(room);
    graph.leaving[to]?.push(graph.head.push(from) - 1);
    graph.room.push(back);
  };
  let inflow = 0;
  const place = new Map<string, number>();
  const isOpen: boolean[] = [];
  network.nodes.forEach((node, v) => {
    place.set(node.id, v);
    // Whatever an outfall lets in is lost, so it needn't.
    isOpen.push(node.kind === "plant" || share(node) > 0);
    if (node.kind === "plant") join(v, sink, Math.min(limit(node.capacity, node), heldAt(node)));
    if (node.kind !== "catchment") return;
    const enters = toQuanta(own(state.inflows, node.id) ?? node.inflow, unit);
    inflow += enters;
    join(source, v, enters);
  });
  for (const link of network.links) {
    const [from, to] = [place.get(link.from) ?? -1, place.get(link.to) ?? -1];
    if (isOpen[from] !== true || isOpen[to] !== true) continue;
    const sent = planned.get(link.id) ?? 0;
    const room = limit(link.capacity, link);
    const back = link.kind === "gate" ? limit(link.reverseCapacity, link) : 0;
    if (link.kind === "conduit") join(from, to, room);
    else join(from, to, Math.min(room, Math.max(0, sent)), Math.min(back, Math.max(0, -sent)));
  }
  return inflow - mostFrom(source, sink, graph);
}

function mostFrom(source: number, sink: number, { head, room, leaving }: Graph): number {
  for (let sent = 0; ;) {
    const cameBy = new Map<number, number>([[source, -1]]);
    for (const v of cameBy.keys()) {
      if (cameBy.has(sink)) break;
      for (const e of leaving[v] ?? []) {
        const w = head[e] ?? -1;
        if ((room[e] ?? 0) > 0 && !cameBy.has(w)) cameBy.set(w, e);
      }
    }
    if (!cameBy.has(sink)) return sent;
    const path: number[] = [];
    for (let v = sink; v !== source;) {
      const e = cameBy.get(v) ?? -1;
      path.push(e);
      v = head[e ^ 1] ?? -1;
    }
    const amount = path.reduce((least, e) => Math.min(least, room[e] ?? 0), Infinity);
    for (const e of path) {
      room[e] = (room[e] ?? 0) - amount;
      room[e ^ 1] = (room[e ^ 1] ?? 0) + amount;
    }
    sent += amount;
  }
}
