import { join } from 'node:path';
import type { RawFrame } from '#devices';
import { readWeather } from '#environment';
import { encodeFits } from '#fits';
import { PyrosError } from '#platform';
import { altAz } from '#sky';
import type { Channel } from '#unit';
import { readExposure } from './execution-store.ts';
import { type ExposureWeather, exposureCards } from './fits-header.ts';
import { type StoredFile, storeImageFile } from './image-file-store.ts';
import type { Observation, ObservingTools } from './observing-tools.ts';
import type { PlannedExposure } from './sequence-run.ts';

/** What is stored of one exposure. */
export interface StoredExposure {
  readonly imageId: number;
  readonly file: StoredFile;
  /** Elevation of the target in the middle of the exposure, degrees. */
  readonly altDeg: number;
}

/** Makes the FITS file of an image and writes it under the night's folder. */
export async function storeExposure(
  tools: ObservingTools,
  observation: Observation,
  parts: { exposure: PlannedExposure; frame: RawFrame; channel: Channel },
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
  const { altDeg } = altAz(observation.target(), tools.unit.site, middleMs);
  const file = storeImageFile(tools.dataFolder, path, bytes);
  return { imageId: row.id, file, altDeg: Math.round(altDeg * 100) / 100 };
}

async function cardsOf(
  tools: ObservingTools,
  { sequence, target }: Observation,
  { exposure, frame, channel }: { exposure: PlannedExposure; frame: RawFrame; channel: Channel },
) {
  const [mount] = tools.unit.mounts;
  if (!mount) throw new PyrosError('UNIT_INCOMPLETE', 'The unit has no mount.');
  return exposureCards({
    frame,
    imageType: 'object',
    site: tools.unit.site,
    unit: tools.unit.unit.alias,
    mount,
    channel,
    pointing: await measuredPointing(tools),
    target: { name: sequence.target.name, ...target() },
    observer: null,
    program: sequence.program,
    requestId: sequence.requestId,
    sequenceId: sequence.id,
    albumId: exposure.albumId,
    planId: exposure.planId,
    weather: await weatherNow(tools),
    writtenMs: tools.clock.now(),
    version: tools.version,
  });
}

/** Where the mount says it looks; null when it does not track, for then nobody knows. */
async function measuredPointing({ telescope }: ObservingTools) {
  const status = await telescope.status().catch(() => null);
  if (status?.motion !== 'tracking') return null;
  return { raDeg: status.raDeg, decDeg: status.decDeg };
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
  };
}
