import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type CardValue, decodeFits, encodeFits, projector } from '#fits';
import { unitSchema } from '#unit';
import { type ExposureRecord, exposureCards } from './fits-header.ts';

const hasFitsverify = spawnSync('fitsverify', ['-h']).error === undefined;
const simulated = join(import.meta.dirname, '../../config/simulated.yaml');
const unit = unitSchema.parse(parse(readFileSync(simulated, 'utf8')));
const [mount] = unit.mounts;
const [channel] = unit.channels;
if (!mount || !channel) throw new Error('the simulated unit lost its mount or its channel');

const record: ExposureRecord = {
  frame: {
    exposureId: 'seq-12/1',
    width: 768,
    height: 768,
    startMs: Date.UTC(2026, 2, 14, 22, 30, 15, 250),
    seconds: 30,
    filter: 'r',
    temperatureC: -109.87,
  },
  imageType: 'object',
  site: unit.site,
  unit: unit.unit.alias,
  mount,
  channel,
  pointing: { raDeg: 130.1001, decDeg: 19.6702 },
  target: { name: 'M44', raDeg: 130.1, decDeg: 19.67 },
  observer: 'Survey team',
  program: 'Clusters',
  requestId: 7,
  sequenceId: 12,
  albumId: 13,
  planId: 14,
  weather: {
    outsideTemperatureC: 8.2,
    humidityPercent: 43,
    pressureHpa: 872.1,
    windMs: 3.4,
    skyTemperatureC: -21.5,
    dewPointC: -3.4,
    gustMs: 6.1,
    seeingArcsec: 1.3,
  },
  equipment: { setpointC: -110, focusSteps: 1234, focusTemperatureC: 7.5, domeAzDeg: 211.25 },
  flags: ['vignetted', 'warm'],
  writtenMs: Date.UTC(2026, 2, 14, 22, 30, 52),
  version: '0.1.0',
};

/** Everything about it that can be unknown is. */
const unknown: ExposureRecord = {
  ...record,
  imageType: 'dark',
  pointing: null,
  target: null,
  observer: null,
  program: null,
  requestId: null,
  sequenceId: null,
  albumId: null,
  planId: null,
  weather: null,
};

function valuesOf(of: ExposureRecord): Record<string, CardValue> {
  return Object.fromEntries(exposureCards(of).map((card) => [card.keyword, card.value]));
}

