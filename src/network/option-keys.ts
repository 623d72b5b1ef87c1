/** Refuses options that a call doesn't take. */
import { OptionError } from "../errors.js";
import { nearest } from "../text/nearest.js";
import { show } from "../text/show.js";

/** What a caller may look for among the options, though it is the state's. */
const OF_STATE = ["inflows", "availability", "out", "volumes", "setPoints", "locks"];

/** A misspelt option would pass unnoticed. */
export function checkKeys(options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw new OptionError(`options are ${show(options)}; they are an object.`);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    if (OF_STATE.includes(key) && known.includes("state"))
      throw new OptionError(`there is no option "${key}"; put it into state: { state: { ${key}: … } }.`);
    if (OF_STATE.includes(key)) throw new OptionError(`there is no option "${key}"; it is a part of the state.`);
    throw new OptionError(
      `there is no option ${show(key)}. ${nearest(key, known) ?? `There are ${known.join(", ")}.`}`,
    );
  }
}
