/** Outages as pages of text: the table of a screening, and what to do about one outage. */
import type { Redispatch } from "../../contingency/redispatch.js";
import type { Reinforcement } from "../../contingency/reinforcement.js";
import { figureOf, lostMore, type OutageResult } from "../../contingency/screening.js";
import type { SpillCourse } from "../../contingency/time-to-spill.js";
import type { Survival, Treated } from "../../contingency/criticality.js";
import { textIn, type Language } from "../../text/language.js";
import { elementsOf } from "../../network/checked.js";
import { printable } from "../../text/printable.js";
import type { Network } from "../../network/types.js";
import { formatFlow, formatMinutes, formatMore, formatShare } from "../../text/format.js";
import { unitLabel } from "../../units/flow.js";
import { largest, naming, rest, shaded, statusText, table, type Colors } from "./text.js";
import { wordsIn } from "./words.js";

interface Page {
  readonly network: Network;
  readonly language: Language;
  readonly colors: Colors;
}

export interface ScreeningPage extends Page {
  readonly whole: OutageResult;
  /** The worst, worst first. */
  readonly results: readonly OutageResult[];
  /** How many outages were screened, and how many of them lose more than is lost without. */
  readonly screened: number;
  readonly losing: number;
  /** What is left of elements that are lost in part. */
  readonly left: ReadonlyMap<string, number>;
}

/** Losses that no capacity helps against, listed at most. */
const HOPELESS = 20;

/** A page, its parts with a line between them, without blanks or a newline at the end. */
const pageOf = (parts: readonly string[]) => parts.join("\n\n").replace(/ +$/gm, "");

/** The outages that lose most, and of these such as lose a plant first: how much more is lost than without them. */
export function screeningText({
  network,
  language,
  colors,
  whole,
  results,
  screened,
  losing,
  left,
}: ScreeningPage): string {
  const words = wordsIn(language);
  const unit = network.units.flow;
  const label = unitLabel(unit);
  const named = naming(network, language, colors);
  const flow = (value: number) => (value === 0 ? "–" : formatFlow(value, unit));
  const lost = (id: string) => {
    const share = left.get(id) ?? 0;
    return share === 0 ? named(id) : `${named(id)} ${formatShare(share)}`;
  };

  const title = textIn(network.name, language);
  const count = whole.lost.flooding + whole.lost.spill > 0 ? words.losingMore : words.losing;
  const head = [
    ...(title === undefined ? [] : [colors.bold(printable(title))]),
    `${statusText(whole.status, words.status, colors)} · ${count(losing, screened)}`,
  ].join("\n");

  const rows = table(
    [
      `${words.out} (${label})`,
      "",
      words.moreFlooding,
      words.moreSpill,
      words.objectives.balance,
      words.objectives.surcharge,
      words.toSpill,
    ],
    ["left", "left", ...Array<"right">(5).fill("right")],
  );
  const elements = elementsOf(network);
  const losesPlant = ({ out }: OutageResult) => out.some((id) => elements.get(id)?.kind === "plant");
  for (const result of [...results].sort((a, b) => Number(losesPlant(b)) - Number(losesPlant(a)))) {
    const more = lostMore(result, whole, unit);
    const { out, status, highestUtilisation, minutesToSpill } = result;
    rows.push([
      out.map(lost).join(" + "),
      statusText(status, words.status, colors),
      formatMore(more.flooding, unit),
      formatMore(more.spill, unit),
      shaded(highestUtilisation, formatShare(highestUtilisation), colors),
      flow(figureOf(result, "surcharge") ?? 0),
      minutesToSpill === null ? "" : formatMinutes(minutesToSpill),
    ]);
  }
  return pageOf([
    head,
    ...(results.length > 0 ? [rows.toString()] : []),
    ...(screened > results.length ? [colors.dim(words.more(screened - results.length))] : []),
  ]);
}

/** What can be treated without each plant, of the plants without which least can. */
export function survivalText({ network, language, colors }: Page, survival: readonly Survival[], top: number): string {
  const words = wordsIn(language);
  const unit = network.units.flow;
  const named = naming(network, language, colors);
  const hasPeak = survival.some(({ peak }) => peak !== undefined);
  const treated = table(
    [`${words.without} (${unitLabel(unit)})`, words.treated, "", ...(hasPeak ? [words.peak, ""] : [])],
    ["left", ...Array<"right">(hasPeak ? 4 : 2).fill("right")],
  );
  const cells = ({ treated: flows, share }: Treated) => [formatFlow(flows, unit), formatShare(share)];
  // The first row is the city whole.
  const shown = survival.slice(0, 1 + top);
  for (const { out, now, peak } of shown)
    treated.push([
      out.length === 0 ? words.nothing : out.map(named).join(" + "),
      ...cells(now),
      ...(peak ? cells(peak) : []),
    ]);
  return pageOf([
    `${colors.bold(words.survival)}\n${treated.toString()}${rest(words, colors, survival.length - shown.length)}`,
  ]);
}

