/**
 * The network file and the state file: one zod schema each, the source of the types, of the published JSON Schemas and
 * of the checks. What an `error` says is the expectation alone, as data ("a capacity is 0 or more"); `checks/schema-faults.ts` adds
 * what was found and where.
 */
import * as z from "zod/mini";
import * as core from "zod/v4/core";
import type { Expectation, Quantity, Unit } from "../text/en/expectations.js";
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

  /** What would be right, where zod has room for a text alone. */
  const expect = (expected: Expectation) => JSON.stringify(expected);

  /** Finite and 0 or more. */
  const amount = (what: Quantity, unit: Unit) => {
    const error = expect({ is: "amount", what, unit });
    return z.number({ error }).check(z.gte(0, { error }));
  };

  /** An amount that may be Infinity, for no limit. The largest number says the same, and JSON can hold it. */
  const limit = (what: Quantity, unit: Unit) =>
    z.pipe(
      z.transform((value: number) => (value === Infinity ? Number.MAX_VALUE : value)),
      amount(what, unit),
    );

  /** Beyond this, products of prices and sums of weights leave what numbers can hold. */
  const MOST_RATE = 1e9;

  /** A price or weight. */
  const rate = (what: Quantity, unit: Unit) =>
    amount(what, unit).check(z.lte(MOST_RATE, { error: expect({ is: "rate", what, unit, most: MOST_RATE }) }));

  const id = described(
    z.string({ error: expect({ is: "id" }) }).check(
      z.minLength(1, { error: expect({ is: "someId" }) }),
      z.refine((text) => text !== "__proto__", { error: expect({ is: "freeId" }) }),
    ),
    "Names the element in plans, states and messages; unique among all nodes and links.",
  );

  const text = described(
    z.union([z.string(), strictObject({ en: z.optional(z.string()), zh: z.optional(z.string()) })], {
      error: expect({ is: "text" }),
    }),
    "A text, or one per language.",
  );

  const availability = (() => {
    const error = expect({ is: "availability" });
    return z.number({ error }).check(z.gte(0, { error }), z.lte(1, { error }));
  })();

  const coordinate = z.number({ error: expect({ is: "coordinate" }) });

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
      z.optional(z.tuple([coordinate, coordinate], { error: expect({ is: "place" }) })),
      "Where to draw it: [x, y] or [longitude, latitude].",
    ),
  };

  const floodWeight = (() => {
    const error = expect({ is: "above", what: "floodWeight" });
    const most = expect({ is: "atMost", what: "floodWeight", most: MOST_RATE });
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
    inflow: described(amount("inflow", "flow"), "Sewage that enters the network here, in the file's flow unit."),
    bod: described(z.optional(amount("bod", "mg/L")), "Mean BOD of the inflow, mg/L."),
    population: described(z.optional(amount("population", "persons")), "Persons who live in the catchment."),
  });

  const junction = strictObject({ ...flooding, kind: z.literal("junction") });

  const storage = strictObject({
    ...flooding,
    kind: z.literal("storage"),
    volume: described(
      strictObject(
        {
          min: z._default(amount("leastVolume", "volume"), 0),
          max: limit("mostVolume", "volume"),
          initial: z.optional(amount("initialVolume", "volume")),
        },
        { error: expect({ is: "storage" }) },
      ),
      "Least, most and present volume, m³. A dispatch of one moment passes water on and stores nothing.",
    ),
  });

  const MOST_PLANT_WEIGHT = 1000;
  const plantWeight = (() => {
    const above = expect({ is: "above", what: "plantWeight" });
    const [least, most] = [1 / MOST_PLANT_WEIGHT, MOST_PLANT_WEIGHT];
    const within = { error: expect({ is: "within", what: "plantWeight", least, most }) };
    return z
      .number({ error: above })
      .check(z.gt(0, { error: above, abort: true }), z.gte(least, within), z.lte(most, within));
  })();

  const plant = strictObject({
    ...flooding,
    kind: z.literal("plant"),
    capacity: described(amount("capacity", "flow"), "Rated capacity, in the file's flow unit."),
    minFlow: described(z._default(amount("minFlow", "flow"), 0), "Least intake that keeps the biology alive."),
    treatmentCost: described(z._default(rate("treatmentCost", "money/m³"), 0), "Money per m³ treated."),
    weight: described(
      z._default(plantWeight, 1),
      "What its utilisation is divided by when plants are evened out: at 2 it may run twice as full.",
    ),
  });

  const outfall = strictObject({
    ...node,
    kind: z.literal("outfall"),
    capacity: described(z.optional(limit("capacity", "flow")), "Most that can leave here; no limit if not given."),
    weight: described(
      z._default(rate("outfallWeight", "none"), 1),
      "How much worse a spill here is than one at an outfall of weight 1.",
    ),
  });

  const link = {
    ...element,
    from: described(id, "Id of the node the flow leaves."),
    to: described(id, "Id of the node the flow enters."),
    capacity: described(limit("capacity", "flow"), "Most flow, in the file's flow unit."),
    target: described(
      z.optional(limit("target", "flow")),
      "Flow that should not be exceeded without need: the main's high water level.",
    ),
    energy: described(z._default(rate("energy", "kWh/m³"), 0), "Energy per water moved, kWh/m³."),
    weight: described(z._default(rate("linkWeight", "none"), 1), "Weight of flow above the target."),
    travelTime: described(z.optional(amount("travelTime", "s")), "Time from end to end, s."),
  };

  const conduit = strictObject({ ...link, kind: z.literal("conduit") });
  const pump = strictObject({ ...link, kind: z.literal("pump") });
  const gate = strictObject({
    ...link,
    kind: z.literal("gate"),
    reverseCapacity: described(
      z._default(limit("reverseCapacity", "flow"), 0),
      "Most flow the other way; 0 for a one-way gate.",
      { default: 0 },
    ),
  });

  const schemaAddress = z.optional(z.string({ error: expect({ is: "address" }) }));
  const network = described(
    strictObject(
      {
        $schema: schemaAddress,
        name: z.optional(text),
        description: z.optional(text),
        units: described(
          strictObject(
            { flow: z.enum(FLOW_UNITS, { error: expect({ is: "flowUnit", of: FLOW_UNITS }) }) },
            { error: expect({ is: "units" }) },
          ),
          "The unit of all flows in this file and in the plan that comes back.",
        ),
        energyPrice: described(z._default(rate("energyPrice", "money/kWh"), 1), "Money per kWh."),
        nodes: z
          .array(
            z.discriminatedUnion("kind", [catchment, junction, storage, plant, outfall], {
              error: expect({ is: "nodeKind", of: NODE_KINDS }),
            }),
            { error: expect({ is: "nodes" }) },
          )
          .check(z.minLength(1, { error: expect({ is: "someNode" }) })),
        links: z.array(
          z.discriminatedUnion("kind", [conduit, pump, gate], {
            error: expect({ is: "linkKind", of: LINK_KINDS }),
          }),
          { error: expect({ is: "links" }) },
        ),
      },
      { error: expect({ is: "network" }) },
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
      z._default(z.record(z.string(), z.optional(value), { error: expect({ is: "part" }) }), {}),
      z.transform(given),
    );

  const asLock = { error: expect({ is: "lock", unit: "flow" }) };
  const held = z.number(asLock);
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
        inflows: described(byId(amount("inflow", "flow")), "Inflow of catchments now, in the network file's unit."),
        availability: described(byId(availability), "Share of an element's capacity that can be used now."),
        out: described(
          z._default(z.array(z.string({ error: expect({ is: "outId" }) }), { error: expect({ is: "out" }) }), []),
          "Elements that are out.",
        ),
        volumes: described(byId(amount("volume", "volume")), "Volume in storages now, m³."),
        setPoints: described(
          byId(z.number({ error: expect({ is: "setPoint", unit: "flow" }) })),
          "Present flow of pumps and gates, in the network file's unit; negative where a gate runs backwards.",
        ),
        locks: described(
          byId(lock),
          "What an operator holds: the flow of a pump or gate, or the intake of a plant, or a range of it, in the network file's unit.",
        ),
      },
      { error: expect({ is: "state" }) },
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
