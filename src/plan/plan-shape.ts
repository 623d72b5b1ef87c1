/** A plan that comes from outside: what must hold before its figures can be looked at, and whether it is one of a network. */
import { en } from "zod/locales";
import * as z from "zod/mini";
import { OptionError } from "../errors.js";
import { show } from "../text/show.js";
import type { Network } from "../network/types.js";
import { FLOW_UNITS } from "../units/flow.js";
import { PLAN_VERSION, type Plan } from "./plan.js";
import { OBJECTIVES } from "../problem/policy.js";

/** Marked pure, so that a bundle without it leaves it out. */
const planShape = /* @__PURE__ */ (() => {
  const flow = z.strictObject({ id: z.string(), flow: z.number() });
  const unit = z.enum([...FLOW_UNITS, "money/h"]);
  const positive = z.number().check(z.positive());
  const SCALARS = OBJECTIVES.filter((name) => name !== "balance" && name !== "sharing");

  return z.object({
    version: z.literal(PLAN_VERSION),
    status: z.enum(["normal", "surcharged", "spilling", "flooding"]),
    engine: z.string(),
    units: z.strictObject({ flow: z.enum(FLOW_UNITS) }),
    objectives: z.array(
      z.discriminatedUnion("name", [
        z.strictObject({ name: z.literal("balance"), value: z.array(z.number()), unit: z.literal("1") }),
        z.strictObject({ name: z.literal("sharing"), value: z.array(z.number()), unit: z.literal("1") }),
        z.strictObject({
          name: z.enum([...SCALARS, "security"]),
          value: z.number(),
          unit,
        }),
      ]),
    ),
    plants: z.array(
      z.strictObject({
        id: z.string(),
        intake: z.number(),
        available: z.number(),
        utilisation: z.number(),
        headroom: z.number(),
      }),
    ),
    links: z.array(
      z.strictObject({ id: z.string(), flow: z.number(), utilisation: z.number(), aboveTarget: z.number() }),
    ),
    spills: z.array(flow),
    flooding: z.array(flow),
    certificate: z.optional(
      z.strictObject({
        components: z.array(
          z.strictObject({
            stages: z.array(
              z.union([
                z.strictObject({
                  objectives: z.partialRecord(z.enum([...SCALARS, "locks"]), positive),
                  factor: positive,
                  potentials: z.array(z.number()),
                }),
                z.strictObject({
                  objective: z.literal("sharing"),
                  parts: z.optional(z.array(z.number())),
                  shares: z.optional(z.array(z.number())),
                }),
                z.strictObject({
                  tolerance: z.number(),
                  parts: z.array(z.number()),
                  intakes: z.array(z.number()),
                  flows: z.optional(z.array(z.number())),
                }),
              ]),
            ),
          }),
        ),
      }),
    ),
    moves: z.array(
      z.strictObject({
        id: z.string(),
        from: z.number(),
        to: z.number(),
        why: z.string(),
        shifts: z.array(z.strictObject({ from: z.string(), to: z.string(), flow: z.number() })),
      }),
    ),
    locks: z.array(
      z.strictObject({
        id: z.string(),
        min: z.optional(z.number()),
        max: z.optional(z.number()),
        flow: z.number(),
        short: z.number(),
        costs: z.array(
          z.strictObject({
            objective: z.string(),
            before: z.number(),
            after: z.number(),
            place: z.optional(z.number()),
          }),
        ),
        text: z.string(),
      }),
    ),
    splits: z.array(z.strictObject({ id: z.string(), links: z.array(flow) })),
    circulation: z.array(flow),
    notes: z.array(z.strictObject({ code: z.string(), id: z.string(), text: z.string() })),
  });
})();

/** Whether something has the shape of a plan, and what of it hasn't, in words. */
export const readShape = (plan: unknown) => planShape.safeParse(plan, { error: en().localeError });

/**
 * Refuses what isn't a plan of a network: of its elements, all of them, in its unit, with figures that are numbers. Whether it is a good
 * plan, or could be at all, is for `certify` to say.
 *
 * @throws OptionError
 * @remarks linear in the network
 */
