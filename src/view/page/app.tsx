/** The page: a network, what is changed about it, and what comes of that. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { issueText, NetworkError } from "../../network/issues.js";
import { LANGUAGES, localise, textIn, type Language } from "../../text/language.js";
import { formatFlowWithUnit, formatShare } from "../../text/format.js";
import { visible } from "../drawing/escape.js";
import { Besides } from "./panels/besides.js";
import type { City, Scenario } from "./city.js";
import { useFindings, Why } from "./panels/findings.js";
import { Hold } from "./panels/hold.js";
import { Inflows } from "./panels/inflows.js";
import { MapPanel } from "./panels/map-panel.js";
import { OutageTable } from "./panels/outage-table.js";
import { PolicyPanel } from "./panels/policy-panel.js";
import { Losses, Moves, Objectives, Plants } from "./panels/results.js";
import type { Plans, View } from "./view.js";
import { wordsIn } from "./words.js";

/** A scenario and its plans; and why the last change was refused, where it was. */
interface Shown extends Plans {
  readonly scenario: Scenario;
  readonly fault?: unknown;
}

function shownOf(city: City, scenario: Scenario): Shown {
  return { scenario, plan: city.solve(scenario), idle: city.baseline(scenario) };
}

/** Why a change is refused. What no file can be blamed for is told in English. */
function faultText(fault: unknown, language: Language) {
  if (fault instanceof NetworkError) return fault.issues.map((issue) => issueText(issue, language)).join("\n");
  return <span lang="en">{fault instanceof Error ? fault.message : String(fault)}</span>;
}

export function App({ city, first }: { readonly city: City; readonly first: Language }) {
  const [language, setLanguage] = useState(first);
  const [{ scenario, plan, idle, fault }, setShown] = useState<Shown>(() => shownOf(city, city.start));
  const words = useMemo(() => wordsIn(language), [language]);
  const names = useMemo(
    () =>
      new Map(
        [...city.network.nodes, ...city.network.links].map((element) => [
          element.id,
          visible(localise(element, language)),
        ]),
      ),
    [city, language],
  );
  const [wanted, setWanted] = useState<View["wanted"]>();
  const named = useCallback((id: string) => names.get(id) ?? id, [names]);
  const explained = useFindings({ city, scenario }, plan);
  const title = visible(textIn(city.network.name, language) ?? "trunkflow");
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);

  // What can't be solved, as more inflow than is counted exactly, is refused: the last scenario stays, with its plan.
  const change: View["change"] = (by) => {
    setShown((last) => {
      const scenario = { ...last.scenario, ...by(last.scenario) };
      try {
        return shownOf(city, scenario);
      } catch (reason) {
        return { ...last, fault: reason };
      }
    });
  };
  const view: View = {
    city,
    scenario,
    change,
    toggle: (id) => {
      change(({ out }) => ({ out: out.includes(id) ? out.filter((one) => one !== id) : [...out, id] }));
    },
    release: (id) => {
      change(({ locks }) => ({ locks: new Map([...locks].filter(([one]) => one !== id)) }));
    },
    wanted,
    lead: (id) => {
      setWanted({ id });
    },
    reset: () => {
      setShown(shownOf(city, city.start));
    },
    language,
    words,
    named,
  };
  const unit = city.network.units.flow;
  const losses = (["flooding", "spills"] as const).flatMap((part) => {
    const flow = plan[part].reduce((sum, one) => sum + one.flow, 0);
    return flow > 0 ? [`${part === "spills" ? words.spill : words.flooding} ${formatFlowWithUnit(flow, unit)}`] : [];
  });
  const shares = plan.plants.filter(({ available }) => available > 0).map(({ utilisation }) => utilisation);

  return (
    <>
      <header>
        <h1>{title}</h1>
        <p class={`status ${plan.status}`} role="status">
          <strong>{words.status[plan.status]}</strong>
          {losses.map((loss) => ` · ${loss}`)}
          {shares.length > 0 &&
            ` · ${words.plants} ${formatShare(Math.min(...shares))} – ${formatShare(Math.max(...shares))}`}
        </p>
        {fault !== undefined && (
          <p class="fault" role="alert">
            {words.refused} {faultText(fault, language)}
          </p>
        )}
        <label>
          <span class="unseen">{words.language}</span>
          <select
            value={language}
            onChange={(event) => {
              setLanguage(LANGUAGES.find((one) => one === event.currentTarget.value) ?? language);
            }}
          >
            {LANGUAGES.map((one) => (
              <option key={one} value={one} lang={one}>
                {wordsIn(one).itself}
              </option>
            ))}
          </select>
        </label>
      </header>
      <main>
        <MapPanel view={view} plan={plan} />
        <div class="column results">
          <Plants view={view} plan={plan} idle={idle} />
          <Losses view={view} plan={plan} idle={idle} />
          <Why view={view} plan={plan} explained={explained} />
          <Moves view={view} plan={plan} explained={explained} />
          <Besides view={view} plan={plan} />
        </div>
        <div class="column">
          <Inflows view={view} />
          <Hold view={view} plan={plan} />
          <PolicyPanel view={view} />
          <Objectives view={view} plan={plan} idle={idle} />
        </div>
        <OutageTable view={view} />
      </main>
      <footer>{words.made}</footer>
    </>
  );
}
