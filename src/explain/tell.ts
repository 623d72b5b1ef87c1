/** Names, figures and lists as a finding's sentence has them. */
import { elementsOf } from "../network/checked.js";
import { LANGUAGES, localise, type Language } from "../text/language.js";
import { isLeximin, type LinearObjective } from "../problem/policy.js";
import { countsByWeight } from "../plan/objective-name.js";
import type { Network, NetworkLink, NetworkNode } from "../network/types.js";
import { formatFlow, formatFlowWithUnit, formatShare } from "../text/format.js";
import type { Difference, Hold, Standing, Told } from "./finding.js";
import { explainWords, type ExplainWords } from "../text/words.js";

/** Names listed in one sentence at most. */
const LISTED = 3;

export interface Speaker {
  readonly words: ExplainWords;
  readonly name: (id: string) => string;
  readonly flow: (flow: number) => string;
  /** With its unit. */
  readonly amount: (flow: number) => string;
  readonly list: <T>(items: readonly T[], item: (one: T) => string) => string;
  /** Why each of some links and plants takes no more, shortest kind first. */
  readonly holds: (holds: readonly Hold[]) => string[];
  /** `East and West stand at 80.2 %`, or each with its share and what all have in common: they are level, or lower than others. */
  readonly standing: (plants: readonly Standing[], all: "level" | "lower") => string;
  readonly objective: (of: Difference["objective"]) => string;
  readonly figure: (objective: Difference["objective"], value: number) => string;
  readonly change: (difference: Difference) => string;
}

/** The same sentence in each language. */
export type Tell = (sentence: (speaker: Speaker) => string) => Told;

export function teller(network: Network): Tell {
  const [en, zh] = LANGUAGES.map((language) => speakerOf(network, language));
  return (sentence) => ({ en: en === undefined ? "" : sentence(en), zh: zh === undefined ? "" : sentence(zh) });
}

/** Whether a sentence shows a difference. */
export function isSeen({ objective, before, after }: Difference, tell: Tell): boolean {
  const text = (value: number) => tell(({ figure }) => figure(objective, value)).en;
  return text(before) !== text(after);
}

function speakerOf(network: Network, language: Language): Speaker {
  const words = explainWords(language);
  const elements = elementsOf(network);
  const unit = network.units.flow;
  const name = (id: string) => localise(elements.get(id) ?? { id }, language);
  const flow = (value: number) => formatFlow(value, unit);
  const amount = (value: number) => formatFlowWithUnit(value, unit);
  const list = <T>(items: readonly T[], item: (one: T) => string) => {
    // One more than is listed takes no less room than saying so.
    const shown = items.length <= LISTED + 1 ? items : items.slice(0, LISTED);
    return words.list(shown.map(item), items.length - shown.length);
  };
  const figure = (objective: Difference["objective"], value: number) =>
    isLeximin(objective) ? formatShare(value) : objective === "cost" ? value.toFixed(2) : amount(value);
  const objective = (of: Difference["objective"]) =>
    (of === "balance" || of === "flooding") && countsByWeight(network, of) ? words.weighted[of] : words.objectives[of];
  return {
    words,
    name,
    flow,
    amount,
    list,
    figure,
    objective,
    holds: (holds) => {
      const kinds = new Map<keyof ExplainWords["holds"] | LinearObjective, Hold[]>();
      for (const hold of holds) {
        const kind = isAtTarget(hold, elements.get(hold.id)) ? "target" : hold.by;
        kinds.set(kind, [...(kinds.get(kind) ?? []), hold]);
      }
      return [...kinds].map(([kind, members]) => {
        if (kind === "capacity" || kind === "target") {
          const named = list(members, (one) => words.with(name(one.id), flow(one.flow)));
          return words.holds[kind](named, members.length);
        }
        const named = list(members, (one) => name(one.id));
        if (kind === "outage" || kind === "lock") return words.holds[kind](named, members.length);
        return words.holds.objective(named, objective(kind as LinearObjective));
      });
    },
    standing: (plants, all) => {
      const shares = new Set(plants.map(({ utilisation }) => formatShare(utilisation)));
      const [share = ""] = shares;
      if (shares.size === 1)
        return words.stand(
          list(plants, ({ id }) => name(id)),
          share,
          plants.length,
        );
      const each = list(plants, ({ id, utilisation }) => words.at(name(id), formatShare(utilisation)));
      return all === "level" ? words.standLevel(each) : words.standLower(each);
    },
    change: ({ objective: of, before, after }) =>
      (after < before ? words.fall : words.rise)(objective(of), figure(of, before), figure(of, after)),
  };
}

/** Held by what comes of flow above the target, and just there. */
function isAtTarget({ by, flow }: Hold, element: NetworkNode | NetworkLink | undefined): boolean {
  return by === "surcharge" && element !== undefined && "target" in element && Math.abs(flow) === element.target;
}
