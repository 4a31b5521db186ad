export * from './environment-agent.ts';
export {
  type EnvironmentTables,
  readSafety,
  readWeather,
  type SafetyRow,
  type Weather,
  weatherSince,
} from './environment-store.ts';
export * from './guard.ts';
export * from './guardian.ts';
export * from './readings.ts';
export * from './safety.ts';
export * from './safety-monitor.ts';
export * from './sun-limit.ts';
