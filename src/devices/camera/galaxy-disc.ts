import type { Canvas } from './point-spread.ts';

/** An elliptical exponential disc, as galaxies have them; pixels and electrons. */
export interface Disc {
  readonly electrons: number;
  /** Along the major axis, the length in which the light falls by a factor e. */
  readonly scale: number;
  /** Minor over major axis, greater than 0. */
  readonly axisRatio: number;
  /** Of the major axis, radians from the x axis towards the y axis. */
  readonly angle: number;
}

/** Where a disc is drawn, and the electrons a pixel below which its edge is not worth drawing. */
export interface PlacedDisc extends Disc {
  readonly x: number;
  readonly y: number;
  readonly floor: number;
}

/** Adds the light of a disc. */
export function addDisc(canvas: Canvas, disc: PlacedDisc): void {
  const { width, height, electrons } = canvas;
  const central = disc.electrons / (2 * Math.PI * disc.scale ** 2 * disc.axisRatio);
  const reach = disc.scale * Math.log(central / disc.floor);
  if (!(reach > 0)) return;
  const [cos, sin] = [Math.cos(disc.angle), Math.sin(disc.angle)];
  const top = Math.min(height - 1, Math.ceil(disc.y + reach));
  const right = Math.min(width - 1, Math.ceil(disc.x + reach));
  for (let y = Math.max(0, Math.floor(disc.y - reach)); y <= top; y++) {
    const dy = y - disc.y;
    for (let x = Math.max(0, Math.floor(disc.x - reach)); x <= right; x++) {
      const along = (x - disc.x) * cos + dy * sin;
      const across = (dy * cos - (x - disc.x) * sin) / disc.axisRatio;
      const radius = Math.sqrt(along * along + across * across);
      if (radius > reach) continue;
      const at = y * width + x;
      electrons[at] = (electrons[at] as number) + central * Math.exp(-radius / disc.scale);
    }
  }
}
