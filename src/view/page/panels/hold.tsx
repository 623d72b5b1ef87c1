/** Holds a pump, gate or plant at a flow, and lets go of it; what is held, and what that costs. */
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { lockText } from "../../../plan/lock-report.js";
import type { Plan } from "../../../plan/plan.js";
import { elementsOf } from "../../../network/checked.js";
import type { Network, NetworkLink, NetworkNode } from "../../../network/types.js";
import { roundedFlow } from "../../../text/format.js";
import { unitLabel } from "../../../units/flow.js";
import { visible } from "../../drawing/escape.js";
import { Panel, Toggle } from "./parts.js";
import type { View } from "../view.js";

const KINDS = ["plant", "pump", "gate"] as const;

type Holdable = (NetworkLink | NetworkNode) & { readonly kind: (typeof KINDS)[number] };

function isHoldable(element: NetworkLink | NetworkNode | undefined): element is Holdable {
  return KINDS.some((kind) => kind === element?.kind);
}

/** Leads to where an element is held, or lets go of it; nothing for what can't be held. */
export function HoldButton({ view, id }: { readonly view: View; readonly id: string }) {
  const { city, words, named, scenario, lead, release } = view;
  if (!isHoldable(elementsOf(city.network).get(id))) return null;
  const isHeld = scenario.locks.has(id);
  return (
    <Toggle
      isOn={isHeld}
      label={(isHeld ? words.releaseOne : words.holdOne)(named(id))}
      text={isHeld ? words.release : words.hold}
      onClick={() => {
        (isHeld ? release : lead)(id);
      }}
    />
  );
}

function flowIn({ plants, links }: Plan, id: string): number {
  return plants.find((plant) => plant.id === id)?.intake ?? links.find((link) => link.id === id)?.flow ?? 0;
}

function holdables({ nodes, links }: Network): Holdable[] {
  return [...nodes, ...links].filter(isHoldable);
}

export function Hold({ view, plan }: { readonly view: View; readonly plan: Plan }) {
  const { city, words, named, wanted, language, change, release } = view;
  const { network } = city;
  const all = useMemo(() => holdables(network), [network]);
  const [chosen, setChosen] = useState(all[0]?.id ?? "");
  // What was typed; nothing typed, it is what the plan has there.
  const [typed, setTyped] = useState<string>();
  const select = useRef<HTMLSelectElement>(null);
  const figure = useRef<HTMLInputElement>(null);
  const choose = (id: string) => {
    setChosen(id);
    setTyped(undefined);
  };
  useLayoutEffect(() => {
    if (wanted === undefined || !all.some(({ id }) => id === wanted.id)) return;
    choose(wanted.id);
    figure.current?.focus();
  }, [all, wanted]);
  const options = useMemo(
    () =>
      KINDS.map((kind) => {
        const those = all.filter((element) => element.kind === kind);
        if (those.length === 0) return null;
        return (
          <optgroup key={kind} label={words.kinds[kind]}>
            {those
              .map(({ id }) => ({ id, name: named(id) }))
              .sort((a, b) => a.name.localeCompare(b.name))
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </optgroup>
        );
      }),
    [all, words, named],
  );
  const element = elementsOf(network).get(chosen);
  if (element === undefined) return null;
  const isTwoWay = element.kind === "gate" && element.reverseCapacity > 0;
  const unit = network.units.flow;
  return (
    <Panel title={words.held}>
      <p class="help">{words.holdHelp}</p>
      <form
        class="bar-above"
        onSubmit={(event) => {
          event.preventDefault();
          const flow = figure.current?.valueAsNumber ?? NaN;
          if (Number.isFinite(flow)) change(({ locks }) => ({ locks: new Map([...locks, [chosen, flow]]) }));
        }}
      >
        <select
          ref={select}
          aria-label={words.element}
          value={chosen}
          data-hold="element"
          onChange={(event) => {
            choose(event.currentTarget.value);
          }}
        >
          {options}
        </select>
        <label>
          {words.heldAt}{" "}
          <input
            ref={figure}
            type="number"
            step="any"
            required
            min={isTwoWay ? undefined : 0}
            data-hold="flow"
            value={typed ?? roundedFlow(flowIn(plan, chosen), unit)}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />{" "}
          {unitLabel(unit)}
        </label>
        <button type="submit">{words.hold}</button>
        {isTwoWay && <span class="help">{words.backwards}</span>}
      </form>
      {plan.locks.length > 0 && (
        <ul class="held">
          {plan.locks.map((lock) => (
            <li key={lock.id} data-lock={lock.id}>
              <span class={lock.short > 0 ? "bad" : ""}>{visible(lockText(network, lock, language))}</span>{" "}
              <button
                type="button"
                aria-label={words.releaseOne(named(lock.id))}
                onClick={() => {
                  release(lock.id);
                  // The button goes: the keyboard goes on from here.
                  select.current?.focus();
                }}
              >
                {words.release}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
