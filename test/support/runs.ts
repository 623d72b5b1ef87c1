import { ENGINE_NAMES, type EngineName } from "../../src/index.js";

/** Multiplies the number of runs of every law. */
export const FC_RUNS = Number(process.env.FC_RUNS ?? 1);

/** General linear programs take many times as long as the network engine, and get fewer runs for it. */
export const runs = (most: number, engine: EngineName = "network"): { readonly numRuns: number } => ({
  numRuns: Math.max(1, Math.round((engine === "network" ? most : most / 6) * FC_RUNS)),
});

/** One engine by FC_ENGINE, else all. */
export const ENGINES = ENGINE_NAMES.filter((name) => (process.env.FC_ENGINE ?? name) === name);
