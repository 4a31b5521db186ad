import type { KnownFault } from '../fault-plane.ts';
import type { WireFault } from '../link/link.ts';
import type { FaultView } from './fault-set.ts';

const plain = (name: string, description: string): KnownFault => {
  return { name, description, usualAmount: null };
};

/** What can be wrong with the wire of any simulator. */
export const WIRE_FAULTS: readonly KnownFault[] = [
  plain('silent', 'The connection stays up; nothing arrives and nothing is answered.'),
  plain('cut', 'Every request is done, and the connection ends before its answer.'),
  plain('garbage', 'Every answer is nonsense.'),
  plain('partial', 'Half of every answer comes, and then nothing.'),
  plain('flood', 'Every answer is 10 MB of one letter.'),
  plain('trickle', 'Every answer comes at one byte a second.'),
  plain('duplicate', 'Every answer comes twice.'),
  plain('deaf', 'It tells its status, says OK to every order, and does nothing.'),
  plain('refuse-connections', 'Nobody is let in: a connection ends before anything is done.'),
];

/** How a fault changes the answer to a request that was done. */
const ANSWERS: readonly (readonly [name: string, fault: WireFault])[] = [
  ['cut', 'cut'],
  ['flood', 'flood'],
  ['garbage', 'garbage'],
  ['partial', 'partial'],
  ['trickle', 'trickle'],
  ['duplicate', 'duplicate'],
];

/** What the wire does to a request before it reaches the device; undefined: it arrives. */
export function faultBefore(faults: FaultView): WireFault | undefined {
  if (faults.has('refuse-connections')) return 'cut';
  return faults.has('silent') ? 'silence' : undefined;
}

/** What the wire does to an answer; undefined: it is delivered. */
export function faultAfter(faults: FaultView): WireFault | undefined {
  return ANSWERS.find(([name]) => faults.has(name))?.[1];
}
