/** The language of a run. It is found before anything else, so that what is wrong with how a command is called is told in it as well. */
import { LANGUAGES, type Language } from "../text/language.js";
import { faultWords, helpWords } from "../text/words.js";

/** What the last `--language` says, if that is one; else the machine's. */
function languageOf(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const given = args.flatMap((arg, i) =>
    arg === "--language" ? [args[i + 1]] : arg.startsWith("--language=") ? [arg.slice("--language=".length)] : [],
  );
  const machine = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== "") ?? "";
  return LANGUAGES.find((one) => one === given.at(-1)) ?? (/^zh/i.test(machine) ? "zh" : "en");
}

export const LANGUAGE = languageOf(process.argv.slice(2), process.env);
export const FAULTS = faultWords(LANGUAGE);
export const HELP = helpWords(LANGUAGE);
