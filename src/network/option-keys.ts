/** Refuses options that a call doesn't take. */
import { OptionError } from "../errors.js";
import { nearest, show } from "./issues.js";

/** A misspelt option would pass unnoticed. */
export function checkKeys(options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw new OptionError(`options are ${show(options)}; they are an object.`);
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    throw new OptionError(
      `there is no option ${show(key)}. ${nearest(key, known) ?? `There are ${known.join(", ")}.`}`,
    );
  }
}
