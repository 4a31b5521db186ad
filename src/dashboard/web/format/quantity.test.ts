import { describe, expect, it } from 'vitest';
import { count, reading, unitSymbol, words } from './quantity.ts';

describe('readings', () => {
  it('take the symbol of their unit', () => {
    expect(unitSymbol('percent')).toBe('%');
    expect(unitSymbol('Celcius')).toBe('°C');
    expect(unitSymbol('mm/h')).toBe('mm/h');
  });

  it('show whole per cents and tenths of the rest', () => {
    expect(reading(61.6, 'percent')).toBe('62');
    expect(reading(-4.26, 'Celsius')).toBe('−4.3');
  });
});

describe('words', () => {
  it('turn a state name into plain English', () => {
    expect(words('PASSIVE_NO_PLC')).toBe('Passive no PLC');
    expect(words('exposing')).toBe('Exposing');
  });

  it('agree in number', () => {
    expect(count(1, 'image')).toBe('1 image');
    expect(count(0, 'image')).toBe('0 images');
  });
});
