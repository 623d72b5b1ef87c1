/** What a plan tells besides: what it relies on, what it stops, and what wasn't taken as it was given. Nothing where there is none. */
import type { Plan, PlanFlow } from "../../../plan/plan.js";
import { formatFlow } from "../../../text/format.js";
import { unitLabel } from "../../../units/flow.js";
import { visible } from "../../drawing/escape.js";
import { List, Panel } from "./parts.js";
import type { View } from "../view.js";

export function Besides({ view, plan }: { readonly view: View; readonly plan: Plan }) {
  const { city, words, named, language } = view;
  const unit = city.network.units.flow;
  const flow = (one: PlanFlow) => `${named(one.id)} ${formatFlow(one.flow, unit)}`;
  const parts = [
    {
      part: "splits",
      title: words.splits,
      lines: plan.splits.map(({ id, links }) => `${named(id)}${words.colon}${links.map(flow).join(words.and)}`),
    },
    { part: "circulation", title: words.circulation, lines: plan.circulation.map(flow) },
    { part: "notes", title: words.notes, lines: city.notes[language].map(({ text }) => visible(text)) },
  ].filter(({ lines }) => lines.length > 0);
  if (parts.length === 0) return null;
  return (
    <Panel title={`${words.besides} (${unitLabel(unit)})`}>
      {parts.map(({ part, title, lines }) => (
        <div key={part} data-part={part}>
          <h3>{title}</h3>
          <List lines={lines} words={words} label={title} />
        </div>
      ))}
    </Panel>
  );
}
