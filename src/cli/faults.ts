/** What makes a command end with an exit code other than 0. A code is set for nothing else, so that each comes with a sentence. */
import { OptionError } from "../errors.js";
import { issueText, NetworkError } from "../network/issues.js";
import { printable } from "../text/printable.js";
import { FAULTS, LANGUAGE } from "./speech.js";

/** What is said on stderr, and the exit code. */
abstract class Fault extends Error {
  abstract readonly exit: number;
}

/** A file that can't be read or written, or that isn't what it should be. */
export class UnusableFile extends Fault {
  readonly exit = 1;
}

/** A command that was called with what there isn't. */
export class WrongUsage extends Fault {
  readonly exit = 2;
}

/** The user had seen enough. */
export class Stopped extends Fault {
  readonly exit = 130;
}

const OUR_FAULT = 70;

/** The exit code for whatever was thrown, and why. */
export function faultOf(reason: unknown): { readonly exit: number; readonly sentence: string } {
  if (reason instanceof Fault) return { exit: reason.exit, sentence: reason.message };
  // Figures that are right one by one, and come to too much together.
  if (reason instanceof NetworkError)
    return { exit: 1, sentence: reason.issues.map((issue) => issueText(issue, LANGUAGE)).join("\n") || reason.message };
  if (reason instanceof OptionError) return { exit: 2, sentence: reason.message };
  const why = reason instanceof Error ? reason.message : String(reason);
  return { exit: OUR_FAULT, sentence: `trunkflow: ${printable(why)}` };
}

/** What went wrong with a file, in words, and the system's code for it. */
export function fileFault(reason: unknown): string {
  const { code = "", message } = reason as NodeJS.ErrnoException;
  const words = Object.entries(FAULTS.files).find(([known]) => known === code);
  return words === undefined ? printable(message) : FAULTS.coded(words[1], code);
}
