#!/usr/bin/env node
/**
 * The command line. Exit code 0 when it did what was asked, 1 for a file that can't be used (every problem on stderr), 2 for
 * wrong usage, 70 for a fault of ours. What a person reads goes to stdout, or plain data with `--json`.
 */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { survivalTable } from "../contingency/criticality.js";
import { redispatch } from "../contingency/redispatch.js";
import { leastReinforcement } from "../contingency/reinforcement.js";
import { resultsOf, screeningOf, totalOf, type ScreenOptions } from "../contingency/screen.js";
import { timeToSpill } from "../contingency/time-to-spill.js";
import { dispatch, presentPlan, type DispatchOptions } from "../dispatch/dispatch.js";
import { checkOutages, idOf, leftOf, type Outage } from "../dispatch/outage.js";
import { ENGINE_NAMES, type EngineName } from "../dispatch/prepare.js";
import { stateOf } from "../dispatch/state-options.js";
import { OptionError } from "../errors.js";
import { explain } from "../explain/explain.js";
import { loadHighs } from "../linear/highs.js";
import { NetworkError, show, type Issue } from "../network/issues.js";
import { elementsOf } from "../network/checked.js";
import { checkNetwork, loadNetwork } from "../network/load.js";
import { LANGUAGES, type Language } from "../network/names.js";
import { printable, printableJson } from "../network/printable.js";
import type { Network, State } from "../network/schema.js";
import { loadState } from "../network/state.js";
import { version } from "../../package.json";
import { outagesText, redispatchText } from "./outages.js";
import { reportText } from "./report.js";
import type { Colors } from "./text.js";
import { worstOf } from "./worst.js";

const BAD_FILE = 1;
const BAD_USAGE = 2;
const OUR_FAULT = 70;

/** A file that can't be read. */
class UnreadableFile extends Error {}

/** A file that can't be written. */
class UnwritableFile extends Error {}

/** An id on the command line that the network doesn't have. */
class UnknownId extends Error {}

const print = (text: string) => void process.stdout.write(`${text}\n`);
const complain = (text: string) => void process.stderr.write(`${text}\n`);

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (reason) {
    throw new UnreadableFile(`${printable(path)} can't be read: ${printable((reason as Error).message)}`);
  }
}

/** Runs `load` on a file's text; what is wrong with the file is told with its name. */
async function load<T>(path: string, parse: (text: string) => T): Promise<T> {
  const text = await read(path);
  try {
    return parse(text);
  } catch (reason) {
    if (reason instanceof NetworkError) tell(path, reason.issues);
    throw reason;
  }
}

function tell(path: string, issues: readonly Issue[]): void {
  for (const { severity, message } of issues) complain(`${printable(path)}: ${severity}: ${message}`);
}

async function check(file: string, { json }: { json?: boolean }): Promise<void> {
  const text = await read(file);
  const issues = checkNetwork(text);
  const isBad = issues.some((issue) => issue.severity === "error");
  tell(file, issues);
  if (isBad) process.exitCode = BAD_FILE;
  if (json === true) print(printableJson(JSON.stringify(issues, null, 2)));
  else if (!isBad) print(summary(loadNetwork(text), issues));
}

function summary(network: Network, issues: readonly Issue[]): string {
  const count = (kinds: readonly string[], one: string) => {
    const n = kinds.filter((kind) => kind === one).length;
    return `${n} ${one}${n === 1 ? "" : "s"}`;
  };
  const kinds = [...network.nodes, ...network.links].map((element) => element.kind);
  const counts = [...new Set(kinds)].map((kind) => count(kinds, kind)).join(", ");
  const warnings =
    issues.length === 0 ? "no problems" : `${issues.length} warning${issues.length === 1 ? "" : "s"}, no errors`;
  return `${network.nodes.length} nodes, ${network.links.length} links (${counts}): ${warnings}`;
}

interface DispatchFlags {
  readonly state?: string;
  readonly out?: string[];
  readonly engine?: EngineName | "highs";
  readonly tolerance?: number;
  readonly language?: Language;
  readonly json?: boolean;
}

