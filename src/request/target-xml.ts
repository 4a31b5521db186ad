import { bodyNames, type RaDec } from '#sky';
import { readCoordinates } from './coordinates-xml.ts';
import type { ElementReader } from './element-reader.ts';
import { readEphemeris } from './ephemeris-xml.ts';
import type { MovingTarget, RelativeTarget, Target } from './request.ts';
import type { TimeContext, Window } from './window-xml.ts';

/** What the target of a sequence is read with. */
export interface TargetContext extends TimeContext, Window {
  readonly sequenceName: string;
}

/** Reads where a sequence looks: `target_coords`, `body` or `<ephemeris>`. */
export function readTarget(
  reader: ElementReader,
  context: TargetContext,
): Target | RelativeTarget | MovingTarget {
  const coordinates = reader.optional('target_coords') !== undefined;
  const body = reader.optional('body') !== undefined;
  const ephemeris = reader.only('ephemeris');
  if ([coordinates, body, ephemeris !== undefined].filter(Boolean).length > 1) {
    reader.fault('expected one of target_coords, body and <ephemeris>: remove the others');
  }
  if (coordinates || !(body || ephemeris)) return readPlace(reader, context);
  refuseMotion(reader);
  if (ephemeris) {
    return { name: readName(reader, context), path: readEphemeris(ephemeris, context) };
  }
  return readBody(reader);
}

function readName(reader: ElementReader, context: TargetContext): string {
  const named = reader.optional('target') !== undefined;
  return named ? reader.text('target', 'a target name') : context.sequenceName;
}

function readBody(reader: ElementReader): MovingTarget {
  const body = reader.oneOf('body', bodyNames) ?? 'Moon';
  if (reader.optional('target') !== undefined) {
    reader.attributeFault('target', 'none: the body has its own name');
  }
  return { name: body, path: { kind: 'BODY', body } };
}

/**
 * ICRS coordinates in any usual writing, or, in a relative request, one number: a zenith distance in
 * degrees on the meridian, towards the south.
 */
function readPlace(reader: ElementReader, context: TargetContext): Target | RelativeTarget {
  const name = readName(reader, context);
  const text = reader.optional('target_coords')?.trim() ?? '';
  if (context.isRelative && /^\d+(\.\d+)?$/.test(text)) {
    refuseMotion(reader);
    const what = 'degrees from the zenith towards the south';
    const zenithDistanceDeg = reader.number('target_coords', { min: 0, max: 90, what });
    return { name, zenithDistanceDeg };
  }
  const what = 'coordinates, or a body or an <ephemeris> instead';
  return { name, ...readCoordinates(reader, 'target_coords', what), ...readMotion(reader) };
}

function refuseMotion(reader: ElementReader): void {
  for (const name of ['pm_ra', 'pm_dec', 'epoch']) {
    if (reader.optional(name) === undefined) continue;
    reader.attributeFault(name, 'none: only a place in target_coords has it');
  }
}

function readMotion(reader: ElementReader): Omit<Target, 'name' | keyof RaDec> {
  const speed = { min: -20_000, max: 20_000, what: 'milliarcseconds a year' };
  const east = reader.optionalNumber('pm_ra', speed);
  const north = reader.optionalNumber('pm_dec', speed);
  const epoch = reader.optionalNumber('epoch', { min: 1900, max: 2100, what: 'Julian year' });
  return {
    ...(east !== undefined && { pmRaMasPerYear: east }),
    ...(north !== undefined && { pmDecMasPerYear: north }),
    ...(epoch !== undefined && { epoch }),
  };
}
