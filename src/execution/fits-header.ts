import type { RawFrame } from '#devices';
import { type Card, wcsCards } from '#fits';
import { iso } from '#platform';
import {
  airmass,
  formatDec,
  formatRa,
  julianDate,
  modifiedJulianDate,
  moonPosition,
  nightId,
  type RaDec,
  separationDeg,
  skyAt,
  sunPosition,
} from '#sky';
import type { Channel, Filter, MountSpec, Site } from '#unit';
import type { SkyOffset } from './pointing/aim.ts';

/** The weather when the image was taken; null where no valid sensor tells. */
export interface ExposureWeather {
  readonly outsideTemperatureC: number | null;
  readonly humidityPercent: number | null;
  readonly pressureHpa: number | null;
  readonly windMs: number | null;
  /** Of the sky seen in the thermal infrared: cold when it is clear. */
  readonly skyTemperatureC: number | null;
  readonly dewPointC?: number | null;
  /** Strongest wind of the last minutes. */
  readonly gustMs?: number | null;
  /** Full width at half maximum at the zenith. */
  readonly seeingArcsec?: number | null;
}

/** What the devices measured of themselves at the end of the exposure; null: they did not tell. */
export interface ExposureEquipment {
  /** Where the detector is cooled to; null: its cooler is off. */
  readonly setpointC: number | null;
  readonly focusSteps: number | null;
  readonly focusTemperatureC: number | null;
  /** Of the slit. */
  readonly domeAzDeg: number | null;
}

/** What there is to tell about one image. Null means not known: its cards are left out. */
export interface ExposureRecord {
  readonly frame: Omit<RawFrame, 'pixels'>;
  readonly imageType: 'object' | 'flat' | 'dark' | 'bias';
  readonly site: Site;
  readonly unit: string;
  readonly mount: MountSpec;
  readonly channel: Channel;
  /** Where the telescope said it looked, in the middle of the exposure; null when it did not look. */
  readonly pointing: RaDec | null;
  readonly target: (RaDec & { readonly name: string }) | null;
  /** How far from the target it was meant to look; absent: on it. */
  readonly dither?: SkyOffset;
  readonly observer: string | null;
  readonly program: string | null;
  readonly requestId: number | null;
  readonly sequenceId: number | null;
  readonly albumId: number | null;
  readonly planId: number | null;
  readonly weather: ExposureWeather | null;
  readonly equipment?: ExposureEquipment;
  /** What is wrong with the image, in words; absent or empty: nothing is known to be. */
  readonly flags?: readonly string[];
  /** When the file is written, UTC ms. */
  readonly writtenMs: number;
  /** Of PyROS. */
  readonly version: string;
}

/** A card whose value may be unknown. */
type Draft = Omit<Card, 'value'> & { readonly value: Card['value'] | undefined };

/** Value of a pixel at which the converter has no more bits. */
const CONVERTER_TOP = 65_535;

/**
 * The cards an astronomer expects with an image, without those of the codec. Places are ICRS; what
 * moves during the exposure is given for its middle.
 */
export function exposureCards(record: ExposureRecord): Card[] {
  const { startMs, seconds } = record.frame;
  const middleMs = startMs + seconds * 500;
  const drafts = [
    ...timeCards(record, middleMs),
    ...originCards(record),
    ...instrumentCards(record),
    ...siteCards(record.site),
    ...pointingCards(record),
    ...skyCards(record, middleMs),
    ...weatherCards(record.weather),
    ...(record.pointing && record.imageType === 'object'
      ? fieldCards(record, record.pointing)
      : []),
  ];
  return drafts.filter(isKnown);
}

function isKnown(draft: Draft): draft is Card {
  if (typeof draft.value === 'number') return Number.isFinite(draft.value);
  return draft.value !== undefined && draft.value !== null && draft.value !== '';
}

function text(keyword: string, value: string | null | undefined, comment: string): Draft {
  return { keyword, value, comment };
}

function quantity(keyword: string, value: number | null | undefined, comment: string): Draft {
  return { keyword, value, comment };
}

function decimal(
  keyword: string,
  { value, decimals }: { value: number | null | undefined; decimals: number },
  comment: string,
): Draft {
  return { keyword, value, decimals, comment };
}

/** FITS writes UTC without a zone. */
function fitsDate(ms: number): string {
  return iso(ms).replace('Z', '');
}

