/** What comes of a scenario: plants, losses, moves and objectives; before, if nobody acts, and in the plan. */
import { floodedShares } from "../../../plan/flooded-shares.js";
import { objectiveName } from "../../../plan/objective-name.js";
import type { Plan, PlanFlow, PlanObjective } from "../../../plan/plan.js";
import { formatFlow, formatShare } from "../../../text/format.js";
import { unitLabel } from "../../../units/flow.js";
import { classOf } from "../../layout/scale.js";
import type { Plans, View } from "../view.js";
import { FailButton } from "./fail-button.js";
import { HoldButton } from "./hold.js";
import { Sentences, type Explained } from "./findings.js";
import { figures, minor, Panel, RowHead, Table, text } from "./parts.js";

type Props = Plans & { readonly view: View };

/** A plan that stands in a column, and which. */
interface Column {
  readonly of: "before" | "idle" | "plan";
  readonly head: string;
  /** Whether it is left out where there is little room. */
  readonly isMinor: boolean;
  readonly plan: Plan;
}

const headOf = ({ head, isMinor }: Column) => (isMinor ? minor(figures(head)) : head);
const classIn = ({ isMinor }: Column, more = "") => `${isMinor ? "minor" : ""} ${more}`;

const nowIn = ({ city, words }: View) => (city.hasSetPoints ? words.now : words.start);

/** What stands side by side: what there was, what comes of the scenario if nobody acts, and the plan. */
function columnsOf({ view, plan, idle }: Props): Column[] {
  const { city, words } = view;
  const { before } = city;
  return [
    {
      of: "before",
      head: idle === undefined ? nowIn(view) : words.before,
      isMinor: idle !== undefined,
      plan: before,
    },
    ...(idle === undefined ? [] : [{ of: "idle" as const, head: words.idle, isMinor: false, plan: idle }]),
    { of: "plan", head: words.plan, isMinor: false, plan },
  ];
}

