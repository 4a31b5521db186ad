export { AlertAgent, type AlertParts } from './alert-agent.ts';
export * from './alert-decision.ts';
export * from './alert-simulator.ts';
export {
  type AlertTables,
  alertsOfNight,
  replaceStrategies,
  type StoredAlert,
} from './alert-store.ts';
export * from './burst.ts';
export * from './notice.ts';
export {
  missingInstruments,
  parseStrategy,
  type StrategyObs,
  strategySchema,
} from './strategy.ts';
export * from './strategy-match.ts';
export { type AlertSpec, alertSpecSchema, swiftIvorn, swiftPacket } from './swift-packet.ts';
export * from './voevent.ts';
export { isIvorn, parseVOEvent, type VOEventParse } from './voevent-xml.ts';
export { type AuthorOptions, type Delivery, sendVOEvent } from './vtp-client.ts';
export { startVtpServer, type VtpServer, type VtpServerOptions } from './vtp-server.ts';
export type { EventAnswer } from './vtp-session.ts';
