import type { Instance, InstanceSequence } from '#planning';
import { hash32, type Random, seededRandom } from '#platform';
import { julianDate, msFromJulianDate, siderealHours, sunBelow } from '#sky';
import { type Family, nameOf } from './task.ts';

const SITE = { lat: 43.7522, lon: 6.9238, height: 1270 };
const NIGHT = '2022-03-20';
const DAY_MINUTES = 1440;
const RAD = Math.PI / 180;

/** The night of all instances, UTC Julian dates, by astronomical twilight. */
interface Night {
  readonly jd0: number;
  readonly jd1: number;
  readonly minutes: number;
}

/** What the targets of one instance have in common. */
interface Draft {
  readonly family: Family;
  readonly night: Night;
  readonly random: Random;
  readonly meanMinutes: number;
  /** Share of each program in the sequences. */
  readonly shares: readonly number[];
  readonly clusters: readonly (readonly [raDeg: number, decDeg: number])[];
}

/** An instance of a family; the same seed gives the same instance. */
export function generated(family: Family, seed: number): Instance {
  const random = seededRandom(hash32(nameOf(family, seed)));
  const night = theNight();
  const draft = draftOf(family, night, random);
  const sequences: InstanceSequence[] = [];
  for (let tries = 0; sequences.length < family.n && tries < 200 * family.n; tries++) {
    const sequence = drawn(draft, sequences.length);
    if (sequence) sequences.push(sequence);
  }
  return {
    site: SITE,
    night: [night.jd0, night.jd1],
    slewDegPerSec: 2,
    setupSec: 30,
    horizon: Array.from({ length: 12 }, (_, i) => [30 * i, Math.round(5 + 15 * random.next())]),
    useHorizon: false,
    programs: programsOf(draft),
    sequences,
  };
}

function theNight(): Night {
  const site = { latDeg: SITE.lat, lonDeg: SITE.lon, altitudeM: SITE.height };
  const dark = sunBelow(site, NIGHT, -18);
  if (!dark) throw new Error(`it does not get dark on ${NIGHT}`);
  const jd0 = julianDate(dark.startMs);
  const jd1 = julianDate(dark.endMs);
  return { jd0, jd1, minutes: Math.floor((jd1 - jd0) * DAY_MINUTES) };
}

function draftOf(family: Family, night: Night, random: Random): Draft {
  const programs = Math.max(3, Math.min(12, Math.round(family.n / 20)));
  const parts = Array.from({ length: programs }, () => exponential(random));
  const sum = parts.reduce((a, b) => a + b);
  const clusters = Array.from({ length: 4 }, () => {
    return [meridianDeg(night, random.next()), -5 + 60 * random.next()] as const;
  });
  const meanMinutes = (family.load * night.minutes) / family.n;
  return { family, night, random, meanMinutes, shares: parts.map((part) => part / sum), clusters };
}

/** Right ascension on the meridian at a share of the night, degrees. */
function meridianDeg({ jd0, jd1 }: Night, share: number): number {
  return siderealHours(msFromJulianDate(jd0 + share * (jd1 - jd0)), SITE.lon) * 15;
}

/** Undefined when what was drawn could not be observed even alone. */
function drawn(draft: Draft, id: number): InstanceSequence | undefined {
  const { family, night, random } = draft;
  const [rightAscension, dec] = place(draft);
  const ra = ((rightAscension % 360) + 360) % 360;
  const minAlt = oneOf([20, 25, 30, 30, 35], random);
  const durMin = family.kind === 'M' ? 2 : minutesOf(draft);
  if (dec > 89 || dec < -35 || longestUp({ ra, dec, minAlt }, night) < durMin + 15)
    return undefined;
  const window = windowOf(draft, durMin);
  if (!window) return undefined;
  return {
    id,
    program: programOf(draft),
    ra: rounded(ra, 5),
    dec: rounded(dec, 5),
    durMin,
    priority: 1 + Math.floor(100 * random.next() ** 1.5),
    jd1: rounded(window[0], 6),
    jd2: rounded(window[1], 6),
    tpref: random.next() < 0.7 ? 'BESTELEV' : 'IMMEDIATE',
    minAlt,
    minMoonDeg: oneOf([20, 30, 30, 50], random),
  };
}

/** Right ascension and declination, degrees, as they come. */
function place({ family: { kind }, night, random, clusters }: Draft): readonly [number, number] {
  if (kind === 'C') {
    const [ra, dec] = oneOf(clusters, random);
    return [ra + 6 * random.normal(), dec + 5 * random.normal()];
  }
  if (kind === 'M') {
    const along = 2 * random.next() - 1;
    const dec = 25 + 20 * along ** 2 + 2 * random.normal();
    return [meridianDeg(night, 0.5) + 40 * along, dec];
  }
  return [360 * random.next(), Math.asin(-0.5 + 1.5 * random.next()) / RAD];
}

/** Log-normal about the mean, 2 minutes to 2 hours. */
function minutesOf({ meanMinutes, random }: Draft): number {
  const minutes = Math.round(meanMinutes * Math.exp(0.6 * random.normal() - 0.18));
  return Math.max(2, Math.min(120, minutes));
}

/** The whole night or, for some, 1.2 to 3.7 times the duration; undefined when it is too short. */
function windowOf(
  { family, night, random }: Draft,
  durMin: number,
): readonly [number, number] | undefined {
  const narrowShare = family.kind === 'W' ? 0.7 : 0.2;
  const { jd0, jd1 } = night;
  if (random.next() >= narrowShare) return [jd0, jd1];
  const width = (durMin * (1.2 + 2.5 * random.next()) + 10) / DAY_MINUTES;
  const middle = jd0 + random.next() * (jd1 - jd0);
  const start = Math.max(jd0, middle - width / 2);
  const end = Math.min(jd1, start + width);
  return end - start < (durMin + 3) / DAY_MINUTES ? undefined : [start, end];
}

function programOf({ shares, random }: Draft): number {
  let left = random.next();
  const program = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return program < 0 ? shares.length - 1 : program;
}

/** Q: quotas add up to 85 % of the night. U and M: none that anybody would notice. */
function programsOf({ family, night, random, shares }: Draft): Instance['programs'] {
  const parts = shares.map(() => 0.3 + random.next());
  const sum = parts.reduce((a, b) => a + b);
  const nights = { Q: 0.85, U: 1000, M: 1000, C: 1.6, W: 1.6 }[family.kind];
  return parts.map((part, id) => {
    return { id, quotaMin: Math.round((nights * night.minutes * part) / sum) };
  });
}

/** Minutes on end above a limit, in steps of five; places of the catalogue will do. */
function longestUp(
  { ra, dec, minAlt }: { readonly ra: number; readonly dec: number; readonly minAlt: number },
  night: Night,
): number {
  let longest = 0;
  let run = 0;
  for (let minute = 0; minute < night.minutes; minute += 5) {
    const hourAngle = (meridianDeg(night, minute / night.minutes) - ra) * RAD;
    const sine =
      Math.sin(SITE.lat * RAD) * Math.sin(dec * RAD) +
      Math.cos(SITE.lat * RAD) * Math.cos(dec * RAD) * Math.cos(hourAngle);
    run = sine > Math.sin((minAlt + 1) * RAD) ? run + 5 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function exponential(random: Random): number {
  return -Math.log(1 - random.next());
}

function oneOf<T>(values: readonly T[], random: Random): T {
  return values[random.integer(values.length)] as T;
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
