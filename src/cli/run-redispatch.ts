/** `trunkflow redispatch`: what to do when something fails. */
import { redispatch } from "../contingency/redispatch.js";
import { timeToSpill } from "../contingency/time-to-spill.js";
import { dispatch } from "../dispatch/dispatch.js";
import { situationOf, type Flags } from "./inputs.js";
import { redispatchText } from "./outage-texts.js";
import { colorsOf, print, printJson } from "./output.js";
import { planText } from "./plan-text.js";

interface RedispatchFlags extends Flags {
  readonly tolerance?: number;
  readonly json?: boolean;
}

export async function runRedispatch(file: string, flags: RedispatchFlags): Promise<void> {
  const { network, state, outages, language } = await situationOf(file, flags);
  const { tolerance } = flags;
  // What is in force: the state's own set points, and where it gives none the best plan before the outage.
  const before = dispatch(network, { state, ...(tolerance !== undefined && { tolerance }) });
  const found = redispatch(network, before, {
    state,
    outages,
    language,
    ...(tolerance !== undefined && { tolerance }),
  });
  const time = timeToSpill(network, { state, outages, from: before });
  if (flags.json === true) {
    printJson({ ...found, timeToSpill: time });
    return;
  }
  const colors = colorsOf(process.stdout);
  print(planText({ network, plan: found.plan, present: { ...found.idle, moves: [] }, language, colors }));
  print(`\n${redispatchText({ network, found, time, language, colors })}`);
}
