#!/usr/bin/env node
/**
 * The command line. Exit code 0 when it did what was asked, 1 for a file that can't be used (every problem on stderr), 2 for
 * wrong usage, 70 for a fault of ours, 130 where it was stopped; each but 0 with a sentence on stderr. What a person reads goes to
 * stdout, or plain data with `--json`. A reader who has seen enough and closes stdout is no fault. A plan is printed, and that is 0, even
 * where the reasons or times that should stand beside it can't be found: then stderr says so.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { ENGINE_NAMES } from "../dispatch/prepare.js";
import { LANGUAGES } from "../text/language.js";
import { version } from "../../package.json";
import { faultOf } from "./faults.js";
import { complain, watchOutput } from "./output.js";
import { runCheck } from "./commands/check.js";
import { runDispatch } from "./commands/dispatch.js";
import { runOutages } from "./commands/outages.js";
import { runRedispatch } from "./commands/redispatch.js";
import type { runReport as RunReport } from "./commands/report.js";

const BAD_USAGE = 2;

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
  .action(runCheck);

const ids = (list: string, before: string[] | undefined) => [...(before ?? []), list];
const stateFile = () =>
  new Option("--state <file>", "state file (JSON): inflows, availability, outages, volumes, set points of this moment");
const language = () =>
  new Option("--language <code>", "language of names and reasons; the machine's if not given").choices(LANGUAGES);
const tolerance = () =>
  new Option("--tolerance <share>", "by how much later objectives may move a plant from even, 0 to 1").argParser(
    shareOf,
  );
const top = (what: string) => new Option("--top <n>", what).argParser((text) => Math.ceil(numberAbove0(text)));
const ROWS = "rows of each table, those that matter most; 20 if not given";
const LOST = "ids separated by commas (in double quotes if that is unclear), ID=40% for what is left of one";

program
  .command("dispatch")
  .description("the best plan for a network: least spill, even plants, least cost, in that order")
  .argument("<file>", "network file (JSON)")
  .addOption(stateFile())
  .option("--out <ids>", `elements that are out, ${LOST}; may be given again`, ids)
  .option("--secure <ids>", `outages to stand before anybody acts, ${LOST}; and what that costs`, ids)
  .addOption(new Option("--engine <name>", "what solves it").choices([...ENGINE_NAMES, "highs"]))
  .addOption(tolerance())
  .addOption(top(ROWS))
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
  .addOption(top(ROWS))
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
  .action(async (...[file, flags]: Parameters<typeof RunReport>) => {
    // With the page comes all that runs in it, which no other command needs.
    const { runReport } = await import("./commands/report.js");
    await runReport(file, flags);
  });

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
  .addOption(top("how many of the worst to print; 20 if not given, all with --json"))
  .addOption(language())
  .option("--json", "print all results as JSON")
  .action(runOutages);

watchOutput();

try {
  await program.parseAsync();
} catch (reason) {
  // Of wrong usage commander has told by itself.
  if (reason instanceof CommanderError) process.exitCode = reason.exitCode === 0 ? 0 : BAD_USAGE;
  else {
    const { exit, sentence } = faultOf(reason);
    complain(sentence);
    process.exitCode = exit;
  }
}
