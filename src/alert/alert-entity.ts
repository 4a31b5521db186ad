import { defineEntity } from '@mikro-orm/core';
import { id, instant, longText, real, text } from '#db/columns';

/** One VOEvent that came in, kept as it was. The packet's ivorn makes it unique. */
export const AlertEntity = defineEntity({
  name: 'Alert',
  tableName: 'alert',
  properties: {
    id: id(),
    /** Shortened to what every database can hold as a unique key. */
    ivorn: text(250).unique(),
    role: text(20),
    mission: text(50),
    trigger: text(100).index(),
    kind: text(50),
    raDeg: real().nullable(),
    decDeg: real().nullable(),
    errorDeg: real().nullable(),
    eventAt: instant().nullable(),
    noticeAt: instant().nullable(),
    receivedAt: instant(),
    /** What was done with it, for people. */
    outcome: longText(),
    packet: longText(),
    /** What was known of the burst after this packet: JSON, empty when the packet tells of none. */
    burst: longText(),
    /** The sequences made for the burst: a JSON list of their numbers. */
    sequenceIds: longText(),
  },
});

/** How a kind of alert becomes a request. */
export const StrategyObsEntity = defineEntity({
  name: 'StrategyObs',
  tableName: 'strategy_obs',
  properties: { id: id(), name: text(100).unique(), content: longText() },
});