function timeCards(record: ExposureRecord, middleMs: number): Draft[] {
  const { startMs, seconds } = record.frame;
  const days = (keyword: string, value: number, comment: string) =>
    decimal(keyword, { value, decimals: 8 }, comment);
  return [
    text('DATE', fitsDate(record.writtenMs), 'when the file was written, UTC'),
    text('TIMESYS', 'UTC', 'time scale of all dates'),
    text('DATE-OBS', fitsDate(startMs), 'start of the exposure'),
    text('DATE-BEG', fitsDate(startMs), 'start of the exposure'),
    text('DATE-AVG', fitsDate(middleMs), 'middle of the exposure'),
    text('DATE-END', fitsDate(startMs + seconds * 1000), 'end of the exposure'),
    days('MJD-OBS', modifiedJulianDate(startMs), '[d] start of the exposure, MJD'),
    days('MJD-AVG', modifiedJulianDate(middleMs), '[d] middle of the exposure, MJD'),
    days('JD', julianDate(startMs), '[d] start of the exposure, JD'),
    decimal('EXPTIME', { value: seconds, decimals: 3 }, '[s] exposure'),
    text('NIGHT', nightId(startMs, record.site.lonDeg), 'UTC date of the noon before'),
  ];
}

function originCards(record: ExposureRecord): Draft[] {
  return [
    text('OBJECT', record.target?.name, 'target'),
    text('IMAGETYP', record.imageType, 'object, flat, dark or bias'),
    text('OBSERVER', record.observer, 'who asked for the image'),
    text('PROPID', record.program, 'scientific program'),
    quantity('REQID', record.requestId, 'request'),
    quantity('SEQID', record.sequenceId, 'sequence of the request'),
    quantity('ALBUMID', record.albumId, 'album of the sequence'),
    quantity('PLANID', record.planId, 'plan of the album'),
    text('EXPID', record.frame.exposureId, 'exposure'),
    text('FLAGS', record.flags?.join(' '), 'what is wrong with the image'),
    text('ORIGIN', record.unit, 'observing unit'),
    text('SWCREATE', `PyROS ${record.version}`, 'program that wrote this file'),
  ];
}

function instrumentCards(record: ExposureRecord): Draft[] {
  const { frame, mount, channel, equipment } = record;
  const { detector } = channel;
  const filter = measuredFilter(channel, frame.filter);
  return [
    text('TELESCOP', mount.telescope, 'telescope'),
    quantity('APERTURE', mount.apertureM, '[m] diameter of the telescope'),
    quantity('FOCALLEN', mount.focalLengthM * 1000, '[mm] focal length'),
    text('INSTRUME', channel.instrument, 'instrument'),
    text('CHANNEL', channel.alias, 'channel'),
    text('FILTER', frame.filter, 'filter, read back from the wheel'),
    quantity('WAVELEN', filter?.wavelengthNm, '[nm] effective wavelength of the filter'),
    quantity('PIXSCALE', detector.pixelArcsec, '[arcsec/pixel] scale'),
    quantity('GAIN', detector.gainElectronsPerAdu, '[electron/adu] gain'),
    quantity('RDNOISE', detector.readNoiseElectrons, '[electron] read noise'),
    quantity('SATURATE', CONVERTER_TOP, '[adu] saturation'),
    decimal('CCD-TEMP', { value: frame.temperatureC, decimals: 2 }, '[deg C] detector'),
    decimal('CCD-SET', { value: equipment?.setpointC, decimals: 2 }, '[deg C] detector, wanted'),
    quantity('FOCUSPOS', equipment?.focusSteps, '[step] focuser, read back'),
    decimal('FOCUSTEM', { value: equipment?.focusTemperatureC, decimals: 1 }, '[deg C] focuser'),
    decimal('DOMEAZ', { value: equipment?.domeAzDeg, decimals: 2 }, '[deg] slit, read back'),
    text('BUNIT', 'adu', 'unit of the pixels'),
  ];
}

function measuredFilter(channel: Channel, name: string): Filter | undefined {
  return channel.filters.find((filter) => filter.name === name);
}

/** WGS84: equatorial radius in metres and squared eccentricity. */
const EARTH = { radiusM: 6_378_137, e2: 0.006_694_379_990_14 };

