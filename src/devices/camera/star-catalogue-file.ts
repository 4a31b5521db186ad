import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDeepSky, parseStars, type SkyCatalogue, type Star } from './star-catalogue.ts';

let loaded: SkyCatalogue | undefined;

/** The catalogue that comes with PyROS, read from disk at its first use. */
export function skyCatalogue(): SkyCatalogue {
  loaded ??= {
    stars: parseStars(readFileSync(dataFile('bright-stars.bin'))),
    deepSky: parseDeepSky(readFileSync(dataFile('deep-sky.csv'), 'utf8')),
  };
  return loaded;
}

/** The stars of the sky that are not fainter than a magnitude (8 at most), by declination. */
export function brightStars(maxMagnitude: number): readonly Star[] {
  return skyCatalogue().stars.filter((star) => star.magnitude <= maxMagnitude);
}

function dataFile(name: string): string {
  return fileURLToPath(new URL(`data/${name}`, import.meta.url));
}
