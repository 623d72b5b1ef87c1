/** `trunkflow redispatch`: what to do when something fails. */
import { redispatch } from "../../contingency/redispatch.js";
import { timeToSpill } from "../../contingency/time-to-spill.js";
import { dispatch } from "../../dispatch/dispatch.js";
import { situationOf, type Flags } from "../inputs.js";
import { redispatchText } from "../texts/outage-texts.js";
import { attempt, colorsOf, print, printJson } from "../output.js";
import { FAULTS } from "../speech.js";
import { planText } from "../texts/plan-text.js";
import { TOP } from "../texts/text.js";

interface RedispatchFlags extends Flags {
  readonly tolerance?: number;
  readonly top?: number;
  readonly json?: boolean;
}

export async function runRedispatch(file: string, flags: RedispatchFlags): Promise<void> {
  const { network, state, outages, language } = await situationOf(file, flags);
  const { top = TOP, json = false } = flags;
  const options = { state, language, ...(flags.tolerance !== undefined && { tolerance: flags.tolerance }) };
  // What is in force: the state's own set points, and where it gives none the best plan before the outage.
  const before = dispatch(network, options);
  const found = attempt(FAULTS.noWay, () => redispatch(network, before, { ...options, outages }));
  // Whatever else fails, what to set now is told.
  const plan = found?.plan ?? dispatch(network, { ...options, outages, from: before });
  const time = attempt(FAULTS.noTime, () => timeToSpill(network, { state, outages, from: before }));
  if (json) {
    printJson({ ...(found ?? { plan }), timeToSpill: time ?? null });
    return;
  }
  const colors = colorsOf(process.stdout);
  const present = found && { ...found.idle, moves: [] };
  print(planText({ network, state, plan, present, isIdle: true, top, language, colors }));
  if (found !== undefined) print(`\n${redispatchText({ network, found, time, top, language, colors })}`);
}
