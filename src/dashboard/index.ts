export type * from './tonight.ts';
export type { TonightSources } from './tonight-sources.ts';
export { WebAgent, type WebParts } from './web-agent.ts';
