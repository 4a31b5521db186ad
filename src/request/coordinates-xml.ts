import { parseCoordinates, type RaDec } from '#sky';
import type { ElementReader } from './element-reader.ts';

/** Reads an attribute of ICRS coordinates in any usual writing. */
export function readCoordinates(reader: ElementReader, name: string, what = 'coordinates'): RaDec {
  const text = reader.text(name, what);
  const found = parseCoordinates(text);
  if (found.ok) return { raDeg: found.raDeg, decDeg: found.decDeg };
  // Missing or empty: told already.
  if (text !== '') reader.attributeFault(name, `coordinates (${found.reason})`);
  return { raDeg: 0, decDeg: 0 };
}
