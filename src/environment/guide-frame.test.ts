import { describe, expect, it } from 'vitest';
import { type PlcFrame, parsePlcFrame } from '#devices';
import { iso } from '#platform';
import { GUIDE_FRAME_TEXT, plcSpecOf, smallUnit, TALE_MS, Tale } from '#testing';
import { standingAlarms } from './standing-alarms.ts';
import { siteStatus, weatherOf } from './weather.ts';

/** The guide's frame of 2017 arrives at a PyROS of today. */
function arrived(seconds = 0): Tale {
  const parsed = parsePlcFrame(GUIDE_FRAME_TEXT);
  if (!parsed.ok) throw new Error(parsed.reason);
  const tale = new Tale({ ...smallUnit().plc, maxAgeSeconds: 20 });
  for (let at = 0; at <= seconds; at += 2) {
    tale.arrival(at, said(parsed.frame));
  }
  return tale;
}

const said = (frame: PlcFrame) => ({
  source: 'plc',
  devices: frame.device,
  dateMs: Date.parse(`${frame.date}Z`),
});

describe('the frame that the guide prints', () => {
  it('is read by the parser of the real PLC', () => {
    const parsed = parsePlcFrame(GUIDE_FRAME_TEXT);
    expect(parsed).toMatchObject({ ok: true, frame: { date: '2017-03-03T13:45:00' } });
    expect(parsed.ok && parsed.frame.device.map(({ name, valid }) => `${name} ${valid}`)).toEqual([
      'WXT520 yes',
      'DRD11 yes',
      'VantagePro no',
      'MLX90614-1 yes',
      'LAMP_FLAT_CAGIRE yes',
      'LAMP FLAT CAGIRE yes',
    ]);
  });

  it('is UNSAFE: years old by its date, rain by its DRD11, and silent on the observatory', () => {
    const verdict = arrived().at(0);
    expect(verdict).toMatchObject({ safe: false, raw: { safe: false }, bypass: 'off' });
    const keys = verdict.raw.causes.map(({ key }) => key);
    expect(keys.slice(0, 7)).toEqual([
      'clock',
      'intrusion',
      'emergency stop',
      'UPS',
      'mode',
      'doors',
      'lights',
    ]);
    expect(keys).toContain('rainDetector');
    expect(verdict.causes[0]?.sentence).toMatch(
      /^The PLC's clock \(2017-03-03T13:45:00\) is \d+ s behind ours$/,
    );
  });

  it('tells first of its age when it is all that ever comes', () => {
    const verdict = arrived(22).at(22);
    expect(verdict.reasons[0]?.sentence).toBe(
      "The PLC's last data is 22 s old: it repeats the same frame",
    );
    expect(verdict.reasons.map(({ key }) => key)).toContain('clock');
  });

  it('gives the values of the station that is valid, not of the one that says no', () => {
    const tale = arrived();
    expect(weatherOf(tale.memory, tale.spec, tale.moment(0))).toEqual({
      humidity: 64.1,
      wind: 3.1,
      wind_dir: 202.3,
      temperature: 12.12,
      pressure: 769.2,
      rain: 0,
      cloud: -15.67,
      dew_point: 5.53,
      dew_margin: 6.59,
      gust: 3.1,
      pressure_trend: null,
      seeing: null,
      sky_clarity: 'Clear',
    });
    const { quality, value, raw } = tale.memory.sensors['VantagePro.OutsideHumidity'] ?? {};
    expect({ quality, value, raw }).toEqual({ quality: 'invalid', value: null, raw: 65.3 });
  });

  it('rains by the voltage of the DRD11, whatever its digital output says, and says so', () => {
    const tale = arrived(2);
    expect(tale.memory.quantities['rainDetector below']).toMatchObject({
      verdict: 'bad',
      value: 2.345,
      sensor: 'DRD11.analog',
    });
    const [verdict, moment] = [tale.at(2), tale.moment(2)];
    const alarms = standingAlarms(tale.memory, tale.spec, { verdict, moment });
    expect(alarms.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['clock', 'disagree.rainDetector', 'sensor.VantagePro']),
    );
  });

  it('leaves doors, lights and shutter unknown, and that is not OK', () => {
    const tale = arrived();
    expect(siteStatus({ doors: '', lights: '', shutter: '' }, tale.at(0))).toBe('UNSAFE');
    const safe = { ...tale.at(0), raw: { safe: true, causes: [] } };
    expect(siteStatus({ doors: '', lights: '', shutter: '' }, safe)).toBe('UNKNOWN');
  });

  it('would not be safe with a date of today either', () => {
    const parsed = parsePlcFrame(
      GUIDE_FRAME_TEXT.replace('2017-03-03T13:45:00', iso(TALE_MS).slice(0, 19)),
    );
    if (!parsed.ok) throw new Error(parsed.reason);
    const tale = new Tale(plcSpecOf(smallUnit().plc.limits));
    tale.arrival(0, said(parsed.frame));
    expect(tale.keys(0)).not.toContain('clock');
    expect(tale.keys(0)).toEqual(expect.arrayContaining(['rainDetector', 'UPS', 'doors']));
  });
});
