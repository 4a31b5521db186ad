import type { KnownFault } from '../fault-plane.ts';

const plain = (name: string, description: string): KnownFault => {
  return { name, description, usualAmount: null };
};

/** What can be wrong with a simulated mount, its wire apart. */
export const MOUNT_FAULTS: readonly KnownFault[] = [
  plain('refuses-park', 'It refuses to park.'),
  plain('lies-about-park', 'Told to park, it stops where it is and says that it is parked.'),
  plain('runs-past-limit', 'It tracks below its elevation limit and does not stop.'),
  plain('lost-position', 'It stops, and does not know where it is until it is homed.'),
  plain('stalls', 'Its axes do not move any more, whatever it says of them.'),
  {
    name: 'drifts',
    description: 'It drifts off what it tracks, so many arcseconds a minute, unknowingly.',
    usualAmount: 10,
  },
  {
    name: 'pointing-error',
    description: 'It looks so many arcseconds beside where it says, towards the equator.',
    usualAmount: 60,
  },
  { name: 'slow', description: 'Its axes are so many times slower.', usualAmount: 4 },
];
