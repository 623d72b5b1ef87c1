/** The policy: which objectives, in which order, and how exact evenness is to be. */
import type { Policy } from "../../dispatch/policy.js";
import { formatShare } from "../../units/format.js";
import type { View } from "./view.js";
import { Panel } from "./parts.js";

const MOST_TOLERANCE = 0.3;

type Entry = Policy[number];

/** Entries of the page's own policy stay listed, so that one that was dropped can be taken up again where it stood. */
function rowsOf(all: Policy, taken: Policy): { entry: Entry; isTaken: boolean }[] {
  const rows = taken.map((entry) => ({ entry, isTaken: true }));
  for (const [i, entry] of all.entries())
    if (!taken.includes(entry)) rows.splice(Math.min(i, rows.length), 0, { entry, isTaken: false });
  return rows;
}

export function PolicyPanel({ view }: { view: View }) {
  const { city, scenario, words, change } = view;
  const rows = rowsOf(city.start.policy, scenario.policy);
  const nameOf = (entry: Entry) =>
    typeof entry === "string"
      ? words.objectives[entry]
      : (Object.entries(entry) as [keyof typeof words.objectives, number][])
          .map(([name, weight]) => `${weight} × ${words.objectives[name]}`)
          .join(" + ");
  const take = (next: readonly { entry: Entry; isTaken: boolean }[]) => {
    change({ policy: next.filter(({ isTaken }) => isTaken).map(({ entry }) => entry) });
  };
  const swap = (i: number, j: number) => {
    take(rows.map((row, k) => rows[k === i ? j : k === j ? i : k] ?? row));
  };
  return (
    <Panel title={words.policy}>
      <p class="help">{words.policyHelp}</p>
      <ol class="policy">
        {rows.map(({ entry, isTaken }, i) => {
          const name = nameOf(entry);
          return (
            <li key={name} data-objective-entry={typeof entry === "string" ? entry : name}>
              <label>
                <input
                  type="checkbox"
                  checked={isTaken}
                  onChange={() => {
                    take(rows.map((row, k) => (k === i ? { entry, isTaken: !isTaken } : row)));
                  }}
                />
                {name}
              </label>
              <button
                type="button"
                aria-label={words.earlier(name)}
                disabled={i === 0 || !isTaken}
                onClick={() => {
                  swap(i, i - 1);
                }}
              >
                ↑
              </button>
              <button
                type="button"
                aria-label={words.later(name)}
                disabled={i === rows.length - 1 || !isTaken}
                onClick={() => {
                  swap(i, i + 1);
                }}
              >
                ↓
              </button>
            </li>
          );
        })}
      </ol>
      <label class="slider">
        <span>{words.tolerance}</span>
        <input
          type="range"
          data-tolerance
          min={0}
          max={MOST_TOLERANCE}
          step={0.005}
          value={scenario.tolerance}
          onInput={(event) => {
            change({ tolerance: event.currentTarget.valueAsNumber });
          }}
        />
        <output>{formatShare(scenario.tolerance)}</output>
      </label>
      <p class="help">{words.toleranceHelp}</p>
    </Panel>
  );
}
