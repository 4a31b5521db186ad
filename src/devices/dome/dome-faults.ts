import type { KnownFault } from '../fault-plane.ts';

const plain = (name: string, description: string): KnownFault => {
  return { name, description, usualAmount: null };
};

/** What can be wrong with a simulated dome, its wire apart. */
export const DOME_FAULTS: readonly KnownFault[] = [
  plain('deaf-shutter', 'The shutter takes every order and does not move.'),
  plain('stuck-closed-switch', 'It says closed, wherever the shutter is.'),
  plain('both-switches', 'Both limit switches are on: it says unknown.'),
  plain('stops-half-way', 'A closing shutter stops in the middle, once for each closing order.'),
  {
    name: 'brown-out',
    description:
      'It loses its power in the middle of a motion, and its permit with it; back after so many seconds.',
    usualAmount: 30,
  },
  plain('slit-stalls', 'The slit stays where it is, and says that it turns.'),
  plain('frees-when-home', 'The shutter moves only while the slit rests at its reference mark.'),
  plain('refuses-open', 'It refuses to open, permit or not.'),
];