function fitsverify(of: ExposureRecord): string {
  const folder = mkdtempSync(join(tmpdir(), 'header-'));
  try {
    const { width, height } = of.frame;
    const image = { width, height, pixels: new Uint16Array(width * height) };
    writeFileSync(join(folder, 'a.fits'), encodeFits(image, exposureCards(of)));
    return spawnSync('fitsverify', [join(folder, 'a.fits')], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the header of an exposure', () => {
  const values = valuesOf(record);

  it('tells the instants to the millisecond', () => {
    expect(values).toMatchObject({
      DATE: '2026-03-14T22:30:52.000',
      'DATE-OBS': '2026-03-14T22:30:15.250',
      'DATE-AVG': '2026-03-14T22:30:30.250',
      'DATE-END': '2026-03-14T22:30:45.250',
      TIMESYS: 'UTC',
      EXPTIME: 30,
      NIGHT: '2026-03-14',
    });
  });

  it('tells the same start as modified and plain Julian date', () => {
    expect(values['MJD-OBS']).toBeCloseTo(61113.9376765, 7);
    expect(values.JD).toBeCloseTo(2461114.4376765, 7);
  });

  it('tells who asked for what', () => {
    expect(values).toMatchObject({
      OBJECT: 'M44',
      OBSERVER: 'Survey team',
      PROPID: 'Clusters',
      REQID: 7,
      SEQID: 12,
      ALBUMID: 13,
      PLANID: 14,
      IMAGETYP: 'object',
    });
  });

  it('tells the instrument and the filter that was measured', () => {
    expect(values).toMatchObject({
      TELESCOP: 'SimulTelescope',
      APERTURE: 1.3,
      FOCALLEN: 7500,
      INSTRUME: 'DDRAGO-SIM',
      CHANNEL: 'VIS',
      FILTER: 'r',
      WAVELEN: 620,
      GAIN: 1.8,
      RDNOISE: 6,
      SATURATE: 65535,
      'CCD-TEMP': -109.87,
      BUNIT: 'adu',
      SWCREATE: 'PyROS 0.1.0',
    });
  });

  it('tells what was measured of focus, cooling and dome, and what is wrong', () => {
    expect(values).toMatchObject({
      'DATE-BEG': '2026-03-14T22:30:15.250',
      'CCD-SET': -110,
      FOCUSPOS: 1234,
      FOCUSTEM: 7.5,
      DOMEAZ: 211.25,
      FLAGS: 'vignetted warm',
    });
  });

  it('tells the air mass at both ends', () => {
    const { AMSTART, AIRMASS, AMEND } = values as Record<string, number>;
    expect(((AMSTART ?? 0) + (AMEND ?? 0)) / 2).toBeCloseTo(AIRMASS ?? 0, 4);
    expect(AMSTART).not.toBe(AMEND);
  });

  it('tells the weather with gust, dew point and seeing', () => {
    expect(values).toMatchObject({ WINDGUST: 6.1, DEWPOINT: -3.4, SEEING: 1.3 });
  });

  it('tells the pointing in degrees and the target in sexagesimal', () => {
    expect(values).toMatchObject({
      RA: 130.1001,
      DEC: 19.6702,
      OBJRA: '08:40:24.00',
      OBJDEC: '+19:40:12.0',
      RADESYS: 'ICRS',
    });
  });

  it('tells where the target stood in the middle of the exposure', () => {
    const altitude = values.ALTITUDE as number;
    expect(altitude).toBeGreaterThan(40);
    expect(altitude).toBeLessThan(66.3);
    expect(values.AIRMASS).toBeCloseTo(1 / Math.sin((altitude * Math.PI) / 180), 2);
    const hourAngle = (((values.LST as number) - 130.1 / 15 + 36) % 24) - 12;
    expect(values.HA).toBeCloseTo(hourAngle, 1);
    expect(values.SUNALT).toBeLessThan(-18);
  });

  it('tells the place of the site from the centre of the Earth', () => {
    const [x, y, z] = ['X', 'Y', 'Z'].map((axis) => values[`OBSGEO-${axis}`] as number);
    expect(Math.hypot(Number(x), Number(y), Number(z))).toBeCloseTo(6_369_225, -3);
    expect((Math.atan2(Number(y), Number(x)) * 180) / Math.PI).toBeCloseTo(unit.site.lonDeg, 6);
  });

  it('places the pointing at the middle of the image', () => {
    const pixelArcsec = channel.detector.pixelArcsec;
    const center = { raDeg: values.CRVAL1 as number, decDeg: values.CRVAL2 as number };
    const field = { center, width: 768, height: 768, pixelArcsec };
    expect(projector(field)({ raDeg: 130.1001, decDeg: 19.6702 })?.x).toBeCloseTo(383.5, 3);
    expect(values.CRPIX1).toBe(384.5);
    expect(values.CD1_1).toBeCloseTo(-pixelArcsec / 3600, 12);
  });

  it('tells the weather', () => {
    expect(values).toMatchObject({ OUTTEMP: 8.2, HUMIDITY: 43, PRESSURE: 872.1, WINDSPD: 3.4 });
  });

  it('leaves out one weather value that is not known', () => {
    const weather = { ...(record.weather as NonNullable<ExposureRecord['weather']>), windMs: null };
    const keywords = Object.keys(valuesOf({ ...record, weather }));
    expect(keywords).not.toContain('WINDSPD');
    expect(keywords).toContain('HUMIDITY');
  });

  it('leaves out all that is not known', () => {
    const keywords = Object.keys(valuesOf(unknown));
    for (const absent of 'OBJECT OBSERVER PROPID REQID RA OBJRA AIRMASS CRVAL1 OUTTEMP'.split(
      ' ',
    )) {
      expect(keywords).not.toContain(absent);
    }
    expect(keywords).toContain('SUNALT');
  });

  it('leaves out the air mass of what stands below the horizon', () => {
    const below = { ...record, pointing: { raDeg: 310, decDeg: -60 } };
    expect(Object.keys(valuesOf(below))).not.toContain('AIRMASS');
  });

  it('tells no wavelength for a filter that the unit file does not know', () => {
    const values = valuesOf({ ...record, frame: { ...record.frame, filter: 'open' } });
    expect(values.FILTER).toBe('open');
    expect(values).not.toHaveProperty('WAVELEN');
  });

  it('comes back from a file as it went in', () => {
    const image = { width: 2, height: 1, pixels: Uint16Array.of(1, 2) };
    const { cards } = decodeFits(encodeFits(image, exposureCards(record)));
    expect(cards.find((card) => card.keyword === 'EXPTIME')).toEqual({
      keyword: 'EXPTIME',
      value: 30,
      comment: '[s] exposure',
    });
    expect(cards.length).toBe(exposureCards(record).length);
  });

  it.skipIf(!hasFitsverify).each([
    ['everything known', record],
    ['nothing known', unknown],
  ])('satisfies fitsverify with %s', (_case, of) => {
    expect(fitsverify(of)).toContain('Verification found 0 warning(s) and 0 error(s)');
  });
});
