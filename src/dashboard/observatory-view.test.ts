import { describe, expect, it } from 'vitest';
import { factsTold, observatorySources, rainySafety } from '#testing';
import type { ObservatorySources } from './observatory-sources.ts';
import { observatoryView } from './observatory-view.ts';

const view = (other: Partial<ObservatorySources> = {}) =>
  observatoryView(observatorySources(other));

const state = (other: Partial<NonNullable<ObservatorySources['observatory']>>) => {
  const { observatory } = observatorySources();
  return observatory && { ...observatory, ...other };
};

const raised = (key: string, severity: 'WARNING' | 'CRITICAL', count: number) => {
  return { key, severity, sentence: `${key} is wrong`, count };
};

describe('the page "Observatory"', () => {
  it('is the same for the same sources, and survives JSON', () => {
    expect(view()).toEqual(view());
    expect(JSON.parse(JSON.stringify(view()))).toEqual(view());
  });

  it('says in one sentence what holds the observatory back', () => {
    const pause = { kind: 'weather', key: 'rain', sentence: 'Rain 12 mm/h is above 0.1 mm/h' };
    const observatory = state({ mode: 'STANDBY', pauses: JSON.stringify([pause]) });
    expect(view({ observatory }).sentence).toBe(
      'Standing by, closed: rain 12 mm/h is above 0.1 mm/h.',
    );
    expect(view().sentence).toBe('Ready: the scheduler has the observatory.');
  });

  it('knows no mode before the Majordome has begun', () => {
    const page = view({ observatory: null, safety: null, dome: null });
    expect(page.sentence).toContain('not begun');
    expect(page.version).toBe(0);
    expect(page.dome).toMatchObject({ shutter: 'unknown', permitSeconds: null });
    expect(page.buttons.every(({ refusal }) => refusal !== null)).toBe(true);
  });

  it('lists alarms that stand, the worst first, since when they were first raised', () => {
    const alarms = factsTold(
      ['20:00:00', 'AlarmRaised', raised('bypass', 'WARNING', 1)],
      ['20:05:00', 'AlarmRaised', raised('dome', 'CRITICAL', 1)],
      ['20:06:00', 'AlarmRaised', raised('disk', 'WARNING', 1)],
      ['20:10:00', 'AlarmRaised', raised('bypass', 'WARNING', 2)],
      ['20:11:00', 'AlarmCleared', { key: 'disk', sentence: 'over' }],
    ) as ObservatorySources['alarms'];
    expect(view({ alarms }).alarms).toMatchObject([
      { key: 'dome', severity: 'CRITICAL' },
      { key: 'bypass', count: 2, since: '2014-04-23T20:00:00.000Z' },
    ]);
  });

  it('puts sensors with a limit first, and says which are beyond it', () => {
    const sensor = (device: string, name: string, value: number | null) => {
      return { device, name, value, unit: 'u', quality: 'good', at: null, used: 1 };
    };
    const { sensors } = view({
      sensors: [
        sensor('WXT520', 'Pressure', 870),
        sensor('WXT520', 'WindSpeed', 15.1),
        sensor('DRD11', 'analog', 2.9),
        sensor('VantagePro', 'RainRate', null),
      ],
    });
    expect(sensors.map(({ name, beyond }) => [name, beyond])).toEqual([
      ['VantagePro.RainRate', false],
      ['DRD11.analog', false],
      ['WXT520.WindSpeed', true],
      ['WXT520.Pressure', false],
    ]);
    expect(sensors[2]?.limit).toEqual({ value: 15, side: 'above' });
    expect(sensors[3]).toMatchObject({ quantity: null, limit: null });
  });

  it('shows every device with its statuses, and a state that is not known as such', () => {
    const { devices } = view();
    expect(devices.map(({ device, connected }) => [device, connected])).toEqual([
      ['VirtualMount', null],
      ['VIS', null],
      ['NIR', null],
      ['VirtualDome', null],
      ['VirtualPLC', null],
    ]);
    expect(devices[0]?.statuses.map(({ name }) => name)).toContain('stop_sensor');
    expect(devices[4]?.statuses.some(({ name }) => name.startsWith('rain.'))).toBe(false);
  });
});

describe('the buttons', () => {
  const refusal = (action: string, other: Partial<ObservatorySources> = {}) =>
    view(other).buttons.find((one) => one.action === action)?.refusal;

  it('are all there, with the labels of the guide', () => {
    expect(view().buttons.map(({ label }) => label)).toEqual([
      'LOCK OBSERVATORY (CLOSE)',
      'UNLOCK OBSERVATORY (OPEN)',
      'PLC_BYPASS (set to SAFE)',
      'STOP PLC_BYPASS',
      'GO REMOTE MODE',
      'GO SCHEDULER MODE',
    ]);
  });

  it('let a ready observatory be locked or taken over, and not be bypassed', () => {
    expect(refusal('lock')).toBeNull();
    expect(refusal('remote')).toBeNull();
    expect(refusal('bypass')).toContain('safe');
    expect(refusal('unlock')).toContain('not locked');
    expect(refusal('scheduler')).toContain('not REMOTE');
  });

  it('let a cause be bypassed that may be, and not rain', () => {
    const windy = JSON.stringify([
      { key: 'wind', kind: 'weather', sentence: 'wind', since: null, earliestEnd: null },
    ]);
    expect(refusal('bypass', { safety: rainySafety({ causes: windy }) })).toBeNull();
    expect(refusal('bypass', { safety: rainySafety() })).toContain('rain');
  });

  it('never grey CLOSE for the weather or for a PLC that is silent', () => {
    expect(refusal('lock', { safety: rainySafety() })).toBeNull();
    expect(refusal('lock', { safety: null })).toBeNull();
  });
});
