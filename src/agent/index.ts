export * from './agent.ts';
export type { AgentContext } from './agent-context.ts';
export { AgentDevice } from './agent-device.ts';
export { AgentService } from './agent-service.ts';
export type { AgentTables, Reader } from './agent-tables-store.ts';
export * from './arithmetic.ts';
export * from './command.ts';
export { formatCommand, parseCommandText, parseTypedCommand } from './command-grammar.ts';
export type { Run } from './command-inbox.ts';
export { type Command, commandsOf, latestCommands, readCommand } from './command-store.ts';
export { DEVICE_COMMAND, type DeviceOrder, deviceOrder } from './device-grammar.ts';
export * from './effect-journal.ts';
export * from './examples/agent-a.ts';
export * from './examples/agent-b.ts';
export * from './examples/agent-x.ts';
export { appendFact, factsAfter, lastFact, lastFacts, latestFacts } from './fact-store.ts';
export * from './fact-vocabulary.ts';
export { nothing } from './payload-check.ts';
export * from './scenario.ts';
export { ScenarioPlayer } from './scenario-player.ts';
export { type Asked, Sender, type SenderParts, type SendOptions } from './sender.ts';
export { type Outcome, SentCommand } from './sent-command.ts';
export {
  isAlive,
  NOT_STARTED,
  readSurvey,
  readSurveys,
  registerAgents,
  STOPPED,
  type Survey,
  writeSurvey,
} from './survey-store.ts';
export type { Order, Work } from './work.ts';
