import { describe, expect, test } from 'vitest';
import {
  BUTTON_NAMES,
  type ButtonName,
  type ButtonState,
  button,
  buttons,
  OPERATOR,
} from './buttons.ts';
import { OBSERVATORY_MODES } from './observatory-mode.ts';

const SAFE: ButtonState = {
  mode: 'SCHED_READY',
  locked: false,
  safe: true,
  bypassed: false,
  plcAlive: true,
  neverCovered: [],
};

const PROFILES = [0, 1, 2, 3, 4, 5, 6, 7];

/** The profiles, 0 to 7, that see a button in a state. */
function seenBy(name: ButtonName, changes: Partial<ButtonState>): number[] {
  return PROFILES.filter((profile) => button(name, profile, { ...SAFE, ...changes }).visible);
}

const NOBODY: number[] = [];
const OPERATORS = [4];
const STAFF = [3, 4, 5, 6, 7];

describe('the table of the guide', () => {
  test.each<[string, ButtonName, Partial<ButtonState>, number[]]>([
    ['R-452: unsafe', 'bypass', { safe: false }, OPERATORS],
    ['R-455: safe', 'bypass', {}, NOBODY],
    ['bypassed already', 'bypass', { safe: false, bypassed: true }, NOBODY],
    ['R-453: bypassed', 'stop_bypass', { bypassed: true }, OPERATORS],
    ['no bypass', 'stop_bypass', {}, NOBODY],
    ['R-456: ready', 'lock', {}, OPERATORS],
    ['R-456: standby', 'lock', { mode: 'STANDBY' }, OPERATORS],
    ['R-458: remote', 'lock', { mode: 'REMOTE' }, OPERATORS],
    ['closing is never refused', 'lock', { safe: false, plcAlive: false }, OPERATORS],
    ['locked already', 'lock', { locked: true }, NOBODY],
    ['R-457: standby, locked', 'unlock', { mode: 'STANDBY', locked: true }, OPERATORS],
    ['R-457: unsafe', 'unlock', { mode: 'STANDBY', locked: true, safe: false }, NOBODY],
    ['R-457: not locked', 'unlock', { mode: 'STANDBY' }, NOBODY],
    ['R-457: still closing', 'unlock', { mode: 'SCHED_CLOSING', locked: true }, NOBODY],
    ['R-460: standby', 'go_remote', { mode: 'STANDBY' }, STAFF],
    ['R-460: ready', 'go_remote', {}, STAFF],
    ['R-460: standby, unsafe', 'go_remote', { mode: 'STANDBY', safe: false }, STAFF],
    ['R-462: locked', 'go_remote', { mode: 'STANDBY', locked: true }, NOBODY],
    ['passive', 'go_remote', { mode: 'PASSIVE' }, NOBODY],
    ['R-461: remote', 'go_scheduler', { mode: 'REMOTE' }, STAFF],
    ['R-461: remote, unsafe', 'go_scheduler', { mode: 'REMOTE', safe: false }, NOBODY],
    ['R-461: ready', 'go_scheduler', {}, NOBODY],
  ])('%s: %s', (_, name, changes, profiles) => {
    expect(seenBy(name, changes)).toEqual(profiles);
  });
});

describe('a button', () => {
  test('shows greyed with its reason when no bypass would cover what stands', () => {
    const one = button('bypass', OPERATOR, { ...SAFE, safe: false, neverCovered: ['rain'] });
    expect(one).toMatchObject({ visible: true, enabled: false, reason: 'never overruled: rain' });
  });

  test('shows greyed when there is no PLC to ask', () => {
    const one = button('bypass', OPERATOR, { ...SAFE, safe: false, plcAlive: false });
    expect(one).toMatchObject({ visible: true, enabled: false, reason: 'the PLC is silent' });
  });

  test('is enabled only when it shows, and has a reason exactly when it is not', () => {
    for (const mode of OBSERVATORY_MODES) {
      for (const profile of PROFILES) {
        for (const bits of PROFILES) {
          const state = {
            ...SAFE,
            mode,
            locked: (bits & 1) > 0,
            safe: (bits & 2) > 0,
            bypassed: (bits & 4) > 0,
          };
          for (const { visible, enabled, reason } of buttons(profile, state)) {
            expect(enabled && !visible).toBe(false);
            expect(reason === '').toBe(enabled);
          }
        }
      }
    }
  });

  test('that was pressed is not there to be pressed again, nor its counterpart before', () => {
    const pairs: [ButtonName, ButtonName][] = [
      ['bypass', 'stop_bypass'],
      ['lock', 'unlock'],
      ['go_remote', 'go_scheduler'],
    ];
    expect(pairs.flat().toSorted()).toEqual(BUTTON_NAMES.toSorted());
    for (const [one, other] of pairs) {
      for (const mode of OBSERVATORY_MODES) {
        for (const flag of [true, false]) {
          const state = { ...SAFE, mode, locked: flag, bypassed: flag };
          const both = [one, other].every((name) => button(name, OPERATOR, state).visible);
          expect(both).toBe(false);
        }
      }
    }
  });
});
