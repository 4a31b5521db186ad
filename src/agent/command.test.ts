import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAll,
  COMMAND_EVENTS,
  COMMAND_STATES,
  type CommandState,
  causeOf,
  GENERAL_COMMANDS,
  isEnded,
  isGeneral,
  passesInFront,
  sourcesOf,
  transition,
} from './command.ts';

/** Every transition there is; what is not written here cannot happen. */
const TABLE: Readonly<Record<string, CommandState>> = {
  'PENDING start': 'RUNNING',
  'PENDING expire': 'EXPIRED',
  'PENDING skip': 'SKIPPED',
  'PENDING refuse': 'REFUSED',
  'PENDING kill': 'KILLED',
  'RUNNING finish': 'EXECUTED',
  'RUNNING fail': 'FAILED',
  'RUNNING kill': 'KILLED',
  'RUNNING timeout': 'TIMEDOUT',
};

describe('the life of a command', () => {
  const cases = COMMAND_STATES.flatMap((state) =>
    COMMAND_EVENTS.map((event) => [state, event] as const),
  );

  it('has nine states and eight events', () => {
    expect(COMMAND_STATES).toHaveLength(9);
    expect(COMMAND_EVENTS).toHaveLength(8);
    expect(cases).toHaveLength(72);
  });

  it.each(cases)('from %s by %s goes where the table says', (state, event) => {
    expect(transition(state, event)).toBe(TABLE[`${state} ${event}`] ?? null);
  });

  it('ends in every state but PENDING and RUNNING', () => {
    expect(COMMAND_STATES.filter((state) => !isEnded(state))).toEqual(['PENDING', 'RUNNING']);
  });

  it('never leaves an end, and ends at most once, whatever happens to it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMAND_EVENTS)), (events) => {
        let state: CommandState = 'PENDING';
        let end: CommandState | null = null;
        for (const event of events) {
          state = transition(state, event) ?? state;
          if (end) expect(state).toBe(end);
          if (isEnded(state)) end = state;
        }
      }),
    );
  });

  it('gives the sender the power to expire and to time out, and no other', () => {
    const bySender = COMMAND_EVENTS.filter((event) => causeOf(event) !== 'recipient');
    expect(bySender).toEqual(['expire', 'timeout']);
    expect([causeOf('expire'), causeOf('timeout')]).toEqual(['either', 'sender']);
  });
});

describe('several events at once', () => {
  it('lead where each would, one after the other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COMMAND_STATES),
        fc.array(fc.constantFrom(...COMMAND_EVENTS), { maxLength: 4 }),
        (start, events) => {
          let state: CommandState | null = start;
          for (const event of events) state = state && transition(state, event);
          expect(afterAll(start, events)).toBe(state);
        },
      ),
    );
  });

  it('are possible from the states from which they lead somewhere', () => {
    expect(sourcesOf(['start', 'finish'])).toEqual(['PENDING']);
    expect(sourcesOf(['kill'])).toEqual(['PENDING', 'RUNNING']);
    expect(sourcesOf(['finish', 'start'])).toEqual([]);
  });
});

describe('a general command', () => {
  it.each(GENERAL_COMMANDS)('%s is one', (name) => {
    expect(isGeneral(name)).toBe(true);
  });

  it('is no other, in no other case', () => {
    expect(['work', 'ABORT', '', 'constructor', '__proto__'].filter(isGeneral)).toEqual([]);
  });

  it('passes in front when it takes something back or ends the agent', () => {
    const front = ['abort', 'flush_commands', 'exit', 'restart_init'];
    expect(GENERAL_COMMANDS.filter(passesInFront)).toEqual(front);
  });
});
