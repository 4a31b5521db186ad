import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlcDevice } from '#devices';
import type { Sensor } from '#unit';
import { judgeSensor } from './sensor-quality.ts';

const SENSOR: Sensor = { device: 'S', value: 'V', gain: 1, offset: 0 };

const device = (
  value: number | string,
  unit = 'Celcius',
  valid: PlcDevice['valid'] = 'yes',
): PlcDevice => ({
  name: 'S',
  type: 'meteo',
  serial_number: '1',
  valid,
  values: [{ name: 'V', value, unit, comment: '' }],
});

const judge = (devices: PlcDevice[], more: Partial<Sensor> = {}, unit = 'Celcius') =>
  judgeSensor(devices, { sensor: { ...SENSOR, ...more }, unit });

describe('a sensor’s value', () => {
  it('is good when its device vouches for it', () => {
    expect(judge([device(12)])).toEqual({ value: 12, raw: 12, quality: 'good' });
  });

  it('is not believed when its device calls itself not valid', () => {
    expect(judge([device(12, 'Celcius', 'no')])).toEqual({
      value: null,
      raw: 12,
      quality: 'invalid',
    });
  });

  it('is not believed when it is not there', () => {
    const nothing = { value: null, raw: null, quality: 'invalid' };
    expect(judge([])).toEqual(nothing);
    expect(judge([device(12)], { value: 'W' })).toEqual(nothing);
  });

  it.each(['12', '', 'NaN', Number.NaN, Number.POSITIVE_INFINITY])(
    'is no number when it is %s, and becomes none',
    (raw) => {
      expect(judge([device(raw)])).toMatchObject({ value: null, quality: 'not-a-number' });
    },
  );

  it.each([
    [-300, 'Celcius', 'Celcius'],
    [120, 'percent', 'percent'],
    [-1, 'm/s', 'm/s'],
    [5, 'mbar', 'mbar'],
    [-460, 'F', 'Celcius'],
  ])('is out of range at %d %s', (raw, named, wanted) => {
    expect(judge([device(raw, named)], {}, wanted).quality).toBe('out-of-range');
  });

  it('is out of range beyond what the unit file says of it', () => {
    expect(judge([device(41)], { most: 40 }).quality).toBe('out-of-range');
    expect(judge([device(-21)], { least: -20 }).quality).toBe('out-of-range');
  });

  it('is converted when its unit is another one of the kind', () => {
    expect(judge([device(50, 'F')]).value).toBeCloseTo(10, 9);
    expect(judge([device(36, 'km/h')], {}, 'm/s').value).toBeCloseTo(10, 9);
  });

  it.each(['', 'furlong', 'm/s', 'celcius?'])('is not believed in the unit "%s"', (unit) => {
    expect(judge([device(12, unit)])).toMatchObject({ value: null, quality: 'unknown-unit' });
  });

  it('has the unit of the unit file only where the frame names no scale', () => {
    expect(judge([device(1, 'bool')], { unit: 'V', gain: 3 }, 'V').value).toBe(3);
    expect(judge([device(8.3, 'deg')], { unit: 'Celcius' }).value).toBe(8.3);
    expect(judge([device(12, 'm/s')], { unit: 'Celcius' }).quality).toBe('unknown-unit');
  });

  it('is corrected before it is converted', () => {
    expect(judge([device(24, 'F')], { gain: 2, offset: 2 }).value).toBeCloseTo(10, 9);
  });

  it('is not believed when two devices bear its name, or one has it twice', () => {
    expect(judge([device(12), device(13)]).quality).toBe('duplicate');
    const twice = { ...device(12), values: [...device(12).values, ...device(13).values] };
    expect(judge([twice])).toMatchObject({ value: null, quality: 'duplicate' });
  });

  it('is a number within its range, or none, whatever came', () => {
    const raw = fc.oneof(fc.double(), fc.string());
    fc.assert(
      fc.property(raw, fc.string(), fc.constantFrom('yes', 'no'), (value, unit, valid) => {
        const judged = judge([device(value, unit, valid)]);
        if (judged.quality !== 'good') return;
        expect(valid).toBe('yes');
        expect(Math.abs(judged.value ?? Number.NaN)).toBeLessThanOrEqual(100);
      }),
    );
  });
});
