import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ModeInputs,
  nextMode,
  OBSERVATORY_MODES,
  type ObservatoryMode,
  whyNotReady,
} from './observatory-mode.ts';

/** Night, safe, acknowledged: the dome may be open. */
const FINE: ModeInputs = {
  plcAlive: true,
  plcMode: 'auto',
  safe: true,
  unsafeReason: 'rain',
  acknowledged: true,
  locked: false,
  dark: true,
  domeClosed: true,
  remoteAsked: false,
  exitAsked: false,
};

const NO_PLC = { plcAlive: false, plcMode: null, safe: false } as const;

function next(mode: ObservatoryMode, changes: Partial<ModeInputs> = {}): ObservatoryMode {
  return nextMode(mode, { ...FINE, ...changes })?.mode ?? mode;
}

/** Where the mode comes to rest when nothing changes any more. */
function rest(mode: ObservatoryMode, inputs: ModeInputs): ObservatoryMode {
  let at = mode;
  for (let i = 0; i < OBSERVATORY_MODES.length; i++) at = nextMode(at, inputs)?.mode ?? at;
  return at;
}

const SITUATIONS = {
  fine: {},
  'no PLC': NO_PLC,
  'PLC off': { plcMode: 'off' },
  'PLC manu': { plcMode: 'manu' },
  'PLC mode unknown': { plcMode: null },
  unsafe: { safe: false },
  'no ack': { acknowledged: false },
  day: { dark: false },
  locked: { locked: true },
  'dome not closed': { domeClosed: false },
  'remote asked': { remoteAsked: true },
  'remote asked, unsafe': { remoteAsked: true, safe: false },
  'remote asked, locked': { remoteAsked: true, locked: true },
  'exit asked': { exitAsked: true },
} as const satisfies Record<string, Partial<ModeInputs>>;

type Situation = keyof typeof SITUATIONS;
const ORDER = Object.keys(SITUATIONS) as Situation[];

/** One row a mode, one column a situation in their order; `.` stays. */
const TABLE: Readonly<Record<ObservatoryMode, string>> = {
  //              fine     noPLC    off      manu     unknown  unsafe   noack    day      locked   notclosed remote  rem+uns  rem+lock exit
  STARTING: 'NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc NoPlc Shut',
  PASSIVE_NO_PLC: 'Pass . Pass Pass Pass Pass Pass Pass Pass Pass Pass Pass Pass Shut',
  PASSIVE: 'Close NoPlc . . . Close Close Close Close Close Close Close Close Shut',
  STANDBY: 'Ready Pass Pass Pass Pass . . . . Ready Remote Remote . Shut',
  SCHED_READY: '. Close Close Close Close Close Close Close Close . Remote Close Close Shut',
  SCHED_CLOSING: 'Stand Pass Stand Stand Stand Stand Stand Stand Stand . Stand Stand Stand Shut',
  REMOTE: 'Stand Close Stand Stand Stand . Stand Stand Stand Stand . . Stand Shut',
  SHUTDOWN: '. . . . . . . . . . . . . .',
};

const SHORT: Readonly<Record<string, ObservatoryMode>> = {
  NoPlc: 'PASSIVE_NO_PLC',
  Pass: 'PASSIVE',
  Close: 'SCHED_CLOSING',
  Stand: 'STANDBY',
  Ready: 'SCHED_READY',
  Remote: 'REMOTE',
  Shut: 'SHUTDOWN',
};

const CASES = OBSERVATORY_MODES.flatMap((mode) => {
  const cells = TABLE[mode].split(' ');
  return ORDER.map((situation, i) => ({ mode, situation, to: SHORT[cells[i] ?? ''] ?? mode }));
});

describe('the whole table', () => {
  test('has a cell for every mode and every situation', () => {
    for (const mode of OBSERVATORY_MODES) {
      expect(TABLE[mode].split(' ')).toHaveLength(ORDER.length);
    }
  });

  test.each(CASES)('$mode, $situation → $to', ({ mode, situation, to }) => {
    expect(next(mode, SITUATIONS[situation])).toBe(to);
  });
});

