import { describe, expect, test } from 'vitest';
import { whyNotReady } from './observatory-mode.ts';
import {
  differsInKind,
  type PauseInputs,
  pausesSince,
  readPauses,
  standingPauses,
} from './pauses.ts';

const NOW = Date.UTC(2026, 9, 12, 22);
const READY: PauseInputs = {
  plcAlive: true,
  plcMode: 'auto',
  safe: true,
  unsafeReason: '',
  acknowledged: true,
  locked: false,
  dark: true,
  domeClosed: false,
  domeObeys: true,
  remoteAsked: false,
  passiveAsked: false,
  exitAsked: false,
  mode: 'SCHED_READY',
  causes: [],
  lock: { by: '', reason: '' },
  remoteBy: '',
  nextDarkMs: null,
  trouble: [],
};
const RAIN = { kind: 'weather', key: 'rain', sentence: 'rain 3 mm/h', sinceMs: NOW } as const;
const WIND = { kind: 'weather', key: 'wind', sentence: 'wind 20 m/s', sinceMs: NOW } as const;
const kinds = (changes: Partial<PauseInputs>) =>
  standingPauses({ ...READY, ...changes }).map(({ kind, key }) => `${kind} ${key}`);

describe('the pauses', () => {
  test('are none when the observatory is ready', () => expect(kinds({})).toEqual([]));

  test.each<[string, Partial<PauseInputs>, string]>([
    ['the PLC is silent', { plcAlive: false }, 'hardware plc'],
    ['its key is on manu', { plcMode: 'manu' }, 'person plc mode'],
    ['passive mode was asked', { passiveAsked: true }, 'person passive'],
    ['it rains', { safe: false, causes: [RAIN], unsafeReason: RAIN.sentence }, 'weather rain'],
    ['it is locked', { locked: true, mode: 'STANDBY' }, 'person lock'],
    ['it is day', { dark: false, mode: 'STANDBY' }, 'daylight daylight'],
    ['nobody acknowledged', { acknowledged: false }, 'acknowledgement acknowledgement'],
  ])('begin, when %s, with what the mode gives as its reason', (_, changes, first) => {
    const inputs = { ...READY, ...changes };
    expect(whyNotReady(inputs)).not.toBeNull();
    const [pause] = standingPauses(inputs);
    expect(`${pause?.kind} ${pause?.key}`).toBe(first);
    expect(pause?.sentence).toContain(whyNotReady(inputs));
  });

  test('stand beside each other', () => {
    const inputs = { safe: false, causes: [RAIN, WIND], locked: true, dark: false };
    expect(kinds({ ...inputs, mode: 'STANDBY' })).toEqual([
      'weather rain',
      'weather wind',
      'person lock',
      'daylight daylight',
    ]);
  });

  test('leave out what a bypass overrules', () => {
    expect(kinds({ safe: true, causes: [RAIN] })).toEqual([]);
  });

  test('name who works by hand', () => {
    const [remote] = standingPauses({ ...READY, mode: 'REMOTE', remoteBy: 'ak' });
    expect(remote?.sentence).toContain('ak');
  });
});

describe('a pause', () => {
  const at = (ms: number) => new Date(ms).toISOString();

  test('keeps its beginning and takes the newest end and figures', () => {
    const before = pausesSince([RAIN], [], NOW);
    const later = [{ ...RAIN, sentence: 'rain 1 mm/h', sinceMs: NOW + 1, earliestEndMs: NOW + 9 }];
    expect(pausesSince(later, before, NOW + 5000)).toEqual([
      { ...before[0], sentence: 'rain 1 mm/h', earliestEnd: at(NOW + 9) },
    ]);
  });

  test('that comes back begins anew', () => {
    const [again] = pausesSince([{ ...RAIN, sinceMs: NOW + 7000 }], [], NOW + 8000);
    expect(again?.since).toBe(at(NOW + 7000));
  });

  test('survives its writing', () => {
    const pauses = pausesSince([RAIN, WIND], [], NOW);
    expect(readPauses(JSON.stringify(pauses))).toEqual(pauses);
    expect(readPauses('nonsense')).toEqual([]);
    expect(readPauses('[{"kind":"odd"}]')).toEqual([]);
  });

  test('differs by kind and key, not by its figures', () => {
    const a = pausesSince([RAIN], [], NOW);
    expect(differsInKind(a, pausesSince([{ ...RAIN, sentence: 'rain 9' }], [], NOW))).toBe(false);
    expect(differsInKind(a, pausesSince([WIND], [], NOW))).toBe(true);
  });
});
