/** What would be right in a file, where a value isn't. */
import type { Said } from "../sentence.js";

const QUANTITIES = {
  inflow: "an inflow",
  bod: "a BOD concentration",
  population: "a population",
  volume: "a volume",
  leastVolume: "a least volume",
  mostVolume: "a most volume",
  initialVolume: "an initial volume",
  capacity: "a capacity",
  reverseCapacity: "a reverse capacity",
  minFlow: "a least flow",
  target: "a target",
  energy: "an energy",
  energyPrice: "an energy price",
  treatmentCost: "a treatment cost",
  travelTime: "a travel time",
  plantWeight: "a plant's weight",
  outfallWeight: "an outfall's weight",
  linkWeight: "a link's weight",
  floodWeight: "a flood weight",
};

const UNITS = {
  flow: "the file's flow unit",
  volume: "m³",
  "mg/L": "mg/L",
  persons: "persons",
  "kWh/m³": "kWh/m³",
  s: "s",
  "money/m³": "money per m³",
  "money/kWh": "money per kWh",
  none: "no unit",
};

export type Quantity = keyof typeof QUANTITIES;
/** `flow` is the file's own, which is told where it is known. */
export type Unit = keyof typeof UNITS;

interface Amount {
  readonly what: Quantity;
  readonly unit: Unit;
  /** The file's flow unit, if that is known and matters. */
  readonly flow?: string | undefined;
}

interface Flow {
  readonly unit: "flow";
  readonly flow?: string | undefined;
}

const unitOf = ({ unit, flow }: Omit<Amount, "what">) => (unit === "flow" ? (flow ?? UNITS.flow) : UNITS[unit]);

export const EXPECTATIONS = {
  amount: ({ what, ...unit }: Amount) => `${QUANTITIES[what]} is 0 or more (${unitOf(unit)})`,
  rate: ({ what, most, ...unit }: Amount & { most: number }) =>
    `${QUANTITIES[what]} is at most ${most} (${unitOf(unit)})`,
  above: ({ what }: { what: Quantity }) => `${QUANTITIES[what]} is above 0`,
  atMost: ({ what, most }: { what: Quantity; most: number }) => `${QUANTITIES[what]} is at most ${most}`,
  within: ({ what, least, most }: { what: Quantity; least: number; most: number }) =>
    `${QUANTITIES[what]} is from ${least} to ${most}`,
  id: "an id is a text",
  someId: "an id has at least one character",
  freeId: 'an id is any text but "__proto__"',
  text: 'a text is a string, or one per language: { "en": "…", "zh": "…" }',
  availability: "an availability is from 0 (nothing) to 1 (all of it)",
  coordinate: "a coordinate is a finite number",
  place: "a place is two numbers: [x, y] or [longitude, latitude]",
  storage: "a storage's volume is { min, max, initial } in m³",
  address: "$schema is the address of a JSON Schema, a text",
  flowUnit: ({ of }: { of: readonly string[] }) => `a flow unit is one of ${of.join(", ")}`,
  units: 'units name the flow unit of the file: { "flow": "m3/s" }',
  nodeKind: ({ of }: { of: readonly string[] }) => `a node's kind is one of ${of.join(", ")}`,
  linkKind: ({ of }: { of: readonly string[] }) => `a link's kind is one of ${of.join(", ")}`,
  nodes: "nodes are a list",
  someNode: "a network has at least one node",
  links: "links are a list",
  network: "a network is an object with units, nodes and links",
  part: "this part of a state maps ids to numbers",
  lock: (of: Flow) =>
    `a lock is a flow, or a range { "min": flow, "max": flow } of which one may be left out (${unitOf(of)})`,
  outId: "what is out is named by its id",
  out: "out is a list of ids",
  setPoint: (of: Flow) => `a set point is a flow (${unitOf(of)})`,
  state: "a state is an object with inflows, availability, out, volumes, setPoints and locks, each optional",
};

export type ExpectationsWords = typeof EXPECTATIONS;
export type Expectation = Said<ExpectationsWords>;
