/** The network and the state that a plan is for, in whole quanta, as the checker reads them. */
import { lockRange } from "../network/locks.js";
import { own } from "../network/own.js";
import type { FullState, Network, NetworkLink, NetworkNode } from "../network/types.js";
import { toQuanta } from "../units/flow.js";

type Element = NetworkNode | NetworkLink;

/** Bounds of a flow, infinite where there is none. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export class Given {
  readonly nodes: ReadonlyMap<string, NetworkNode>;
  private readonly out: ReadonlySet<string>;

  constructor(
    readonly network: Network,
    readonly state: FullState,
  ) {
    this.nodes = new Map(network.nodes.map((node) => [node.id, node]));
    this.out = new Set(state.out);
  }

  quanta(flow: number): number {
    return toQuanta(flow, this.network.units.flow);
  }

  /** What enters at a node. */
  inflowOf(node: NetworkNode): number {
    return node.kind === "catchment" ? this.quanta(own(this.state.inflows, node.id) ?? node.inflow) : 0;
  }

  /** Share of an element that can be used; 0 where it is out. */
  share(element: Element): number {
    return this.out.has(element.id) ? 0 : (own(this.state.availability, element.id) ?? element.availability);
  }

  /** What is left of a capacity. */
  limit(capacity: number, element: Element): number {
    return Math.round(this.quanta(capacity) * this.share(element));
  }

  /** What a link can carry, backwards and forwards. */
  capacityOf(link: NetworkLink): Range {
    if (!this.lets(link.from) || !this.lets(link.to)) return { least: 0, most: 0 };
    const back = link.kind === "gate" ? this.limit(link.reverseCapacity, link) : 0;
    return { least: 0 - back, most: this.limit(link.capacity, link) };
  }

  /** What a plant or an outfall can take. */
  roomIn(node: NetworkNode & { readonly kind: "plant" | "outfall" }): number {
    return this.limit(node.capacity ?? Infinity, node);
  }

  /** What an operator holds an element's flow between. */
  held(element: Element): Range {
    const { min, max } = lockRange(own(this.state.locks, element.id) ?? {});
    const bound = (flow: number) => (Number.isFinite(flow) ? this.quanta(flow) : flow);
    return { least: bound(min), most: bound(max) };
  }

  /** What isn't there can't be asked for: a lock bounds a flow, and what it asks for beyond that it is short of. */
  within({ least, most }: Range, held: Range): Range {
    return { least: Math.max(least, Math.min(0, held.least)), most: Math.min(most, Math.max(0, held.most)) };
  }

  setPointOf(link: NetworkLink): number | undefined {
    const given = own(this.state.setPoints, link.id);
    return given === undefined ? undefined : this.quanta(given);
  }

  /** Whether water may pass through a node, or end in it. */
  private lets(id: string): boolean {
    const node = this.nodes.get(id);
    return node !== undefined && (node.kind === "plant" || node.kind === "outfall" || this.share(node) > 0);
  }
}
