/** `trunkflow report`: a plan as a file to look at, a live page or a picture of the map. */
import { pathToFileURL } from "node:url";
import { dispatch } from "../../dispatch/dispatch.js";
import { outagesIn } from "../../network/outage.js";
import { fullState } from "../../dispatch/state-options.js";
import { printable } from "../../text/printable.js";
import { renderHtml } from "../../view/html.js";
import { renderSvg } from "../../view/drawing/svg.js";
import { WrongUsage } from "../faults.js";
import { situationOf, type Flags, type Situation } from "../inputs.js";
import { print } from "../output.js";
import { FAULTS } from "../speech.js";
import { writeWhole } from "../write-whole.js";
import { wordsIn } from "../texts/words.js";

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
  if (make === undefined) throw new WrongUsage(FAULTS.badEnd(printable(output)));
  const situation = await situationOf(file, flags);
  await writeWhole(output, make({ ...situation, tolerance }));
  print(`${wordsIn(situation.language).open} ${pathToFileURL(output).href}`);
}
