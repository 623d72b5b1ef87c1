/**
 * What every error of this package is. `code` is stable and literal, so that a caller tells errors apart without
 * matching messages; the message says what is wrong, where, and what would be right.
 *
 * @example
 * const caught = (() => { try { return dispatch(city, { tolerance: 2 }); } catch (reason) { return reason; } })();
 * caught instanceof TrunkflowError && caught.code; // "option"
 */
export abstract class TrunkflowError extends Error {
  abstract readonly code: string;
}

/**
 * An option of a call is not one that the call takes: the caller's mistake, found before any work.
 *
 * @example
 * dispatch(city, { tolerance: 2 }); // throws OptionError: tolerance is 2; …
 */
export class OptionError extends TrunkflowError {
  readonly code = "option";
  override readonly name = "OptionError";
}

/**
 * An engine gave an answer that fails our own check. A bug of ours or of the solver beneath, never of the input.
 *
 * @example
 * const broken = { name: "broken", solve: () => ({ status: "solved" }) };
 * dispatch(city, { engine: broken }); // throws EngineError: the answer of broken fails our check: …
 */
export class EngineError extends TrunkflowError {
  readonly code = "engine";
  override readonly name = "EngineError";
}

/** What can't be unless we have made a mistake; told in a sentence. */
export function bug(what: string): EngineError {
  return new EngineError(`${what} This is a bug; please report it with your file.`);
}
