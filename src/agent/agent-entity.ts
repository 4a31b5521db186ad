import { defineEntity } from '@mikro-orm/core';
import { id, instant, integer, longText, real, text } from '#db/columns';

/** What happened: append-only, in the order of writing. */
export const FactEntity = defineEntity({
  name: 'Fact',
  tableName: 'fact',
  // The latest fact of a type is asked for often.
  indexes: [{ properties: ['type', 'id'] }],
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
    /** The sender's own name for this command: the same key sent twice is one command. */
    commandKey: text(100).nullable().unique(),
    name: text(50),
    payload: longText(),
    depositTime: instant(),
    /** Not started after this, it is void. */
    validitySeconds: real(),
    /** Not ended so long after its start or its last progress, the sender gives it up; 0: never. */
    timeoutSeconds: real(),
    rReadTime: instant().nullable(),
    rStartTime: instant().nullable(),
    /** When the recipient last said how far it is. */
    progressTime: instant().nullable(),
    rEndTime: instant().nullable(),
    state: text(20),
    progress: longText(),
    /** What it gave; of one that was killed, how far it came. */
    result: longText(),
    errorCode: text(50),
    /** Why it did not end well, for people. */
    errorText: longText(),
  },
});

/** What each agent says of itself, and which of its lives holds its name. */
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
    /** The computer it runs on. */
    host: text(100),
    /** Counts the lives of this name: only the newest may write. */
    incarnation: integer(),
    /** Turns of its loop in this life. */
    iteration: integer(),
  },
});

/**
 * The journal of effects on the world: the intent is written before the device is told, the result
 * after it was read back, so that nothing is sent twice blindly after a crash.
 */
export const EffectEntity = defineEntity({
  name: 'Effect',
  tableName: 'effect',
  properties: {
    id: id(),
    /** Whatever it belongs to: asking for the same key twice is one effect. */
    effectKey: text(100).unique(),
    agent: text(50),
    /** INTENDED, then DONE or FAILED. */
    state: text(20),
    intended: instant(),
    ended: instant().nullable(),
    result: longText(),
    errorCode: text(50),
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
