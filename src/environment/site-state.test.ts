import { describe, expect, it } from 'vitest';
import { OBSERVATORY_DEVICE } from '#devices';
import { fairFrame, plcDevice } from '#testing';
import {
  NOTHING_SAID,
  nextBypassMono,
  nextLatches,
  type SiteReadings,
  siteReadings,
} from './site-state.ts';

const fair = (site = {}) => siteReadings(fairFrame(0, { site }).device);

describe('what the PLC says of the observatory', () => {
  it('is read word for word', () => {
    expect(fair()).toEqual({
      mode: 'auto',
      nightAck: true,
      bypass: false,
      intrusion: false,
      emergencyStop: false,
      ups: 'ok',
      doors: 'closed',
      lights: 'off',
    });
  });

  it('is unknown in words and numbers that mean nothing', () => {
    const site = { Mode: 'AUTO', Intrusion: 2, EmergencyStop: '0', Ups: 'fine', Doors: '' };
    expect(fair(site)).toMatchObject({
      mode: null,
      intrusion: null,
      emergencyStop: null,
      ups: null,
      doors: null,
    });
  });

  it('is unknown when the device is missing, not valid or there twice', () => {
    const device = plcDevice(OBSERVATORY_DEVICE, { Mode: 'auto', Ups: 'ok' });
    expect(siteReadings([])).toEqual(NOTHING_SAID);
    expect(siteReadings([{ ...device, valid: 'no' }])).toEqual(NOTHING_SAID);
    expect(siteReadings([device, device])).toEqual(NOTHING_SAID);
  });
});

describe('an emergency stop', () => {
  /** Plays what the PLC says, one frame after the other; gives whether the latch stands at the end. */
  const latched = (...frames: Partial<SiteReadings>[]) =>
    frames.reduce<ReturnType<typeof nextLatches>>(
      (latches, frame) => nextLatches(latches, { ...fair(), ...frame }, 7),
      {},
    )['emergency stop'] !== undefined;
  const pressed = { emergencyStop: true };

  it('stands after it was let go', () => {
    expect(latched(pressed, {}, {})).toBe(true);
  });

  it.each(['off', 'manu'] as const)('is over once the key was turned to %s and back', (mode) => {
    expect(latched(pressed, { mode }, {})).toBe(false);
    expect(latched(pressed, { ...pressed, mode }, { mode }, {})).toBe(false);
  });

  it('stands while the key is away from auto', () => {
    expect(latched(pressed, { mode: 'off' })).toBe(true);
  });

  it('stands when the key is turned back before it is let go', () => {
    expect(latched(pressed, { ...pressed, mode: 'off' }, pressed, {})).toBe(true);
  });

  it('is not ended by a mode that nobody knows', () => {
    expect(latched(pressed, { mode: null }, {})).toBe(true);
  });

  it('is apart from an intrusion', () => {
    const latches = nextLatches({}, { ...fair(), intrusion: true }, 7);
    expect(latches).toEqual({ intrusion: { sinceMono: 7, turned: false } });
  });
});

describe('a bypass that the PLC shows', () => {
  it('is as old as its first showing', () => {
    expect(nextBypassMono(null, true, 10)).toBe(10);
    expect(nextBypassMono(10, true, 20)).toBe(10);
    expect(nextBypassMono(10, false, 30)).toBeNull();
  });

  it('gets no new life from a frame without a word on it', () => {
    expect(nextBypassMono(nextBypassMono(10, null, 20), true, 30)).toBe(10);
  });
});
