/** Outages as pages of text: the table of a screening, and what to do about one outage. */
import type { Redispatch } from "../contingency/redispatch.js";
import type { Reinforcement } from "../contingency/reinforcement.js";
import { figureOf, type OutageResult } from "../contingency/screening.js";
import type { SpillCourse } from "../contingency/time-to-spill.js";
import type { Survival, Treated } from "../contingency/criticality.js";
import { textIn, type Language } from "../network/names.js";
import { printable } from "../network/printable.js";
import type { Network } from "../network/schema.js";
import { formatFlow, formatMinutes, formatShare } from "../units/format.js";
import { unitLabel } from "../units/flow.js";
import { naming, shaded, statusText, table, type Colors } from "./text.js";
import { WORDS } from "./words.js";
import { lossOf } from "./worst.js";

interface Page {
  readonly network: Network;
  readonly language: Language;
  readonly colors: Colors;
}

export interface OutagesPage extends Page {
  readonly whole: OutageResult;
  /** The worst, worst first. */
  readonly results: readonly OutageResult[];
  /** How many outages were screened, and how many of them lose more than is lost without. */
  readonly screened: number;
  readonly losing: number;
  /** What is left of elements that are lost in part. */
  readonly left: ReadonlyMap<string, number>;
  readonly survival?: readonly Survival[];
  /** Or of how many links a network may be for it to be worked out. */
  readonly reinforcement?: Reinforcement | number;
}

/** Losses that no capacity helps against, listed at most. */
const HOPELESS = 20;

/** The text, without a newline at its end. */
export function outagesText({
  network,
  language,
  colors,
  whole,
  results,
  screened,
  losing,
  left,
  survival = [],
  reinforcement,
}: OutagesPage): string {
  const words = WORDS[language];
  const unit = network.units.flow;
  const label = unitLabel(unit);
  const named = naming(network, language, colors);
  const flow = (value: number) => (value === 0 ? "–" : formatFlow(value, unit));
  const lost = (id: string) => {
    const share = left.get(id) ?? 0;
    return share === 0 ? named(id) : `${named(id)} ${formatShare(share)}`;
  };
  const parts: string[] = [];

  const title = textIn(network.name, language);
  const { flooding, spill } = lossOf(whole);
  const count = flooding + spill > 0 ? words.losingMore : words.losing;
  parts.push(
    [
      ...(title === undefined ? [] : [colors.bold(printable(title))]),
      `${statusText(whole.status, words.status, colors)} · ${count(losing, screened)}`,
    ].join("\n"),
  );

  const rows = table(
    [
      `${words.out} (${label})`,
      "",
      words.objectives.flooding,
      words.objectives.spill,
      words.objectives.balance,
      words.objectives.surcharge,
      words.toSpill,
    ],
    ["left", "left", ...Array<"right">(5).fill("right")],
  );
  for (const result of results) {
    const loss = lossOf(result);
    const { out, status, highestUtilisation, minutesToSpill } = result;
    rows.push([
      out.map(lost).join(" + "),
      statusText(status, words.status, colors),
      flow(loss.flooding),
      flow(loss.spill),
      shaded(highestUtilisation, formatShare(highestUtilisation), colors),
      flow(figureOf(result, "surcharge") ?? 0),
      minutesToSpill === null ? "" : formatMinutes(minutesToSpill),
    ]);
  }
  parts.push(rows.toString());
  if (screened > results.length) parts.push(colors.dim(words.more(screened - results.length)));

  if (survival.length > 1) {
    const hasPeak = survival.some(({ peak }) => peak !== undefined);
    const treated = table(
      [`${words.without} (${label})`, words.treated, "", ...(hasPeak ? [words.peak, ""] : [])],
      ["left", ...Array<"right">(hasPeak ? 4 : 2).fill("right")],
    );
    const cells = ({ treated: flows, share }: Treated) => [formatFlow(flows, unit), formatShare(share)];
    for (const { out, now, peak } of survival)
      treated.push([
        out.length === 0 ? words.nothing : out.map(named).join(" + "),
        ...cells(now),
        ...(peak ? cells(peak) : []),
      ]);
    parts.push(`${colors.bold(words.survival)}\n${treated.toString()}`);
  }

  if (typeof reinforcement === "number") parts.push(`${colors.bold(words.reinforce)}\n  ${words.large(reinforcement)}`);
  else if (reinforcement !== undefined) {
    const { add, total, hopeless } = reinforcement;
    const added = table([`${words.add} (${label})`, ""], ["left", "right"]);
    for (const { id, capacity } of add) added.push([named(id), `+${formatFlow(capacity, unit)}`]);
    const lines = [
      ...(add.length === 0
        ? [`  ${words.enough}`]
        : [added.toString(), `  ${words.sum} ${formatFlow(total, unit)} ${label}`]),
      ...(hopeless.length === 0
        ? []
        : [
            `  ${words.hopeless(hopeless.length)}`,
            ...hopeless
              .slice(0, HOPELESS)
              .map(({ outages, flow: never }) => `    ${outages.map(named).join(" + ")}  ${flow(never)} ${label}`),
            ...(hopeless.length > HOPELESS ? [`    …`] : []),
          ]),
    ];
    parts.push(`${colors.bold(words.reinforce)}\n${lines.join("\n")}`);
  }
  return parts.join("\n\n").replace(/ +$/gm, "");
}

