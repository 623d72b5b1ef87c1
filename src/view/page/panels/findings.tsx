/** Why the plan is as it is. Worked out after the plan is shown, so that a click is answered at once. */
import { useEffect, useState } from "preact/hooks";
import type { Plan } from "../../../plan/plan.js";
import type { Finding } from "../../../explain/finding.js";
import { visible } from "../../drawing/escape.js";
import type { View } from "../view.js";
import { Panel } from "./parts.js";

/** Milliseconds that a scenario has to stand before it is explained: nobody reads while dragging. */
const REST = 120;

export interface Explained {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/** The last plan's findings, until those of `plan` are there. */
export function useFindings({ city, scenario }: Pick<View, "city" | "scenario">, plan: Plan): Explained | undefined {
  const [found, setFound] = useState<Explained>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setFound({ plan, findings: city.explain(scenario, plan) });
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [city, scenario, plan]);
  return found;
}

type Chapter = keyof View["words"]["because"];

function chapterOf(finding: Finding): Chapter {
  const kind = finding.kind === "more" ? finding.of : finding.kind;
  return kind === "held" || kind === "tolerance" ? "evenness" : kind;
}

interface Props {
  readonly view: View;
  readonly plan: Plan;
  readonly explained: Explained | undefined;
}

/** The sentences of one chapter; nothing where there are none. */
export function Sentences({ view, plan, explained, of }: Props & { readonly of: Chapter }) {
  const { language, words } = view;
  const findings = explained?.findings.filter((finding) => chapterOf(finding) === of) ?? [];
  if (findings.length === 0) return null;
  const isCurrent = explained?.plan === plan;
  return (
    <>
      <h3>{words.because[of]}</h3>
      <ul class={isCurrent ? "" : "stale"} aria-busy={!isCurrent}>
        {findings.map(({ kind, text }, i) => (
          <li key={i} data-finding={kind}>
            {visible(text[language])}
          </li>
        ))}
      </ul>
    </>
  );
}

export function Why(props: Props) {
  const { words } = props.view;
  return (
    <Panel title={words.why}>
      {props.explained === undefined && <p>{words.whyWait}</p>}
      {(["loss", "evenness", "bottleneck", "headroom", "alternative"] as const).map((chapter) => (
        <Sentences key={chapter} {...props} of={chapter} />
      ))}
    </Panel>
  );
}
