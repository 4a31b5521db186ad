/** A direction: azimuth N=0 E=90 and elevation, degrees. */
export interface Direction {
  readonly azDeg: number;
  readonly altDeg: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The sky on a disc, seen from below: zenith at the centre, north up, east left, distance from the
 * centre in proportion to the zenith distance. The horizon lies at `radius`; y grows downwards.
 */
export function skyPoint(direction: Direction, radius: number): Point {
  const r = ((90 - direction.altDeg) / 90) * radius;
  const azimuth = (direction.azDeg * Math.PI) / 180;
  return { x: -r * Math.sin(azimuth), y: -r * Math.cos(azimuth) };
}

/** What the local horizon hides: the ring between its line and the true horizon, as an SVG path. */
export function horizonPath(horizon: readonly Direction[], radius: number): string {
  if (horizon.length === 0) return '';
  const line = densify(horizon).map((direction) => skyPoint(direction, radius));
  return `${circlePath(radius)} ${polygonPath(line)}`;
}

/** Great steps of azimuth would cut corners on the disc: one point for each degree at least. */
function densify(horizon: readonly Direction[]): Direction[] {
  const sorted = [...horizon].sort((a, b) => a.azDeg - b.azDeg);
  return sorted.flatMap((from, i) => {
    const next = sorted[(i + 1) % sorted.length] ?? from;
    const length = i + 1 < sorted.length ? next.azDeg - from.azDeg : next.azDeg + 360 - from.azDeg;
    const steps = Math.max(1, Math.ceil(length));
    return Array.from({ length: steps }, (_, k) => ({
      azDeg: from.azDeg + (length * k) / steps,
      altDeg: from.altDeg + ((next.altDeg - from.altDeg) * k) / steps,
    }));
  });
}

function polygonPath(points: readonly Point[]): string {
  return `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
}

function circlePath(radius: number): string {
  const arc = `a${radius} ${radius} 0 1 0`;
  return `M${-radius} 0${arc} ${2 * radius} 0${arc} ${-2 * radius} 0Z`;
}

/** Radius of the dot of a star of that magnitude, px. */
export function starRadius(magnitude: number): number {
  return Math.min(2.6, Math.max(0.6, 2.2 - 0.45 * magnitude));
}

/** The lit part of the Moon's disc as an SVG path, lit from the right; illumination 0 to 1. */
export function moonPath(illumination: number, radius: number): string {
  const lit = Math.min(1, Math.max(0, illumination));
  const bulge = Math.abs(1 - 2 * lit) * radius;
  const sweep = lit > 0.5 ? 1 : 0;
  return `M0 ${-radius}A${radius} ${radius} 0 0 1 0 ${radius}A${bulge.toFixed(2)} ${radius} 0 0 ${sweep} 0 ${-radius}Z`;
}
