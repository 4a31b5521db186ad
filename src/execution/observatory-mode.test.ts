import { describe, expect, test } from 'vitest';
import {
  MODE_TABLE,
  type ModeInputs,
  nextMode,
  OBSERVATORY_MODES,
  type ObservatoryMode,
  whyNotReady,
} from './observatory-mode.ts';

/** Night, safe, acknowledged, dome closed: it may be opened. */
const FINE: ModeInputs = {
  plcAlive: true,
  plcMode: 'auto',
  safe: true,
  unsafeReason: 'rain',
  acknowledged: true,
  locked: false,
  dark: true,
  domeClosed: true,
  domeObeys: true,
  remoteAsked: false,
  passiveAsked: false,
  exitAsked: false,
};

const OPEN = { domeClosed: false } as const;
const DEAF = { domeClosed: false, domeObeys: false } as const;
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
  'no PLC, open': { ...NO_PLC, ...OPEN },
  'no PLC, deaf dome': { ...NO_PLC, ...DEAF },
  'PLC off': { plcMode: 'off' },
  'PLC manu': { plcMode: 'manu' },
  'PLC manu, open': { plcMode: 'manu', ...OPEN },
  'PLC manu, deaf dome': { plcMode: 'manu', ...DEAF },
  'PLC mode unknown': { plcMode: null },
  'passive asked': { passiveAsked: true },
  unsafe: { safe: false },
  'no ack': { acknowledged: false },
  day: { dark: false },
  locked: { locked: true },
  'dome open': OPEN,
  'unsafe, deaf dome': { safe: false, ...DEAF },
  'remote asked': { remoteAsked: true },
  'remote asked, unsafe': { remoteAsked: true, safe: false },
  'remote asked, locked': { remoteAsked: true, locked: true },
  'exit asked': { exitAsked: true },
} as const satisfies Record<string, Partial<ModeInputs>>;

type Situation = keyof typeof SITUATIONS;

