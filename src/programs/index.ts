export type { ScientificProgramEntity } from './program-entity.ts';
export * from './program-store.ts';
