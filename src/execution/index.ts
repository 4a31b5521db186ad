export * from './alert-ledger.ts';
export {
  countImages,
  type ExecutionTables,
  type ImageRow,
  imagesOfNight,
  latestImages,
  type ObservatoryRow,
  readDeviceStatuses,
  readImage,
  readObservatory,
} from './execution-store.ts';
export * from './fact-sentence.ts';
export * from './majordome-agent.ts';
export * from './night-report.ts';
export * from './night-report-store.ts';
export * from './observatory-mode.ts';
export * from './observer-agent.ts';
