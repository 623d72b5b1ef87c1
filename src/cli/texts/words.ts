/** What the command line says. */
import type { Language } from "../../text/language.js";
import { commandWords, planWords, tableWords } from "../../text/words.js";

export type Words = ReturnType<typeof wordsIn>;

export const wordsIn = (language: Language) => ({
  ...planWords(language),
  ...tableWords(language),
  ...commandWords(language),
});
