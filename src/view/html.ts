/** A page of its own in which the network is solved anew at every click. */
import { assertNetwork } from "../network/checked.js";
import { checkOptions, type Checks } from "../network/options.js";
import { noScriptText } from "../text/words.js";
import { checkLanguage, LANGUAGES, textIn, type Language } from "../text/language.js";
import type { Network, NetworkNode } from "../network/types.js";
import { checkPolicy, checkTolerance, DEFAULT_POLICY } from "../problem/policy.js";
import type { CourseOptions } from "../dispatch/component-solver.js";
import { notesOf } from "../dispatch/notes.js";
import { checkOutages, idOf, leftOf } from "../network/outage.js";
import { fullState, STATE_OPTIONS, type StateOptions } from "../dispatch/state-options.js";
import { xml } from "./drawing/escape.js";
import { freeLayout } from "./layout/free-layout.js";
import { placesOf } from "./layout/layout.js";
import { DATA_ID, type PageData } from "./page/data.js";
import { hash as scriptHash, notices, text as script } from "./page/main.js?bundled";
import { hash as styleHash, text as style } from "./page/page.css?bundled";
import { byId } from "../text/order.js";

export interface HtmlOptions extends StateOptions, Pick<CourseOptions, "policy" | "tolerance"> {
  /** The language that the page begins in; `en` if not given. */
  readonly language?: Language;
}

const OPTIONS: Checks<HtmlOptions> = {
  ...STATE_OPTIONS,
  policy: checkPolicy,
  tolerance: checkTolerance,
  language: checkLanguage,
};

/** Nothing but the page's own script and style; no request, no frame, no form. */
const POLICY = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * One self-contained file, alive: a map, the plants before and after, what is lost, why, and every outage. A click on an element fails
 * it; inflows, the policy's order and its tolerance can be changed; and the page finds the new plan by itself, with the same engine.
 * It makes no request, runs under a content-security policy, and says everything in English and Chinese.
 *
 * @param options the state that the page begins with, and the policy
 * @returns the file's text
 * @throws NetworkError for a state that doesn't fit the network; OptionError for an option that doesn't exist
 * @remarks linear in the network where all nodes have coordinates; else the layout's time besides
 * @example
 * const page = renderHtml(city, { state: { out: ["east"] } });
 * page.startsWith("<!doctype html>"); // true
 */
export function renderHtml(network: Network, options: HtmlOptions = {}): string {
  assertNetwork(network);
  checkOptions(options, OPTIONS);
  const { policy = DEFAULT_POLICY, tolerance = 0, language = "en", ...rest } = options;
  const { outages = [], ...present } = rest;
  checkOutages(network, outages);
  // What is lost in part stays so; what fails wholly can be brought back.
  const failed = outages.filter((outage) => leftOf(outage) === 0);
  const state = fullState(network, { ...present, outages: outages.filter((outage) => !failed.includes(outage)) });
  const nodes = placed(network);
  const data: PageData = {
    network: { ...network, nodes },
    state,
    outages: failed.map(idOf),
    policy,
    tolerance,
    notes: { en: notesOf(network, options.state, "en"), zh: notesOf(network, options.state, "zh") },
    language,
  };
  const title = textIn(network.name, language) ?? "trunkflow";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="trunkflow">
<title>${xml(title)}</title>
<!--
${notices}-->
<style>${style}</style>
</head>
<body>
<div id="trunkflow"><header><h1>${xml(title)}</h1></header><noscript>${LANGUAGES.map(noScriptText).join(" ")}</noscript></div>
<script type="application/json" id="${DATA_ID}">${inScript(JSON.stringify(data))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The nodes with places for those that have none, so that a page needn't lay them out. */
function placed({ nodes, links }: Network): NetworkNode[] {
  if (nodes.every(({ at }) => at !== undefined)) return [...nodes];
  const sorted = [...nodes].sort(byId);
  const { x, y } = placesOf(sorted, links, freeLayout);
  return sorted.map((node, i) => ({ ...node, at: [x[i] ?? 0, -(y[i] ?? 0)] }));
}

/** JSON that can't end the element it stands in. */
function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
