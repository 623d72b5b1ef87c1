/** Where what a command says goes. */
import pc from "picocolors";
import { printableJson } from "../text/printable.js";
import { FAULTS } from "./speech.js";
import { faultOf, fileFault } from "./faults.js";
import type { Colors } from "./texts/text.js";

export const print = (text: string) => void process.stdout.write(`${text}\n`);
export const complain = (text: string) => void process.stderr.write(`${text}\n`);
export const printJson = (data: unknown) => {
  print(printableJson(JSON.stringify(data, null, 2)));
};

/** What is good to have beside a result: where it fails, that is told, and the result goes out without it. */
export function attempt<T>(failed: string, make: () => T): T | undefined {
  try {
    return make();
  } catch (reason) {
    complain(failed + FAULTS.colon + faultOf(reason).sentence);
    return undefined;
  }
}

let isClosed = false;

/** Whether nobody reads any more what is printed, so that there is no use in going on. */
export const hasNoReader = () => isClosed;

/** Sees to output that can't be written. */
export function watchOutput(): void {
  process.stdout.on("error", (reason: NodeJS.ErrnoException) => {
    if (isClosed) return;
    isClosed = true;
    // A reader that has seen enough (`| head`) is no fault.
    if (reason.code === "EPIPE") return;
    complain(FAULTS.unprinted(fileFault(reason)));
    process.exitCode = 1;
  });
  // There is no place left to say so.
  process.stderr.on("error", () => undefined);
}

/** Colours where a person looks at a terminal. Left to itself picocolors guesses where output goes into a file or pipe. */
export function colorsOf(stream: { readonly isTTY?: boolean }): Colors {
  return pc.createColors(stream.isTTY === true && (process.env.NO_COLOR ?? "") === "");
}

/** Milliseconds between two words on how far it is. */
const TELL_EVERY = 200;

export interface Progress {
  readonly tell: (done: number, total: number) => void;
  /** Takes what was told off the screen. */
  readonly end: () => void;
}

/** Tells on a terminal how far something long is. */
export function progress(what: string): Progress {
  if (!process.stderr.isTTY) return { tell: () => undefined, end: () => undefined };
  let last = Date.now();
  let isShown = false;
  return {
    tell(done, total) {
      const now = Date.now();
      if (now - last <= TELL_EVERY) return;
      last = now;
      isShown = true;
      process.stderr.write(`\r\u001b[K${what} ${done} / ${total}`);
    },
    end() {
      if (isShown) process.stderr.write("\r\u001b[K");
    },
  };
}