/** One row a situation, one column a mode in their order; `.` stays. SHUTDOWN stays always. */
const TABLE: Readonly<Record<Situation, string>> = {
  //                       STARTING NO_PLC PASSIVE STANDBY READY  CLOSING REMOTE
  fine: /*                  */ 'NoPlc  Pass   Close   Ready   .      Stand   Stand',
  'no PLC': /*              */ 'NoPlc  .      NoPlc   Pass    Close  Pass    Pass',
  'no PLC, open': /*        */ 'NoPlc  .      NoPlc   Close   Close  .       Close',
  'no PLC, deaf dome': /*   */ 'NoPlc  .      NoPlc   Pass    Pass   Pass    Pass',
  'PLC off': /*             */ 'NoPlc  Pass   .       Pass    Close  Pass    Pass',
  'PLC manu': /*            */ 'NoPlc  Pass   .       Pass    Close  Pass    Pass',
  'PLC manu, open': /*      */ 'NoPlc  Pass   .       Close   Close  .       Close',
  'PLC manu, deaf dome': /* */ 'NoPlc  Pass   .       Pass    Pass   Pass    Pass',
  'PLC mode unknown': /*    */ 'NoPlc  Pass   .       Pass    Close  Pass    Pass',
  'passive asked': /*       */ 'NoPlc  Pass   .       Pass    Close  Pass    Pass',
  unsafe: /*                */ 'NoPlc  Pass   Close   .       Close  Stand   .',
  'no ack': /*              */ 'NoPlc  Pass   Close   .       Close  Stand   Stand',
  day: /*                   */ 'NoPlc  Pass   Close   .       Close  Stand   Stand',
  locked: /*                */ 'NoPlc  Pass   Close   .       Close  Stand   Stand',
  'dome open': /*           */ 'NoPlc  Pass   Close   Ready   .      .       Stand',
  'unsafe, deaf dome': /*   */ 'NoPlc  Pass   Close   .       Close  .       .',
  'remote asked': /*        */ 'NoPlc  Pass   Close   Remote  Remote Stand   .',
  'remote asked, unsafe': /**/ 'NoPlc  Pass   Close   Remote  Close  Stand   .',
  'remote asked, locked': /**/ 'NoPlc  Pass   Close   .       Close  Stand   Stand',
  'exit asked': /*          */ 'Shut   Shut   Shut    Shut    Shut   Shut    Shut',
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

const COLUMNS: readonly ObservatoryMode[] = [
  'STARTING',
  'PASSIVE_NO_PLC',
  'PASSIVE',
  'STANDBY',
  'SCHED_READY',
  'SCHED_CLOSING',
  'REMOTE',
];

const CASES = (Object.keys(TABLE) as Situation[]).flatMap((situation) => {
  const cells = TABLE[situation].split(/ +/);
  return COLUMNS.map((mode, i) => ({ mode, situation, to: SHORT[cells[i] ?? ''] ?? mode }));
});

describe('the whole table', () => {
  test('has a cell for every situation and every mode', () => {
    for (const row of Object.values(TABLE)) expect(row.split(/ +/)).toHaveLength(COLUMNS.length);
    expect([...COLUMNS, 'SHUTDOWN'].sort()).toEqual(OBSERVATORY_MODES.toSorted());
  });

  test.each(CASES)('$mode, $situation → $to', ({ mode, situation, to }) => {
    expect(next(mode, SITUATIONS[situation])).toBe(to);
  });

  test('names for every line where it comes from', () => {
    for (const line of Object.values(MODE_TABLE).flat()) {
      expect(line.by).toMatch(/^(R-\d{3}|decided)/);
    }
  });
});

describe('the rules of the guide', () => {
  test('M1: it starts without the PLC and says that it waits', () => {
    const step = { mode: 'PASSIVE_NO_PLC', reason: 'Waiting for PLC connection...' };
    expect(nextMode('STARTING', FINE)).toEqual(step);
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
    expect(next('SCHED_READY', { locked: true, ...OPEN })).toBe('SCHED_CLOSING');
    expect(next('SCHED_CLOSING', { locked: true, ...OPEN })).toBe('SCHED_CLOSING');
    expect(rest('SCHED_CLOSING', { ...FINE, locked: true })).toBe('STANDBY');
  });

  test('M6: a lock takes REMOTE to STANDBY without closing in between', () => {
    expect(next('REMOTE', { locked: true, remoteAsked: true, ...OPEN })).toBe('STANDBY');
  });

  test('M7 and M10: without the lock, and safe again, it becomes ready by itself', () => {
    expect(next('STANDBY')).toBe('SCHED_READY');
  });

  test.each([true, false])('M8: STANDBY goes REMOTE when asked, safe or not (%s)', (safe) => {
    expect(next('STANDBY', { remoteAsked: true, safe })).toBe('REMOTE');
  });

  test('M8: SCHED_READY goes REMOTE when asked; unsafe, it closes on the way', () => {
    expect(next('SCHED_READY', { remoteAsked: true })).toBe('REMOTE');
    expect(rest('SCHED_READY', { ...FINE, remoteAsked: true, safe: false })).toBe('REMOTE');
  });

  test('M9: REMOTE goes back to the scheduler when it is safe only', () => {
    expect(next('REMOTE')).toBe('STANDBY');
    expect(rest('REMOTE', FINE)).toBe('SCHED_READY');
    expect(next('REMOTE', { safe: false })).toBe('REMOTE');
  });

  test('R-449: nothing opens before the acknowledgement', () => {
    expect(whyNotReady({ ...FINE, acknowledged: false })).toBe('the night is not acknowledged');
  });

  test('R-269: SHUTDOWN is the end', () => {
    expect(nextMode('SHUTDOWN', { ...FINE, exitAsked: true })).toBeNull();
  });

  test('the reason of an unsafe closing is what the monitoring says', () => {
    expect(nextMode('SCHED_READY', { ...FINE, safe: false })?.reason).toBe('rain');
  });
});

/** Every combination of inputs: there are so few that nothing needs to be drawn by lot. */
const EVERY: readonly ModeInputs[] = (() => {
  const flags = [
    ...['plcAlive', 'safe', 'acknowledged', 'locked', 'dark', 'domeClosed', 'domeObeys'],
    ...['remoteAsked', 'passiveAsked', 'exitAsked'],
  ];
  const all: ModeInputs[] = [];
  for (let bits = 0; bits < 2 ** flags.length; bits++) {
    const set = Object.fromEntries(flags.map((flag, i) => [flag, (bits & (1 << i)) !== 0]));
    for (const plcMode of ['off', 'manu', 'auto', null] as const) {
      all.push({ ...FINE, ...set, plcMode });
    }
  }
  return all;
})();

function everywhere(check: (mode: ObservatoryMode, inputs: ModeInputs) => boolean): void {
  const faults: unknown[] = [];
  for (const mode of OBSERVATORY_MODES) {
    for (const inputs of EVERY) if (!check(mode, inputs)) faults.push({ mode, inputs });
  }
  expect(faults.slice(0, 3)).toEqual([]);
}

describe('in every mode, whatever the inputs', () => {
  test('there is exactly one outcome, another mode with a reason, or none', () => {
    everywhere((mode, inputs) => {
      const step = nextMode(mode, inputs);
      if (step === null) return true;
      return OBSERVATORY_MODES.includes(step.mode) && step.mode !== mode && step.reason !== '';
    });
  });

  test('no chain of steps goes round in a circle while nothing changes', () => {
    everywhere((mode, inputs) => nextMode(rest(mode, inputs), inputs) === null);
  });

  test('SCHED_READY is kept or reached only safe, dark, acknowledged, unlocked, in auto', () => {
    everywhere((mode, inputs) => {
      if ((nextMode(mode, inputs)?.mode ?? mode) !== 'SCHED_READY') return true;
      const { plcAlive, plcMode, safe, dark, acknowledged, locked, passiveAsked } = inputs;
      const may = plcAlive && plcMode === 'auto' && safe && dark && acknowledged;
      return may && !locked && !passiveAsked;
    });
  });

  test('asked to exit it is SHUTDOWN', () => {
    everywhere((mode, inputs) => !inputs.exitAsked || rest(mode, inputs) === 'SHUTDOWN');
  });

  test('SCHED_CLOSING is not left for STANDBY before the dome is proved closed', () => {
    everywhere((_, inputs) => {
      return inputs.domeClosed || nextMode('SCHED_CLOSING', inputs)?.mode !== 'STANDBY';
    });
  });

  test('a lock that stands ends in STANDBY, closing, passive or shut down', () => {
    everywhere((mode, inputs) => {
      const at = rest(mode, { ...inputs, locked: true });
      return at !== 'SCHED_READY' && at !== 'REMOTE';
    });
  });

  test('with its key not on auto the observatory comes to rest passive, or closing', () => {
    everywhere((mode, inputs) => {
      if (mode === 'SHUTDOWN' || inputs.exitAsked) return true;
      const at = rest(mode, { ...inputs, plcAlive: true, plcMode: 'manu' });
      return at === 'PASSIVE' || (at === 'SCHED_CLOSING' && !inputs.domeClosed);
    });
  });
});