export function Plants(props: Props) {
  const { view, plan, idle } = props;
  const { words, named, city, scenario } = view;
  const unit = city.network.units.flow;
  const columns = columnsOf(props).map((column) => ({
    ...column,
    plants: new Map(column.plan.plants.map((plant) => [plant.id, plant])),
  }));
  const base = idle ?? city.before;
  const was = new Map(base.plants.map((plant) => [plant.id, plant.utilisation]));
  return (
    <Panel title={`${words.plants} (${unitLabel(unit)})`} name={`plants ${idle === undefined ? "" : "three"}`}>
      <Table
        head={[
          words.plant,
          minor(figures(words.available)),
          ...columns.map(headOf),
          minor(figures(words.utilisation)),
          minor(figures(words.headroom)),
          "",
        ]}
        words={words}
        rows={plan.plants}
        row={({ id, available, utilisation, headroom }) => {
          const isOut = scenario.out.includes(id);
          return (
            <tr key={id} data-plant={id} class={isOut ? "lost" : ""}>
              <RowHead name={named(id)} />
              <td class="minor">{formatFlow(available, unit)}</td>
              {columns.map((column) => {
                const plant = column.plants.get(id);
                return (
                  <td key={column.of} data-of={column.of} class={classIn(column)}>
                    {plant !== undefined && (
                      <>
                        <data value={plant.intake}>{formatFlow(plant.intake, unit)}</data>{" "}
                        <small>
                          <data value={plant.utilisation}>{formatShare(plant.utilisation)}</data>
                        </small>
                      </>
                    )}
                  </td>
                );
              })}
              <td class="wide minor">
                <Bar share={utilisation} was={was.get(id)} />
              </td>
              <td class="minor">{formatFlow(headroom, unit)}</td>
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

/** How full a plant is, in the map's colours, with a mark where it would be if nobody acted. */
function Bar({ share, was }: { share: number; was: number | undefined }) {
  const width = (of: number) => `${100 * Math.min(1, of)}%`;
  return (
    <div class="bar" aria-hidden="true">
      <div class={`class-${classOf(share)}`} style={{ width: width(share) }} />
      {was !== undefined && <i style={{ left: width(was) }} />}
    </div>
  );
}

export function Losses(props: Props) {
  const { words, city, named, scenario } = props.view;
  const unit = city.network.units.flow;
  const columns = columnsOf(props);
  const weights = new Map(
    city.network.nodes.flatMap((node) => (node.kind === "outfall" ? [[node.id, node.weight] as const] : [])),
  );
  const isWeighted = [...weights.values()].some((weight) => weight !== 1);
  const rows = (["flooding", "spills"] as const).flatMap((part) => {
    const lists = columns.map(({ plan }) => new Map(plan[part].map(({ id, flow }: PlanFlow) => [id, flow])));
    return [...new Set([...lists].reverse().flatMap((list) => [...list.keys()]))]
      .map((id) => ({ id, part, flows: lists.map((list) => list.get(id) ?? 0) }))
      .filter(({ flows }) => flows.some((flow) => flow > 0))
      .sort((a, b) => (b.flows.at(-1) ?? 0) - (a.flows.at(-1) ?? 0) || Math.max(...b.flows) - Math.max(...a.flows));
  });
  const shares = floodedShares(city.network, city.state(scenario), props.plan);
  const sums = columns.map((_, k) => rows.reduce((sum, { flows }) => sum + (flows[k] ?? 0), 0));
  const shareOf = ({ id, part }: (typeof rows)[number]) => {
    const share = part === "flooding" ? shares.get(id) : undefined;
    return share === undefined ? "" : formatShare(share);
  };
  const cells = (flows: readonly number[]) =>
    columns.map((column, k) => (
      <td key={column.of} data-of={column.of} class={classIn(column, (flows[k] ?? 0) > 0 ? "bad" : "")}>
        <data value={flows[k] ?? 0}>{formatFlow(flows[k] ?? 0, unit)}</data>
      </td>
    ));
  return (
    <Panel title={`${words.losses} (${unitLabel(unit)})`}>
      {rows.length === 0 ? (
        <p>{words.noLosses}</p>
      ) : (
        <Table
          head={[
            words.place,
            text(words.kind),
            ...(isWeighted ? [minor(figures(words.weight))] : []),
            ...columns.map(headOf),
            ...(shares.size > 0 ? [minor(figures(words.ofInflow))] : []),
          ]}
          words={words}
          rows={rows.length > 1 ? [undefined, ...rows] : rows}
          row={(row) =>
            row === undefined ? (
              <tr key="sum" data-lost="all">
                <RowHead name={words.all} />
                <td />
                {isWeighted && <td class="minor" />}
                {cells(sums)}
                {shares.size > 0 && <td class="minor" />}
              </tr>
            ) : (
              <tr key={`${row.part} ${row.id}`} data-loss={row.id}>
                <RowHead name={named(row.id)} />
                <td class="text">{row.part === "spills" ? words.spill : words.flooding}</td>
                {isWeighted && <td class="minor">{row.part === "spills" ? `× ${weights.get(row.id) ?? 1}` : ""}</td>}
                {cells(row.flows)}
                {shares.size > 0 && <td class="minor">{shareOf(row)}</td>}
              </tr>
            )
          }
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
        <p>{words.kept}</p>
      ) : (
        <Table
          head={[words.set, nowIn(view), words.to, ""]}
          words={words}
          rows={plan.moves}
          row={({ id, from, to }) => (
            <tr key={id} data-move={id}>
              <RowHead name={named(id)} />
              <td>{formatFlow(from, unit)}</td>
              <td>
                <strong>{formatFlow(to, unit)}</strong>
              </td>
              <td>
                <HoldButton view={view} id={id} />
              </td>
            </tr>
          )}
        />
      )}
      <Sentences view={view} plan={plan} explained={explained} of="move" />
    </Panel>
  );
}

export function Objectives(props: Props) {
  const { words, city, language } = props.view;
  const unit = city.network.units.flow;
  const columns = columnsOf(props).map((column) => ({
    ...column,
    objectives: new Map(column.plan.objectives.map((objective) => [objective.name, objective])),
  }));
  const figure = (plan: Plan, objective: PlanObjective | undefined) => {
    if (objective === undefined) return "";
    const { value } = objective;
    if (typeof value !== "number") return value[0] === undefined ? words.none : formatShare(value[0]);
    if (objective.unit === "money/h") return `${value.toFixed(2)} ${words.perHour}`;
    const flow = flowOf(plan, objective.name) ?? value;
    const isWeighted = formatFlow(flow, unit) !== formatFlow(value, unit);
    return (
      <>
        {`${formatFlow(flow, unit)} ${unitLabel(unit)}`}
        {isWeighted && <small>{words.weighted(formatFlow(value, unit))}</small>}
      </>
    );
  };
  return (
    <Panel title={words.ranking}>
      <Table
        head={[words.objective, ...columns.map(headOf)]}
        words={words}
        rows={props.plan.objectives}
        row={({ name }) => (
          <tr key={name} data-objective={name}>
            <RowHead name={objectiveName(city.network, name, language)} />
            {columns.map((column) => (
              <td key={column.of} data-of={column.of} class={classIn(column)}>
                {figure(column.plan, column.objectives.get(name))}
              </td>
            ))}
          </tr>
        )}
      />
    </Panel>
  );
}

/** The flow that an objective is about, without weights; undefined for those that aren't about one. */
function flowOf({ flooding, spills, links }: Plan, name: PlanObjective["name"]): number | undefined {
  const sum = (list: readonly PlanFlow[]) => list.reduce((total, { flow }) => total + flow, 0);
  if (name === "flooding") return sum(flooding);
  if (name === "spill") return sum(spills);
  return name === "surcharge" ? links.reduce((total, link) => total + link.aboveTarget, 0) : undefined;
}
