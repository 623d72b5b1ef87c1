/** Names in the reader's language. */
import type { LocalText } from "./schema.js";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

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
