/** The languages that are spoken here, and names in the reader's. */
import { OptionError } from "../errors.js";
import { show } from "./show.js";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text, or one per language. */
type LocalText = string | Readonly<Partial<Record<Language, string | undefined>>>;

/** @throws OptionError for a language that isn't spoken here */
export function checkLanguage(language: unknown): void {
  if (!LANGUAGES.some((spoken) => spoken === language))
    throw new OptionError(`there is no language ${show(language)}. There are ${LANGUAGES.join(", ")}.`);
}

/** The element's name in `language`, else in the other one, else its id. */
export function localise(
  element: { readonly id: string; readonly name?: LocalText | undefined },
  language: Language,
): string {
  return textIn(element.name, language) ?? element.id;
}

export function textIn(text: LocalText | undefined, language: Language): string | undefined {
  if (typeof text !== "object") return text;
  return text[language] ?? text.en ?? text.zh;
}
