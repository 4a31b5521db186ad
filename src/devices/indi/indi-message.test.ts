import { describe, expect, it } from 'vitest';
import { Interests } from './hub-routes.ts';
import { type IndiVector, indiNumber, newVector, readIndi } from './indi-message.ts';
import { impossibleOrder, showsValues } from './order-check.ts';
import { PropertyStore } from './property-store.ts';
import { weatherValues } from './weather-values.ts';
import { type XmlElement, XmlSplitter } from './xml-splitter.ts';

function element(text: string): XmlElement {
  const [item] = new XmlSplitter().push(Buffer.from(text));
  if (item?.kind !== 'message') throw new Error(`not an element: ${text}`);
  return item.message;
}

const DEFINITION = element(`<defNumberVector device='T' name='POS' state='Idle'>
  <defNumber name='RA' label='RA' min='0' max='24'>20.502601200869925435</defNumber>
  <defNumber name='DEC' label='Dec' min='-90' max='90'>-10:15:30</defNumber></defNumberVector>`);

function defined(): PropertyStore {
  const store = new PropertyStore();
  store.apply(readIndi(DEFINITION));
  return store;
}

function vectorOf(store: PropertyStore): IndiVector {
  const vector = store.get('T', 'POS');
  if (!vector) throw new Error('POS is not there');
  return vector;
}

describe('the properties of INDI', () => {
  it.each([
    ['20.502601200869925435', 20.502601200869925],
    [' -10:15:30 ', -(10 + 15 / 60 + 30 / 3600)],
    ['-0:30', -0.5],
  ])('reads the number %j', (text, value) => {
    expect(indiNumber(text)).toBeCloseTo(value, 12);
  });

  it.each(['', 'nonsense'])('finds no number in %j', (text) => {
    expect(indiNumber(text)).toBeNaN();
  });

  it('keep labels and ranges when only values and the state are set', () => {
    const store = defined();
    const set = `<setNumberVector device='T' name='POS' state='Busy'><oneNumber name='RA'>5</oneNumber></setNumberVector>`;
    store.apply(readIndi(element(set)));
    expect(store.number('T', 'POS', 'RA')).toBe(5);
    expect(store.number('T', 'POS', 'DEC')).toBeCloseTo(-10.2583, 4);
    expect(vectorOf(store).state).toBe('Busy');
    expect(impossibleOrder(vectorOf(store), { kind: 'number', values: { RA: 25 } })).toContain(
      '24',
    );
    expect(store.changes('T', 'POS')).toBe(2);
  });

  it('are gone with their device', () => {
    const store = defined();
    store.apply(readIndi(element(`<delProperty device='T'/>`)));
    expect(store.get('T', 'POS')).toBeUndefined();
  });

  it('refuse a declination of 100, which drivers ignore without a word', () => {
    const order = { kind: 'number', values: { RA: 1, DEC: 100 } } as const;
    expect(impossibleOrder(vectorOf(defined()), order)).toContain('lies between -90 and 90');
  });

  it('show what they were told, or they do not', () => {
    const vector = vectorOf(defined());
    expect(showsValues(vector, { kind: 'number', values: { RA: 20.5026 } })).toBe(true);
    expect(showsValues(vector, { kind: 'number', values: { RA: 21 } })).toBe(false);
  });

  it('take a word that is no state for an alert', () => {
    const set = `<setNumberVector device='T' name='POS' state='Fine'/>`;
    expect(readIndi(element(set))).toMatchObject({ vector: { state: 'Alert' } });
  });

  it('are ordered in the words of the protocol', () => {
    const text = newVector('A & B', 'CONNECTION', { kind: 'switch', values: { CONNECT: true } });
    expect(text).toBe(
      '<newSwitchVector device="A &amp; B" name="CONNECTION"><oneSwitch name="CONNECT">On</oneSwitch></newSwitchVector>\n',
    );
  });
});

describe('a client of the hub', () => {
  const image = element(`<setBLOBVector device='T' name='CCD1'/>`);
  const value = element(`<setNumberVector device='T' name='POS'/>`);

  it('hears the device that it asked for, without its images', () => {
    const interests = new Interests();
    interests.add(element(`<getProperties version='1.7' device='T'/>`));
    expect([interests.wants(value), interests.wants(image)]).toEqual([true, false]);
  });

  it('hears one property when it asked for one', () => {
    const interests = new Interests();
    interests.add(element(`<getProperties version='1.7' device='T' name='POS'/>`));
    const other = element(`<setNumberVector device='T' name='OTHER'/>`);
    expect([interests.wants(value), interests.wants(other)]).toEqual([true, false]);
  });

  it.each([
    ['Also', [true, true]],
    ['Only', [false, true]],
    ['Never', [true, false]],
  ])('gets images as it says: %s', (wish, expected) => {
    const interests = new Interests();
    interests.add(element(`<getProperties version='1.7'/>`));
    interests.add(element(`<enableBLOB device='T'>${wish}</enableBLOB>`));
    expect([interests.wants(value), interests.wants(image)]).toEqual(expected);
  });
});

describe('the values of an INDI weather station', () => {
  const wind = { name: 'WEATHER_WIND_SPEED', label: 'Wind (kph)', value: 36 };

  it('are told in our names and units', () => {
    expect(weatherValues([wind])).toEqual([
      { name: 'WindSpeed', value: 10, unit: 'm/s', comment: '' },
    ]);
  });

  it.each([
    { ...wind, label: 'Wind (furlongs)' },
    { ...wind, value: Number.NaN },
    { ...wind, name: 'WEATHER_MOOD' },
  ])('are left out when nobody knows what they mean: %j', (parameter) => {
    expect(weatherValues([parameter])).toEqual([]);
  });
});
