/** What links carry and sinks take in a flow per arc, and keeping a plant's intake within a range, by the bounds of the arcs it is cut into. */
import type { LinkArcs, Sink } from "./flow-model.js";

/** Net flow of a link, quanta: a gate doesn't run both ways at once. */
export function linkFlow(part: LinkArcs, flow: ArrayLike<number>): number {
  let net = 0;
  for (const a of part.forward) net += flow[a]!;
  for (const a of part.backward) net -= flow[a]!;
  return net;
}

/** What flows into a sink, quanta. */
export function intakeOf(sink: Sink, flow: ArrayLike<number>): number {
  let sum = 0;
  for (const a of sink.arcs) sum += flow[a]!;
  return sum;
}

/** What flows into some sinks together, quanta. */
export function intakesOf(sinks: readonly Sink[], flow: ArrayLike<number>): number {
  let sum = 0;
  for (const sink of sinks) sum += intakeOf(sink, flow);
  return sum;
}

/**
 * Narrows `lower` and `upper` of a plant's arcs so that its utilisation stays within `tolerance` of what `intake` makes. Its
 * arcs fill in order, so a range of the intake is a range of each.
 */
export function keepIntake(
  plant: Sink,
  intake: number,
  tolerance: number,
  lower: Float64Array,
  upper: Float64Array,
): void {
  const reach = tolerance > 0 ? Math.floor(tolerance * plant.capacity) : 0;
  let least = intake - reach;
  let most = intake + reach;
  for (const a of plant.arcs) {
    const [from, to] = [lower[a]!, upper[a]!];
    lower[a] = Math.min(to, Math.max(from, least));
    upper[a] = Math.max(from, Math.min(to, most));
    least = Math.max(0, least - to);
    most = Math.max(0, most - to);
  }
}
