/** Words in a language, by topic: one function each, so that what doesn't speak of a topic doesn't carry its words. */
import {
  COMMANDS as COMMANDS_EN,
  FAULTS as FAULTS_EN,
  HELP as HELP_EN,
  type CommandsWords,
  type FaultsWords,
  type HelpWords,
} from "./en/commands.js";
import { COMMANDS as COMMANDS_ZH, FAULTS as FAULTS_ZH, HELP as HELP_ZH } from "./zh/commands.js";
import { EXPLAIN as EXPLAIN_EN, type ExplainWords } from "./en/explain.js";
import { EXPLAIN as EXPLAIN_ZH } from "./zh/explain.js";
import type { HintsWords, IssuesWords } from "./en/issues.js";
import { HINTS as HINTS_ZH, ISSUES as ISSUES_ZH } from "./zh/issues.js";
import { KINDS as KINDS_EN, type KindsWords } from "./en/kinds.js";
import { KINDS as KINDS_ZH } from "./zh/kinds.js";
import { LOCKS as LOCKS_EN, type LocksWords } from "./en/locks.js";
import { LOCKS as LOCKS_ZH } from "./zh/locks.js";
import { MAP as MAP_EN, type MapWords } from "./en/map.js";
import { MAP as MAP_ZH } from "./zh/map.js";
import { NO_SCRIPT as NO_SCRIPT_EN, PAGE as PAGE_EN, type PageWords } from "./en/page.js";
import { NO_SCRIPT as NO_SCRIPT_ZH, PAGE as PAGE_ZH } from "./zh/page.js";
import { OBJECTIVES as OBJECTIVES_EN, type ObjectivesWords } from "./en/objectives.js";
import { OBJECTIVES as OBJECTIVES_ZH } from "./zh/objectives.js";
import type { OdditiesWords } from "./en/oddities.js";
import { ODDITIES as ODDITIES_ZH } from "./zh/oddities.js";
import { PLAN as PLAN_EN, type PlanWords } from "./en/plan.js";
import { PLAN as PLAN_ZH } from "./zh/plan.js";
import { REASONS as REASONS_EN, type ReasonsWords } from "./en/reasons.js";
import { REASONS as REASONS_ZH } from "./zh/reasons.js";
import type { Language } from "./language.js";
import { say, type Said } from "./sentence.js";

export type { ExplainWords, MapWords };

export const commandWords = (language: Language): CommandsWords => (language === "zh" ? COMMANDS_ZH : COMMANDS_EN);
export const explainWords = (language: Language): ExplainWords => (language === "zh" ? EXPLAIN_ZH : EXPLAIN_EN);
export const faultWords = (language: Language): FaultsWords => (language === "zh" ? FAULTS_ZH : FAULTS_EN);
export const helpWords = (language: Language): HelpWords => (language === "zh" ? HELP_ZH : HELP_EN);
export const kindWords = (language: Language): KindsWords => (language === "zh" ? KINDS_ZH : KINDS_EN);
export const lockWords = (language: Language): LocksWords => (language === "zh" ? LOCKS_ZH : LOCKS_EN);
export const mapWords = (language: Language): MapWords => (language === "zh" ? MAP_ZH : MAP_EN);
export const noScriptText = (language: Language): string => (language === "zh" ? NO_SCRIPT_ZH : NO_SCRIPT_EN);
export const pageWords = (language: Language): PageWords => (language === "zh" ? PAGE_ZH : PAGE_EN);
export const objectiveWords = (language: Language): ObjectivesWords =>
  language === "zh" ? OBJECTIVES_ZH : OBJECTIVES_EN;
export const planWords = (language: Language): PlanWords => (language === "zh" ? PLAN_ZH : PLAN_EN);
export const reasonWords = (language: Language): ReasonsWords => (language === "zh" ? REASONS_ZH : REASONS_EN);

/** What is wrong with a file, in a language but English, which is made where the issue is. */
export function issueSentence(
  data: (Said<IssuesWords> | Said<OdditiesWords>) & { readonly hint?: Said<HintsWords> },
): string {
  const words: IssuesWords & OdditiesWords = { ...ISSUES_ZH, ...ODDITIES_ZH };
  return say(words, data) + (data.hint === undefined ? "" : say(HINTS_ZH, data.hint));
}
