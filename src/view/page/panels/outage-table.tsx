/** Every element lost alone: worked out in slices between frames, to be sorted, searched and clicked. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { byRank, elementsToLose } from "../../../contingency/screen.js";
import { figureOf, lostMore, type OutageResult } from "../../../contingency/screening.js";
import { elementsOf } from "../../../network/checked.js";
import { formatMinutes, formatMore, formatShare } from "../../../text/format.js";
import { unitLabel, type FlowUnit } from "../../../units/flow.js";
import type { View } from "../view.js";
import type { Scenario } from "../city.js";
import { FailButton } from "./fail-button.js";
import { HoldButton } from "./hold.js";
import { figures, minor, Panel, RowHead, Table, text } from "./parts.js";

/** Milliseconds that a scenario has to stand before outages are worked out, and that a slice of them may take. */
const REST = 400;
const SLICE = 8;
/** Between two tables of what there is so far. */
const TOLD = 250;
/** Elements up to which all is worked out without being asked for: some seconds. */
const AT_ONCE = 2_000;

type Column = "rank" | "name" | "flooding" | "spill" | "fullest" | "minutes";

/** What an outage loses more than is lost without it. */
interface Row extends OutageResult {
  readonly id: string;
  readonly isPlant: boolean;
  readonly more: OutageResult["lost"];
}

function More({ flow, unit, unasked }: { flow: number | undefined; unit: FlowUnit; unasked: string }) {
  if (flow === undefined) return <td>{unasked}</td>;
  return <td class={flow > 0 ? "bad" : ""}>{formatMore(flow, unit)}</td>;
}

interface Screened {
  readonly count: number;
  /** How many have been worked out for the scenario. */
  readonly done: number;
  /** Those, or the whole of the scenario before until all are there. */
  readonly results: readonly OutageResult[];
  /** The same scenario without another outage. */
  readonly whole: OutageResult | undefined;
  readonly isStale: boolean;
}

/** Begins anew with each scenario. */
function useScreening(view: View, isAsked: boolean): Screened {
  const { city, scenario } = view;
  const [found, setFound] = useState<{
    of?: Scenario;
    whole?: OutageResult;
    results: readonly OutageResult[];
  }>({ results: [] });
  const [told, setTold] = useState<{ of: unknown; done: number }>({ of: undefined, done: 0 });
  const hasWhole = useRef(false);
  const count = useMemo(() => elementsToLose(city.network).length, [city]);
  useEffect(() => {
    if (count === 0 || (count > AT_ONCE && !isAsked)) return;
    let timer = setTimeout(begin, REST);
    function begin() {
      const screening = city.screen(scenario);
      const results: OutageResult[] = [];
      let next = 0;
      const go = () => {
        const end = performance.now() + SLICE;
        while (results.length < screening.count && performance.now() < end)
          results.push(screening.single(results.length));
        const isWhole = results.length === screening.count;
        if (!isWhole) timer = setTimeout(go);
        if (!isWhole && performance.now() < next) return;
        next = performance.now() + TOLD;
        setTold({ of: scenario, done: results.length });
        if (isWhole || !hasWhole.current) setFound({ of: scenario, whole: screening.whole, results: [...results] });
        hasWhole.current ||= isWhole;
      };
      go();
    }
    return () => {
      clearTimeout(timer);
    };
  }, [city, scenario, count, isAsked]);
  const { results, whole } = found;
  const done = told.of === scenario ? told.done : 0;
  return { count, done, results, whole, isStale: results.length > 0 && found.of !== scenario };
}

