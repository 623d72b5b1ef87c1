/** `trunkflow report`: a plan as a file to look at, a live page or a picture of the map. */
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { dispatch } from "../dispatch/dispatch.js";
import { outagesIn } from "../dispatch/outage.js";
import { fullState } from "../dispatch/state-options.js";
import { OptionError } from "../errors.js";
import { printable } from "../network/printable.js";
import { renderHtml } from "../view/html.js";
import { renderSvg } from "../view/svg.js";
import { situationOf, UnusableFile, type Flags, type Situation } from "./inputs.js";
import { print } from "./output.js";
import { WORDS } from "./words.js";

interface ReportFlags extends Flags {
  readonly output: string;
  readonly tolerance?: number;
}

interface Pictured extends Situation {
  readonly tolerance: number;
}

/** How a file is made, by the end of its name. */
const MADE: Readonly<Record<string, (of: Pictured) => string>> = {
  ".html": ({ network, ...rest }) => renderHtml(network, rest),
  ".svg": ({ network, language, ...rest }) => {
    const { state, outages } = rest;
    const out = outagesIn(fullState(network, { state, outages }));
    return renderSvg(network, dispatch(network, rest), { language, out });
  },
};

export async function runReport(file: string, flags: ReportFlags): Promise<void> {
  const { output, tolerance = 0 } = flags;
  const [end] = /\.[^.]*$/.exec(output.toLowerCase()) ?? [""];
  const make = Object.hasOwn(MADE, end) ? MADE[end] : undefined;
  if (make === undefined)
    throw new OptionError(`${printable(output)} ends in neither .html (a live page) nor .svg (a picture of the map).`);
  const situation = await situationOf(file, flags);
  const text = make({ ...situation, tolerance });
  try {
    await writeFile(output, text);
  } catch (reason) {
    throw new UnusableFile(`${printable(output)} can't be written: ${printable((reason as Error).message)}`);
  }
  print(`${WORDS[situation.language].open} ${pathToFileURL(output).href}`);
}
