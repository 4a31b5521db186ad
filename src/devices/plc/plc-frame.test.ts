import { describe, expect, it } from 'vitest';
import { parsePlcFrame } from './plc-frame.ts';

const value = (name: string, given: number | string, unit: string, comment = '') => ({
  name,
  value: given,
  unit,
  comment,
});

/** The frame that the guide prints at L3268, with the brackets that its extraction lost. */
const guideFrame = {
  name: 'STATUS',
  from: 'Beckhoff',
  version_firmware: '20170809',
  site: 'OSM-Mexico',
  date: '2017-03-03T13:45:00',
  device: [
    {
      name: 'WXT520',
      type: 'meteo',
      serial_number: '14656423',
      valid: 'yes',
      values: [
        value('OutsideTemp', 12.12, 'Celcius'),
        value('OutsideHumidity', 64.1, 'percent'),
        value('Pressure', 769.2, 'mbar', 'At site elevation'),
        value('RainRate', 0.0, 'mm/h'),
        value('WindSpeed', 3.1, 'm/s'),
        value('WindDir', 202.3, 'deg', '(N=0, E=90)'),
        value('DewPoint', 8.3, 'deg'),
      ],
    },
    {
      name: 'DRD11',
      type: 'meteo',
      serial_number: 'RET6789',
      valid: 'yes',
      values: [
        value('analog', 2.345, 'V', '3V=Dry <2.5V=Rain'),
        value('digital', 1, 'bool', '1=Dry 0=Rain'),
      ],
    },
    {
      name: 'VantagePro',
      type: 'meteo',
      serial_number: 'ERTRY2344324',
      valid: 'no',
      values: [
        value('OutsideTemp', 12.45, 'Celcius'),
        value('InsideTemp', 20.28, 'Celcius'),
        value('OutsideHumidity', 65.3, 'percent'),
        value('InsideHumidity', 45.6, 'percent'),
        value('Pressure', 768.7, 'mbar', 'At site elevation'),
        value('RainRate', 0.0, 'mm/h'),
        value('WindSpeed', 2.8, 'm/s'),
        value('WindDir', 207.0, 'deg', '(N=0, E=90)'),
        value('WindDirCardinal', 'SW', 'string'),
        value('DewPoint', 8.5, 'deg'),
      ],
    },
    {
      name: 'MLX90614-1',
      type: 'meteo',
      serial_number: 'Unknown',
      valid: 'yes',
      values: [
        value('SensorTemperature', 23.56, 'Celcius'),
        value('SkyTemperature', -15.67, 'Celcius', 'Clear<-10 VeryCloudy>4'),
      ],
    },
    ...['LAMP_FLAT_CAGIRE', 'LAMP FLAT CAGIRE'].map((name) => ({
      name,
      type: 'calib',
      serial_number: 'REF_3434',
      valid: 'yes',
      values: [value('status', 'on', 'string', 'on or off'), value('current', 0.234, 'Ampere')],
    })),
  ],
};

const parse = (change: object) => parsePlcFrame(JSON.stringify([{ ...guideFrame, ...change }]));

describe('the PLC’s answer', () => {
  it('is read field for field as the guide prints it', () => {
    expect(parse({})).toEqual({ ok: true, frame: guideFrame });
  });

  it('keeps the PLC’s word that a device is not valid', () => {
    const parsed = parse({});
    const station = parsed.ok && parsed.frame.device.find(({ name }) => name === 'VantagePro');
    expect(station).toMatchObject({ valid: 'no' });
  });

  it.each([
    ['half a frame', JSON.stringify([guideFrame]).slice(0, 500)],
    ['no list', JSON.stringify(guideFrame)],
    ['two frames', JSON.stringify([guideFrame, guideFrame])],
    ['no frame', '[]'],
    ['nothing', ''],
  ])('is refused when it holds %s', (_, text) => {
    expect(parsePlcFrame(text)).toMatchObject({ ok: false, refused: false });
  });

  it.each(['2017-02-30T00:00:00', '2017-03-03T13:45:00Z', '03/03/2017', '2017-03-03T25:00:00'])(
    'is refused when it is dated %s',
    (date) => {
      expect(parse({ date })).toMatchObject({ ok: false });
    },
  );

  it('is refused with every unknown and missing field named', () => {
    const parsed = parse({ site: undefined, colour: 'red' });
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringMatching(/site.*colour/s) });
  });

  it('is a refusal when the PLC says so', () => {
    const text = '[{"name": "ERROR", "comment": "not now"}]';
    expect(parsePlcFrame(text)).toEqual({ ok: false, refused: true, reason: 'not now' });
  });
});