function siteCards(site: Site): Draft[] {
  const lat = (site.latDeg * Math.PI) / 180;
  const lon = (site.lonDeg * Math.PI) / 180;
  const normal = EARTH.radiusM / Math.sqrt(1 - EARTH.e2 * Math.sin(lat) ** 2);
  const fromAxis = (normal + site.altitudeM) * Math.cos(lat);
  const north = (normal * (1 - EARTH.e2) + site.altitudeM) * Math.sin(lat);
  const metres = (keyword: string, value: number, axis: string) =>
    decimal(keyword, { value, decimals: 1 }, `[m] geocentric ${axis} of the site`);
  return [
    text('SITENAME', site.name, 'site'),
    quantity('SITELAT', site.latDeg, '[deg] latitude, north positive'),
    quantity('SITELONG', site.lonDeg, '[deg] longitude, east positive'),
    quantity('SITEELEV', site.altitudeM, '[m] altitude'),
    metres('OBSGEO-X', fromAxis * Math.cos(lon), 'X'),
    metres('OBSGEO-Y', fromAxis * Math.sin(lon), 'Y'),
    metres('OBSGEO-Z', north, 'Z'),
  ];
}

function pointingCards({ pointing, target, dither }: ExposureRecord): Draft[] {
  const degrees = (keyword: string, value: number | undefined, comment: string) =>
    decimal(keyword, { value, decimals: 6 }, comment);
  return [
    degrees('RA', pointing?.raDeg, '[deg] pointing'),
    degrees('DEC', pointing?.decDeg, '[deg] pointing'),
    text('OBJRA', target ? formatRa(target.raDeg) : null, '[h:m:s] target'),
    text('OBJDEC', target ? formatDec(target.decDeg) : null, '[d:m:s] target'),
    quantity('DITHRA', dither?.raArcsec, '[arcsec] dither from the target, towards east'),
    quantity('DITHDEC', dither?.decArcsec, '[arcsec] dither from the target, towards north'),
    text('RADESYS', 'ICRS', 'frame of the coordinates'),
    decimal('EQUINOX', { value: 2000, decimals: 1 }, '[a] equinox of the coordinates'),
  ];
}

function skyCards({ site, pointing, frame }: ExposureRecord, middleMs: number): Draft[] {
  const sky = skyAt(site, middleMs);
  const airmassAt = (ms: number) => pointing && airmass(skyAt(site, ms).altAz(pointing).altDeg);
  const endMs = frame.startMs + frame.seconds * 1000;
  const place = pointing ? sky.altAz(pointing) : null;
  const moon = moonPosition(site, middleMs);
  const moonDistance = pointing ? separationDeg(pointing, moon) : null;
  const angle = (keyword: string, value: number | null | undefined, comment: string) =>
    decimal(keyword, { value, decimals: 4 }, `[deg] ${comment}`);
  const hours = (keyword: string, value: number | null | undefined, comment: string) =>
    decimal(keyword, { value, decimals: 6 }, `[h] ${comment}`);
  return [
    angle('ALTITUDE', place?.altDeg, 'elevation, middle of exposure'),
    angle('AZIMUTH', place?.azDeg, 'azimuth, north 0 and east 90'),
    decimal('AIRMASS', { value: place && airmass(place.altDeg), decimals: 4 }, 'air mass'),
    decimal('AMSTART', { value: airmassAt(frame.startMs), decimals: 4 }, 'air mass at the start'),
    decimal('AMEND', { value: airmassAt(endMs), decimals: 4 }, 'air mass at the end'),
    hours('HA', place && place.haDeg / 15, 'hour angle, west positive'),
    hours('LST', sky.siderealHours, 'local apparent sidereal time'),
    angle('MOONDIST', moonDistance, 'distance of the Moon'),
    angle('MOONALT', moon.altDeg, 'elevation of the Moon'),
    decimal('MOONILL', { value: moon.illumination, decimals: 3 }, 'lit fraction of the Moon'),
    angle('SUNALT', sunPosition(site, middleMs).altDeg, 'elevation of the Sun'),
  ];
}

function weatherCards(weather: ExposureWeather | null): Draft[] {
  return [
    quantity('OUTTEMP', weather?.outsideTemperatureC, '[deg C] outside temperature'),
    quantity('HUMIDITY', weather?.humidityPercent, '[percent] outside humidity'),
    quantity('PRESSURE', weather?.pressureHpa, '[hPa] atmospheric pressure'),
    quantity('WINDSPD', weather?.windMs, '[m/s] wind speed'),
    quantity('WINDGUST', weather?.gustMs, '[m/s] strongest wind of the last minutes'),
    quantity('DEWPOINT', weather?.dewPointC, '[deg C] dew point'),
    quantity('SKYTEMP', weather?.skyTemperatureC, '[deg C] thermal infrared sky'),
    quantity('SEEING', weather?.seeingArcsec, '[arcsec] seeing at the zenith, FWHM'),
  ];
}

function fieldCards({ frame, channel }: ExposureRecord, center: RaDec): Card[] {
  const { width, height } = frame;
  return wcsCards({ center, width, height, pixelArcsec: channel.detector.pixelArcsec });
}
