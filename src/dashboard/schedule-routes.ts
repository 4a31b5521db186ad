import type { FastifyInstance } from 'fastify';
import type { Database } from '#db';
import { scheduleById, schedulesOfNight } from '#planning';
import { allSequences, readSequence } from '#request';
import { nightId } from '#sky';
import { scheduleChanges } from './schedule-changes.ts';
import { scheduleView } from './schedule-view.ts';
import { sequenceSight } from './sight-view.ts';
import { chartSpan, nightMarks } from './sky-view.ts';
import type { TonightStore } from './tonight-store.ts';

/** What the routes of the page "Schedule" answer from. */
export interface ScheduleRouteSources {
  readonly database: Database;
  readonly store: TonightStore;
}

const LISTED_PLANS = 200;
/** A row number as we write it: no sign, no exponent, within every database's integers. */
const ROW_ID = /^[1-9]\d{0,8}$/;

/** The plan of the night, one sequence through it, and what changed between two of its plans. */
export function addScheduleRoutes(app: FastifyInstance, sources: ScheduleRouteSources): void {
  const { database, store } = sources;
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/schedule')) reply.header('cache-control', 'no-store');
  });
  app.get('/api/schedule', async () => {
    const tonight = await store.gather();
    const night = nightId(tonight.nowMs, tonight.unit.site.lonDeg);
    const versions = (await schedulesOfNight(database, night)).reverse().slice(0, LISTED_PLANS);
    return scheduleView({ ...tonight, versions });
  });
  app.get<{ Params: { id: string } }>('/api/schedule/sequences/:id', async (request, reply) => {
    const id = rowNumber(request.params.id);
    const sequence = id === null ? null : await readSequence(database, id);
    if (!sequence) return await reply.code(404).send({ error: 'There is no such sequence.' });
    const { unit, night } = store.where();
    const span = chartSpan(nightMarks({ unit }, night).twilight);
    return sequenceSight({ sequence, unit, night, span });
  });
  addChanges(app, database);
}

function addChanges(app: FastifyInstance, database: Database): void {
  app.get<{ Querystring: Record<string, unknown> }>(
    '/api/schedule/changes',
    async (request, reply) => {
      const [from, to] = [rowNumber(request.query.from), rowNumber(request.query.to)];
      if (from === null || to === null) {
        const error = 'Name two plans by their numbers: /api/schedule/changes?from=1&to=2.';
        return await reply.code(400).send({ error });
      }
      const [before, after] = [
        await scheduleById(database, from),
        await scheduleById(database, to),
      ];
      if (!before || !after) {
        const error = `There is no plan number ${before ? to : from}.`;
        return await reply.code(404).send({ error });
      }
      const sequences = await allSequences(database);
      return scheduleChanges(before, after, new Map(sequences.map((one) => [one.id, one])));
    },
  );
}

function rowNumber(value: unknown): number | null {
  return typeof value === 'string' && ROW_ID.test(value) ? Number(value) : null;
}
