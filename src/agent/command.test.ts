import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admit,
  COMMAND_STATES,
  type CommandEvent,
  type CommandState,
  GENERAL_COMMANDS,
  isEnded,
  transition,
} from './command.ts';

const EVENTS: readonly CommandEvent[] = [
  'start',
  'finish',
  'fail',
  'kill',
  'expire',
  'skip',
  'refuse',
  'timeout',
];

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
  const cases = COMMAND_STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const));
  it.each(cases)('from %s by %s goes where the table says', (state, event) => {
    expect(transition(state, event)).toBe(TABLE[`${state} ${event}`] ?? null);
  });

  it('has exactly nine states, seven of them ends', () => {
    expect(COMMAND_STATES.filter((state) => !isEnded(state))).toEqual(['PENDING', 'RUNNING']);
    expect(COMMAND_STATES).toHaveLength(9);
  });

  it('ends at most once, whatever happens to it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
        let state: CommandState = 'PENDING';
        let ends = 0;
        for (const event of events) {
          const next = transition(state, event);
          if (next && isEnded(next)) ends++;
          state = next ?? state;
        }
        expect(ends).toBe(isEnded(state) ? 1 : 0);
      }),
    );
  });
});

describe('a command found waiting', () => {
  const ACTIVE = { mode: 'ACTIVE', knows: ['park'] } as const;
  const IDLE = { mode: 'IDLE', knows: ['park'] } as const;
  const park = { name: 'park', depositMs: 1000, validitySeconds: 10 };
  const fly = { ...park, name: 'fly' };

  it('runs to the last instant of its validity', () => {
    expect(admit(park, ACTIVE, 11_000)).toBe('run');
  });

  it('expires right after', () => {
    expect(admit(park, ACTIVE, 11_001)).toBe('expire');
  });

  it('is skipped by an idle agent', () => {
    expect(admit(park, IDLE, 2000)).toBe('skip');
  });

  it('is refused by who does not know it, idle or not', () => {
    expect([admit(fly, ACTIVE, 2000), admit(fly, IDLE, 2000)]).toEqual(['refuse', 'refuse']);
  });

  it('expires rather than being refused', () => {
    expect(admit(fly, ACTIVE, 20_000)).toBe('expire');
  });

  it.each(GENERAL_COMMANDS)('%s runs on every agent, idle or not', (name) => {
    expect(admit({ ...park, name }, { mode: 'IDLE', knows: [] }, 2000)).toBe('run');
  });
});
