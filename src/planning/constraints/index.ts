import type { Constraint } from './constraint.ts';
import { elevation } from './elevation.ts';
import { horizon } from './horizon.ts';
import { moon } from './moon.ts';
import { night } from './night.ts';
import { window } from './window.ts';

/** Every rule, in the order in which people look for a reason. */
export const constraints: readonly Constraint[] = [night, window, elevation, horizon, moon];