export interface RedispatchPage extends Page {
  readonly found: Redispatch;
  readonly time: { readonly idle: SpillCourse; readonly acting: SpillCourse };
}

/** What to do, in order; how long there is for it; what is lost all the same, and why. Without a newline at the end. */
export function redispatchText({ network, language, colors, found, time }: RedispatchPage): string {
  const words = WORDS[language];
  const unit = network.units.flow;
  const label = unitLabel(unit);
  const named = naming(network, language, colors);
  const flow = (value: number) => formatFlow(value, unit);
  const parts: string[] = [];

  const steps = table(
    ["", `${words.set} (${label})`, words.now, "", words.plan],
    ["right", "left", "right", "left", "right"],
  );
  for (const [i, { id, from, to }] of found.steps.entries())
    steps.push([`${i + 1}`, named(id), flow(from), "→", colors.bold(flow(to))]);
  parts.push(`${colors.bold(words.steps)}\n${found.steps.length === 0 ? `  ${words.kept}` : steps.toString()}`);

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

  for (const { kind, at, links, plants, outfalls } of found.forced) {
    const holding = [...plants, ...links, ...outfalls];
    const isFull = holding.filter(({ out }) => !out).map(({ id, flow: carried }) => `${named(id)} ${flow(carried)}`);
    const isOut = holding.filter(({ out }) => out).map(({ id }) => named(id));
    const why = [
      ...(isFull.length > 0 ? [words.forced(isFull.join(", "))] : []),
      ...(isOut.length > 0 ? [words.forcedOut(isOut.join(", "))] : []),
    ];
    const where = at.map(({ id, flow: lost }) => `${named(id)} ${flow(lost)}`).join(", ");
    const what = kind === "flooding" ? words.floods : words.spills;
    parts.push([`${colors.bold(what)}: ${where} ${label}`, ...why].join("\n  "));
  }

  const routes = table(
    [`${words.routes} (${label})`, "", "", words.flow, words.minutes, "kWh/m³"],
    ["left", "left", "left", "right", "right", "right"],
  );
  for (const [sign, list] of [
    ["−", found.routes.before],
    ["+", found.routes.after],
  ] as const) {
    for (const route of list)
      routes.push([
        `${sign} ${named(route.from)}`,
        "→",
        named(route.to),
        flow(route.flow),
        route.minutes.toFixed(0),
        route.energy.toFixed(3),
      ]);
  }
  if (found.routes.before.length + found.routes.after.length > 0) parts.push(routes.toString());
  return parts.join("\n\n").replace(/ +$/gm, "");
}
