import { parseCoordinates } from '#sky';
import type { ElementReader } from './element-reader.ts';
import type { RelativeTarget, Target } from './request.ts';

/**
 * Reads `target_coords`: ICRS coordinates in any usual writing, or, in a relative request, one
 * number: a zenith distance in degrees on the meridian, towards the south.
 */
export function readTarget(
  reader: ElementReader,
  context: { readonly isRelative: boolean; readonly sequenceName: string },
): Target | RelativeTarget {
  const named = reader.optional('target');
  const name = named === undefined ? context.sequenceName : reader.text('target', 'a target name');
  const text = reader.text('target_coords', 'coordinates');
  if (text === '') return { name, raDeg: 0, decDeg: 0 };
  if (context.isRelative && /^\d+(\.\d+)?$/.test(text)) {
    const zenithDistanceDeg = reader.number('target_coords', {
      min: 0,
      max: 90,
      what: 'degrees from the zenith towards the south',
    });
    return { name, zenithDistanceDeg };
  }
  const coordinates = parseCoordinates(text);
  if (coordinates.ok) return { name, raDeg: coordinates.raDeg, decDeg: coordinates.decDeg };
  reader.attributeFault('target_coords', `coordinates (${coordinates.reason})`);
  return { name, raDeg: 0, decDeg: 0 };
}
