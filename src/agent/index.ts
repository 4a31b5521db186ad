export * from './agent.ts';
export {
  type AgentTables,
  appendFact,
  type Command,
  commandsOf,
  factsAfter,
  lastFact,
  latestFacts,
  type Reader,
  readCommand,
  readSurveys,
  type Survey,
  writeSurvey,
} from './agent-store.ts';
export * from './command.ts';
export * from './fact-vocabulary.ts';
export type { Order, Work } from './work.ts';
