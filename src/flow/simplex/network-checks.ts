/** What the network simplex refuses, and how it says so. */
import { FlowError } from "../errors.js";

export function overflow(): FlowError {
  return new FlowError(
    "flow-overflow",
    "A flow leaves ±(2^53 − 1), where float64 is exact. Use a larger unit, or bound the arcs.",
  );
}

/** What is wrong with an arc's figures, of which one is. */
export function badArc(a: number, lower: number, upper: number, cost: number): FlowError {
  const numbers = { cost, lower, upper };
  for (const [name, x] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(x) && !(name === "upper" && x === Infinity)) {
      const also = name === "upper" ? " or Infinity" : "";
      return new FlowError("bad-number", `${name}[${a}] is ${x}; it must be a whole number within ±(2^53 − 1)${also}.`);
    }
  }
  if (lower > upper)
    return new FlowError("bad-bounds", `lower[${a}] is ${lower}, above upper[${a}], which is ${upper}.`);
  return new FlowError(
    "bad-bounds",
    `upper[${a}] − lower[${a}] is beyond 2^53 − 1; use Infinity for an arc without a bound.`,
  );
}

/** @throws FlowError for ends that don't fit together */
export function checkNetwork(nodes: number, tail: ArrayLike<number>, head: ArrayLike<number>): void {
  const bad = (message: string): FlowError => new FlowError("bad-network", message);
  if (!Number.isInteger(nodes) || nodes < 0 || nodes >= 2 ** 30)
    throw bad(`nodes is ${nodes}; it must be a whole number from 0 to 2^30 − 1.`);
  if (tail.length !== head.length) throw bad(`tail has ${tail.length} arcs but head has ${head.length}.`);
  if (tail.length >= 2 ** 30) throw bad(`${tail.length} arcs are too many; there may be 2^30 − 1.`);
  for (let a = 0; a < tail.length; a++) {
    const t = tail[a]!;
    const h = head[a]!;
    if (!(Number.isInteger(t) && t >= 0 && t < nodes)) throw bad(`tail[${a}] is ${t}; nodes are 0 … ${nodes - 1}.`);
    if (!(Number.isInteger(h) && h >= 0 && h < nodes)) throw bad(`head[${a}] is ${h}; nodes are 0 … ${nodes - 1}.`);
    if (t === h) throw bad(`arc ${a} is a self-loop at node ${t}.`);
  }
}
