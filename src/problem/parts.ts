/** Links and sinks of one moment of a network, with what the state at hand makes of them. */
import type { NetworkLink, NetworkNode } from "../network/types.js";
import type { LinkArcs, Sink } from "./flow-model.js";

/** A link, its figures in the state at hand (quanta), and the arcs that carry it. */
export interface LinkPart extends LinkArcs {
  readonly link: NetworkLink;
  readonly from: number;
  readonly to: number;
  /** Infinity without a target. */
  readonly target: number;
  /** Share of the file's capacities that is left: 0 as well where an end lets nothing pass. */
  share: number;
  capacity: number;
  reverseCapacity: number;
  /** Present flow; NaN where it isn't known or the link has no set point. */
  setPoint: number;
  /** What an operator holds its flow between; infinite where nobody does. */
  least: number;
  most: number;
}

/** A plant, outfall or place that may flood, its figures in the state at hand (quanta), and its arcs to the ground. */
export interface SinkPart extends Sink {
  readonly node: NetworkNode;
  readonly role: "plant" | "outfall" | "flooding";
  /** Place in the list of its role. */
  readonly place: number;
  /** Share of a plant's capacity that is left; 1 for all else. */
  share: number;
  /** Infinity where there is no limit. */
  capacity: number;
  /** What a plant's intake, or what floods at a catchment, is divided by when they are evened out; 0 for what doesn't take part. */
  rating: number;
  /** Least flow of a plant in service; it may exceed the capacity that is left. 0 for all else. */
  least: number;
  /** What an operator holds a plant's intake between; 0 and infinite where nobody does, and for all else. */
  heldLeast: number;
  heldMost: number;
}
