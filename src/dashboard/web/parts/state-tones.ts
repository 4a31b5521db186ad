import type { FactTone } from '../../tonight.ts';
import type { Tone } from './shape.tsx';

const SHUTTER: Readonly<Record<string, Tone>> = {
  open: 'good',
  closed: 'quiet',
  opening: 'busy',
  closing: 'busy',
  intermediate: 'warning',
};

const MOTION: Readonly<Record<string, Tone>> = {
  tracking: 'active',
  slewing: 'busy',
  parking: 'busy',
  homing: 'busy',
  parked: 'quiet',
  stopped: 'quiet',
  fault: 'bad',
};

const ACTIVITY: Readonly<Record<string, Tone>> = {
  exposing: 'active',
  reading: 'busy',
  ready: 'busy',
  idle: 'quiet',
  fault: 'bad',
};

const FACT: Readonly<Record<FactTone, Tone>> = {
  plain: 'quiet',
  good: 'good',
  warning: 'warning',
  bad: 'bad',
  alert: 'alert',
};

/** A word that is not in the list reads as unknown, never as harmless. */
const tonesOfShutter = (shutter: string): Tone => SHUTTER[shutter] ?? 'unknown';

/** Nothing is well about a dome that is open and may not be. */
export function shutterTone(shutter: string, mayBeOpen = true): Tone {
  return shutter === 'open' && !mayBeOpen ? 'bad' : tonesOfShutter(shutter);
}

export const motionTone = (motion: string): Tone => MOTION[motion] ?? 'unknown';
export const activityTone = (activity: string): Tone => ACTIVITY[activity] ?? 'unknown';
export const factTone = (tone: FactTone): Tone => FACT[tone];

/** The tone of an observatory mode, by the words in its name. */
export function modeTone(name: string): Tone {
  if (/NO_PLC|FAULT/i.test(name)) return 'bad';
  if (/READY|OBSERV/i.test(name)) return 'active';
  if (/CLOSING|STARTING|STARTUP/i.test(name)) return 'busy';
  if (/REMOTE|PASSIVE/i.test(name)) return 'warning';
  return 'quiet';
}

export function safetyTone(safe: boolean | null): Tone {
  if (safe === null) return 'unknown';
  return safe ? 'good' : 'bad';
}

export function safetyWord(safe: boolean | null): string {
  if (safe === null) return 'UNKNOWN';
  return safe ? 'SAFE' : 'UNSAFE';
}
