import type { RaDec } from './angles.ts';

/** A star: its place at an epoch (J2000.0 when absent) and how it moves. */
export interface FixedTarget extends RaDec {
  readonly kind?: 'FIXED';
  /** Proper motion, milliarcseconds a year; in RA it is already multiplied by cos Dec. */
  readonly pmRaMasPerYear?: number;
  readonly pmDecMasPerYear?: number;
  /** Julian year of the place, e.g. 2016. */
  readonly epoch?: number;
}

/** The Moon or a planet, by its English name. */
export interface BodyTarget {
  readonly kind: 'BODY';
  readonly body: BodyName;
}

/** The bodies that may be observed. */
export const bodyNames = [
  'Moon',
  'Mercury',
  'Venus',
  'Mars',
  'Jupiter',
  'Saturn',
  'Uranus',
  'Neptune',
] as const;
export type BodyName = (typeof bodyNames)[number];

/** An ephemeris table: ICRS places in order of time, straight great circles between them. */
export interface EphemerisTarget {
  readonly kind: 'EPHEMERIS';
  readonly points: readonly (RaDec & { readonly ms: number })[];
}

/** What a telescope may be pointed at. */
export type SkyTarget = FixedTarget | BodyTarget | EphemerisTarget;
