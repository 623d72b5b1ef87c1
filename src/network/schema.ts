/**
 * The network file and the state file: one zod schema each, the source of the types, of the published JSON Schemas and
 * of the checks. What an `error` says is the expectation alone, as data ("a capacity is 0 or more"); `checks/schema-faults.ts` adds
 * what was found and where.
 */
import * as z from "zod/mini";
import * as core from "zod/v4/core";
import type { About } from "./json-schema/descriptions.js";
import type { Expectation, Quantity, Unit } from "../text/en/expectations.js";
import { FLOW_UNITS } from "../units/flow.js";

export const NODE_KINDS = ["catchment", "junction", "storage", "plant", "outfall"] as const;
const LINK_KINDS = ["conduit", "pump", "gate"] as const;

/** Says what a part of a file is; to a check it makes no difference. */
export type Describe = <T extends z.ZodMiniType>(part: T, about: About) => T;

/** Built in one call that is marked pure, so that a bundle without it leaves all of it out. */
export function build(described: Describe = (part) => part) {
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
    "id",
  );

  const text = described(
    z.union([z.string(), strictObject({ en: z.optional(z.string()), zh: z.optional(z.string()) })], {
      error: expect({ is: "text" }),
    }),
    "text",
  );

  const availability = (() => {
    const error = expect({ is: "availability" });
    return z.number({ error }).check(z.gte(0, { error }), z.lte(1, { error }));
  })();

  const coordinate = z.number({ error: expect({ is: "coordinate" }) });

  const element = {
    id,
    name: z.optional(text),
    availability: described(z._default(availability, 1), "availability"),
  };

  const node = {
    ...element,
    at: described(z.optional(z.tuple([coordinate, coordinate], { error: expect({ is: "place" }) })), "at"),
  };

  const floodWeight = (() => {
    const error = expect({ is: "above", what: "floodWeight" });
    const most = expect({ is: "atMost", what: "floodWeight", most: MOST_RATE });
    return z.number({ error }).check(z.gt(0, { error }), z.lte(MOST_RATE, { error: most }));
  })();

  /** What water may flood at. */
  const flooding = {
    ...node,
    floodWeight: described(z._default(floodWeight, 1), "floodWeight"),
  };

  const catchment = strictObject({
    ...flooding,
    kind: z.literal("catchment"),
    inflow: described(amount("inflow", "flow"), "inflow"),
    bod: described(z.optional(amount("bod", "mg/L")), "bod"),
    population: described(z.optional(amount("population", "persons")), "population"),
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
      "volume",
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
    capacity: described(amount("capacity", "flow"), "plantCapacity"),
    minFlow: described(z._default(amount("minFlow", "flow"), 0), "minFlow"),
    treatmentCost: described(z._default(rate("treatmentCost", "money/m³"), 0), "treatmentCost"),
    weight: described(z._default(plantWeight, 1), "plantWeight"),
  });

  const outfall = strictObject({
    ...node,
    kind: z.literal("outfall"),
    capacity: described(z.optional(limit("capacity", "flow")), "outfallCapacity"),
    weight: described(z._default(rate("outfallWeight", "none"), 1), "outfallWeight"),
  });

  const link = {
    ...element,
    from: described(id, "from"),
    to: described(id, "to"),
    capacity: described(limit("capacity", "flow"), "capacity"),
    target: described(z.optional(limit("target", "flow")), "target"),
    energy: described(z._default(rate("energy", "kWh/m³"), 0), "energy"),
    weight: described(z._default(rate("linkWeight", "none"), 1), "linkWeight"),
    travelTime: described(z.optional(amount("travelTime", "s")), "travelTime"),
  };

  const conduit = strictObject({ ...link, kind: z.literal("conduit") });
  const pump = strictObject({ ...link, kind: z.literal("pump") });
  const gate = strictObject({
    ...link,
    kind: z.literal("gate"),
    reverseCapacity: described(z._default(limit("reverseCapacity", "flow"), 0), "reverseCapacity"),
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
          "units",
        ),
        energyPrice: described(z._default(rate("energyPrice", "money/kWh"), 1), "energyPrice"),
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
    "network",
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
        inflows: described(byId(amount("inflow", "flow")), "inflows"),
        availability: described(byId(availability), "availabilities"),
        out: described(
          z._default(z.array(z.string({ error: expect({ is: "outId" }) }), { error: expect({ is: "out" }) }), []),
          "out",
        ),
        volumes: described(byId(amount("volume", "volume")), "volumes"),
        setPoints: described(byId(z.number({ error: expect({ is: "setPoint", unit: "flow" }) })), "setPoints"),
        locks: described(byId(lock), "locks"),
      },
      { error: expect({ is: "state" }) },
    ),
    "state",
  );

  return { network, state };
}

const schemas = /* @__PURE__ */ build();
export const networkSchema = /* @__PURE__ */ (() => schemas.network)();
export const stateSchema = /* @__PURE__ */ (() => schemas.state)();
