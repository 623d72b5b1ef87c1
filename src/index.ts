// What runs this module has the LP engines. A bundler leaves this line out, as package.json says that nothing hangs on it, and the LP
// engines with it.
import "./dispatch/provide-linear.js";

export { EngineError, OptionError, TrunkflowError } from "./errors.js";
export { FLOW_UNITS, type FlowUnit } from "./units/flow.js";
export { issueText, NetworkError, type Issue, type IssueCode, type IssueData } from "./network/issues.js";
export type { Language } from "./text/language.js";
export { checkNetwork } from "./network/checks/check-network.js";
export { loadNetwork } from "./network/load.js";
export { checkState, loadState } from "./network/state.js";
export { networkGraph } from "./network/graph.js";
export { networkJsonSchema, stateJsonSchema } from "./network/json-schema/json-schema.js";
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
} from "./network/types.js";
export type {
  Certificate,
  CertificateStage,
  ComponentProof,
  EvenProof,
  LinearProof,
  SharingProof,
} from "./plan/certificate.js";
export { certify, type Certification, type CertificationBound } from "./certify/certify.js";
export { dispatch, presentPlan, stateOf, type DispatchOptions } from "./dispatch/dispatch.js";
export type { Solution } from "./dispatch/component-solver.js";
export { ENGINE_NAMES, prepare, type EngineName, type Prepared, type PrepareOptions } from "./dispatch/prepare.js";
export type { Outage, SecureList } from "./network/outage.js";
export type { StateOptions } from "./dispatch/state-options.js";
export {
  PLAN_VERSION,
  type LockCost,
  type Move,
  type Plan,
  type PlanFlow,
  type PlanLink,
  type PlanLock,
  type PlanNote,
  type PlanObjective,
  type PlanPlant,
  type PlanStatus,
  type Shift,
} from "./plan/plan.js";
export type { Lock } from "./network/locks.js";
export type { Split } from "./network/checks/forks.js";
export {
  DEFAULT_POLICY,
  OBJECTIVES,
  type LeximinObjective,
  type LinearObjective,
  type ObjectiveName,
  type Policy,
  type PolicyObjective,
} from "./problem/policy.js";
export { loadHighs } from "./linear/highs.js";
export type { LinearAnswer, LinearBackend, LinearProgram, Row } from "./linear/program.js";
export type { StopSignal } from "./contingency/stop-signal.js";
export { screenOutages, streamOutages, type ScreenOptions } from "./contingency/screen.js";
export type { OutageResult } from "./contingency/screening.js";
export {
  timeToSpill,
  type PlannedOutage,
  type Profile,
  type SpillCourse,
  type TimeToSpillOptions,
} from "./contingency/time-to-spill.js";
export { redispatch, type Redispatch, type RedispatchOptions } from "./contingency/redispatch.js";
export type { Step } from "./plan/ways/switching-order.js";
export type { ForcedLoss, Holding } from "./plan/ways/loss-cuts.js";
export { routesOf, type Route } from "./plan/ways/routes.js";
export {
  criticality,
  survivalTable,
  type CriticalElement,
  type Survival,
  type SurvivalOptions,
  type Treated,
} from "./contingency/criticality.js";
export { leastReinforcement, type Reinforcement, type ReinforcementOptions } from "./contingency/reinforcement.js";
export { preventivePlan, type Compared, type OutageRisk, type PreventivePlan } from "./contingency/preventive.js";
export { explain, type ExplainOptions } from "./explain/explain.js";
export type {
  AlternativeFinding,
  BottleneckFinding,
  Difference,
  End,
  EvennessFinding,
  Finding,
  FindingKind,
  HeadroomFinding,
  HeldFinding,
  Hold,
  LossFinding,
  MoreFinding,
  MoveFinding,
  Standing,
  Told,
  ToleranceFinding,
} from "./explain/finding.js";
export { renderSvg, type SvgOptions } from "./view/drawing/svg.js";
