export { EngineError, OptionError, TrunkflowError } from "./errors.js";
export { FLOW_UNITS, type FlowUnit } from "./units/flow.js";
export { NetworkError, type Issue, type IssueCode } from "./network/issues.js";
export type { Language } from "./network/names.js";
export { checkNetwork, loadNetwork } from "./network/load.js";
export { loadState } from "./network/state.js";
export { networkGraph } from "./network/graph.js";
export { networkJsonSchema, stateJsonSchema } from "./network/json-schema.js";
export type {
  FullState,
  LinkKind,
  LocalText,
  Network,
  NetworkFile,
  NetworkLink,
  NetworkNode,
  NodeKind,
  State,
} from "./network/schema.js";
export { certify, type Certification } from "./dispatch/certify.js";
export {
  dispatch,
  ENGINE_NAMES,
  presentPlan,
  stateOf,
  type DispatchOptions,
  type EngineName,
  type StateOptions,
} from "./dispatch/dispatch.js";
export type { Move, Plan, PlanFlow, PlanLink, PlanObjective, PlanPlant, PlanStatus, Shift } from "./dispatch/plan.js";
export {
  DEFAULT_POLICY,
  OBJECTIVES,
  type LinearObjective,
  type ObjectiveName,
  type Policy,
} from "./dispatch/policy.js";
