/** What the page says. */
import type { Language } from "../../text/language.js";
import { kindWords, pageWords, objectiveWords, planWords } from "../../text/words.js";

export type Words = ReturnType<typeof wordsIn>;

export const wordsIn = (language: Language) => ({
  objectives: objectiveWords(language).names,
  ...planWords(language),
  ...pageWords(language),
  kinds: kindWords(language),
});
