/** What the page says. */
import type { Language } from "../../text/language.js";
import { kindWords, pageWords, planWords, tableWords } from "../../text/words.js";

export type Words = ReturnType<typeof wordsIn>;

export const wordsIn = (language: Language) => ({
  ...planWords(language),
  ...tableWords(language),
  ...pageWords(language),
  kinds: kindWords(language),
});
