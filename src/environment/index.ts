export type { Alarm } from './alarm-list.ts';
export type { Cause, Moment, UnsafeReason } from './cause.ts';
export * from './cloud-state.ts';
export * from './environment-agent.ts';
export {
  type EnvironmentTables,
  readSafety,
  readSensors,
  readWeather,
  type SafetyRow,
  weatherSince,
} from './environment-store.ts';
export * from './guard.ts';
export * from './guardian.ts';
export type { AgentWord } from './guardian-attendance.ts';
export { type Closing, closingStep } from './guardian-closing.ts';
export { isParked, roofWay } from './guardian-roof.ts';
export {
  isProvedClosed,
  type ShutterHistory,
  shutterSeen,
  UNSEEN_SHUTTER,
} from './guardian-shutter.ts';
export type { GuardianFact, GuardianReporter } from './guardian-voice.ts';
export { type PredictedLimit, weatherTrends } from './predicted-limit.ts';
export { predictedLimit } from './predicted-limit-store.ts';
export { type Verdict, verdictOf } from './safety.ts';
export { NOTHING_KNOWN, remember, type SafetyMemory } from './safety-memory.ts';
export * from './safety-monitor.ts';
export type { StoredCause } from './safety-row.ts';
export type { Quality } from './sensor-quality.ts';
export type { SensorRow } from './sensor-row.ts';
export type { Arrival } from './sighting.ts';
export { freezes } from './site-causes.ts';
export type { SiteReadings } from './site-state.ts';
export * from './sun-limit.ts';
export { secondsToLimit } from './trend.ts';
export type { Weather } from './weather.ts';
