/** The shape of a plan that comes from outside: what must hold before its figures can be looked at. */
import * as z from "zod";
import { FLOW_UNITS } from "../units/flow.js";
import { OBJECTIVES } from "./policy.js";

/** Marked pure, so that a bundle without it leaves it out. */
export const planShape = /* @__PURE__ */ (() => {
  const flow = z.strictObject({ id: z.string(), flow: z.number() });
  const unit = z.enum([...FLOW_UNITS, "money/h"]);

  return z.object({
    status: z.enum(["normal", "surcharged", "spilling", "flooding"]),
    engine: z.string(),
    units: z.strictObject({ flow: z.enum(FLOW_UNITS) }),
    objectives: z.array(
      z.discriminatedUnion("name", [
        z.strictObject({ name: z.literal("balance"), value: z.array(z.number()), unit: z.literal("1") }),
        z.strictObject({ name: z.enum([...OBJECTIVES, "security"]).exclude(["balance"]), value: z.number(), unit }),
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
    certificate: z
      .strictObject({
        stages: z.array(
          z.union([
            z.strictObject({
              objectives: z.partialRecord(z.enum(OBJECTIVES).exclude(["balance"]), z.number().positive()),
              factor: z.number().positive(),
              potentials: z.array(z.number()),
            }),
            z.strictObject({
              tolerance: z.number(),
              parts: z.array(z.number()),
              intakes: z.array(z.number()),
              flows: z.array(z.number()).optional(),
            }),
          ]),
        ),
      })
      .optional(),
    moves: z.array(
      z.strictObject({
        id: z.string(),
        from: z.number(),
        to: z.number(),
        why: z.string(),
        shifts: z.array(z.strictObject({ from: z.string(), to: z.string(), flow: z.number() })),
      }),
    ),
  });
})();
