import { type FieldGeometry, projector } from '#fits';
import { seededRandom } from '#platform';
import type { Channel, Filter } from '#unit';
import { digitise } from './detector-noise.ts';
import { catalogueGalaxy, clusterStars, type Galaxy, visitFaintSky } from './faint-sky.ts';
import { addDisc, type Disc } from './galaxy-disc.ts';
import { type Canvas, LARGEST_RADIUS, PointSpread } from './point-spread.ts';
import {
  objectsNear,
  type SkyArea,
  type SkyCatalogue,
  type Star,
  starsNear,
} from './star-catalogue.ts';

/** One exposure of the simulated sky. */
export interface FieldRequest extends FieldGeometry {
  readonly exposureSeconds: number;
  readonly filter: Filter;
  readonly detector: Channel['detector'];
  /** Decides the noise alone. */
  readonly seed: number;
  /** Decides the stars that no catalogue holds. */
  readonly skySeed: number;
  /** Sunlight in the air, magnitudes per square arcsecond in every filter; null: no twilight. */
  readonly twilightMag: number | null;
  /** Full width at half maximum of a star. */
  readonly seeingArcsec: number;
  /** Of all that is before the detector, 0 (dark: shutter or dome closed) to 1. */
  readonly transmission: number;
  /** Sources that were not there before, e.g. a burst. */
  readonly transients: readonly Star[];
}

/** Faint stars this far outside the image still throw light into it. */
const MARGIN_PIXELS = 20;

/**
 * What the detector would read, in ADU, row by row from the bottom left, north up and east left: real
 * stars to magnitude 8, made-up ones to 20, clusters, galaxies, sky, dark current, bias and noise. A
 * star has one magnitude in all filters. The same request gives the same bytes.
 */
export function drawField(request: FieldRequest, catalogue: SkyCatalogue): Uint16Array {
  const { width, height, detector, exposureSeconds } = request;
  const background = skyElectrons(request) + detector.darkElectronsPerSecond * exposureSeconds;
  const canvas = { width, height, electrons: new Float32Array(width * height).fill(background) };
  if (request.transmission > 0) drawSources(canvas, request, { catalogue, background });
  return digitise(canvas, detector, seededRandom(request.seed));
}

/** Sky light in one pixel, electrons. */
function skyElectrons(request: FieldRequest): number {
  const { filter, pixelArcsec, twilightMag } = request;
  const twilight = twilightMag === null ? 0 : electronsOf(request, twilightMag);
  return (electronsOf(request, filter.skyMag) + twilight) * pixelArcsec ** 2;
}

/** Light of a source of a magnitude over the exposure, electrons. */
function electronsOf(request: FieldRequest, magnitude: number): number {
  const { filter, exposureSeconds, transmission } = request;
  return 10 ** (0.4 * (filter.zeroPointMag - magnitude)) * exposureSeconds * transmission;
}

function drawSources(
  canvas: Canvas,
  request: FieldRequest,
  { catalogue, background }: { catalogue: SkyCatalogue; background: number },
): void {
  const floor = 0.1 + 0.1 * Math.sqrt(background + request.detector.readNoiseElectrons ** 2);
  const spread = new PointSpread(request.seeingArcsec / request.pixelArcsec, floor);
  const project = projector(request);
  const bright = (source: Star) => {
    const at = project(source);
    if (at) spread.add(canvas, { ...at, electrons: electronsOf(request, source.magnitude) });
  };
  const star = (source: Star) => {
    const at = project(source);
    if (!at || !isNear(canvas, at)) return;
    spread.add(canvas, { ...at, electrons: electronsOf(request, source.magnitude) });
  };
  const galaxy = (source: Galaxy) => {
    const at = project(source);
    if (!at) return;
    for (const disc of discsOf(request, source)) addDisc(canvas, { ...disc, ...at, floor });
  };
  const area = areaOf(request, MARGIN_PIXELS);
  visitFaintSky(area, request.skySeed, { star, galaxy });
  for (const object of objectsNear(catalogue.deepSky, area)) {
    if (object.kind === 'galaxy') galaxy(catalogueGalaxy(object, request.skySeed));
    for (const member of clusterStars(object, request.skySeed)) star(member);
  }
  for (const real of starsNear(catalogue.stars, areaOf(request, LARGEST_RADIUS))) bright(real);
  for (const transient of request.transients) bright(transient);
}

/** The disc around an image and a margin. */
function areaOf(request: FieldRequest, marginPixels: number): SkyArea {
  const pixels = Math.hypot(request.width, request.height) / 2 + marginPixels;
  return { center: request.center, radiusDeg: (pixels * request.pixelArcsec) / 3600 };
}

function isNear(canvas: Canvas, { x, y }: { x: number; y: number }): boolean {
  if (x < -MARGIN_PIXELS || y < -MARGIN_PIXELS) return false;
  return x < canvas.width + MARGIN_PIXELS && y < canvas.height + MARGIN_PIXELS;
}

/** Seven tenths of a galaxy's light in a disc, the rest in a round bulge a quarter of its size. */
function discsOf(request: FieldRequest, galaxy: Galaxy): Disc[] {
  const { pixelArcsec, seeingArcsec } = request;
  // A Gaussian of the seeing's width blurs an exponential about as much as this adds to its scale.
  const blur = seeingArcsec / 3 / pixelArcsec;
  const widened = (scale: number) => Math.max(0.3, Math.hypot(scale, blur));
  const electrons = electronsOf(request, galaxy.magnitude);
  const scale = galaxy.scaleArcsec / pixelArcsec;
  // North is up and east is left: the angle grows from the y axis towards minus x.
  const angle = ((90 + galaxy.positionAngleDeg) * Math.PI) / 180;
  const { axisRatio } = galaxy;
  return [
    { electrons: 0.7 * electrons, scale: widened(scale), axisRatio, angle },
    { electrons: 0.3 * electrons, scale: widened(scale / 4), axisRatio: 1, angle: 0 },
  ];
}
