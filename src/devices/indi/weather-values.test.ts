import { expect, test } from 'vitest';
import { weatherValues } from './weather-values.ts';

const one = (name: string, label: string, value: number) =>
  weatherValues([{ name, label, value }])[0];

test.each([
  ['WEATHER_WIND_SPEED', 'Wind (kph)', 36, 10, 'm/s'],
  ['WEATHER_WIND_GUST', 'Gust (knots)', 10, 5.144, 'm/s'],
  ['WEATHER_TEMPERATURE', 'Temperature (C)', -3.5, -3.5, 'Celcius'],
  ['WEATHER_TEMPERATURE', 'Temperature (F)', 23, -5, 'Celcius'],
  ['WEATHER_BAROMETER', 'Barometer (inHg)', 29.92, 1013.207, 'mbar'],
  ['WEATHER_HUMIDITY', 'Humidity %', 61, 61, 'percent'],
  ['WEATHER_RAIN_HOUR', 'Precip (mm)', 2, 2, 'mm/h'],
])('%s labelled "%s" of %d is %d %s', (name, label, value, ours, unit) => {
  expect(one(name, label, value)).toMatchObject({ value: ours, unit });
});

test('a unit that nobody knows makes no value', () => {
  expect(one('WEATHER_WIND_SPEED', 'Wind (furlongs)', 3)).toBeUndefined();
});

test('no number makes no value', () => {
  expect(one('WEATHER_TEMPERATURE', 'Temperature (C)', Number.NaN)).toBeUndefined();
});

test('of two parameters with one name the first counts', () => {
  const rain = weatherValues([
    { name: 'WEATHER_RAIN_RATE', label: 'Rain (mm/h)', value: 1 },
    { name: 'WEATHER_RAIN_HOUR', label: 'Rain (mm)', value: 5 },
  ]);
  expect(rain).toMatchObject([{ name: 'RainRate', value: 1 }]);
});
