/** The page: a network, what is changed about it, and what comes of that. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { LANGUAGES, localise, textIn, type Language } from "../../network/names.js";
import { formatShare } from "../../units/format.js";
import type { City } from "./city.js";
import { useFindings, Why } from "./findings.js";
import { Inflows } from "./inflows.js";
import { MapPanel } from "./map-panel.js";
import { OutageTable } from "./outage-table.js";
import { PolicyPanel } from "./policy-panel.js";
import { Losses, Moves, Objectives, Plants } from "./results.js";
import type { View } from "./view.js";
import { WORDS } from "./words.js";

const LANGUAGE_NAMES: Record<Language, string> = { en: "English", zh: "中文" };

export function App({ city, first }: { readonly city: City; readonly first: Language }) {
  const [language, setLanguage] = useState(first);
  const [scenario, setScenario] = useState(city.start);
  const words = WORDS[language];
  const names = useMemo(
    () =>
      new Map(
        [...city.network.nodes, ...city.network.links].map((element) => [element.id, localise(element, language)]),
      ),
    [city, language],
  );
  const before = useMemo(() => city.before(language), [city, language]);
  const plan = useMemo(() => city.solve(scenario, language), [city, scenario, language]);
  const explained = useFindings({ city, scenario }, plan);
  const title = textIn(city.network.name, language) ?? "trunkflow";
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);

  const view: View = {
    city,
    scenario,
    change: (by) => {
      setScenario((last) => ({ ...last, ...by }));
    },
    toggle: (id) => {
      setScenario((last) => ({
        ...last,
        out: last.out.includes(id) ? last.out.filter((one) => one !== id) : [...last.out, id],
      }));
    },
    language,
    words,
    named: (id) => names.get(id) ?? id,
  };
  const shares = plan.plants.filter(({ available }) => available > 0).map(({ utilisation }) => utilisation);

  return (
    <>
      <header>
        <h1>{title}</h1>
        <p class={`status ${plan.status}`} role="status">
          <strong>{words.status[plan.status]}</strong>
          {shares.length > 0 &&
            ` · ${words.plants} ${formatShare(Math.min(...shares))} – ${formatShare(Math.max(...shares))}`}
        </p>
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
                {LANGUAGE_NAMES[one]}
              </option>
            ))}
          </select>
        </label>
      </header>
      <main>
        <MapPanel view={view} plan={plan} />
        <div class="column results">
          <Plants view={view} before={before} plan={plan} />
          <Losses view={view} before={before} plan={plan} />
          <Why view={view} plan={plan} explained={explained} />
          <Moves view={view} plan={plan} explained={explained} />
        </div>
        <div class="column">
          <Inflows view={view} />
          <PolicyPanel view={view} />
          <Objectives view={view} before={before} plan={plan} />
        </div>
        <OutageTable view={view} />
      </main>
      <footer>{words.made}</footer>
    </>
  );
}
