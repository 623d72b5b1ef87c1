/** Inflows to drag: all at once, and each catchment's. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { View } from "../view.js";
import { Panel, useRows } from "./parts.js";
import { formatFlow, formatShare } from "../../../text/format.js";
import { unitLabel } from "../../../units/flow.js";

/** A storm brings several times the dry weather flow. */
const MOST_FACTOR = 6;
/** A catchment's own slider reaches to this many times its inflow at the start. */
const MOST_TIMES = 4;
const STEPS = 200;

export function Inflows({ view }: { view: View }) {
  const { city, scenario, words, named, change, wanted } = view;
  const unit = city.network.units.flow;
  const largest = Math.max(...city.inflows.values());
  const region = useRef<HTMLDivElement>(null);
  const { shown, more } = useRows([...city.inflows], words, region);
  const rest = [...city.inflows].filter(([id]) => id === wanted?.id && !shown.some(([other]) => other === id));
  useLayoutEffect(() => {
    if (wanted !== undefined)
      region.current?.querySelector<HTMLElement>(`[data-inflow="${CSS.escape(wanted.id)}"]`)?.focus();
  }, [wanted]);
  const slider = ([id, start]: readonly [string, number]) => {
    const inflow = scenario.inflows.get(id) ?? start;
    const most = start > 0 ? start * MOST_TIMES : largest;
    return (
      <label key={id} class="slider">
        <span>{named(id)}</span>
        <input
          type="range"
          data-inflow={id}
          aria-label={words.inflowOf(named(id))}
          min={0}
          max={most}
          // From 0 to the most in whole steps, so that the start is one of them.
          step={most / STEPS}
          value={inflow}
          onInput={(event) => {
            const to = event.currentTarget.valueAsNumber;
            change(({ inflows }) => ({ inflows: new Map([...inflows, [id, to]]) }));
          }}
        />
        <output>{formatFlow(inflow * scenario.factor, unit)}</output>
      </label>
    );
  };
  return (
    <Panel title={`${words.inflows} (${unitLabel(unit)})`}>
      <label class="slider">
        <span>{words.factor}</span>
        <input
          type="range"
          data-inflows="all"
          min={0}
          max={MOST_FACTOR}
          step={0.05}
          value={scenario.factor}
          onInput={(event) => {
            const factor = event.currentTarget.valueAsNumber;
            change(() => ({ factor }));
          }}
        />
        <output>{formatShare(scenario.factor)}</output>
      </label>
      <div ref={region} class="sliders scroll" tabIndex={0} role="group" aria-label={words.inflows}>
        {[...shown, ...rest].map(slider)}
        {more}
      </div>
    </Panel>
  );
}
