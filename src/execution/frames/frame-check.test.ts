import { describe, expect, test } from 'vitest';
import type { TelescopeStatus } from '#devices';
import { altAz } from '#sky';
import { HIGH_TARGET, NIGHT_MS, smallUnit } from '#testing';
import {
  type FrameLook,
  obstacleNow,
  obstacleToFrame,
  type SkyLook,
  type SkyRules,
} from './frame-check.ts';

const unit = smallUnit();
const target = { raDeg: HIGH_TARGET.raDeg, decDeg: HIGH_TARGET.decDeg };
const rules: SkyRules = { unit, limits: {}, slitToleranceDeg: unit.dome.slitToleranceDeg };

const telescope: TelescopeStatus = {
  motion: 'tracking',
  ...target,
  ...altAz(target, unit.site, NIGHT_MS),
  stopSensor: false,
  homed: true,
  flatPosition: false,
  atMs: NIGHT_MS,
};

const clear: SkyLook = {
  safety: { safe: true, reasons: [] },
  dome: { shutter: 'open', azimuthDeg: telescope.azDeg },
  telescope,
  target,
  nowMs: NIGHT_MS,
};

function codeNow(changes: Partial<SkyLook>, with_: Partial<SkyRules> = {}): string | null {
  return obstacleNow({ ...clear, ...changes }, { ...rules, ...with_ })?.code ?? null;
}

describe('a shutter may be open', () => {
  test('under a safe sky, an open dome and a mount that tracks', () => {
    expect(codeNow({})).toBeNull();
  });

  test('with its slit away, where that is known and put up with', () => {
    const low = { ...telescope, altDeg: 45 };
    const away = { dome: { ...clear.dome, azimuthDeg: telescope.azDeg + 90 }, telescope: low };
    expect(codeNow(away)).toBe('SLIT_AWAY');
    expect(codeNow(away, { slitToleranceDeg: Number.POSITIVE_INFINITY })).toBeNull();
  });
});

describe('no shutter is open', () => {
  test('when nothing fresh is heard of safety', () => {
    expect(codeNow({ safety: null })).toBe('UNSAFE');
  });

  test('when it is not safe, and the sentence says why', () => {
    const safety = { safe: false, reasons: ['rain 2 mm/h is above 0.1 mm/h'] };
    const obstacle = obstacleNow({ ...clear, safety }, rules);
    expect(obstacle).toEqual({
      code: 'UNSAFE',
      sentence: 'It is not safe: rain 2 mm/h is above 0.1 mm/h.',
    });
  });

  test.each(['closed', 'closing', 'opening', 'intermediate', 'unknown'] as const)(
    'in a dome that is %s',
    (shutter) => {
      expect(codeNow({ dome: { ...clear.dome, shutter } })).toBe('DOME_NOT_OPEN');
    },
  );

  test.each([
    ['MOUNT_NOT_HOMED', { homed: false }],
    ['MOUNT_NOT_TRACKING', { motion: 'stopped' }],
    ['MOUNT_NOT_TRACKING', { motion: 'unknown' }],
    ['MOUNT_AT_LIMIT', { motion: 'stopped', stopSensor: true }],
    ['MOUNT_AT_LIMIT', { altDeg: 5 }],
    ['TELESCOPE_ASTRAY', { raDeg: target.raDeg + 5 }],
  ] as const)('%s: with %o', (code, changes) => {
    expect(codeNow({ telescope: { ...telescope, ...changes } })).toBe(code);
  });

  test('beyond the meridian limit of the mount', () => {
    const mounts = unit.mounts.map((mount) => ({ ...mount, meridianLimitHours: -6 }));
    expect(codeNow({}, { unit: { ...unit, mounts } })).toBe('MOUNT_AT_LIMIT');
  });
});

const ready: FrameLook = {
  camera: { filter: 'r', wheelMoving: false, activity: 'idle' },
  filter: 'r',
  focus: null,
  weather: null,
  target,
  nowMs: NIGHT_MS,
  endMs: NIGHT_MS + 60_000,
};

function codeFor(changes: Partial<FrameLook>): string | null {
  return obstacleToFrame({ ...ready, ...changes }, { unit, limits: {} })?.code ?? null;
}

describe('an exposure', () => {
  const focusAt = (steps: number, moving = false) => ({
    focus: { status: { steps, moving, temperatureC: null, atMs: 0 }, steps: 100 },
  });

  test('may begin when all is in place and still', () => {
    expect(codeFor(focusAt(101))).toBeNull();
  });

  test.each([
    ['another filter is in the beam', { filter: 'g', wheelMoving: false }],
    ['the wheel turns', { filter: null, wheelMoving: true }],
  ])('waits while %s (F57)', (_, camera) => {
    expect(codeFor({ camera: { activity: 'idle', ...camera } })).toBe('FILTER_NOT_READY');
  });

  test('waits while the focuser moves, or stands elsewhere (F57)', () => {
    expect(codeFor(focusAt(100, true))).toBe('FOCUSER_NOT_READY');
    expect(codeFor(focusAt(150))).toBe('FOCUSER_NOT_READY');
  });

  test('is not begun when its target leaves its limits before the end (F17)', () => {
    expect(codeFor({ endMs: NIGHT_MS + 8 * 3_600_000 })).toBe('TARGET_LIMIT');
  });

  test('is not begun when the dark will be over before its end (F60)', () => {
    const pole = { raDeg: 0, decDeg: 89 };
    expect(codeFor({ target: pole, endMs: NIGHT_MS + 8 * 3_600_000 })).toBe('DAYLIGHT');
  });

  test('is not begun when the weather will reach a limit before its end', () => {
    const weather = { seconds: 50, sentence: 'humidity reaches its limit' };
    expect(codeFor({ weather })).toBe('WEATHER_COMING');
    expect(codeFor({ weather: { ...weather, seconds: 70 } })).toBeNull();
  });
});