export function OutageTable({ view }: { view: View }) {
  const { city, scenario, words, named } = view;
  const unit = city.network.units.flow;
  const [isAsked, setAsked] = useState(false);
  const [column, setColumn] = useState<Column>("rank");
  const [search, setSearch] = useState("");
  const { count, done, results, whole, isStale } = useScreening(view, isAsked);
  const kindOf = (id: string) => {
    const kind = elementsOf(city.network).get(id)?.kind;
    return kind === undefined ? "" : words.kinds[kind];
  };
  const all = useMemo(
    () =>
      results.map((result): Row => {
        const [id = ""] = result.out;
        const isPlant = elementsOf(city.network).get(id)?.kind === "plant";
        return { ...result, id, isPlant, more: lostMore(result, whole ?? result, unit) };
      }),
    [results, whole, unit, city],
  );
  const rows = useMemo(() => {
    const by: Record<Column, (a: Row, b: Row) => number> = {
      rank: (a, b) => Number(b.isPlant) - Number(a.isPlant) || byRank(a, b),
      name: (a, b) => named(a.id).localeCompare(named(b.id)),
      flooding: (a, b) => b.more.flooding - a.more.flooding || byRank(a, b),
      spill: (a, b) => b.more.spill - a.more.spill || byRank(a, b),
      fullest: (a, b) => b.highestUtilisation - a.highestUtilisation || byRank(a, b),
      minutes: (a, b) => (a.minutesToSpill ?? 1e12) - (b.minutesToSpill ?? 1e12) || byRank(a, b),
    };
    const wanted = search.trim().toLowerCase();
    return all.filter(({ id }) => `${id}\n${named(id)}`.toLowerCase().includes(wanted)).sort(by[column]);
  }, [all, column, search, named]);
  const bad = all.filter(({ more }) => more.flooding > 0 || more.spill > 0).length;
  const asked = (result: Row, of: keyof Row["more"]) =>
    figureOf(result, of) === undefined ? undefined : result.more[of];

  const unitText = unitLabel(unit);
  const sorted = (of: Column, title: string) =>
    figures(
      <button
        type="button"
        class="sort"
        aria-label={words.sortBy(title)}
        aria-pressed={column === of}
        onClick={() => {
          setColumn(column === of ? "rank" : of);
        }}
      >
        {title}
      </button>,
    );
  const name = sorted("name", words.element);
  const flooding = sorted("flooding", `${words.flooding} (${unitText})`);
  const spill = sorted("spill", `${words.spill} (${unitText})`);
  const fullest = sorted("fullest", words.objectives.balance);
  const minutes = sorted("minutes", words.toSpill);
  return (
    <Panel title={words.outages} name="outages">
      <p class="help">{words.outagesHelp}</p>
      <div class="bar-above">
        <label>
          {words.find}{" "}
          <input
            type="search"
            value={search}
            onInput={(event) => {
              setSearch(event.currentTarget.value);
            }}
          />
        </label>
        <span data-screened={done === count ? "all" : done}>
          {done === count ? words.losing(bad, count) : words.screening(done, count)}
          {isStale && ` · ${words.stale}`}
        </span>
        {count > AT_ONCE && !isAsked && (
          <button
            type="button"
            onClick={() => {
              setAsked(true);
            }}
          >
            {words.begin(count)}
          </button>
        )}
      </div>
      <Table
        head={[name, minor(text(words.kind)), flooding, spill, minor(fullest), minutes, ""]}
        words={words}
        rows={rows}
        isStale={isStale}
        row={(result) => {
          const { id, minutesToSpill } = result;
          const isOut = scenario.out.includes(id);
          return (
            <tr key={id} data-outage={id} class={isOut ? "lost" : ""}>
              <RowHead name={named(id)} />
              <td class="text minor">{kindOf(id)}</td>
              <More flow={asked(result, "flooding")} unit={unit} unasked={words.unasked} />
              <More flow={asked(result, "spill")} unit={unit} unasked={words.unasked} />
              <td class="minor">{formatShare(result.highestUtilisation)}</td>
              <td>{minutesToSpill === null ? words.never : formatMinutes(minutesToSpill)}</td>
              <td>
                <FailButton view={view} id={id} /> <HoldButton view={view} id={id} />
              </td>
            </tr>
          );
        }}
      />
    </Panel>
  );
}
