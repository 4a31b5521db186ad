export { plan } from './planner.ts';
export { chargedSeconds } from './quota-ledger.ts';
export * from './schedule.ts';
export {
  latestSchedule,
  type PlanningTables,
  type ScheduleLine,
  type StoredSchedule,
} from './schedule-store.ts';
export { SchedulerAgent, type SchedulerParts } from './scheduler-agent.ts';
