import { describe, expect, test } from 'vitest';
import { parseScenario } from '#devices';
import { altAz, sunPosition } from '#sky';
import { DEFAULT_NIGHT, demoNight, demoRates, nightHours } from './demo-night.ts';
import { loadUnit } from './run-settings.ts';
import { chooseSite } from './sites.ts';

const unit = loadUnit('simulated');
const at = (site: string) => ({ ...unit, site: chooseSite(site) });

const NIGHTS = [
  ['Calern', '2014-04-23'],
  ['Calern', '2026-06-21'],
  ['Calern', '2026-12-21'],
  ['La Silla', '2026-03-20'],
  ['La Reunion', '2026-09-22'],
  ['San Pedro Martir', '2028-02-29'],
  ['65,25,100', '2026-10-01'],
] as const;

describe.each(NIGHTS)('at %s on %s', (site, night) => {
  const here = at(site);
  const hours = demoNight(here, night, 1);

  test('the run begins by day, opens, is dark and closes, in that order', () => {
    const { startMs, openMs, dark, closeMs } = hours;
    const order = [startMs, openMs, dark.startMs, dark.endMs, closeMs];
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(sunPosition(here.site, startMs).altDeg).toBeGreaterThan(here.night.openSunAltDeg);
    expect(sunPosition(here.site, dark.startMs + 1000).altDeg).toBeLessThan(
      here.night.scienceSunAltDeg,
    );
  });

  test('the burst is up in the dark, and XRT tells of it after BAT', () => {
    const { burst, dark } = hours;
    if (!burst) throw new Error('no burst');
    expect(burst.bat.ms).toBeGreaterThan(dark.startMs);
    expect(burst.xrt.ms).toBeLessThan(dark.endMs);
    expect(burst.xrt.ms).toBeGreaterThan(burst.bat.ms);
    expect(burst.eventMs).toBeLessThan(burst.bat.ms);
    expect(altAz(burst.bat, here.site, burst.bat.ms).altDeg).toBeGreaterThan(30);
  });

  test('the rain comes and goes in the dark', () => {
    const { rain, dark } = hours;
    expect(rain?.startMs).toBeGreaterThan(dark.startMs);
    expect(rain?.endMs).toBeLessThan(dark.endMs);
  });

  test('the simulators understand its scenario', () => {
    expect(parseScenario(hours.scenario)).toMatchObject({ ok: true });
  });
});

describe('a night that never gets dark', () => {
  test.each([
    ['69,19,100', '2026-06-21'],
    ['-80,0,100', '2026-12-21'],
    ['62,25,100', '2026-06-21'],
  ])('at %s on %s is NO_NIGHT and says what to do', (site, night) => {
    expect(() => nightHours(at(site), night)).toThrowError(
      expect.objectContaining({ code: 'NO_NIGHT', remedy: expect.stringContaining('--date') }),
    );
  });

  test('nor ends is NO_NIGHT too', () => {
    expect(() => nightHours(at('85,0,100'), '2026-12-21')).toThrowError(
      expect.objectContaining({ code: 'NO_NIGHT' }),
    );
  });
});

describe('the burst', () => {
  test('of the default night is the real one', () => {
    expect(demoNight(unit, DEFAULT_NIGHT, 5).burst?.trigger).toBe('596958');
  });

  test('of another night is decided by the seed', () => {
    const burst = (seed: number) => demoNight(unit, '2026-03-20', seed).burst;
    expect(burst(1)).toEqual(burst(1));
    expect(burst(1)).not.toEqual(burst(2));
  });
});

describe('the rates', () => {
  /** How long the night lasts at these rates, real seconds. */
  function realSeconds(night: ReturnType<typeof demoNight>, rates: ReturnType<typeof demoRates>) {
    return rates.reduce((sum, { fromMs, rate }, i) => {
      const toMs = rates[i + 1]?.fromMs ?? night.closeMs + 300_000;
      return sum + (toMs - fromMs) / 1000 / rate;
    }, 0);
  }

  test.each(NIGHTS)('at %s on %s make the night as long as wished', (site, date) => {
    const night = demoNight(at(site), date, 1);
    const rates = demoRates(night, { realSeconds: 240 });
    expect(realSeconds(night, rates)).toBeCloseTo(240, 3);
  });

  test('are slow while the burst comes in and while the rain closes the dome', () => {
    const night = demoNight(unit, DEFAULT_NIGHT, 1);
    const rates = demoRates(night, { realSeconds: 240 });
    const rateAt = (ms: number) => rates.findLast((one) => one.fromMs <= ms)?.rate;
    expect(rateAt(night.burst?.bat.ms ?? 0)).toBe(20);
    expect(rateAt(night.rain?.startMs ?? 0)).toBe(20);
    expect(rateAt(night.dark.startMs)).toBeGreaterThan(20);
  });

  test('follow a wish for one rate', () => {
    const night = demoNight(unit, DEFAULT_NIGHT, 1);
    expect(demoRates(night, { rate: 10, realSeconds: 240 })).toEqual([
      { fromMs: night.startMs, rate: 10 },
    ]);
    expect(demoRates(night, { rate: 100, realSeconds: 240 })[0]?.rate).toBe(100);
  });
});
