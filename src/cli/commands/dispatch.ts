/** `trunkflow dispatch`: the best plan. */
import { preventivePlan } from "../../contingency/preventive.js";
import { dispatch, presentPlan, type DispatchOptions } from "../../dispatch/dispatch.js";
import { isFailing } from "../../dispatch/component-solver.js";
import type { EngineName } from "../../dispatch/prepare.js";
import { stateOf } from "../../dispatch/dispatch.js";
import { explain } from "../../explain/explain.js";
import { outagesIn, situationOf, type Flags } from "../inputs.js";
import { attempt, colorsOf, print, printJson } from "../output.js";
import { FAULTS } from "../speech.js";
import { planText } from "../texts/plan-text.js";
import { securityText } from "../texts/security-text.js";
import { TOP } from "../texts/text.js";

interface DispatchFlags extends Flags {
  readonly secure?: string[];
  readonly engine?: EngineName | "highs";
  readonly tolerance?: number;
  readonly top?: number;
  readonly json?: boolean;
}

export async function runDispatch(file: string, flags: DispatchFlags): Promise<void> {
  const { network, state, outages, language } = await situationOf(file, flags);
  const { top = TOP } = flags;
  const secure = flags.secure && outagesIn(network, "--secure", flags.secure);
  const engine = await engineOf(flags);
  const options: DispatchOptions = {
    state,
    outages,
    language,
    ...(engine !== undefined && { engine }),
    ...(flags.tolerance !== undefined && { tolerance: flags.tolerance }),
  };
  const secured = secure && preventivePlan(network, { ...options, secure });
  const plan = secured?.plan ?? dispatch(network, options);
  if (flags.json === true) {
    printJson(secured ?? plan);
    return;
  }
  const { policy: _policy, tolerance: _tolerance, ...present } = options;
  const full = stateOf(network, { state, outages });
  const isSet = Object.keys(state.setPoints ?? {}).length > 0;
  const colors = colorsOf(process.stdout);
  // Only a plan with a proof is sure to be explained: other engines may come to another one that is as good.
  const findings =
    plan.certificate === undefined
      ? []
      : attempt(FAULTS.noReasons, () => explain(network, full, plan, { tolerance: flags.tolerance ?? 0 }));
  const before = isSet ? attempt(FAULTS.noPresent, () => presentPlan(network, present)) : undefined;
  const isIdle = isFailing(network, full);
  const about = { network, state, plan, present: before, isIdle, top, language, colors };
  print(planText({ ...about, ...(findings && { findings }) }));
  if (secured !== undefined) print(`\n${securityText({ network, secured, language, colors })}`);
}

/** The engine that is asked for; with it, or with outages to be secure against, come the LP engines, which no other dispatch needs. */
async function engineOf({ engine, secure }: DispatchFlags): Promise<DispatchOptions["engine"]> {
  if (secure === undefined && (engine ?? "network") === "network") return engine as "network" | undefined;
  await import("../../dispatch/provide-linear.js");
  if (engine !== "highs") return engine;
  const { loadHighs } = await import("../../linear/highs.js");
  return loadHighs();
}
