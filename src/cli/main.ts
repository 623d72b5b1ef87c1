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
import { FAULTS, HELP } from "./speech.js";
import { complain, watchOutput } from "./output.js";
import { runCheck } from "./commands/check.js";
import { runDispatch } from "./commands/dispatch.js";
import { runOutages } from "./commands/outages.js";
import { runRedispatch } from "./commands/redispatch.js";
import type { runReport as RunReport } from "./commands/report.js";

const BAD_USAGE = 2;

function shareOf(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) throw new InvalidArgumentError(FAULTS.usage.share);
  return value;
}

function numberAbove0(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value < Infinity)) throw new InvalidArgumentError(FAULTS.usage.above0);
  return value;
}

function depthOf(text: string): 1 | 2 {
  if (text !== "1" && text !== "2") throw new InvalidArgumentError(FAULTS.usage.depth);
  return text === "1" ? 1 : 2;
}

const program = new Command("trunkflow")
  .description(HELP.trunkflow)
  .version(version, "-V, --version", HELP.version)
  .configureHelp({ styleTitle: (title) => HELP.titles[title] ?? title })
  .helpOption("-h, --help", HELP.help)
  .helpCommand("help [command]", HELP.help)
  .configureOutput({
    outputError: (text, write) => {
      write(FAULTS.usage.instead.reduce((said, [what, instead]) => said.replace(what, instead), text));
    },
  })
  .exitOverride()
  .showHelpAfterError(FAULTS.usage.seeHelp);

const language = () => new Option("--language <code>", HELP.language).choices(LANGUAGES);

program
  .command("check")
  .description(HELP.check)
  .argument("<file>", HELP.file)
  .addOption(language())
  .option("--json", HELP.json.check)
  .action(runCheck);

const ids = (list: string, before: string[] | undefined) => [...(before ?? []), list];
const stateFile = () => new Option("--state <file>", HELP.state);
const tolerance = () => new Option("--tolerance <share>", HELP.tolerance).argParser(shareOf);
const top = (what: string) => new Option("--top <n>", what).argParser((text) => Math.ceil(numberAbove0(text)));

program
  .command("dispatch")
  .description(HELP.dispatch)
  .argument("<file>", HELP.file)
  .addOption(stateFile())
  .option("--out <ids>", HELP.out(HELP.lost), ids)
  .option("--secure <ids>", HELP.secure(HELP.lost), ids)
  .addOption(new Option("--engine <name>", HELP.engine).choices([...ENGINE_NAMES, "highs"]))
  .addOption(tolerance())
  .addOption(top(HELP.rows))
  .addOption(language())
  .option("--json", HELP.json.dispatch)
  .action(runDispatch);

program
  .command("redispatch")
  .description(HELP.redispatch)
  .argument("<file>", HELP.file)
  .addOption(stateFile())
  .requiredOption("--out <ids>", HELP.out(HELP.lost), ids)
  .addOption(tolerance())
  .addOption(top(HELP.rows))
  .addOption(language())
  .option("--json", HELP.json.redispatch)
  .action(runRedispatch);

program
  .command("report")
  .description(HELP.report)
  .argument("<file>", HELP.file)
  .requiredOption("-o, --output <file>", HELP.output)
  .addOption(stateFile())
  .option("--out <ids>", HELP.out(HELP.lost), ids)
  .addOption(tolerance())
  .addOption(language())
  .action(async (...[file, flags]: Parameters<typeof RunReport>) => {
    // With the page comes all that runs in it, which no other command needs.
    const { runReport } = await import("./commands/report.js");
    await runReport(file, flags);
  });

program
  .command("outages")
  .description(HELP.outages)
  .argument("<file>", HELP.file)
  .addOption(stateFile())
  .option("--depth <n>", HELP.depth, depthOf, 1)
  .option("--elements <ids>", HELP.elements(HELP.lost), ids)
  .option("--peak <factor>", HELP.peak, numberAbove0)
  .addOption(top(HELP.worst))
  .addOption(language())
  .option("--json", HELP.json.outages)
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