async function runDispatch(file: string, flags: DispatchFlags): Promise<void> {
  const network = await load(file, loadNetwork);
  const state: State = flags.state === undefined ? {} : await load(flags.state, (text) => loadState(network, text));
  const outages = outagesIn(network, "--out", flags.out);
  const language = flags.language ?? languageOf(process.env);
  const options: DispatchOptions = {
    state,
    outages,
    language,
    ...(flags.engine !== undefined && { engine: flags.engine === "highs" ? await loadHighs() : flags.engine }),
    ...(flags.tolerance !== undefined && { tolerance: flags.tolerance }),
  };
  const plan = dispatch(network, options);
  if (flags.json === true) {
    print(printableJson(JSON.stringify(plan, null, 2)));
    return;
  }
  const { policy: _policy, tolerance: _tolerance, ...present } = options;
  const isSet = Object.keys(state.setPoints ?? {}).length > 0;
  const colors = colorsOf(process.stdout);
  // Only a plan with a proof is sure to be explained: other engines may come to another one that is as good.
  const findings =
    plan.certificate === undefined
      ? []
      : explain(network, stateOf(network, { state, outages }), plan, { tolerance: flags.tolerance ?? 0 });
  const before = isSet ? presentPlan(network, present) : undefined;
  print(reportText({ network, plan, present: before, findings, language, colors }));
}

/** Colours where a person looks at a terminal. Left to itself picocolors guesses where output goes into a file or pipe. */
function colorsOf(stream: { readonly isTTY?: boolean }): Colors {
  return pc.createColors(stream.isTTY === true && (process.env.NO_COLOR ?? "") === "");
}

/** What is lost, from the command line: `ID`, or `ID=40%` or `ID=0.4` for what is left of it. */
function outagesIn(network: Network, flag: string, tokens?: readonly string[]): Outage[] {
  if (tokens?.length === 0) throw new UnknownId(`${flag} names nothing; it lists ids, separated by commas.`);
  const isKnown = (id: string) => elementsOf(network).has(id);
  const outages = (tokens ?? []).map((token): Outage => {
    const [, id = "", share = ""] = /^(.*)=(.*)$/su.exec(token) ?? [];
    if (isKnown(token) || !(isKnown(id) || SHARE.test(share))) return token;
    const [, number = "", percent] = SHARE.exec(share) ?? [];
    const availability = Number(number) / (percent === "%" ? 100 : 1);
    if (number !== "" && availability <= 1) return { id, availability };
    throw new UnknownId(
      `${flag}: what is left of ${show(id)} is ${show(share)}; it is from 0 to 1, or from 0% to 100%, such as 0.4 or 40%.`,
    );
  });
  try {
    checkOutages(network, outages);
  } catch (reason) {
    if (reason instanceof NetworkError)
      throw new UnknownId(reason.issues.map((issue) => `${flag}: ${issue.message}`).join("\n"));
    throw reason;
  }
  return outages;
}

/** What is left of an element. */
const SHARE = /^(\d+\.?\d*|\.\d+)(%?)$/;

interface RedispatchFlags {
  readonly state?: string;
  readonly out: string[];
  readonly tolerance?: number;
  readonly language?: Language;
  readonly json?: boolean;
}

async function runRedispatch(file: string, flags: RedispatchFlags): Promise<void> {
  const network = await load(file, loadNetwork);
  const state: State = flags.state === undefined ? {} : await load(flags.state, (text) => loadState(network, text));
  const outages = outagesIn(network, "--out", flags.out);
  const language = flags.language ?? languageOf(process.env);
  const { tolerance } = flags;
  // What is in force: the state's own set points, and where it gives none the best plan before the outage.
  const before = dispatch(network, { state, ...(tolerance !== undefined && { tolerance }) });
  const found = redispatch(network, before, {
    state,
    outages,
    language,
    ...(tolerance !== undefined && { tolerance }),
  });
  const time = timeToSpill(network, { state, outages, from: before });
  if (flags.json === true) {
    print(printableJson(JSON.stringify({ ...found, timeToSpill: time }, null, 2)));
    return;
  }
  const colors = colorsOf(process.stdout);
  print(reportText({ network, plan: found.plan, present: { ...found.idle, moves: [] }, language, colors }));
  print(`\n${redispatchText({ network, found, time, language, colors })}`);
}

interface ReportFlags {
  readonly output: string;
  readonly state?: string;
  readonly out?: string[];
  readonly tolerance?: number;
  readonly language?: Language;
}