export function assertPlanOf(network: Network, plan: unknown): void {
  const given = plan as Partial<Plan> | null;
  const isPlan =
    typeof given === "object" &&
    given !== null &&
    [given.links, given.plants, given.spills, given.flooding, given.locks ?? []].every((list) => areRows(list));
  if (!isPlan) throw new OptionError(`the plan is ${show(plan)}; it is what dispatch returns.`);
  assertFormat(given);
  assertUnit(network, given.units?.flow);
  const { links = [], plants = [], spills = [], flooding = [] } = given;
  const of = (kind: string) => network.nodes.filter((node) => node.kind === kind);
  assertSame("links", links, network.links);
  assertSame("plants", plants, of("plant"));
  assertSame("spills", spills, of("outfall"));
  assertKnown("flooding", flooding, network.nodes);
  assertFigures("links", links, ["flow", "utilisation", "aboveTarget"]);
  assertFigures("plants", plants, ["intake", "available", "utilisation"]);
  assertFigures("spills", spills, ["flow"]);
  assertFigures("flooding", flooding, ["flow"]);
}

/**
 * Refuses what set points can't be read from: links with flows, some of the network's or all, in its unit where a unit is told.
 *
 * @throws OptionError
 */
export function assertLinksOf(network: Network, from: unknown): asserts from is Pick<Plan, "links"> {
  const given = from as Partial<Plan> | null;
  if (typeof given !== "object" || given === null || !areRows(given.links))
    throw new OptionError("from is not a plan: a plan has links, each with an id and a flow.");
  assertFormat(given);
  if (given.units !== undefined) assertUnit(network, given.units.flow);
  assertKnown("links", given.links, network.links);
  assertFigures("links", given.links, ["flow"]);
}

function assertFormat(plan: object): void {
  const { version = PLAN_VERSION } = plan as { readonly version?: unknown };
  if (version === PLAN_VERSION) return;
  throw new OptionError(`this plan is of format ${show(version)}; this version reads ${PLAN_VERSION}.`);
}

function assertUnit(network: Network, unit: unknown): void {
  if (unit === network.units.flow) return;
  throw new OptionError(`the plan is in ${show(unit)}, the network in ${show(network.units.flow)}.`);
}

interface Named {
  readonly id: string;
}

function areRows(list: unknown): list is readonly Named[] {
  return Array.isArray(list) && list.every((row) => typeof (row as Partial<Named> | null)?.id === "string");
}

function assertSame(list: string, rows: readonly Named[], elements: readonly Named[]): void {
  assertKnown(list, rows, elements);
  const named = new Set(rows.map(({ id }) => id));
  const lacking = elements.filter(({ id }) => !named.has(id));
  if (lacking.length > 0) throw new OptionError(`${another(list)} lack ${few(lacking)}, which this network has.`);
}

/** Nothing that the network doesn't have, and nothing twice. */
function assertKnown(list: string, rows: readonly Named[], elements: readonly Named[]): void {
  const known = new Set(elements.map(({ id }) => id));
  const strange = rows.filter(({ id }) => !known.has(id));
  if (strange.length > 0)
    throw new OptionError(
      `${another(list)} ${list === "flooding" ? "names" : "name"} ${few(strange)}, which this network lacks.`,
    );
  const twice = rows.filter(({ id }) => !known.delete(id));
  if (twice.length > 0) throw new OptionError(`the plan's ${list} name ${few(twice)} twice.`);
}

const another = (list: string) => `the plan is of another network: its ${list}`;

/** How many ids a message names. */
const NAMED = 3;

function few(rows: readonly Named[]): string {
  const names = rows.slice(0, NAMED).map(({ id }) => show(id));
  const rest = rows.length - names.length;
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function assertFigures<T extends Named>(
  list: string,
  rows: readonly T[],
  figures: readonly (keyof T & string)[],
): void {
  for (const row of rows) {
    for (const figure of figures) {
      if (Number.isFinite(row[figure])) continue;
      throw new OptionError(
        `the plan's ${list} have ${show(row[figure])} as ${figure} of ${show(row.id)}; it is a number.`,
      );
    }
  }
}
