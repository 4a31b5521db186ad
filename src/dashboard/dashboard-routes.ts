import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '#db';
import { readImage, readNightReport } from '#execution';
import type { Clock } from '#platform';
import { nightId } from '#sky';
import type { Unit } from '#unit';
import type { LiveFeed } from './live-feed.ts';
import { addObservatoryRoutes, type ObservatoryRouteSources } from './observatory-routes.ts';
import { previewOf } from './preview-file.ts';
import { addScheduleRoutes } from './schedule-routes.ts';
import { addSimulatorRoutes, type SimulatorRouteSources } from './simulator-routes.ts';
import type { TonightStore } from './tonight-store.ts';

/** What the routes answer from. */
export interface RouteSources extends ObservatoryRouteSources, SimulatorRouteSources {
  readonly database: Database;
  readonly clock: Clock;
  readonly unit: Unit;
  readonly dataFolder: string;
  readonly feed: LiveFeed;
  readonly store: TonightStore;
}

const KEPT_PREVIEWS = 50;
const DAY_MS = 86_400_000;
/** A row number as we write it: no sign, no exponent, within every database's integers. */
const IMAGE_ID = /^[1-9]\d{0,8}$/;

/** For anyone: tonight, its live feed, the schedule, previews, the report; and what people do. */
export function addRoutes(app: FastifyInstance, sources: RouteSources): void {
  const { feed } = sources;
  app.get('/api/tonight', async (_request, reply) => {
    const json = await feed.latest();
    return await reply.type('application/json').header('cache-control', 'no-store').send(json);
  });
  app.get('/api/live', (request, reply) => {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stop = feed.subscribe((json) => {
      // Who reads too slowly misses some: each message is the whole page.
      if (!reply.raw.writableNeedDrain) reply.raw.write(`event: tonight\ndata: ${json}\n\n`);
    });
    request.raw.on('close', stop);
  });
  app.get('/api/report', async (_request, reply) => await sendReport(sources, reply));
  addPreviews(app, sources);
  addScheduleRoutes(app, sources);
  addObservatoryRoutes(app, sources);
  addSimulatorRoutes(app, sources);
}

/** The report of this night or, in the afternoon, of the one before. */
async function sendReport({ clock, unit, dataFolder }: RouteSources, reply: FastifyReply) {
  const night = nightId(clock.now(), unit.site.lonDeg);
  const before = nightId(clock.now() - DAY_MS, unit.site.lonDeg);
  const report = readNightReport(dataFolder, night) ?? readNightReport(dataFolder, before);
  reply.header('cache-control', 'no-store');
  if (report) return await reply.send(report);
  return await notFound(reply, `There is no report of the night ${night} yet.`);
}

function addPreviews(app: FastifyInstance, { database, dataFolder }: RouteSources): void {
  const kept = new Map<number, Uint8Array>();
  app.get<{ Params: { id: string } }>('/api/images/:id/preview.png', async (request, reply) => {
    const { id: text } = request.params;
    const image = IMAGE_ID.test(text) ? await readImage(database, Number(text)) : undefined;
    if (image?.state !== 'TAKEN') return await notFound(reply, 'There is no such image.');
    const png = kept.get(image.id) ?? (await previewOf(join(dataFolder, image.path)).catch(noFile));
    if (!png) return await notFound(reply, 'The file of this image cannot be read.');
    kept.set(image.id, png);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_PREVIEWS && oldest !== undefined) kept.delete(oldest);
    // The number names one night of one run: another run may give it to another image.
    return await reply.type('image/png').header('cache-control', 'no-cache').send(Buffer.from(png));
  });
}

const noFile = () => null;

async function notFound(reply: FastifyReply, error: string) {
  return await reply.code(404).send({ error });
}
