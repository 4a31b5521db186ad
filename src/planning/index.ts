export { type NightHours, nightHours, reckonedSlewSeconds } from './agent/plan-input.ts';
export { firstEffort, fullEffort, replanEffort } from './effort.ts';
export {
  type Instance,
  type InstanceReading,
  type InstanceSequence,
  readInstance,
} from './instance/instance.ts';
export {
  type InstanceOptions,
  instanceInputOf,
  priorityOfWeight,
} from './instance/instance-input.ts';
export { type InstancePlan, instancePlanOf } from './instance/instance-plan.ts';
export { plan } from './planner.ts';
export { inlinePlanner, type PlannerClient } from './planner-client.ts';
export { threadedPlanner } from './planner-thread-client.ts';
export { chargedSeconds } from './quota-ledger.ts';
export * from './schedule.ts';
export {
  latestSchedule,
  latestScheduleId,
  lineOf,
  type PlanningTables,
  type ScheduleHeader,
  type ScheduleKind,
  type ScheduleLine,
  type ScheduleVersion,
  type StoredSchedule,
  scheduleById,
  schedulesOfNight,
  slotsFrom,
} from './schedule-store.ts';
export { SchedulerAgent, type SchedulerParts } from './scheduler-agent.ts';
export * from './season/index.ts';
