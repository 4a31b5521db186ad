export { GicAgent } from './gic-agent.ts';
export type * from './gic-document.ts';
export { type GicSources, gicStatus } from './gic-status.ts';
export { GicStore } from './gic-store.ts';
