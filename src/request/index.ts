export * from './account-store.ts';
export * from './asker-store.ts';
export * from './cost.ts';
export * from './failure-store.ts';
export { findChannel, findFilter } from './instrument-names.ts';
export * from './planning-verdict-store.ts';
export * from './request.ts';
export type { PlanEntity, SequenceEntity } from './request-entity.ts';
export * from './request-store.ts';
export {
  parseRequestXml,
  type RequestXmlContext,
  type RequestXmlReading,
} from './request-xml.ts';
export * from './resolve-request.ts';
export type { StoredSequence } from './sequence-row.ts';
export * from './sequence-status.ts';
