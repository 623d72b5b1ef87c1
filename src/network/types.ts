/**
 * Networks and states as types: as they are checked, and as they are written. They say what `schema.ts` checks, so that whoever uses the
 * package needs no types of zod's; `test/network/types.test.ts` holds the two together.
 */
import type { FlowUnit } from "../units/flow.js";

/** A text, or one per language. */
export type LocalText = string | { en?: string | undefined; zh?: string | undefined };

interface Element {
  id: string;
  name?: LocalText | undefined;
  /** Share of the capacity that can be used, 0 to 1. */
  availability: number;
}

interface Node extends Element {
  /** [x, y] or [longitude, latitude]. */
  at?: [number, number] | undefined;
}

interface Floodable extends Node {
  floodWeight: number;
}

interface Catchment extends Floodable {
  kind: "catchment";
  inflow: number;
  /** mg/L. */
  bod?: number | undefined;
  population?: number | undefined;
}

interface Junction extends Floodable {
  kind: "junction";
}

interface Storage<Volume> extends Floodable {
  kind: "storage";
  /** m³. */
  volume: Volume;
}

interface Plant extends Floodable {
  kind: "plant";
  capacity: number;
  minFlow: number;
  /** Money per m³. */
  treatmentCost: number;
  weight: number;
}

interface Outfall extends Node {
  kind: "outfall";
  /** No limit if not given. */
  capacity?: number | undefined;
  weight: number;
}

interface Link extends Element {
  from: string;
  to: string;
  capacity: number;
  target?: number | undefined;
  /** kWh/m³. */
  energy: number;
  weight: number;
  /** Seconds. */
  travelTime?: number | undefined;
}

interface Conduit extends Link {
  kind: "conduit";
}

interface Pump extends Link {
  kind: "pump";
}

interface Gate extends Link {
  kind: "gate";
  /** 0 for a one-way gate. */
  reverseCapacity: number;
}

interface Volume {
  min: number;
  max: number;
  initial?: number | undefined;
}

type AnyNode<V> = Catchment | Junction | Storage<V> | Plant | Outfall;
type AnyLink = Conduit | Pump | Gate;

/** Of each kind of element: `Keys` may be left out. */
type Optional<T, Keys extends PropertyKey> = T extends unknown
  ? Omit<T, Keys> & { [K in keyof T & Keys]?: T[K] | undefined }
  : never;
type Defaulted = "availability" | "floodWeight" | "minFlow" | "treatmentCost" | "weight" | "energy" | "reverseCapacity";

interface File<N, L> {
  $schema?: string | undefined;
  name?: LocalText | undefined;
  description?: LocalText | undefined;
  units: { flow: FlowUnit };
  nodes: N[];
  links: L[];
}

/** A network as it is written. */
export interface NetworkFile extends File<
  Optional<AnyNode<Optional<Volume, "min">>, Defaulted>,
  Optional<AnyLink, Defaulted>
> {
  /** Money per kWh. */
  energyPrice?: number | undefined;
}

export type NetworkNode = Readonly<AnyNode<Volume>>;
export type NetworkLink = Readonly<AnyLink>;
export type NodeKind = NetworkNode["kind"];
export type LinkKind = NetworkLink["kind"];

/** A checked network: plain, frozen data in the file's own units, defaults filled in. Only `loadNetwork` makes one. */
export interface Network extends Readonly<Omit<File<never, never>, "nodes" | "links">> {
  readonly energyPrice: number;
  readonly nodes: readonly NetworkNode[];
  readonly links: readonly NetworkLink[];
}

/** What holds an element: a flow, or a range of it. */
export type Lock = number | { min?: number | undefined; max?: number | undefined };

/** A state as it is written: every part optional. */
export interface State {
  $schema?: string | undefined;
  inflows?: Record<string, number | undefined> | undefined;
  /** Share of an element's capacity that can be used. */
  availability?: Record<string, number | undefined> | undefined;
  /** Ids of what is out. */
  out?: string[] | undefined;
  /** m³. */
  volumes?: Record<string, number | undefined> | undefined;
  setPoints?: Record<string, number | undefined> | undefined;
  locks?: Record<string, Lock | undefined> | undefined;
}

/** A state with every part in place. */
export interface FullState {
  inflows: Record<string, number>;
  availability: Record<string, number>;
  out: string[];
  volumes: Record<string, number>;
  setPoints: Record<string, number>;
  locks: Record<string, Lock>;
}
