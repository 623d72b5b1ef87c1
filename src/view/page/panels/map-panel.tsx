/** The map, what is out on it, and the buttons that go with it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Plan } from "../../../plan/plan.js";
import { elementsOf } from "../../../network/checked.js";
import { SELECT, TAG, type TrunkflowMap } from "../../map-element.js";
import type { View } from "../view.js";
import { Panel } from "./parts.js";

export function MapPanel({ view, plan }: { view: View; plan: Plan }) {
  const { city, scenario, words, named, language, toggle, lead, reset } = view;
  const below = useRef<HTMLParagraphElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const map = useRef<TrunkflowMap>(null);
  // The element is made by hand: what it shows are properties, and it stays the same whatever the page does.
  useLayoutEffect(() => {
    const element = document.createElement(TAG) as TrunkflowMap;
    element.network = city.network;
    place.current?.replaceChildren(element);
    map.current = element;
  }, [city]);
  useLayoutEffect(() => {
    const choose = (event: Event) => {
      const { id } = (event as CustomEvent<{ readonly id: string }>).detail;
      if (elementsOf(city.network).get(id)?.kind !== "catchment") toggle(id);
      else lead(id);
    };
    const element = map.current;
    element?.addEventListener(SELECT, choose);
    return () => {
      element?.removeEventListener(SELECT, choose);
    };
  });
  useLayoutEffect(() => {
    if (map.current !== null) Object.assign(map.current, { language, plan, out: city.outages(scenario) });
  }, [city, language, plan, scenario]);
  return (
    <Panel title={words.map} name="map">
      <div ref={place} class="map-place" />
      <div class="bar-above">
        {[
          { text: "+", label: words.zoomIn, act: () => map.current?.zoom(1.5) },
          { text: "−", label: words.zoomOut, act: () => map.current?.zoom(1 / 1.5) },
          { text: "⤢", label: words.whole, act: () => map.current?.fit() },
        ].map(({ text, label, act }) => (
          <button type="button" key={text} aria-label={label} onClick={act}>
            {text}
          </button>
        ))}
        <span class="help">{words.mapHelp}</span>
      </div>
      <p ref={below} tabIndex={-1} aria-live="polite" data-out={scenario.out.length}>
        {scenario.out.length === 0 ? words.nothingOut : `${words.out}: `}
        {scenario.out.map((id) => (
          <button
            type="button"
            key={id}
            class="chip"
            aria-label={words.bringBack(named(id))}
            onClick={() => {
              toggle(id);
              // The button goes: the keyboard goes on from here.
              below.current?.focus();
            }}
          >
            {named(id)} ✕
          </button>
        ))}{" "}
        {scenario !== city.start && (
          <button
            type="button"
            onClick={() => {
              reset();
              below.current?.focus();
            }}
          >
            {words.reset}
          </button>
        )}
      </p>
    </Panel>
  );
}
