import type { VOEventPosition } from './voevent.ts';
import { child, descend, type XmlTree } from './xml-tree.ts';

export type PositionReading =
  | { readonly position: VOEventPosition; readonly positionProblem: null }
  | { readonly position: null; readonly positionProblem: string };

/** A radius that covers half the sky tells nothing. */
const MEANINGLESS_ERROR_DEG = 180;

/** Reads the place of the event, if the packet gives one that a telescope could point at. */
export function readPosition(observation: XmlTree | undefined): PositionReading {
  const coords = child(observation, 'AstroCoords');
  const position = child(coords, 'Position2D') ?? child(coords, 'Position3D');
  if (!position) return nowhere('the packet gives no coordinates');
  const frame =
    child(observation, 'AstroCoordSystem')?.attributes.get('id') ??
    coords?.attributes.get('coord_system_id') ??
    '';
  const problem = frameProblem(frame) ?? axesProblem(position);
  return problem ? nowhere(problem) : readCoordinates(position);
}

function nowhere(positionProblem: string): PositionReading {
  return { position: null, positionProblem };
}

function frameProblem(frame: string): string | null {
  if (frame === '' || /FK5|ICRS/i.test(frame)) return null;
  return `coordinate system "${frame}" is neither FK5 nor ICRS`;
}

function axesProblem(position: XmlTree): string | null {
  const unit = position.attributes.get('unit') ?? 'deg';
  if (!unit.startsWith('deg')) return `coordinates in "${unit}", not in degrees`;
  const first = child(position, 'Name1')?.text ?? 'RA';
  return /^(ra|right)/i.test(first) ? null : `the first coordinate is "${first}", not RA`;
}

function readCoordinates(position: XmlTree): PositionReading {
  const value = child(position, 'Value2') ?? child(position, 'Value3');
  const raDeg = numberIn(descend(value, 'C1'));
  const decDeg = numberIn(descend(value, 'C2'));
  if (!(raDeg >= 0 && raDeg <= 360)) return nowhere(`RA ${raDeg} is outside 0 to 360 degrees`);
  if (!(decDeg >= -90 && decDeg <= 90)) return nowhere(`Dec ${decDeg} is outside ±90 degrees`);
  const radius = numberIn(child(position, 'Error2Radius'));
  const errorDeg = radius > 0 && radius < MEANINGLESS_ERROR_DEG ? radius : null;
  return { position: { raDeg: raDeg % 360, decDeg, errorDeg }, positionProblem: null };
}

function numberIn(node: XmlTree | undefined): number {
  return node?.text ? Number(node.text) : Number.NaN;
}
