/** The policy: which objectives, in which order, and how exact evenness is to be. */
import { objectiveName } from "../../../plan/objective-name.js";
import type { Policy, PolicyObjective } from "../../../problem/policy.js";
import { formatShare } from "../../../text/format.js";
import type { View } from "../view.js";
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
  const { city, scenario, words, language, change } = view;
  const called = (name: PolicyObjective) => objectiveName(city.network, name, language);
  const rows = rowsOf(city.start.policy, scenario.policy);
  const nameOf = (entry: Entry) =>
    typeof entry === "string"
      ? called(entry)
      : (Object.entries(entry) as [PolicyObjective, number][])
          .map(([name, weight]) => `${weight} × ${called(name)}`)
          .join(" + ");
  const take = (next: readonly { entry: Entry; isTaken: boolean }[]) => {
    const policy = next.filter(({ isTaken }) => isTaken).map(({ entry }) => entry);
    change(() => ({ policy }));
  };
  /** A button that swaps an entry with the next one that is taken; where there is none, it stays for the keyboard, and does nothing. */
  const mover = (i: number, by: 1 | -1, sign: string, label: string) => {
    let j = i + by;
    while (rows[j]?.isTaken === false) j += by;
    const [row, other] = [rows[i], rows[j]];
    const isIdle = row?.isTaken !== true || other === undefined;
    return (
      <button
        type="button"
        aria-label={label}
        aria-disabled={isIdle}
        onClick={() => {
          if (!isIdle) take(rows.map((one, k) => (k === i ? other : k === j ? row : one)));
        }}
      >
        {sign}
      </button>
    );
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
              {mover(i, -1, "↑", words.earlier(name))}
              {mover(i, 1, "↓", words.later(name))}
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
            const tolerance = event.currentTarget.valueAsNumber;
            change(() => ({ tolerance }));
          }}
        />
        <output>{formatShare(scenario.tolerance)}</output>
      </label>
      <p class="help">{words.toleranceHelp}</p>
    </Panel>
  );
}