describe('the rules of the guide', () => {
  test('M1: it starts without the PLC and says that it waits', () => {
    expect(nextMode('STARTING', FINE)).toEqual({
      mode: 'PASSIVE_NO_PLC',
      reason: 'Waiting for PLC connection...',
    });
  });

  test('M2 and M3: with the PLC it reaches STANDBY by way of closing', () => {
    expect(next('PASSIVE_NO_PLC')).toBe('PASSIVE');
    expect(next('PASSIVE')).toBe('SCHED_CLOSING');
    expect(next('SCHED_CLOSING')).toBe('STANDBY');
  });

  test('M4: when the PLC stops STANDBY falls back to PASSIVE and then PASSIVE_NO_PLC', () => {
    expect(next('STANDBY', NO_PLC)).toBe('PASSIVE');
    expect(next('PASSIVE', NO_PLC)).toBe('PASSIVE_NO_PLC');
  });

  test('M5: a lock closes first and then keeps it in STANDBY', () => {
    expect(next('SCHED_READY', { locked: true })).toBe('SCHED_CLOSING');
    expect(rest('SCHED_READY', { ...FINE, locked: true })).toBe('STANDBY');
  });

  test('M6: a lock takes REMOTE to STANDBY without closing in between', () => {
    expect(next('REMOTE', { locked: true, remoteAsked: true })).toBe('STANDBY');
  });

  test('M7 and M10: without the lock, and safe again, it becomes ready by itself', () => {
    expect(next('STANDBY')).toBe('SCHED_READY');
  });

  test.each(['STANDBY', 'SCHED_READY'] as const)('M8: %s goes REMOTE when asked', (mode) => {
    expect(next(mode, { remoteAsked: true })).toBe('REMOTE');
  });

  test('M9: REMOTE goes back to the scheduler when it is safe only', () => {
    expect(next('REMOTE')).toBe('STANDBY');
    expect(next('REMOTE', { safe: false })).toBe('REMOTE');
  });

  test('R-449: nothing opens before the acknowledgement', () => {
    expect(whyNotReady({ ...FINE, acknowledged: false })).toBe('the night is not acknowledged');
  });

  test('the reason of an unsafe closing is what the monitoring says', () => {
    expect(nextMode('SCHED_READY', { ...FINE, safe: false })?.reason).toBe('rain');
  });
});

const inputs: fc.Arbitrary<ModeInputs> = fc.record({
  plcAlive: fc.boolean(),
  plcMode: fc.constantFrom('off', 'manu', 'auto', null),
  safe: fc.boolean(),
  unsafeReason: fc.constant('rain'),
  acknowledged: fc.boolean(),
  locked: fc.boolean(),
  dark: fc.boolean(),
  domeClosed: fc.boolean(),
  remoteAsked: fc.boolean(),
  exitAsked: fc.boolean(),
});
const modes = fc.constantFrom(...OBSERVATORY_MODES);

describe('whatever happens', () => {
  test('SCHED_READY is never reached, nor kept, unless safe, dark, acknowledged, unlocked, auto', () => {
    fc.assert(
      fc.property(modes, inputs, (mode, now) => {
        const to = nextMode(mode, now)?.mode ?? mode;
        if (to !== 'SCHED_READY') return;
        expect(now).toMatchObject({
          plcAlive: true,
          plcMode: 'auto',
          safe: true,
          dark: true,
          acknowledged: true,
          locked: false,
        });
      }),
    );
  });

  test('every other mode but REMOTE and SHUTDOWN comes to rest in STANDBY when unsafe', () => {
    fc.assert(
      fc.property(modes, inputs, (mode, any) => {
        fc.pre(mode !== 'SHUTDOWN' && mode !== 'REMOTE');
        const unsafe = { plcAlive: true, plcMode: 'auto', safe: false } as const;
        const calm = { remoteAsked: false, exitAsked: false, domeClosed: true };
        expect(rest(mode, { ...any, ...unsafe, ...calm })).toBe('STANDBY');
      }),
    );
  });

  test('no chain of steps goes round in a circle', () => {
    fc.assert(
      fc.property(modes, inputs, (mode, now) => {
        const at = rest(mode, now);
        expect(nextMode(at, now)).toBeNull();
      }),
    );
  });

  test('each step has a reason for people', () => {
    fc.assert(
      fc.property(modes, inputs, (mode, now) => {
        const step = nextMode(mode, now);
        if (step) expect(step.reason).not.toBe('');
      }),
    );
  });

  test('SCHED_CLOSING is not left before the dome is proved closed', () => {
    fc.assert(
      fc.property(inputs, (now) => {
        const stays = { ...now, domeClosed: false, exitAsked: false };
        expect(nextMode('SCHED_CLOSING', stays)).toBeNull();
      }),
    );
  });
});
