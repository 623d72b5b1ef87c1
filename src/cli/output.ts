/** Where what a command says goes. */
import pc from "picocolors";
import { printableJson } from "../network/printable.js";
import type { Colors } from "./text.js";

export const print = (text: string) => void process.stdout.write(`${text}\n`);
export const complain = (text: string) => void process.stderr.write(`${text}\n`);
export const printJson = (data: unknown) => {
  print(printableJson(JSON.stringify(data, null, 2)));
};

/** Colours where a person looks at a terminal. Left to itself picocolors guesses where output goes into a file or pipe. */
export function colorsOf(stream: { readonly isTTY?: boolean }): Colors {
  return pc.createColors(stream.isTTY === true && (process.env.NO_COLOR ?? "") === "");
}

/** Milliseconds between two words on how far it is. */
const TELL_EVERY = 200;

/** Tells on a terminal how far a long screening is. */
export function progress(): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let last = Date.now();
  return (done, total) => {
    const now = Date.now();
    if (done === total) process.stderr.write("\r\u001b[K");
    else if (now - last > TELL_EVERY) {
      last = now;
      process.stderr.write(`\r${done} / ${total}`);
    }
  };
}
