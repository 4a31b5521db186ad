import { defineEntity } from '@mikro-orm/core';
import { id, instant, integer, longText, real, text } from '#db/columns';

/** What happened: append-only, in the order of writing. */
export const FactEntity = defineEntity({
  name: 'Fact',
  tableName: 'fact',
  properties: {
    id: id(),
    at: instant(),
    agent: text(50),
    type: text(50),
    payload: longText(),
  },
});

/** How far each agent has read the facts. */
export const FactCursorEntity = defineEntity({
  name: 'FactCursor',
  tableName: 'fact_cursor',
  properties: {
    agent: text(50).primary(),
    lastFactId: integer(),
  },
});

/** A command from one agent to another: see the life cycle in command.ts. */
export const CommandEntity = defineEntity({
  name: 'Command',
  tableName: 'command',
  indexes: [{ properties: ['recipient', 'state'] }],
  properties: {
    id: id(),
    sender: text(50),
    recipient: text(50),
    name: text(50),
    payload: longText(),
    depositTime: instant(),
    validitySeconds: real(),
    rReadTime: instant().nullable(),
    rStartTime: instant().nullable(),
    rEndTime: instant().nullable(),
    state: text(20),
    progress: longText(),
    result: longText(),
    errorCode: text(50),
  },
});

/** What each agent says of itself. */
export const AgentsSurveyEntity = defineEntity({
  name: 'AgentsSurvey',
  tableName: 'agents_survey',
  properties: {
    name: text(50).primary(),
    created: instant(),
    updated: instant(),
    validityDurationSec: integer(),
    mode: text(15),
    status: text(50),
    pid: integer(),
  },
});

/** Lines that agents leave for people. */
export const LogEntity = defineEntity({
  name: 'Log',
  tableName: 'log',
  properties: {
    id: id(),
    at: instant(),
    agent: text(50),
    level: text(10),
    message: longText(),
  },
});
