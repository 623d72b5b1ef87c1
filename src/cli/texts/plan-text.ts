/** A plan as a page of text that a dispatcher reads at a glance. */
import { floodedShares } from "../../plan/flooded-shares.js";
import type { Plan, PlanPlant } from "../../plan/plan.js";
import { objectiveName } from "../../plan/objective-name.js";
import type { Finding } from "../../explain/finding.js";
import { textIn, type Language } from "../../text/language.js";
import { printable } from "../../text/printable.js";
import type { Network, State } from "../../network/types.js";
import { formatFlow, formatShare } from "../../text/format.js";
import { unitLabel } from "../../units/flow.js";
import { bar, largest, naming, rest, shaded, statusText, table, type Colors } from "./text.js";
import { wordsIn } from "./words.js";

export interface PlanTextOptions {
  readonly network: Network;
  /** What the plan is of: its inflows. */
  readonly state: Pick<State, "inflows">;
  readonly plan: Plan;
  /** What comes without a plan, to hold the plan against; left out where no set points are known. */
  readonly present: Plan | undefined;
  /** Whether something has failed: then that is what comes if nobody acts, and not what is now. */
  readonly isIdle: boolean;
  /** What `explain` finds; left out where nothing is to be told. */
  readonly findings?: readonly Finding[];
  /** Rows of each table at most; where there are more, those that matter most. */
  readonly top: number;
  readonly language: Language;
  readonly colors: Colors;
}

/** Sentences of each kind that the page has room for; moves have their own reasons, headroom its own column. */
const WHY: Partial<Record<Finding["kind"], number>> = {
  loss: 3,
  evenness: 3,
  held: 1,
  tolerance: 1,
  bottleneck: 2,
  alternative: 2,
};
const MOST_WHY = 8;

/** The weightiest findings that don't go without saying; of alternatives those that go furthest. */
function topOf(findings: readonly Finding[], plan: Plan): Finding[] {
  const plants = new Set(plan.plants.map(({ id }) => id));
  const lowest = findings.findLast(({ kind }) => kind === "evenness");
  const isAlone = findings.filter(({ kind }) => kind === "evenness").length === 1;
  const isNews = (one: Finding) => {
    if (one.kind === "evenness") return isAlone || one !== lowest;
    return one.kind !== "bottleneck" || one.gain.objective !== "balance" || !plants.has(one.id);
  };
  return Object.entries(WHY)
    .flatMap(([kind, most]) => {
      const those = findings.filter((one) => one.kind === kind && isNews(one));
      return kind === "alternative" ? those.slice(-most) : those.slice(0, most);
    })
    .slice(0, MOST_WHY);
}

