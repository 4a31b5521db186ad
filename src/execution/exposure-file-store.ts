import { join } from 'node:path';
import type { Camera, RawFrame } from '#devices';
import { readWeather } from '#environment';
import { encodeFits } from '#fits';
import { PyrosError } from '#platform';
import { readObserver } from '#request';
import { altAz, type RaDec } from '#sky';
import type { Channel } from '#unit';
import { readExposure } from './execution-store.ts';
import { type ExposureEquipment, type ExposureWeather, exposureCards } from './fits-header.ts';
import { type StoredFile, storeImageFile } from './image-file-store.ts';
import type { Observation, ObservingTools } from './observing-tools.ts';
import type { Aim } from './pointing/aim.ts';
import type { PlannedExposure } from './sequence-run.ts';

/** What is stored of one exposure. */
export interface StoredExposure {
  readonly imageId: number;
  readonly file: StoredFile;
  /** Elevation of the target in the middle of the exposure, degrees. */
  readonly altDeg: number;
}

/** What the file of an exposure is made from. */
export interface ExposureParts {
  readonly exposure: PlannedExposure;
  readonly frame: RawFrame;
  readonly channel: Channel;
  readonly camera: Camera;
  /** What is wrong with it. */
  readonly flags: readonly string[];
}

/** Makes the FITS file of an image and writes it under the night's folder. */
export async function storeExposure(
  tools: ObservingTools,
  observation: Observation,
  parts: ExposureParts,
): Promise<StoredExposure> {
  const { exposure, frame } = parts;
  const row = await readExposure(tools.database, exposure.exposureId);
  if (!row)
    throw new PyrosError('EXPOSURE_UNKNOWN', `No exposure ${exposure.exposureId} was begun.`);
  const cards = await cardsOf(tools, observation, parts);
  const { width, height, pixels } = frame;
  const bytes = encodeFits({ width, height, pixels }, cards);
  const name = `${observation.night}_${exposure.exposureId}_${exposure.channel}_${frame.filter}.fits`;
  const path = join('nights', observation.night, 'images', name);
  const middleMs = frame.startMs + frame.seconds * 500;
  const { altDeg } = altAz(observation.sent(), tools.unit.site, middleMs);
  const file = storeImageFile(tools.dataFolder, path, bytes);
  return { imageId: row.id, file, altDeg: Math.round(altDeg * 100) / 100 };
}

async function cardsOf(tools: ObservingTools, observation: Observation, parts: ExposureParts) {
  const { exposure, frame, channel, flags } = parts;
  const { sequence, sent, aim } = observation;
  const [mount] = tools.unit.mounts;
  if (!mount) throw new PyrosError('UNIT_INCOMPLETE', 'The unit has no mount.');
  return exposureCards({
    frame,
    imageType: 'object',
    site: tools.unit.site,
    unit: tools.unit.unit.alias,
    mount,
    channel,
    pointing: await pointingOf(tools, observation, flags),
    target: { name: sequence.target.name, ...sent() },
    dither: aim.dither,
    observer: await readObserver(tools.database, sequence.id),
    program: sequence.program,
    requestId: sequence.requestId,
    sequenceId: sequence.id,
    albumId: exposure.albumId,
    planId: exposure.planId,
    weather: await weatherNow(tools),
    equipment: await equipmentNow(tools, parts),
    flags,
    writtenMs: tools.clock.now(),
    version: tools.version,
  });
}

async function equipmentNow(
  { dome, focusers }: ObservingTools,
  { camera, channel }: ExposureParts,
): Promise<ExposureEquipment> {
  const [slit, detector, focus] = await Promise.all([
    dome.status().catch(() => null),
    camera.status().catch(() => null),
    focusers
      .get(channel.alias)
      ?.status()
      .catch(() => null),
  ]);
  return {
    setpointC: detector?.setpointC ?? null,
    focusSteps: focus?.steps ?? null,
    focusTemperatureC: focus?.temperatureC ?? null,
    domeAzDeg: slit?.azimuthDeg ?? null,
  };
}

/** Of one that was cut, the telescope may look elsewhere already: then it is where it was sent. */
async function pointingOf(
  tools: ObservingTools,
  { sent, aim }: Observation,
  flags: readonly string[],
): Promise<RaDec | null> {
  if (flags.includes('cut')) return aim.truePlace(aim.orderFor(sent()));
  return await measuredPointing(tools, aim);
}

/**
 * Where the mount says it looks, with what centring found about it; null when it does not track, for
 * then nobody knows.
 */
async function measuredPointing({ telescope }: ObservingTools, aim: Aim) {
  const status = await telescope.status().catch(() => null);
  if (status?.motion !== 'tracking') return null;
  return aim.truePlace({ raDeg: status.raDeg, decDeg: status.decDeg });
}

async function weatherNow({ database }: ObservingTools): Promise<ExposureWeather | null> {
  const weather = await readWeather(database);
  if (!weather) return null;
  return {
    outsideTemperatureC: weather.temperature,
    humidityPercent: weather.humidity,
    pressureHpa: weather.pressure,
    windMs: weather.wind,
    skyTemperatureC: weather.cloud,
    dewPointC: weather.dew_point,
    gustMs: weather.gust,
    seeingArcsec: weather.seeing,
  };
}
