export * from './alert-ledger.ts';
export * from './buttons.ts';
export { type BypassAct, bypassAct, bypassEndMs, nextSunriseMs } from './bypass.ts';
export * from './dark-accounting.ts';
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
export { telescopeByHand } from './frames/motion-gate.ts';
export * from './majordome-agent.ts';
export { nextDarkMs } from './next-dark.ts';
export * from './night-acts.ts';
export * from './night-report.ts';
export * from './night-report-store.ts';
export { nightSteps } from './night-steps-registry.ts';
export * from './observatory-mode.ts';
export * from './observatory-view-store.ts';
export * from './observer-agent.ts';
export * from './pauses.ts';
export { ORDERS } from './person-orders.ts';
