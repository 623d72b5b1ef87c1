/** What comes of a scenario: plants, losses, moves and objectives, beside what they were at the start. */
import type { Plan, PlanFlow, PlanObjective } from "../../dispatch/plan.js";
import { formatFlow, formatShare } from "../../units/format.js";
import { unitLabel } from "../../units/flow.js";
import type { View } from "./view.js";
import { FailButton } from "./fail-button.js";
import { Sentences, type Explained } from "./findings.js";
import { figures, minor, Panel, RowHead, Table, text } from "./parts.js";

/** What stands beside the plan: what the set points do now, or the plan at the start where none are known. */
const thenIn = ({ city, words }: View) => (city.hasSetPoints ? words.now : words.start);

export function Plants({ view, plan }: { view: View; plan: Plan }) {
  const { words, named, city, scenario } = view;
  const unit = city.network.units.flow;
  const was = new Map(city.before.plants.map((plant) => [plant.id, plant]));
  return (
    <Panel title={`${words.plants} (${unitLabel(unit)})`} name="plants">
      <Table
        head={[
          words.plant,
          minor(figures(words.available)),
          thenIn(view),
          words.plan,
          minor(figures(words.utilisation)),
          minor(figures(words.headroom)),
          "",
        ]}
        words={words}
        rows={plan.plants}
        row={({ id, available, intake, utilisation, headroom }) => {
          const isOut = scenario.out.includes(id);
          const old = was.get(id);
          return (
            <tr key={id} data-plant={id} class={isOut ? "lost" : ""}>
              <RowHead name={named(id)} />
              <td class="minor">{formatFlow(available, unit)}</td>
              <td>
                {old !== undefined && formatFlow(old.intake, unit)}{" "}
                <small>{old !== undefined && formatShare(old.utilisation)}</small>
              </td>
              <td>
                <data value={intake}>{formatFlow(intake, unit)}</data>{" "}
                <small>
                  <data value={utilisation}>{formatShare(utilisation)}</data>
                </small>
              </td>
              <td class="wide minor">
                <Bar share={utilisation} was={old?.utilisation} />
              </td>
              <td class="minor">{formatFlow(headroom, unit)}</td>
              <td>
                <FailButton view={view} id={id} />
              </td>
            </tr>
          );
        }}
      />
    </Panel>
  );
}

/** How full a plant is, with a mark where it was. */
function Bar({ share, was }: { share: number; was: number | undefined }) {
  const width = (of: number) => `${100 * Math.min(1, of)}%`;
  return (
    <div class="bar" aria-hidden="true">
      <div class={share > 0.95 ? "full" : share > 0.85 ? "high" : ""} style={{ width: width(share) }} />
      {was !== undefined && <i style={{ left: width(was) }} />}
    </div>
  );
}

export function Losses({ view, plan }: { view: View; plan: Plan }) {
  const { words, city, named } = view;
  const unit = city.network.units.flow;
  const rows = (["flooding", "spills"] as const).flatMap((part) => {
    const of = (list: readonly PlanFlow[]) => new Map(list.map(({ id, flow }) => [id, flow]));
    const [old, now] = [of(city.before[part]), of(plan[part])];
    return [...new Set([...now.keys(), ...old.keys()])]
      .map((id) => ({ id, part, old: old.get(id) ?? 0, now: now.get(id) ?? 0 }))
      .filter((row) => row.old > 0 || row.now > 0);
  });
  return (
    <Panel title={`${words.losses} (${unitLabel(unit)})`}>
      {rows.length === 0 ? (
        <p>{words.noLosses}</p>
      ) : (
        <Table
          head={[words.place, text(words.kind), thenIn(view), words.plan]}
          words={words}
          rows={rows}
          row={({ id, part, old, now }) => (
            <tr key={`${part} ${id}`} data-loss={id}>
              <RowHead name={named(id)} />
              <td class="text">{part === "spills" ? words.spill : words.flooding}</td>
              <td>{formatFlow(old, unit)}</td>
              <td class={now > 0 ? "bad" : ""}>{formatFlow(now, unit)}</td>
            </tr>
          )}
        />
      )}
    </Panel>
  );
}

export function Moves({ view, plan, explained }: { view: View; plan: Plan; explained: Explained | undefined }) {
  const { words, city, named } = view;
  const unit = city.network.units.flow;
  return (
    <Panel title={`${words.moves} (${unitLabel(unit)})`}>
      {plan.moves.length === 0 ? (
        <p>{words.noMoves}</p>
      ) : (
        <Table
          head={[words.set, thenIn(view), words.to]}
          words={words}
          rows={plan.moves}
          row={({ id, from, to }) => (
            <tr key={id} data-move={id}>
              <RowHead name={named(id)} />
              <td>{formatFlow(from, unit)}</td>
              <td>
                <strong>{formatFlow(to, unit)}</strong>
              </td>
            </tr>
          )}
        />
      )}
      <Sentences view={view} plan={plan} explained={explained} of="move" />
    </Panel>
  );
}

export function Objectives({ view, plan }: { view: View; plan: Plan }) {
  const { words, city } = view;
  const unit = city.network.units.flow;
  const was = new Map(city.before.objectives.map((objective) => [objective.name, objective]));
  const figure = (objective: PlanObjective | undefined) => {
    if (objective === undefined) return "";
    const { name, value } = objective;
    if (name === "balance") return value[0] === undefined ? words.none : formatShare(value[0]);
    return name === "cost" ? `${value.toFixed(2)} ${words.perHour}` : `${formatFlow(value, unit)} ${unitLabel(unit)}`;
  };
  return (
    <Panel title={words.objectives_}>
      <Table
        head={[words.objective, thenIn(view), words.plan]}
        words={words}
        rows={plan.objectives}
        row={(objective) => (
          <tr key={objective.name} data-objective={objective.name}>
            <RowHead name={words.objectives[objective.name]} />
            <td>{figure(was.get(objective.name))}</td>
            <td>{figure(objective)}</td>
          </tr>
        )}
      />
    </Panel>
  );
}
