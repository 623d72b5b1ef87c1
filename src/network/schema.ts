/**
 * The network file and the state file: one zod schema each, the source of the types, of the published JSON Schemas and
 * of the checks. What an `error` says is the expectation alone ("a capacity is 0 or more"); `issues.ts` adds what was
 * found and where.
 */
import * as z from "zod/mini";
import * as core from "zod/v4/core";
import { FLOW_UNITS } from "../units/flow.js";

export const NODE_KINDS = ["catchment", "junction", "storage", "plant", "outfall"] as const;
export const LINK_KINDS = ["conduit", "pump", "gate"] as const;

/** Built in one call that is marked pure, so that a bundle without it leaves all of it out. */
function build() {
  /** The schema with what a JSON Schema says about it. A copy, as a schema may stand in several places. */
  const described = <T extends z.ZodMiniType>(
    schema: T,
    description: string,
    more: { readonly default?: number } = {},
  ): T => {
    const copy = z.clone(schema);
    z.globalRegistry.add(copy, { description, ...more });
    return copy;
  };

  /** Objects as zod proper has them: compiled where the page allows it, which halves the time, and any number of faults in a list. */
  const traits: readonly { init(made: z.ZodMiniObject, def: core.$ZodObjectDef): void }[] = [
    core.$ZodObjectJIT,
    z.ZodMiniObject,
  ];
  const Compiled = core.$constructor<z.ZodMiniObject>("Compiled", (made, def) => {
    for (const trait of traits) trait.init(made, def);
  });
  const strictObject = <T extends core.$ZodLooseShape>(shape: T, { error }: { readonly error?: string } = {}) =>
    new Compiled({
      type: "object",
      shape,
      catchall: z.never(),
      ...(error !== undefined && { error: () => error }),
    }) as unknown as z.ZodMiniObject<{ -readonly [K in keyof T]: T[K] }, core.$strict>;

  /** Finite and 0 or more; `what` with its article, `unit` as people read it, `{flow}` standing for the file's own. */
  const amount = (what: string, unit: string) => {
    const error = `${what} is 0 or more (${unit})`;
    return z.number({ error }).check(z.gte(0, { error }));
  };

  /** An amount that may be Infinity, for no limit. The largest number says the same, and JSON can hold it. */
  const limit = (what: string, unit: string) =>
    z.pipe(
      z.transform((value: number) => (value === Infinity ? Number.MAX_VALUE : value)),
      amount(what, unit),
    );

  /** Beyond this, products of prices and sums of weights leave what numbers can hold. */
  const MOST_RATE = 1e9;

  /** A price or weight. */
  const rate = (what: string, unit: string) =>
    amount(what, unit).check(z.lte(MOST_RATE, { error: `${what} is at most ${MOST_RATE} (${unit})` }));

  const id = described(
    z.string({ error: "an id is a text" }).check(
      z.minLength(1, { error: "an id has at least one character" }),
      z.refine((text) => text !== "__proto__", { error: 'an id is any text but "__proto__"' }),
    ),
    "Names the element in plans, states and messages; unique among all nodes and links.",
  );

  const text = described(
    z.union([z.string(), strictObject({ en: z.optional(z.string()), zh: z.optional(z.string()) })], {
      error: 'a text is a string, or one per language: { "en": "…", "zh": "…" }',
    }),
    "A text, or one per language.",
  );

  const shares = "from 0 (nothing) to 1 (all of it)";
  const availability = (() => {
    const error = `an availability is ${shares}`;
    return z.number({ error }).check(z.gte(0, { error }), z.lte(1, { error }));
  })();

  const coordinate = z.number({ error: "a coordinate is a finite number" });

  const element = {
    id,
    name: z.optional(text),
    availability: described(
      z._default(availability, 1),
      "Share of the capacity that can be used, 0 to 1. At 0 the element is out.",
    ),
  };

  const node = {
    ...element,
    at: described(
      z.optional(
        z.tuple([coordinate, coordinate], { error: "a place is two numbers: [x, y] or [longitude, latitude]" }),
      ),
      "Where to draw it: [x, y] or [longitude, latitude].",
    ),
  };

  const floodWeight = (() => {
    const error = "a flood weight is above 0";
    const most = `a flood weight is at most ${MOST_RATE}`;
    return z.number({ error }).check(z.gt(0, { error }), z.lte(MOST_RATE, { error: most }));
  })();

  /** What water may flood at. */
  const flooding = {
    ...node,
    floodWeight: described(
      z._default(floodWeight, 1),
      "How much worse it is when water floods here than where the weight is 1.",
    ),
  };

  const catchment = strictObject({
    ...flooding,
    kind: z.literal("catchment"),
    inflow: described(amount("an inflow", "{flow}"), "Sewage that enters the network here, in the file's flow unit."),
    bod: described(z.optional(amount("a BOD concentration", "mg/L")), "Mean BOD of the inflow, mg/L."),
    population: described(z.optional(amount("a population", "persons")), "Persons who live in the catchment."),
  });

  const junction = strictObject({ ...flooding, kind: z.literal("junction") });

  const storage = strictObject({
    ...flooding,
    kind: z.literal("storage"),
    volume: described(
      strictObject(
        {
          min: z._default(amount("a least volume", "m³"), 0),
          max: limit("a most volume", "m³"),
          initial: z.optional(amount("an initial volume", "m³")),
        },
        { error: "a storage's volume is { min, max, initial } in m³" },
      ),
      "Least, most and present volume, m³. A dispatch of one moment passes water on and stores nothing.",
    ),
  });

  const MOST_PLANT_WEIGHT = 1000;
  const plantWeight = (() => {
    const above = "a plant's weight is above 0";
    const within = `a plant's weight is from ${1 / MOST_PLANT_WEIGHT} to ${MOST_PLANT_WEIGHT}`;
    const least = { error: within };
    return z
      .number({ error: above })
      .check(
        z.gt(0, { error: above, abort: true }),
        z.gte(1 / MOST_PLANT_WEIGHT, least),
        z.lte(MOST_PLANT_WEIGHT, least),
      );
  })();

  const plant = strictObject({
    ...flooding,
    kind: z.literal("plant"),
    capacity: described(amount("a capacity", "{flow}"), "Rated capacity, in the file's flow unit."),
    minFlow: described(z._default(amount("a least flow", "{flow}"), 0), "Least intake that keeps the biology alive."),
    treatmentCost: described(z._default(rate("a treatment cost", "money per m³"), 0), "Money per m³ treated."),
    weight: described(
      z._default(plantWeight, 1),
      "What its utilisation is divided by when plants are evened out: at 2 it may run twice as full.",
    ),
  });

  const outfall = strictObject({
    ...node,
    kind: z.literal("outfall"),
    capacity: described(z.optional(limit("a capacity", "{flow}")), "Most that can leave here; no limit if not given."),
    weight: described(
      z._default(rate("an outfall's weight", "no unit"), 1),
      "How much worse a spill here is than one at an outfall of weight 1.",
    ),
  });

  const link = {
    ...element,
    from: described(id, "Id of the node the flow leaves."),
    to: described(id, "Id of the node the flow enters."),
    capacity: described(limit("a capacity", "{flow}"), "Most flow, in the file's flow unit."),
    target: described(
      z.optional(limit("a target", "{flow}")),
      "Flow that should not be exceeded without need: the main's high water level.",
    ),
    energy: described(z._default(rate("an energy", "kWh/m³"), 0), "Energy per water moved, kWh/m³."),
    weight: described(z._default(rate("a link's weight", "no unit"), 1), "Weight of flow above the target."),
    travelTime: described(z.optional(amount("a travel time", "s")), "Time from end to end, s."),
  };

  const conduit = strictObject({ ...link, kind: z.literal("conduit") });
  const pump = strictObject({ ...link, kind: z.literal("pump") });
  const gate = strictObject({
    ...link,
    kind: z.literal("gate"),
    reverseCapacity: described(
      z._default(limit("a reverse capacity", "{flow}"), 0),
      "Most flow the other way; 0 for a one-way gate.",
      { default: 0 },
    ),
  });

  const schemaAddress = z.optional(z.string({ error: "$schema is the address of a JSON Schema, a text" }));
  const network = described(
    strictObject(
      {
        $schema: schemaAddress,
        name: z.optional(text),
        description: z.optional(text),
        units: described(
          strictObject(
            { flow: z.enum(FLOW_UNITS, { error: `a flow unit is one of ${FLOW_UNITS.join(", ")}` }) },
            { error: 'units name the flow unit of the file: { "flow": "m3/s" }' },
          ),
          "The unit of all flows in this file and in the plan that comes back.",
        ),
        energyPrice: described(z._default(rate("an energy price", "money per kWh"), 1), "Money per kWh."),
        nodes: z
          .array(
            z.discriminatedUnion("kind", [catchment, junction, storage, plant, outfall], {
              error: `a node's kind is one of ${NODE_KINDS.join(", ")}`,
            }),
            { error: "nodes are a list" },
          )
          .check(z.minLength(1, { error: "a network has at least one node" })),
        links: z.array(
          z.discriminatedUnion("kind", [conduit, pump, gate], {
            error: `a link's kind is one of ${LINK_KINDS.join(", ")}`,
          }),
          { error: "links are a list" },
        ),
      },
      { error: "a network is an object with units, nodes and links" },
    ),
    "A network of trunk sewers: catchments, junctions, storages, plants, outfalls and the links between them.",
  );

  /** What is undefined isn't given. */
  const given = <T>(part: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Record<
      string,
      Exclude<T, undefined>
    >;
  const byId = <T extends z.ZodMiniType>(value: T) =>
    z.pipe(
      z._default(z.record(z.string(), z.optional(value), { error: "this part of a state maps ids to numbers" }), {}),
      z.transform(given),
    );

  const held = z.number({ error: "what an element is held at is a flow ({flow})" });
  const asLock = {
    error: 'a lock is a flow, or a range { "min": flow, "max": flow } of which one may be left out ({flow})',
  };
  const lock = z.union(
    [
      held,
      strictObject({ min: z.optional(held), max: z.optional(held) }).check(
        z.refine(({ min, max }) => min !== undefined || max !== undefined, asLock),
      ),
    ],
    asLock,
  );

  const state = described(
    strictObject(
      {
        $schema: schemaAddress,
        inflows: described(
          byId(amount("an inflow", "{flow}")),
          "Inflow of catchments now, in the network file's unit.",
        ),
        availability: described(byId(availability), "Share of an element's capacity that can be used now."),
        out: described(
          z._default(
            z.array(z.string({ error: "what is out is named by its id" }), { error: "out is a list of ids" }),
            [],
          ),
          "Elements that are out.",
        ),
        volumes: described(byId(amount("a volume", "m³")), "Volume in storages now, m³."),
        setPoints: described(
          byId(z.number({ error: "a set point is a flow ({flow})" })),
          "Present flow of pumps and gates, in the network file's unit; negative where a gate runs backwards.",
        ),
        locks: described(
          byId(lock),
          "What an operator holds: the flow of a pump or gate, or the intake of a plant, or a range of it, in the network file's unit.",
        ),
      },
      { error: "a state is an object with inflows, availability, out, volumes, setPoints and locks, each optional" },
    ),
    "What changes from minute to minute.",
  );

  return { network, state };
}

const schemas = /* @__PURE__ */ build();
export const networkSchema = /* @__PURE__ */ (() => schemas.network)();
export const stateSchema = /* @__PURE__ */ (() => schemas.state)();

export type {
  FullState,
  LinkKind,
  LocalText,
  Network,
  NetworkFile,
  NetworkLink,
  NetworkNode,
  NodeKind,
  State,
} from "./types.js";
