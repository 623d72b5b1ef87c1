/**
 * Water that goes round in circles: a flow may hold some where set points ask for it, as nothing else makes a longer way worth while. It
 * is taken out, but for what a lock alone keeps going.
 *
 * Links that carry something are followed depth first, nodes and links in order of id; where the way comes back to itself, the circle is
 * lowered until one of its links carries nothing, or no more than its lock asks for.
 */
import { writeArcsAt, type Incidence } from "../flow/adjacency.js";
import { linkFlow } from "./flows.js";
import type { FlowProblem } from "./problem.js";

const NONE = -1;

export class Circulation {
  /** Per link, as it is named: what went round and was taken out, quanta. All 0 where nothing did. */
  readonly stopped: Float64Array;
  /** Whether anything went round. */
  isAny = false;

  /** Links by the node that their flow leaves, where it may be less. */
  private readonly leaving: Incidence;
  /** Per link: where its flow comes from, NONE if it can't be less, where it goes, and how much of it may be taken out. */
  private readonly start: Int32Array;
  private readonly end: Int32Array;
  private readonly excess: Float64Array;
  private readonly entering: Int32Array;
  private readonly queue: Int32Array;

  constructor(private readonly problem: FlowProblem) {
    const { nodes, links } = problem;
    this.stopped = new Float64Array(links.length);
    this.leaving = { first: new Int32Array(nodes + 1), list: new Int32Array(links.length) };
    this.start = new Int32Array(links.length);
    this.end = new Int32Array(links.length);
    this.excess = new Float64Array(links.length);
    this.entering = new Int32Array(nodes);
    this.queue = new Int32Array(nodes);
  }

  /**
   * Takes out of a flow what goes round, in place.
   *
   * @remarks linear in the network where nothing does; else at most a walk for each link
   */
  stop(flow: Float64Array): void {
    if (this.isAny) this.stopped.fill(0);
    this.isAny = false;
    if (!this.problem.mayCirculate) return;
    this.readLinks(flow);
    if (!this.hasCircle()) return;
    this.isAny = true;
    this.lower();
    this.write(flow);
  }

  private readLinks(flow: Float64Array): void {
    const { problem, leaving, start, end, excess, entering } = this;
    entering.fill(0);
    problem.links.forEach((part, i) => {
      const net = linkFlow(part, flow);
      const asked = net > 0 ? part.least : -part.most;
      excess[i] = Math.max(0, Math.abs(net) - Math.max(0, asked));
      end[i] = net > 0 ? part.to : part.from;
      start[i] = excess[i] === 0 ? NONE : net > 0 ? part.from : part.to;
      if (start[i] !== NONE) entering[end[i]]! += 1;
    });
    writeArcsAt(leaving, start);
  }

  /** Takes off nodes that nothing enters until none is left: a circle stays. */
  private hasCircle(): boolean {
    const { end, entering, queue } = this;
    const { first, list } = this.leaving;
    const nodes = queue.length;
    let count = 0;
    for (let v = 0; v < nodes; v++) if (entering[v] === 0) queue[count++] = v;
    for (let k = 0; k < count; k++) {
      const v = queue[k]!;
      for (let j = first[v]!; j < first[v + 1]!; j++) {
        const w = end[list[j]!]!;
        const left = entering[w]! - 1;
        entering[w] = left;
        if (left === 0) queue[count++] = w;
      }
    }
    return count < nodes;
  }

  /** Lowers circles until none is left. */
  private lower(): void {
    const { start, end, excess, stopped, queue } = this;
    const { first, list } = this.leaving;
    const nodes = queue.length;
    const next = first.slice(0, nodes);
    /** Where on the way a node stands; NONE off it. */
    const placeOf = new Int32Array(nodes).fill(NONE);
    for (let root = 0; root < nodes; root++) {
      const way: number[] = [];
      let v = root;
      placeOf[v] = 0;
      for (;;) {
        let j = next[v]!;
        while (j < first[v + 1]! && excess[list[j]!] === 0) j++;
        next[v] = j;
        if (j === first[v + 1]!) {
          // Nothing that leaves here comes back: the way goes on one node before.
          placeOf[v] = NONE;
          const back = way.pop();
          if (back === undefined) break;
          v = start[back]!;
          next[v]! += 1;
          continue;
        }
        const i = list[j]!;
        way.push(i);
        const w = end[i]!;
        const since = placeOf[w]!;
        if (since === NONE) {
          v = w;
          placeOf[v] = way.length;
          continue;
        }
        const circle = way.slice(since);
        const amount = circle.reduce((least, link) => Math.min(least, excess[link]!), Infinity);
        for (const link of circle) {
          excess[link]! -= amount;
          stopped[link]! += amount;
        }
        // Goes on from where the circle is broken first.
        const broken = since + circle.findIndex((link) => excess[link] === 0);
        for (const link of way.splice(broken)) placeOf[end[link]!] = NONE;
        placeOf[w] = since;
        v = way.length === 0 ? root : end[way.at(-1)!]!;
        placeOf[v] = way.length;
      }
    }
  }

  /** Writes what was taken out to the flow, the pieces of a link from the last to the first, and turns it the way links are named. */
  private write(flow: Float64Array): void {
    const { problem, stopped, end } = this;
    for (const [i, part] of problem.links.entries()) {
      let left = stopped[i]!;
      if (left === 0) continue;
      const isForward = end[i] === part.to;
      if (!isForward) stopped[i] = -left;
      for (const a of [...(isForward ? part.forward : part.backward)].reverse()) {
        const off = Math.min(left, flow[a]!);
        flow[a]! -= off;
        left -= off;
      }
    }
  }
}
