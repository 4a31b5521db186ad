import { normalizeDeg } from './angles.ts';

/** What a text of coordinates says, or why it says nothing usable. */
export type ParsedCoordinates =
  | { readonly ok: true; readonly raDeg: number; readonly decDeg: number }
  | { readonly ok: false; readonly reason: string };

// Three fields with the first unit given: blanks, colons or letters between them.
const threeFields = (first: string) =>
  String.raw`(\d{1,3})(?: ?[:${first}] ?| )(\d{1,3})(?: ?[:m'] ?| )(\d{1,3}(?:\.\d*)?) ?[s"]?`;
// Between the two, a sign or a blank is needed: `10:12:45.345:17:50` has two readings.
const SEXAGESIMAL = new RegExp(
  `^${threeFields('h')}(?: ?,? ?([+-]) ?| ?, ?| )${threeFields('d°')}$`,
  'i',
);
const DECIMAL = /^([+-]?\d+(?:\.\d*)?)(?: ?, ?| |(?=[+-]))([+-]?\d+(?:\.\d*)?)$/;

const UNREADABLE =
  'write RA and Dec as 05:34:32 +22:00:52, as 5h34m32s +22d00m52s or in degrees as 83.63 22.01';
const LONGEST = 100;

/**
 * Reads right ascension and declination. With three fields each, RA is in hours and Dec in degrees
 * (`:`, blanks or letters between them); with one field each, both are in degrees.
 */
export function parseCoordinates(text: string): ParsedCoordinates {
  if (text.length > LONGEST) return refuse(`more than ${LONGEST} characters: ${UNREADABLE}`);
  const line = plainLine(text);
  const sexagesimal = SEXAGESIMAL.exec(line);
  if (sexagesimal) return fromSexagesimal(sexagesimal);
  const decimal = DECIMAL.exec(line);
  if (decimal) return inRange(Number(decimal[1]), Number(decimal[2]));
  return refuse(`cannot read "${text}": ${UNREADABLE}`);
}

/** Right ascension as `hh:mm:ss.ss`, rounded; takes any turn. */
export function formatRa(deg: number): string {
  const centiseconds = Math.round(normalizeDeg(deg) * 24_000) % 8_640_000;
  return sexagesimalText(centiseconds, 100, 2);
}

/** Declination as `±dd:mm:ss.s`, rounded. */
export function formatDec(deg: number): string {
  const tenths = Math.round(Math.abs(deg) * 36_000);
  return `${deg < 0 && tenths > 0 ? '-' : '+'}${sexagesimalText(tenths, 10, 1)}`;
}

/** A count of `1/perSecond` seconds as `uu:mm:ss.d`: whole numbers, so that no 60 can appear. */
function sexagesimalText(count: number, perSecond: number, decimals: number): string {
  const whole = Math.floor(count / perSecond);
  const fields = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const fraction = String(count % perSecond).padStart(decimals, '0');
  return `${fields.map((field) => String(field).padStart(2, '0')).join(':')}.${fraction}`;
}

/** One line, single blanks, and the typewriter's sign and quotes for the printer's. */
function plainLine(text: string): string {
  const oneLine = text.trim().replace(/\s+/g, ' ');
  return oneLine.replace(/[−–]/g, '-').replace(/[′’]/g, "'").replace(/[″”]/g, '"');
}

function fromSexagesimal(match: RegExpExecArray): ParsedCoordinates {
  const [, h, m, s, sign, d, am, as] = match;
  const minutes = [Number(m), Number(am)];
  const seconds = [Number(s), Number(as)];
  if (minutes.some((value) => value >= 60)) return refuse('minutes must be 0 to 59');
  if (seconds.some((value) => value >= 60)) return refuse('seconds must be 0 to less than 60');
  const hours = Number(h) + Number(m) / 60 + Number(s) / 3600;
  if (hours >= 24) return refuse('right ascension must be 0 to less than 24 hours');
  const degrees = Number(d) + Number(am) / 60 + Number(as) / 3600;
  return inRange(hours * 15, sign === '-' ? -degrees : degrees);
}

function inRange(raDeg: number, decDeg: number): ParsedCoordinates {
  if (raDeg < 0 || raDeg >= 360) {
    return refuse('right ascension must be 0 to less than 360 degrees');
  }
  if (decDeg < -90 || decDeg > 90) return refuse('declination must be -90 to +90 degrees');
  return { ok: true, raDeg, decDeg };
}

function refuse(reason: string): ParsedCoordinates {
  return { ok: false, reason };
}
