export type * from './tonight.ts';
export { WebAgent, type WebParts } from './web-agent.ts';
