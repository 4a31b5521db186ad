export { type DemandReading, readDemand } from './demand-file.ts';
export {
  type DemandSetting,
  type DemandWish,
  generatedDemand,
  usualDemand,
} from './generated-demand.ts';
export { type Use, uses } from './night-time.ts';
export * from './season.ts';
export * from './season-report.ts';
export { simulateSeason } from './simulate-season.ts';
export { type WhatIfReading, whatIf, whatIfKeys } from './what-if.ts';
