import type { DeviceOrder } from '#agent';
import type { Pointing } from './telescope.ts';

/** What a mount can be asked in words. */
export type MountOrder =
  | { readonly kind: 'goto'; readonly target: Pointing }
  | { readonly kind: 'park' }
  | { readonly kind: 'home' }
  | { readonly kind: 'native'; readonly request: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'get'; readonly what: 'motion' | 'coordinates' | 'status' };

export type MountReading =
  | { readonly ok: true; readonly order: MountOrder }
  | { readonly ok: false; readonly error: string };

const WHAT = ['motion', 'coordinates', 'status'] as const;
const USAGE =
  'A mount knows: MOUNT START goto RA DEC (ICRS degrees), MOUNT START park, MOUNT START home, ' +
  'MOUNT STOP, MOUNT ABORT, MOUNT GET motion, MOUNT GET coordinates, MOUNT GET status, ' +
  'MOUNT NATIVE REQUEST (in its own language).';

/** Reads the words of a command to the mount. */
export function readMountOrder({ device, action, words }: DeviceOrder): MountReading {
  if (device !== 'MOUNT') return { ok: false, error: `This agent speaks to the mount. ${USAGE}` };
  const [verb = '', ...rest] = words.map((word) => word.toLowerCase());
  if ((action === 'STOP' || action === 'ABORT') && words.length === 0) return understood('stop');
  if (action === 'START' && verb === 'park' && rest.length === 0) return understood('park');
  if (action === 'START' && verb === 'home' && rest.length === 0) return understood('home');
  if (action === 'NATIVE' && words.length > 0) {
    return { ok: true, order: { kind: 'native', request: words.join(' ') } };
  }
  if (action === 'START' && verb === 'goto') return readGoto(rest);
  const what = WHAT.find((one) => one === verb);
  if (action === 'GET' && what && rest.length === 0) {
    return { ok: true, order: { kind: 'get', what } };
  }
  return { ok: false, error: USAGE };
}

function understood(kind: 'park' | 'home' | 'stop'): MountReading {
  return { ok: true, order: { kind } };
}

function readGoto(words: readonly string[]): MountReading {
  const [raDeg = Number.NaN, decDeg = Number.NaN] = words.map(Number);
  const isOnSky = raDeg >= 0 && raDeg < 360 && decDeg >= -90 && decDeg <= 90;
  if (words.length === 2 && isOnSky) {
    return { ok: true, order: { kind: 'goto', target: { raDeg, decDeg } } };
  }
  const error =
    'goto needs the right ascension from 0 to 360 and the declination from -90 to 90, ICRS degrees: ' +
    'MOUNT START goto 83.63 22.01.';
  return { ok: false, error };
}
