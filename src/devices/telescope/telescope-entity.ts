import { defineEntity } from '@mikro-orm/core';
import { id, instant, integer, longText, real, text } from '#db/columns';

/** What people asked a mount to do and what it answered. */
export const TelescopeCommandEntity = defineEntity({
  name: 'TelescopeCommand',
  tableName: 'telescope_command',
  properties: {
    id: id(),
    /** The agent that speaks to the mount. */
    agent: text(50),
    request: longText(),
    /** Empty until it came. */
    answer: longText().default(''),
    requested: instant(),
    answered: instant().nullable(),
  },
});

/** What the agent of a mount knows of it: one row an agent. */
export const AgentTelescopeEntity = defineEntity({
  name: 'AgentTelescope',
  tableName: 'agent_telescope',
  properties: {
    agent: text(50).primary(),
    /** The computer that the agent runs on. */
    host: text(100).default(''),
    /** 1 once the agent has opened its link to the mount. */
    telCreate: integer().default(0),
    /** 1 while the mount is being made ready. */
    telInit: integer().default(0),
    /** 1 once it is ready. */
    telInitDone: integer().default(0),
    /** 1 when the mount says that it is parked. */
    telPark: integer().default(0),
    /** `stopped`, `tracking`, `slewing`, …; `unknown` never reads as any of the others. */
    telMotion: text(20).default('unknown'),
    /** 1 when it looks at the flat screen. */
    telFlatscreen: integer().default(0),
    /** ICRS degrees; null when not known. */
    raDeg: real().nullable(),
    decDeg: real().nullable(),
    /** When the mount said so; null before its first answer. */
    updated: instant().nullable(),
  },
});