async function runReport(file: string, flags: ReportFlags): Promise<void> {
  const network = await load(file, loadNetwork);
  const state: State = flags.state === undefined ? {} : await load(flags.state, (text) => loadState(network, text));
  const outages = outagesIn(network, "--out", flags.out);
  const { output, tolerance = 0, language = languageOf(process.env) } = flags;
  // With the page comes all that runs in it, which no other command needs.
  const { writePicture } = await import("./picture.js");
  try {
    await writePicture(output, { network, state, outages, tolerance, language });
  } catch (reason) {
    if (!(reason instanceof Error && "syscall" in reason)) throw reason;
    throw new UnwritableFile(`${printable(output)} can't be written: ${printable(reason.message)}`);
  }
  print(pathToFileURL(output).href);
}

interface OutagesFlags {
  readonly state?: string;
  readonly depth: 1 | 2;
  readonly elements?: string[];
  readonly peak?: number;
  readonly top?: number;
  readonly language?: Language;
  readonly json?: boolean;
}

/** Pairs beyond which threads are worth their start. */
const MANY = 20_000;
/** Outages on a page, if not said otherwise. */
const TOP = 20;
/** Results beyond which a list of all of them isn't held any more. */
const MOST_LISTED = 1_000_000;
/** Milliseconds between two words on how far it is. */
const TELL_EVERY = 200;
const STOPPED = 130;

async function runOutages(file: string, flags: OutagesFlags): Promise<void> {
  const network = await load(file, loadNetwork);
  const state: State = flags.state === undefined ? {} : await load(flags.state, (text) => loadState(network, text));
  const { depth, elements: named, json = false, top = json ? Infinity : TOP } = flags;
  const language = flags.language ?? languageOf(process.env);
  const elements = named && outagesIn(network, "--elements", named);
  const options: ScreenOptions = { state, depth, ...(elements && { elements }), onProgress: progress() };
  const screening = screeningOf(network, options);
  const total = totalOf(screening.count, depth);
  if (top === Infinity && total > MOST_LISTED)
    throw new OptionError(`--json would list ${total} outages; say how many of the worst with --top.`);

  const { streamOutagesInParallel } = total > MANY && depth === 2 ? await import("../parallel/index.js") : {};
  const stream = streamOutagesInParallel?.(network, options) ?? resultsOf(screening, options);
  let isStopped = false;
  // Asked to stop, it tells what it has; asked again, it ends at once.
  process.once("SIGINT", () => (isStopped = true));
  const whole = screening.whole();
  const { results, screened, losing } = await worstOf(stream, whole, { top, isStopped: () => isStopped });
  if (screened < total) {
    complain(`stopped: ${screened} of ${total} outages were screened`);
    process.exitCode = STOPPED;
  }

  if (json) {
    // One by one: all of it as one text could be more than a text holds.
    process.stdout.write("[");
    for (const [i, result] of results.entries())
      process.stdout.write(`${i === 0 ? "" : ","}\n  ${printableJson(JSON.stringify(result))}`);
    print(results.length === 0 ? "]" : "\n]");
    return;
  }
  const colors = colorsOf(process.stdout);
  const left = new Map(elements?.map((outage) => [idOf(outage), leftOf(outage)]));
  const page = { network, language, colors, whole, results, screened, losing, left };
  if (screened < total) {
    print(outagesText(page));
    return;
  }
  const survival = survivalTable(network, { state, ...(flags.peak !== undefined && { peak: flags.peak }) });
  const isSmall = network.links.length <= MOST_TO_REINFORCE;
  const reinforcement = isSmall ? leastReinforcement(network, { state }) : MOST_TO_REINFORCE;
  print(outagesText({ ...page, survival, reinforcement }));
}

/** Links of networks that the least reinforcement is found for within seconds. */
const MOST_TO_REINFORCE = 400;

/** Tells on a terminal how far a long screening is. */
function progress(): NonNullable<ScreenOptions["onProgress"]> {
  if (!process.stderr.isTTY) return () => undefined;
  let last = Date.now();
  return (done, total) => {
    const now = Date.now();
    if (done === total) process.stderr.write("\r\u001b[K");
    else if (now - last > TELL_EVERY) {
      last = now;
      process.stderr.write(`\r${done} / ${total}`);
    }
  };
}

function languageOf(env: NodeJS.ProcessEnv): Language {
  return /^zh/i.test([env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== "") ?? "")
    ? "zh"
    : "en";
}

