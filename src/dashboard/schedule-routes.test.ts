import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, insertRow } from '#db';
import { VirtualClock } from '#platform';
import { insertRequest } from '#request';
import { julianDate } from '#sky';
import { nightTime, simulatedUnit, someRequest, tempDatabase, tempFolder } from '#testing';
import { addScheduleRoutes } from './schedule-routes.ts';
import { TonightStore } from './tonight-store.ts';
import { makeServer } from './web-server.ts';

const clock = new VirtualClock(Date.parse(nightTime('22:00:00')));
const unit = simulatedUnit();
let server: FastifyInstance;
let database: Database;

beforeEach(async () => {
  database = await tempDatabase();
  const pages = join(tempFolder(), 'pages');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>PyROS</title>');
  server = await makeServer(pages);
  const store = new TonightStore({ database, clock, unit });
  addScheduleRoutes(server, { database, store });
});

afterEach(async () => {
  await server.close();
});

const get = async (url: string) => await server.inject({ method: 'GET', url });

async function addSequence(): Promise<number> {
  const request = someRequest({ unit, clock });
  const { sequenceIds } = await database.transaction((transaction) =>
    insertRequest(transaction, request, 'somebody'),
  );
  return sequenceIds[0] ?? 0;
}

interface Place {
  readonly sequenceId: number;
  /** When it starts, for twenty minutes; null: it has no place. */
  readonly start: string | null;
}

/** Stores a plan; gives its number. */
async function addPlan(places: readonly Place[], reason: string): Promise<number> {
  return await database.transaction(async (transaction) => {
    const night = '2014-04-23';
    const created = nightTime('22:00:00');
    const span = { plan_start: 2456771.4, plan_end: 2456771.7 };
    const plan = await insertRow(transaction, 'schedule', { created, night, reason, ...span });
    for (const { sequenceId, start } of places) {
      const startMs = start === null ? null : Date.parse(nightTime(start));
      await insertRow(transaction, 'schedule_has_sequences', {
        schedule_id: plan,
        sequence_id: sequenceId,
        status: startMs === null ? 'UNPLANNABLE' : 'PLANNED',
        tsp: startMs === null ? -1 : julianDate(startMs),
        tep: startMs === null ? -1 : julianDate(startMs + 1_200_000),
        ...{ delta_tl: 0, delta_tr: 0, alt_deg: 50, overhead_seconds: 30, reason: '' },
      });
    }
    return plan;
  });
}

describe('the schedule', () => {
  it('is the page of this night, which nobody keeps', async () => {
    const id = await addSequence();
    await addPlan([{ sequenceId: id, start: null }], 'the night begins');
    await addPlan([{ sequenceId: id, start: '22:30:00' }], 'a request came in');
    const answer = await get('/api/schedule');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({
      night: '2014-04-23',
      plan: { cause: 'a request came in' },
      versions: [
        { cause: 'a request came in', planned: 1, unplanned: 0 },
        { cause: 'the night begins', planned: 0, unplanned: 1 },
      ],
    });
  });

  it('is a page before the first plan too', async () => {
    expect((await get('/api/schedule')).json()).toMatchObject({
      plan: null,
      versions: [],
      rows: [],
    });
  });
});

describe('one sequence through the night', () => {
  it('comes with its visibility line', async () => {
    const id = await addSequence();
    const { steps, name } = (await get(`/api/schedule/sequences/${id}`)).json();
    expect(name).toBe('A sequence');
    expect(steps.length).toBeGreaterThan(1);
  });

  it.each(['0', '-1', '999', '1e0', 'NaN', '99999999999999999999', '1;DROP', "1'%20OR%201=1"])(
    'does not exist under the number %s',
    async (id) => {
      const { statusCode, body } = await get(`/api/schedule/sequences/${id}`);
      expect(statusCode).toBe(404);
      expect(JSON.parse(body)).toEqual({ error: 'There is no such sequence.' });
    },
  );
});

describe('what changed between two plans', () => {
  it('is told of any two of them', async () => {
    const id = await addSequence();
    const from = await addPlan([{ sequenceId: id, start: '22:30:00' }], 'one');
    const to = await addPlan([{ sequenceId: id, start: '22:40:00' }], 'two');
    const body = (await get(`/api/schedule/changes?from=${from}&to=${to}`)).json();
    expect(body).toMatchObject({
      sentence: '1 moved; none keeps its place.',
      changes: [{ name: 'A sequence', kind: 'moved', movedSeconds: 600 }],
    });
  });

  it.each(['', '?from=1', '?from=1&to=x', '?from=1&from=2&to=3', '?from=0&to=1', '?from=-1&to=2'])(
    'asks for two numbers: "%s"',
    async (query) => {
      const { statusCode, body } = await get(`/api/schedule/changes${query}`);
      expect(statusCode).toBe(400);
      expect(JSON.parse(body).error).toMatch(/^Name two plans by their numbers/);
    },
  );

  it('says which plan does not exist', async () => {
    const from = await addPlan([], 'one');
    const { statusCode, body } = await get(`/api/schedule/changes?from=${from}&to=77`);
    expect(statusCode).toBe(404);
    expect(JSON.parse(body)).toEqual({ error: 'There is no plan number 77.' });
  });
});
