/**
 * What flows of one problem add up to. The figures of links and floods stand side by side here, as a screening asks for these sums at every outage;
 * they are added up in order of id, so that the same flow gives the same sum to the last digit.
 */
import type { LinkPart, SinkPart } from "./parts.js";

export class FlowSums {
  /** Arcs of link i: forward ones from `forward[i]`, backward ones from `backward[i]` to `forward[i + 1]`. */
  private readonly forward: Int32Array;
  private readonly backward: Int32Array;
  private readonly target: Float64Array;
  private readonly weight: Float64Array;
  private readonly energy: Float64Array;
  /** Links that have a target, and those that take energy. */
  private readonly targeted: Int32Array;
  private readonly pumped: Int32Array;
  private readonly floodArc: Int32Array;
  private readonly floodWeight: Float64Array;

  constructor(
    links: readonly LinkPart[],
    private readonly flooding: readonly SinkPart[],
  ) {
    const places = (isOne: (part: LinkPart) => boolean) =>
      Int32Array.from(links.flatMap((part, i) => (isOne(part) ? [i] : [])));
    this.forward = new Int32Array(links.length + 1);
    this.backward = new Int32Array(links.length);
    links.forEach((part, i) => {
      this.backward[i] = this.forward[i]! + part.forward.length;
      this.forward[i + 1] = this.backward[i] + part.backward.length;
    });
    this.target = Float64Array.from(links, ({ target }) => target);
    this.weight = Float64Array.from(links, ({ link }) => link.weight);
    this.energy = Float64Array.from(links, ({ link }) => link.energy);
    this.targeted = places(({ target }) => target < Infinity);
    this.pumped = places(({ link }) => link.energy > 0);
    this.floodArc = Int32Array.from(flooding, ({ arcs }) => arcs[0]!);
    this.floodWeight = Float64Array.from(flooding, ({ node }) => (node.kind === "outfall" ? 0 : node.floodWeight));
  }

  /** Whether a link carries more than its target. */
  isSurcharged(flow: ArrayLike<number>): boolean {
    for (const i of this.targeted) if (this.above(i, flow) > 0) return true;
    return false;
  }

  /** What floods, weighted. */
  flooded(flow: ArrayLike<number>): number {
    const { floodArc, floodWeight } = this;
    let sum = 0;
    for (let i = 0; i < floodArc.length; i++) sum += floodWeight[i]! * flow[floodArc[i]!]!;
    return sum;
  }

  /** What links carry above their targets, weighted. */
  surcharge(flow: ArrayLike<number>): number {
    let sum = 0;
    for (const i of this.targeted) sum += this.weight[i]! * this.above(i, flow);
    return sum;
  }

  /** kWh/m³ times what links carry. */
  pumping(flow: ArrayLike<number>): number {
    let sum = 0;
    for (const i of this.pumped) sum += this.energy[i]! * Math.abs(this.net(i, flow));
    return sum;
  }

  /** What floods at each place where water enters, over what enters there; largest first. */
  floodedShares(flow: ArrayLike<number>): number[] {
    const shares: number[] = [];
    let isAny = false;
    for (let i = 0; i < this.floodArc.length; i++) {
      const { rating } = this.flooding[i]!;
      if (rating === 0) continue;
      const quanta = flow[this.floodArc[i]!]!;
      shares.push(quanta / rating);
      if (quanta > 0) isAny = true;
    }
    return isAny ? shares.sort((a, b) => b - a) : shares;
  }

  private above(i: number, flow: ArrayLike<number>): number {
    return Math.max(0, Math.abs(this.net(i, flow)) - this.target[i]!);
  }

  private net(i: number, flow: ArrayLike<number>): number {
    const [turn, end] = [this.backward[i]!, this.forward[i + 1]!];
    let net = 0;
    for (let a = this.forward[i]!; a < turn; a++) net += flow[a]!;
    for (let a = turn; a < end; a++) net -= flow[a]!;
    return net;
  }
}
