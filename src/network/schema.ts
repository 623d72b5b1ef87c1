/**
 * The network file and the state file: one zod schema each, the source of the types, of the published JSON Schemas and
 * of the checks. What an `error` says is the expectation alone ("a capacity is 0 or more"); `issues.ts` adds what was
 * found and where.
 */
import * as z from "zod";
import { FLOW_UNITS } from "../units/flow.js";

export const NODE_KINDS = ["catchment", "junction", "storage", "plant", "outfall"] as const;
export const LINK_KINDS = ["conduit", "pump", "gate"] as const;

/** Built in one call that is marked pure, so that a bundle without it leaves all of it out. */
function build() {
  /** Finite and 0 or more; `what` with its article, `unit` as people read it, `{flow}` standing for the file's own. */
  const amount = (what: string, unit: string) => {
    const error = `${what} is 0 or more (${unit})`;
    return z.number({ error }).min(0, { error });
  };

  /** An amount that may be Infinity, for no limit. The largest number says the same, and JSON can hold it. */
  const limit = (what: string, unit: string) =>
    z.preprocess((value: number) => (value === Infinity ? Number.MAX_VALUE : value), amount(what, unit));

  /** Beyond this, products of prices and sums of weights leave what numbers can hold. */
  const MOST_RATE = 1e9;

  /** A price or weight. */
  const rate = (what: string, unit: string) =>
    amount(what, unit).max(MOST_RATE, { error: `${what} is at most ${MOST_RATE} (${unit})` });

  const id = z
    .string({ error: "an id is a text" })
    .min(1, { error: "an id has at least one character" })
    .refine((text) => text !== "__proto__", { error: 'an id is any text but "__proto__"' })
    .describe("Names the element in plans, states and messages; unique among all nodes and links.");

  const text = z
    .union([z.string(), z.strictObject({ en: z.string().optional(), zh: z.string().optional() })], {
      error: 'a text is a string, or one per language: { "en": "…", "zh": "…" }',
    })
    .describe("A text, or one per language.");

  const shares = "from 0 (nothing) to 1 (all of it)";
  const availability = z
    .number({ error: `an availability is ${shares}` })
    .min(0, { error: `an availability is ${shares}` })
    .max(1, { error: `an availability is ${shares}` });

  const coordinate = z.number({ error: "a coordinate is a finite number" });

  const element = {
    id,
    name: text.optional(),
    availability: availability
      .default(1)
      .describe("Share of the capacity that can be used, 0 to 1. At 0 the element is out."),
  };

  const node = {
    ...element,
    at: z
      .tuple([coordinate, coordinate], { error: "a place is two numbers: [x, y] or [longitude, latitude]" })
      .optional()
      .describe("Where to draw it: [x, y] or [longitude, latitude]."),
  };

  /** What water may flood at. */
  const flooding = {
    ...node,
    floodWeight: (() => {
      const error = "a flood weight is above 0";
      const most = `a flood weight is at most ${MOST_RATE}`;
      return z.number({ error }).gt(0, { error }).max(MOST_RATE, { error: most });
    })()
      .default(1)
      .describe("How much worse it is when water floods here than where the weight is 1."),
  };

  const catchment = z.strictObject({
    ...flooding,
    kind: z.literal("catchment"),
    inflow: amount("an inflow", "{flow}").describe("Sewage that enters the network here, in the file's flow unit."),
    bod: amount("a BOD concentration", "mg/L").optional().describe("Mean BOD of the inflow, mg/L."),
    population: amount("a population", "persons").optional().describe("Persons who live in the catchment."),
  });

  const junction = z.strictObject({ ...flooding, kind: z.literal("junction") });

  const storage = z.strictObject({
    ...flooding,
    kind: z.literal("storage"),
    volume: z
      .strictObject(
        {
          min: amount("a least volume", "m³").default(0),
          max: limit("a most volume", "m³"),
          initial: amount("an initial volume", "m³").optional(),
        },
        { error: "a storage's volume is { min, max, initial } in m³" },
      )
      .describe("Least, most and present volume, m³. A dispatch of one moment passes water on and stores nothing."),
  });

  const MOST_PLANT_WEIGHT = 1000;
  const plantWeight = (() => {
    const above = "a plant's weight is above 0";
    const within = `a plant's weight is from ${1 / MOST_PLANT_WEIGHT} to ${MOST_PLANT_WEIGHT}`;
    const least = { error: within };
    return z
      .number({ error: above })
      .gt(0, { error: above, abort: true })
      .min(1 / MOST_PLANT_WEIGHT, least)
      .max(MOST_PLANT_WEIGHT, least);
  })();

  const plant = z.strictObject({
    ...flooding,
    kind: z.literal("plant"),
    capacity: amount("a capacity", "{flow}").describe("Rated capacity, in the file's flow unit."),
    minFlow: amount("a least flow", "{flow}").default(0).describe("Least intake that keeps the biology alive."),
    treatmentCost: rate("a treatment cost", "money per m³").default(0).describe("Money per m³ treated."),
    weight: plantWeight
      .default(1)
      .describe("What its utilisation is divided by when plants are evened out: at 2 it may run twice as full."),
  });

  const outfall = z.strictObject({
    ...node,
    kind: z.literal("outfall"),
    capacity: limit("a capacity", "{flow}").optional().describe("Most that can leave here; no limit if not given."),
    weight: rate("an outfall's weight", "no unit")
      .default(1)
      .describe("How much worse a spill here is than one at an outfall of weight 1."),
  });

  const link = {
    ...element,
    from: id.describe("Id of the node the flow leaves."),
    to: id.describe("Id of the node the flow enters."),
    capacity: limit("a capacity", "{flow}").describe("Most flow, in the file's flow unit."),
    target: limit("a target", "{flow}")
      .optional()
      .describe("Flow that should not be exceeded without need: the main's high water level."),
    energy: rate("an energy", "kWh/m³").default(0).describe("Energy per water moved, kWh/m³."),
    weight: rate("a link's weight", "no unit").default(1).describe("Weight of flow above the target."),
    travelTime: amount("a travel time", "s").optional().describe("Time from end to end, s."),
  };

  const conduit = z.strictObject({ ...link, kind: z.literal("conduit") });
  const pump = z.strictObject({ ...link, kind: z.literal("pump") });
  const gate = z.strictObject({
    ...link,
    kind: z.literal("gate"),
    reverseCapacity: limit("a reverse capacity", "{flow}")
      .default(0)
      .meta({ description: "Most flow the other way; 0 for a one-way gate.", default: 0 }),
  });

  const network = z
    .strictObject(
      {
        $schema: z.string({ error: "$schema is the address of a JSON Schema, a text" }).optional(),
        name: text.optional(),
        description: text.optional(),
        units: z
          .strictObject(
            { flow: z.enum(FLOW_UNITS, { error: `a flow unit is one of ${FLOW_UNITS.join(", ")}` }) },
            { error: 'units name the flow unit of the file: { "flow": "m3/s" }' },
          )
          .describe("The unit of all flows in this file and in the plan that comes back."),
        energyPrice: rate("an energy price", "money per kWh").default(1).describe("Money per kWh."),
        nodes: z
          .array(
            z.discriminatedUnion("kind", [catchment, junction, storage, plant, outfall], {
              error: `a node's kind is one of ${NODE_KINDS.join(", ")}`,
            }),
            { error: "nodes are a list" },
          )
          .min(1, { error: "a network has at least one node" }),
        links: z.array(
          z.discriminatedUnion("kind", [conduit, pump, gate], {
            error: `a link's kind is one of ${LINK_KINDS.join(", ")}`,
          }),
          { error: "links are a list" },
        ),
      },
      { error: "a network is an object with units, nodes and links" },
    )
    .describe(
      "A network of trunk sewers: catchments, junctions, storages, plants, outfalls and the links between them.",
    );

  /** What is undefined isn't given. */
  const given = <T>(part: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Record<
      string,
      Exclude<T, undefined>
    >;
  const byId = <T extends z.ZodType>(value: T) =>
    z
      .record(z.string(), value.optional(), { error: "this part of a state maps ids to numbers" })
      .default({})
      .transform(given);

  const held = z.number({ error: "what an element is held at is a flow ({flow})" });
  const asLock = {
    error: 'a lock is a flow, or a range { "min": flow, "max": flow } of which one may be left out ({flow})',
  };
  const lock = z.union(
    [
      held,
      z
        .strictObject({ min: held.optional(), max: held.optional() })
        .refine(({ min, max }) => min !== undefined || max !== undefined, asLock),
    ],
    asLock,
  );

  const state = z
    .strictObject(
      {
        $schema: z.string({ error: "$schema is the address of a JSON Schema, a text" }).optional(),
        inflows: byId(amount("an inflow", "{flow}")).describe("Inflow of catchments now, in the network file's unit."),
        availability: byId(availability).describe("Share of an element's capacity that can be used now."),
        out: z
          .array(z.string({ error: "what is out is named by its id" }), { error: "out is a list of ids" })
          .default([])
          .describe("Elements that are out."),
        volumes: byId(amount("a volume", "m³")).describe("Volume in storages now, m³."),
        setPoints: byId(z.number({ error: "a set point is a flow ({flow})" })).describe(
          "Present flow of pumps and gates, in the network file's unit; negative where a gate runs backwards.",
        ),
        locks: byId(lock).describe(
          "What an operator holds: the flow of a pump or gate, or the intake of a plant, or a range of it, in the network file's unit.",
        ),
      },
      { error: "a state is an object with inflows, availability, out, volumes, setPoints and locks, each optional" },
    )
    .describe("What changes from minute to minute.");

  return { network, state };
}

const schemas = /* @__PURE__ */ build();
export const networkSchema = /* @__PURE__ */ (() => schemas.network)();
export const stateSchema = /* @__PURE__ */ (() => schemas.state)();

/** A network as it is written. */
export type NetworkFile = z.input<typeof networkSchema>;
/** A state as it is written: every part optional. */
export type State = z.input<typeof stateSchema>;
/** A state with every part in place. */
export type FullState = Omit<z.output<typeof stateSchema>, "$schema">;

type Data = z.output<typeof networkSchema>;
export type NetworkNode = Readonly<Data["nodes"][number]>;
export type NetworkLink = Readonly<Data["links"][number]>;
export type NodeKind = NetworkNode["kind"];
export type LinkKind = NetworkLink["kind"];
/** A text, or one per language. */
export type LocalText = NonNullable<Data["name"]>;

/** A checked network: plain, frozen data in the file's own units, defaults filled in. Only `loadNetwork` makes one. */
export interface Network extends Readonly<Omit<Data, "nodes" | "links">> {
  readonly nodes: readonly NetworkNode[];
  readonly links: readonly NetworkLink[];
}