/** The text, without a newline at its end. */
export function planText({
  network,
  state,
  plan,
  present,
  isIdle,
  findings = [],
  top,
  language,
  colors,
}: PlanTextOptions): string {
  const words = wordsIn(language);
  const unit = network.units.flow;
  const flow = (value: number) => formatFlow(value, unit);
  const label = unitLabel(unit);
  const named = naming(network, language, colors);
  const without = isIdle ? words.idle : words.now;
  const now = new Map(present?.plants.map((plant) => [plant.id, plant]));
  const full = (plant: PlanPlant) => shaded(plant.utilisation, formatShare(plant.utilisation), colors);
  const parts: string[] = [];

  const title = textIn(network.name, language);
  const spread = (of: Plan) => {
    const shares = of.plants.filter((plant) => plant.available > 0).map((plant) => plant.utilisation);
    return shares.length === 0
      ? words.none
      : `${formatShare(Math.min(...shares))} – ${formatShare(Math.max(...shares))}`;
  };
  const isRunning = plan.plants.some((plant) => plant.available > 0);
  const before = present === undefined || !isRunning ? "" : `${spread(present)} → `;
  parts.push(
    [
      ...(title === undefined ? [] : [colors.bold(printable(title))]),
      `${statusText(plan.status, words.status, colors)} · ${words.busiest} ${before}${colors.bold(spread(plan))}`,
    ].join("\n"),
  );

  const plants = table(
    [
      `${words.plant} (${label})`,
      words.available,
      ...(present === undefined ? [] : [without, ""]),
      words.plan,
      "",
      "",
      words.headroom,
    ],
    ["left", ...Array<"right">(present === undefined ? 3 : 5).fill("right"), "left", "right"],
  );
  for (const plant of largest(plan.plants, top, ({ utilisation }) => utilisation)) {
    const before = now.get(plant.id);
    plants.push([
      named(plant.id),
      flow(plant.available),
      ...(before === undefined ? [] : [flow(before.intake), full(before)]),
      flow(plant.intake),
      full(plant),
      bar(plant.utilisation, colors),
      flow(plant.headroom),
    ]);
  }
  parts.push(`${plants.toString()}${rest(words, colors, plan.plants.length - top)}`);

  const none: ReadonlyMap<string, number> = new Map();
  /** @param shares of what comes in there, where that is known */
  const ends = (
    title: string,
    head: string,
    list: (of: Plan) => readonly { id: string; flow: number }[],
    shares = none,
  ) => {
    const before = new Map(present === undefined ? [] : list(present).map((end) => [end.id, end.flow]));
    const after = new Map(list(plan).map((end) => [end.id, end.flow]));
    const ids = [...new Set([...before.keys(), ...after.keys()])].filter(
      (id) => (before.get(id) ?? 0) > 0 || (after.get(id) ?? 0) > 0,
    );
    if (ids.length === 0) return;
    const rows = table(
      [
        `${head} (${label})`,
        ...(present === undefined ? [] : [without]),
        words.plan,
        ...(shares.size === 0 ? [] : [words.ofInflow]),
      ],
      ["left", "right", "right", "right"],
    );
    for (const id of largest(ids.sort(), top, (one) => after.get(one) ?? 0)) {
      const share = shares.get(id);
      rows.push([
        named(id),
        ...(present === undefined ? [] : [flow(before.get(id) ?? 0)]),
        (after.get(id) ?? 0) > 0 ? colors.red(flow(after.get(id) ?? 0)) : flow(0),
        ...(shares.size === 0 ? [] : [share === undefined ? "" : formatShare(share)]),
      ]);
    }
    parts.push(`${colors.bold(title)}\n${rows.toString()}${rest(words, colors, ids.length - top)}`);
  };
  ends(words.floods, words.node, (of) => of.flooding, floodedShares(network, state, plan));
  ends(words.spills, words.outfall, (of) => of.spills);
  ends(words.above, words.main, (of) => of.links.map((link) => ({ id: link.id, flow: link.aboveTarget })));

  if (present !== undefined || plan.moves.length > 0) {
    const moves = table(
      [`${words.set} (${label})`, words.now, "", words.plan, words.why],
      ["left", "right", "left", "right", "left"],
    );
    for (const move of largest(plan.moves, top, ({ from, to }) => Math.abs(to - from)))
      moves.push([named(move.id), flow(move.from), "→", colors.bold(flow(move.to)), printable(move.why)]);
    const listed = `${moves.toString()}${rest(words, colors, plan.moves.length - top)}`;
    parts.push(`${colors.bold(words.moves)}\n${plan.moves.length === 0 ? `  ${words.kept}` : listed}`);
  }

  const lines = (title: string, list: readonly string[]) => {
    if (list.length === 0) return;
    const told = list.slice(0, top).map((line) => `  – ${line}`);
    parts.push(`${colors.bold(title)}\n${told.join("\n")}${rest(words, colors, list.length - top)}`);
  };
  const flows = (list: Plan["circulation"]) => list.map((one) => `${named(one.id)} ${flow(one.flow)}`).join(words.and);
  lines(
    words.held,
    plan.locks.map(({ text }) => printable(text)),
  );
  lines(
    words.splits,
    plan.splits.map(({ id, links }) => `${named(id)}${words.colon}${flows(links)}`),
  );
  lines(words.circulation, plan.circulation.length === 0 ? [] : [`${flows(plan.circulation)} ${label}`]);
  lines(
    words.notes,
    plan.notes.map(({ text }) => printable(text)),
  );

  const reasons = topOf(findings, plan).map(({ text }) => `  – ${printable(text[language])}`);
  if (reasons.length > 0) parts.push([colors.bold(words.reasons), ...reasons].join("\n"));

  const objectives = table(
    [words.ranking, ...(present === undefined ? [] : [without]), words.plan, ""],
    ["left", ...Array<"right">(present === undefined ? 1 : 2).fill("right"), "left"],
  );
  for (const { name, value, unit: of } of plan.objectives) {
    const before = present?.objectives.find((objective) => objective.name === name)?.value;
    const figure = (figures: number | readonly number[] | undefined) => {
      if (figures === undefined) return "";
      if (typeof figures !== "number") return figures[0] === undefined ? words.none : formatShare(figures[0]);
      return name === "cost" ? figures.toFixed(2) : flow(figures);
    };
    objectives.push([
      objectiveName(network, name, language),
      ...(present === undefined ? [] : [figure(before)]),
      figure(value),
      of === "1" || of === "money/h" ? "" : unitLabel(of),
    ]);
  }
  parts.push(objectives.toString());
  return parts.join("\n\n").replace(/ +$/gm, "");
}
