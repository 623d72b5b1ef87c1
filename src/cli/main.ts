#!/usr/bin/env node
/**
 * The command line. Exit code 0 when it did what was asked, 1 for a file that can't be used (every problem on stderr), 2 for
 * wrong usage, 70 for a fault of ours. What a person reads goes to stdout, or plain data with `--json`.
 */
import { readFile } from "node:fs/promises";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { dispatch, presentPlan, type DispatchOptions } from "../dispatch/dispatch.js";
import { ENGINE_NAMES, type EngineName } from "../dispatch/prepare.js";
import { OptionError } from "../errors.js";
import { loadHighs } from "../linear/highs.js";
import { NetworkError, type Issue } from "../network/issues.js";
import { checkNetwork, loadNetwork } from "../network/load.js";
import { LANGUAGES, type Language } from "../network/names.js";
import { printable, printableJson } from "../network/printable.js";
import type { Network, State } from "../network/schema.js";
import { loadState } from "../network/state.js";
import { version } from "../../package.json";
import { reportText } from "./report.js";

const BAD_FILE = 1;
const BAD_USAGE = 2;
const OUR_FAULT = 70;

/** A file that can't be read. */
class UnreadableFile extends Error {}

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
  const outages = flags.out ?? [];
  checkOutages(network, outages);
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
  // Undefined where the output goes into a file or pipe, whatever its type says; left to itself picocolors then guesses.
  const isTerminal = (process.stdout.isTTY as boolean | undefined) === true;
  const colors = pc.createColors(isTerminal && (process.env.NO_COLOR ?? "") === "");
  print(reportText({ network, plan, present: isSet ? presentPlan(network, present) : undefined, language, colors }));
}

function checkOutages(network: Network, out: string[]): void {
  try {
    loadState(network, { out });
  } catch (reason) {
    if (reason instanceof NetworkError)
      throw new UnknownId(reason.issues.map((issue) => `--out: ${issue.message}`).join("\n"));
    throw reason;
  }
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

program
  .command("dispatch")
  .description("the best plan for a network: least spill, even plants, least cost, in that order")
  .argument("<file>", "network file (JSON)")
  .option("--state <file>", "state file (JSON): inflows, availability, outages, volumes, set points of this moment")
  .option(
    "--out <ids>",
    "elements that are out, ids separated by commas; may be given again",
    (ids: string, before: string[] | undefined) => [...(before ?? []), ...ids.split(",").filter((id) => id !== "")],
  )
  .addOption(new Option("--engine <name>", "what solves it").choices([...ENGINE_NAMES, "highs"]))
  .option("--tolerance <share>", "by how much later objectives may move a plant from even, 0 to 1", shareOf)
  .addOption(
    new Option("--language <code>", "language of names and reasons; the machine's if not given").choices(LANGUAGES),
  )
  .option("--json", "print the plan as JSON")
  .action(runDispatch);

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (reason: NodeJS.ErrnoException) => {
  if (reason.code !== "EPIPE") throw reason;
});

try {
  await program.parseAsync();
} catch (reason) {
  if (reason instanceof CommanderError) process.exitCode = reason.exitCode === 0 ? 0 : BAD_USAGE;
  else if (reason instanceof NetworkError) process.exitCode = BAD_FILE;
  else if (reason instanceof UnreadableFile) {
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