function shareOf(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("A tolerance is a share from 0 to 1.");
  return value;
}

function numberAbove0(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value < Infinity)) throw new InvalidArgumentError("It is a number above 0.");
  return value;
}

function depthOf(text: string): 1 | 2 {
  if (text !== "1" && text !== "2") throw new InvalidArgumentError("It is 1 or 2.");
  return text === "1" ? 1 : 2;
}

const program = new Command("trunkflow")
  .description("Dispatches a city's sewage between its treatment plants.")
  .version(version)
  .exitOverride()
  .showHelpAfterError("(trunkflow --help says what there is)");

program
  .command("check")
  .description("say what is wrong with a network file, or odd about it")
  .argument("<file>", "network file (JSON)")
  .option("--json", "print the findings as JSON")
  .action(check);

const ids = (list: string, before: string[] | undefined) => [
  ...(before ?? []),
  ...list.split(",").filter((id) => id !== ""),
];
const stateFile = () =>
  new Option("--state <file>", "state file (JSON): inflows, availability, outages, volumes, set points of this moment");
const language = () =>
  new Option("--language <code>", "language of names and reasons; the machine's if not given").choices(LANGUAGES);
const tolerance = () =>
  new Option("--tolerance <share>", "by how much later objectives may move a plant from even, 0 to 1").argParser(
    shareOf,
  );
const LOST = "ids separated by commas, ID=40% for what is left of one";

program
  .command("dispatch")
  .description("the best plan for a network: least spill, even plants, least cost, in that order")
  .argument("<file>", "network file (JSON)")
  .addOption(stateFile())
  .option("--out <ids>", `elements that are out, ${LOST}; may be given again`, ids)
  .addOption(new Option("--engine <name>", "what solves it").choices([...ENGINE_NAMES, "highs"]))
  .addOption(tolerance())
  .addOption(language())
  .option("--json", "print the plan as JSON")
  .action(runDispatch);

program
  .command("redispatch")
  .description("what to do when something fails: the new plan, step by step, and how long there is for it")
  .argument("<file>", "network file (JSON)")
  .addOption(stateFile())
  .requiredOption("--out <ids>", `elements that are out, ${LOST}; may be given again`, ids)
  .addOption(tolerance())
  .addOption(language())
  .option("--json", "print plan, steps, routes and times as JSON")
  .action(runRedispatch);

program
  .command("report")
  .description("a live page of the network and its plan, or a picture of the map")
  .argument("<file>", "network file (JSON)")
  .requiredOption("-o, --output <file>", "what to write: a page if it ends in .html, a picture if in .svg")
  .addOption(stateFile())
  .option("--out <ids>", `elements that are out, ${LOST}; may be given again`, ids)
  .addOption(tolerance())
  .addOption(language())
  .action(runReport);

program
  .command("outages")
  .description("every outage, or every pair, worst first: what the city loses, and what it takes to survive it")
  .argument("<file>", "network file (JSON)")
  .addOption(stateFile())
  .option("--depth <n>", "1: single outages; 2: pairs besides", depthOf, 1)
  .option("--elements <ids>", `what may be lost, ${LOST}; everything but catchments if not given`, ids)
  .option(
    "--peak <factor>",
    "what inflows are multiplied by at the peak, for the table of what can be treated",
    numberAbove0,
  )
  .option("--top <n>", "how many of the worst to print; 20 if not given, all with --json", (text) =>
    Math.ceil(numberAbove0(text)),
  )
  .addOption(language())
  .option("--json", "print all results as JSON")
  .action(runOutages);

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (reason: NodeJS.ErrnoException) => {
  if (reason.code !== "EPIPE") throw reason;
});

try {
  await program.parseAsync();
} catch (reason) {
  if (reason instanceof CommanderError) process.exitCode = reason.exitCode === 0 ? 0 : BAD_USAGE;
  else if (reason instanceof NetworkError) process.exitCode = BAD_FILE;
  else if (reason instanceof UnreadableFile || reason instanceof UnwritableFile) {
    complain(reason.message);
    process.exitCode = BAD_FILE;
  } else if (reason instanceof UnknownId || reason instanceof OptionError) {
    complain(reason.message);
    process.exitCode = BAD_USAGE;
  } else {
    complain(`trunkflow: ${reason instanceof Error ? reason.message : String(reason)}`);
    process.exitCode = OUR_FAULT;
  }
}
