import fc from "fast-check";

/**
 * One seed for all laws, so that a run can be repeated; another one by FC_SEED. fast-check prints the seed of a law that
 * fails.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_190_182) });
