import type { KnownFault } from '../fault-plane.ts';

const plain = (name: string, description: string): KnownFault => {
  return { name, description, usualAmount: null };
};

/** What can be wrong with a simulated camera and its wheel, its wire apart. */
export const CAMERA_FAULTS: readonly KnownFault[] = [
  plain('hangs', 'An exposure never ends, and only a reset ends it.'),
  plain('truncated', 'Every image lacks its second half.'),
  plain('corrupt', 'Every image is noise over the whole range.'),
  plain('wheel-stuck', 'The wheel takes its orders and comes back to the filter that it had.'),
  plain('wheel-moves', 'In the middle of an exposure the wheel turns to its next filter.'),
  {
    name: 'cooler-weak',
    description: 'The detector stays so many degrees above what is asked.',
    usualAmount: 20,
  },
  plain('cooler-off', 'The cooler is off, whatever is asked: the detector warms up.'),
  plain('forgets', 'An exposure that ends is forgotten.'),
  { name: 'slow-readout', description: 'Reading out takes so many times longer.', usualAmount: 10 },
];
