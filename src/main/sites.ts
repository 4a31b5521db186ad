import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PyrosError } from '#platform';
import type { Site } from '#unit';
import { CHECKOUT } from './run-settings.ts';

const siteSchema = z.strictObject({
  name: z.string().min(1),
  latDeg: z.number().min(-90).max(90),
  lonDeg: z.number().min(-180).max(180),
  altitudeM: z.number().min(-500).max(9000),
});

/** A site by its name in config/sites.yaml, or as `lat,lon,altitude` (degrees, east positive, metres). */
export function chooseSite(text: string): Site {
  const numbers = text.split(',').map(Number);
  if (numbers.length === 3 && numbers.every(Number.isFinite)) {
    const [latDeg, lonDeg, altitudeM] = numbers;
    const site = siteSchema.safeParse({ name: text, latDeg, lonDeg, altitudeM });
    if (site.success) return site.data;
  }
  const known = z
    .array(siteSchema)
    .parse(parse(readFileSync(join(CHECKOUT, 'config', 'sites.yaml'), 'utf8')));
  const found = known.find((site) => site.name.toLowerCase() === text.toLowerCase());
  if (found) return found;
  const names = known.map((site) => site.name).join(', ');
  throw new PyrosError('SITE_UNKNOWN', `No site is called "${text}".`, {
    remedy: `Choose one of ${names}, or write lat,lon,altitude in degrees and metres.`,
  });
}