/** What to add so that each single loss is survived; undefined where that wasn't worked out to the end. */
export function reinforcementText(
  { network, language, colors }: Page,
  reinforcement: Reinforcement | undefined,
  top: number,
): string {
  const words = wordsIn(language);
  const unit = network.units.flow;
  const label = unitLabel(unit);
  const named = naming(network, language, colors);
  const titled = (lines: readonly string[]) => pageOf([[colors.bold(words.reinforce), ...lines].join("\n")]);
  if (reinforcement === undefined) return titled([`  ${words.tooLong}`]);
  const { add, total, hopeless } = reinforcement;
  const added = table([`${words.add} (${label})`, ""], ["left", "right"]);
  const shown = largest(add, top, ({ capacity }) => capacity);
  for (const { id, capacity } of shown) added.push([named(id), `+${formatFlow(capacity, unit)}`]);
  return titled([
    ...(add.length === 0
      ? hopeless.length === 0
        ? [`  ${words.enough}`]
        : []
      : [
          `${added.toString()}${rest(words, colors, add.length - shown.length)}`,
          `  ${words.sum} ${formatFlow(total, unit)} ${label}`,
        ]),
    ...(hopeless.length === 0
      ? []
      : [
          `  ${words.hopeless(hopeless.length)}`,
          ...hopeless
            .slice(0, HOPELESS)
            .map(
              ({ outages, flow }) =>
                `    ${outages.length === 0 ? words.nothing : outages.map(named).join(" + ")}  ${formatFlow(flow, unit)} ${label}`,
            ),
          ...(hopeless.length > HOPELESS ? [`    …`] : []),
        ]),
  ]);
}

export interface RedispatchPage extends Page {
  readonly found: Redispatch;
  /** Left out where it couldn't be found. */
  readonly time: { readonly idle: SpillCourse; readonly acting: SpillCourse } | undefined;
  /** Rows of each table at most. */
  readonly top: number;
}

/** What to do, in order; how long there is for it; what is lost all the same, and why. Without a newline at the end. */
export function redispatchText({ network, language, colors, found, time, top }: RedispatchPage): string {
  const words = wordsIn(language);
  const unit = network.units.flow;
  const label = unitLabel(unit);
  const named = naming(network, language, colors);
  const flow = (value: number) => formatFlow(value, unit);
  const parts: string[] = [];

  const steps = table(
    ["", `${words.set} (${label})`, words.now, "", words.plan],
    ["right", "left", "right", "left", "right"],
  );
  for (const [i, { id, from, to }] of found.steps.slice(0, top).entries())
    steps.push([`${i + 1}`, named(id), flow(from), "→", colors.bold(flow(to))]);
  const listed = `${steps.toString()}${rest(words, colors, found.steps.length - top)}`;
  parts.push(`${colors.bold(words.steps)}\n${found.steps.length === 0 ? `  ${words.kept}` : listed}`);

  if (time !== undefined) {
    const lasts = ({ minutesToSpill }: SpillCourse) =>
      minutesToSpill === null ? words.never : formatMinutes(minutesToSpill);
    const cubic = (value: number) => (value === 0 ? "–" : `${Math.round(value)} m³`);
    const hours = time.idle.lost.map(({ hours: hour }) => `${hour} h`);
    const course = table(["", words.toSpill, ...hours], ["left", ...Array<"right">(hours.length + 1).fill("right")]);
    for (const [what, one] of [
      [words.idle, time.idle],
      [words.acting, time.acting],
    ] as const)
      course.push([what, lasts(one), ...one.lost.map(({ spill, flooding }) => cubic(spill + flooding))]);
    parts.push(`${colors.bold(words.lost)}\n${course.toString()}`);
  }

  const enumerated = (all: readonly unknown[], told: readonly string[]) =>
    [...told.slice(0, top), ...(all.length > top ? ["…"] : [])].join(", ");
  const listOf = (ends: readonly { readonly id: string; readonly flow: number }[]) =>
    enumerated(
      ends,
      largest(ends, top, (end) => end.flow).map((end) => `${named(end.id)} ${flow(end.flow)}`),
    );
  for (const { kind, at, links, plants, outfalls } of found.forced.slice(0, top)) {
    const holding = [...plants, ...links, ...outfalls];
    const isFull = holding.filter(({ out, locked }) => !out && !locked);
    const isLocked = holding.filter(({ locked }) => locked);
    const isOut = holding.filter(({ out }) => out).map(({ id }) => named(id));
    const why = [
      ...(isFull.length > 0 ? [words.forced(listOf(isFull))] : []),
      ...(isLocked.length > 0
        ? [words.forcedByLocks(listOf(isLocked.map(({ id, flow }) => ({ id, flow: Math.abs(flow) }))))]
        : []),
      ...(isOut.length > 0 ? [words.forcedOut(enumerated(isOut, isOut))] : []),
    ];
    const what = kind === "flooding" ? words.floods : words.spills;
    parts.push([`${colors.bold(what)}: ${listOf(at)} ${label}`, ...why].join("\n  "));
  }
  if (found.forced.length > top) parts.push(colors.dim(words.more(found.forced.length - top)));

  const routes = table(
    [`${words.routes} (${label})`, "", "", words.flow, words.minutes, "kWh/m³"],
    ["left", "left", "left", "right", "right", "right"],
  );
  for (const [sign, list] of [
    ["−", found.routes.before],
    ["+", found.routes.after],
  ] as const) {
    for (const route of list.slice(0, top))
      routes.push([
        `${sign} ${named(route.from)}`,
        "→",
        named(route.to),
        flow(route.flow),
        route.minutes.toFixed(0),
        route.energy.toFixed(3),
      ]);
  }
  const { before, after } = found.routes;
  const unseen = Math.max(0, before.length - top) + Math.max(0, after.length - top);
  if (before.length + after.length > 0) parts.push(`${routes.toString()}${rest(words, colors, unseen)}`);
  return pageOf(parts);
}
