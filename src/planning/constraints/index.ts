import { brightness } from './brightness.ts';
import type { Constraint } from './constraint.ts';
import { elevation } from './elevation.ts';
import { horizon } from './horizon.ts';
import { moon } from './moon.ts';
import { night } from './night.ts';
import { sun } from './sun.ts';
import { window } from './window.ts';

/** Every rule of the sky, in the order in which people look for a reason. */
export const constraints: readonly Constraint[] = [
  night,
  window,
  elevation,
  horizon,
  moon,
  sun,
  brightness,
];
