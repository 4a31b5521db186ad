import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the sky of the simulator from the npm package d3-celestial 0.7.35:
 * `node tools/make-star-catalogue.ts <unpacked package>`. The formats are told in the README.md
 * beside the files it writes.
 */
const target = join(import.meta.dirname, '../src/devices/camera/data');
const BYTES_PER_STAR = 10;
const FAINTEST_DEEP_SKY = 13;
const GALAXIES = new Set(['g', 's', 'e', 's0', 'i', 'sd']);

interface Feature {
  readonly properties: { readonly mag: number | string; readonly type?: string; dim?: string };
  readonly geometry: { readonly coordinates: readonly [number, number] };
}

function features(folder: string, file: string): Feature[] {
  const path = join(folder, 'data', file);
  return (JSON.parse(readFileSync(path, 'utf8')) as { features: Feature[] }).features;
}

/** The package keeps right ascensions between -180 and 180 degrees. */
function raOf(feature: Feature): number {
  return (feature.geometry.coordinates[0] + 360) % 360;
}

function decOf(feature: Feature): number {
  return feature.geometry.coordinates[1];
}

function starBytes(stars: readonly Feature[]): Uint8Array {
  const sorted = [...stars].sort((a, b) => decOf(a) - decOf(b) || raOf(a) - raOf(b));
  const bytes = new Uint8Array(sorted.length * BYTES_PER_STAR);
  const view = new DataView(bytes.buffer);
  sorted.forEach((star, index) => {
    view.setInt32(index * BYTES_PER_STAR, Math.round(raOf(star) * 1e6), true);
    view.setInt32(index * BYTES_PER_STAR + 4, Math.round(decOf(star) * 1e6), true);
    view.setInt16(index * BYTES_PER_STAR + 8, Math.round(Number(star.properties.mag) * 100), true);
  });
  return bytes;
}

function deepSkyLine(object: Feature): string[] {
  const { type = '', mag, dim = '' } = object.properties;
  const kind = type === 'oc' ? 'open' : type === 'gc' ? 'globular' : 'galaxy';
  const isKnown = kind !== 'galaxy' || GALAXIES.has(type);
  const [major = 0, minor = major] = dim.split('x').map(Number);
  if (!isKnown || !(Number(mag) <= FAINTEST_DEEP_SKY) || !(major > 0 && minor > 0)) return [];
  const place = [raOf(object), decOf(object)].map((deg) => deg.toFixed(4));
  return [[kind, ...place, Number(mag), major, minor].join(',')];
}

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder of the unpacked package d3-celestial 0.7.35.');
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'bright-stars.bin'), starBytes(features(folder, 'stars.8.json')));
const objects = features(folder, 'dsos.14.json').flatMap(deepSkyLine).sort();
const title = 'kind,raDeg,decDeg,magnitude,majorArcmin,minorArcmin';
writeFileSync(join(target, 'deep-sky.csv'), `${[title, ...objects].join('\n')}\n`);
