/**
 * The options of calls. Each call has a record of them, which names every option of its type once, with what is wrong with a value; types hold
 * that none is missing, and a test that the README names the same.
 */
import { OptionError } from "../errors.js";
import { nearest } from "../text/nearest.js";
import { show } from "../text/show.js";

/** Throws OptionError for a value that the option can't have. */
type Check = (value: unknown, name: string) => void;

/** What `options` of a call are held against. */
export type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check };

/** Of what is held against the network, or a plan, where it is used. */
export const whereUsed: Check = () => undefined;

/** What is called again and again. */
export const aFunction: Check = (value, name) => {
  if (typeof value !== "function") throw new OptionError(`${name} is ${show(value)}; it is a function.`);
};

/** What ends a call. */
export const aSignal: Check = (value, name) => {
  const isSignal = typeof value === "object" && value !== null && "throwIfAborted" in value;
  if (!isSignal) throw new OptionError(`${name} is ${show(value)}; it is an AbortSignal.`);
};

/** What a caller may look for among the options, though it is the state's. */
const OF_STATE = ["inflows", "availability", "out", "volumes", "setPoints", "locks"];

/**
 * Refuses options that a call doesn't take, as a misspelt one would pass unnoticed, and values that they can't have. What is undefined isn't given.
 *
 * @param elsewhere what to do instead about options that are not of this call, though one may look for them here
 * @throws OptionError
 */
export function checkOptions<Options extends object>(
  options: Options,
  checks: Checks<Options>,
  elsewhere: Readonly<Record<string, string>> = {},
): void {
  if (typeof (options as unknown) !== "object" || (options as unknown) === null)
    throw new OptionError(`options are ${show(options)}; they are an object.`);
  const known = Object.keys(checks);
  for (const [key, value] of Object.entries(options)) {
    if (Object.hasOwn(checks, key)) {
      if (value !== undefined) checks[key as keyof Options](value, key);
      continue;
    }
    const instead = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
    if (instead !== undefined && value === undefined) continue;
    if (instead !== undefined) throw new OptionError(`there is no option "${key}" here; ${instead}.`);
    if (OF_STATE.includes(key) && known.includes("state"))
      throw new OptionError(`there is no option "${key}"; put it into state: { state: { ${key}: … } }.`);
    if (OF_STATE.includes(key)) throw new OptionError(`there is no option "${key}"; it is a part of the state.`);
    throw new OptionError(
      `there is no option ${show(key)}. ${nearest(key, known) ?? `There are ${known.join(", ")}.`}`,
    );
  }
}

/** Those of a call's options that are another call's too. */
export function optionsOf<Part extends object>(options: Part, checks: Checks<Part>): Part {
  return Object.fromEntries(Object.entries(options).filter(([key]) => Object.hasOwn(checks, key))) as Part;
}
