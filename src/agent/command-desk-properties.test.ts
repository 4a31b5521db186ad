import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENERAL_COMMANDS, isGeneral, passesInFront } from './command.ts';
import { decide, type Recipient, type WaitingCommand } from './command-desk.ts';

const NOW_MS = 100_000;

const command: fc.Arbitrary<Omit<WaitingCommand, 'id'>> = fc.record({
  sender: fc.constantFrom('Boss', 'Other', 'Third'),
  name: fc.constantFrom(...GENERAL_COMMANDS, 'open', 'turn', 'fly'),
  payload: fc.constantFrom(null, 'ACTIVE', 'IDLE', '2+2', '2+', 7, { a: 1 }),
  readable: fc.boolean(),
  depositMs: fc.integer({ min: NOW_MS - 20_000, max: NOW_MS + 1000 }),
  validitySeconds: fc.constantFrom(0.5, 10, 60),
});

/** Any box, in any order. */
const box = fc.array(command, { maxLength: 12 }).chain((commands) =>
  fc.shuffledSubarray(
    commands.map((one, i) => ({ ...one, id: i + 1 })),
    { minLength: commands.length },
  ),
);

const recipient: fc.Arbitrary<Recipient> = fc.record({
  name: fc.constant('Dome'),
  mode: fc.constantFrom('ACTIVE', 'IDLE'),
  status: fc.constant('IN_MAIN_LOOP'),
  isBusy: fc.boolean(),
  knows: fc.constant(new Map([['open', () => null]])),
  obeys: fc.option(fc.constant(['Boss'])),
});

type Decisions = ReturnType<typeof decide>;

/** Checks what any box, any recipient and what is decided on them must satisfy. */
function always(
  check: (decisions: Decisions, given: { box: WaitingCommand[]; to: Recipient }) => void,
) {
  fc.assert(
    fc.property(box, recipient, (commands, to) => {
      check(decide(commands, to, NOW_MS), { box: commands, to });
    }),
    { numRuns: 500 },
  );
}

const runs = (decisions: Decisions) => decisions.filter(({ verdict }) => verdict.kind === 'run');

describe('whatever waits', () => {
  it('is decided on at most once each, and nothing else is', () => {
    always((decisions, given) => {
      const decided = decisions.map((one) => one.command);
      expect(new Set(decided).size).toBe(decided.length);
      expect(decided.every((one) => given.box.includes(one))).toBe(true);
    });
  });

  it('is run one at a time, never by who is busy', () => {
    always((decisions, { to }) =>
      expect(runs(decisions).length).toBeLessThanOrEqual(Number(!to.isBusy)),
    );
  });

  it('is not run by who is idle, unless made active before', () => {
    always((decisions, { to }) => {
      let { mode } = to;
      for (const { command, verdict } of decisions) {
        if (verdict.kind === 'run') expect(mode).toBe('ACTIVE');
        if (verdict.kind !== 'answer' || command.name !== 'set_mode') continue;
        mode = command.payload === 'IDLE' ? 'IDLE' : 'ACTIVE';
      }
    });
  });

  it('is not run when the agent ends or begins anew', () => {
    always((decisions) => {
      const ends = decisions.some(
        ({ command, verdict }) =>
          verdict.kind === 'answer' && ['exit', 'restart_init'].includes(command.name),
      );
      if (ends) expect(runs(decisions)).toEqual([]);
    });
  });

  it('is run only if valid, readable, known and allowed', () => {
    always((decisions, { to }) => {
      for (const { command } of runs(decisions)) {
        const ageSeconds = (NOW_MS - command.depositMs) / 1000;
        expect(ageSeconds).toBeLessThanOrEqual(command.validitySeconds);
        expect(command).toMatchObject({ name: 'open', readable: true });
        expect(to.obeys?.includes(command.sender) ?? true).toBe(true);
      }
    });
  });

  it('does not go on waiting when it is general, or too late', () => {
    always((decisions, given) => {
      const decided = new Set(decisions.map((one) => one.command));
      for (const left of given.box.filter((one) => !decided.has(one))) {
        expect(isGeneral(left.name)).toBe(false);
        expect(NOW_MS - left.depositMs).toBeLessThanOrEqual(left.validitySeconds * 1000);
      }
    });
  });

  it('goes on waiting only for who is busy or ends, with an older one ahead, or active', () => {
    always((decisions, given) => {
      const decided = new Set(decisions.map((one) => one.command));
      const left = given.box.filter((one) => !decided.has(one));
      const isFree = !given.to.isBusy && runs(decisions).length === 0;
      const ends = decisions.some(({ command }) => passesInFront(command.name));
      if (isFree && !ends) expect(left).toEqual([]);
    });
  });

  it('is decided on the same in whatever order it is found', () => {
    always((decisions, { box: commands, to }) => {
      const inOrder = [...commands].sort((a, b) => a.id - b.id);
      expect(decide(inOrder, to, NOW_MS)).toEqual(decisions);
    });
  });

  it('is killed only by an abort of its sender or a flush sent after it', () => {
    always((decisions, given) => {
      for (const { command, verdict } of decisions) {
        if (verdict.kind !== 'kill') continue;
        const by = given.box.filter(
          (one) =>
            one.id > command.id &&
            (one.name === 'flush_commands' ||
              (one.name === 'abort' && one.sender === command.sender)),
        );
        expect(by.length).toBeGreaterThan(0);
        expect(isGeneral(command.name)).toBe(false);
      }
    });
  });
});
