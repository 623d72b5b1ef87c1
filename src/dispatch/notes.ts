/** What a user should know of how a state was taken. */
import { elementsOf } from "../network/checked.js";
import { byId } from "../text/order.js";
import { localise, type Language } from "../text/language.js";
import { readInput } from "../network/reading/read.js";
import type { Network, State } from "../network/types.js";
import { clippedSetPoints, type ClippedSetPoint } from "../network/state.js";
import { formatFlowWithUnit } from "../text/format.js";
import { reasonWords } from "../text/words.js";
import type { PlanNote } from "../plan/plan.js";

/**
 * Set points that weren't taken as they are given, in order of id.
 *
 * @param state one that has been loaded without errors: data, or a file's text or bytes
 */
export function notesOf(network: Network, state: State = {}, language: Language = "en"): PlanNote[] {
  const { made: given = {} } = readInput(state, (data) => ({ made: data as State, issues: [] }));
  return clippedSetPoints(network, given)
    .sort(byId)
    .map((one) => noteOf(network, one, language));
}

/** Says that a set point wasn't taken as it is given. */
function noteOf(network: Network, { id, given, taken }: ClippedSetPoint, language: Language): PlanNote {
  const name = localise(elementsOf(network).get(id) ?? { id }, language);
  const flow = (value: number) => formatFlowWithUnit(value, network.units.flow);
  return { code: "set-point-clipped", id, text: reasonWords(language).clipped(name, flow(taken), flow(given)) };
}
