/** What the command line says. */
import type { Language } from "../../text/language.js";
import { commandWords, objectiveWords, planWords } from "../../text/words.js";

export type Words = ReturnType<typeof wordsIn>;

export const wordsIn = (language: Language) => ({
  objectives: objectiveWords(language).names,
  ...planWords(language),
  ...commandWords(language),
});
