/** What a secured plan is worth, and what it costs, as a page of text. */
import type { Compared, PreventivePlan } from "../../contingency/preventive.js";
import type { Language } from "../../text/language.js";
import type { Network } from "../../network/types.js";
import { formatFlow, formatShare } from "../../text/format.js";
import { unitLabel } from "../../units/flow.js";
import { naming, table, type Colors } from "./text.js";
import { wordsIn } from "./words.js";

export interface SecurityPage {
  readonly network: Network;
  readonly secured: PreventivePlan;
  readonly language: Language;
  readonly colors: Colors;
}

/** The text, without a newline at its end. */
export function securityText({ network, secured: { risks, price }, language, colors }: SecurityPage): string {
  const words = wordsIn(language);
  const unit = network.units.flow;
  const named = naming(network, language, colors);
  const rows = (head: string) => table([head, words.unsecured, words.secured], ["left", "right", "right"]);

  const lost = rows(`${words.out} (${unitLabel(unit)})`);
  for (const { outages, unsecured, secured } of risks)
    lost.push([outages.map(named).join(" + "), formatFlow(unsecured, unit), formatFlow(secured, unit)]);

  const paid = rows("");
  const pay = (what: string, of: Compared, text: (value: number) => string) =>
    paid.push([what, text(of.unsecured), text(of.secured)]);
  pay(words.objectives.balance, price.highestUtilisation, formatShare);
  pay(words.objectives.cost, price.cost, (money) => money.toFixed(2));

  const parts = [`${colors.bold(words.risk)}\n${lost.toString()}`, `${colors.bold(words.price)}\n${paid.toString()}`];
  return parts.join("\n\n").replace(/ +$/gm, "");
}
