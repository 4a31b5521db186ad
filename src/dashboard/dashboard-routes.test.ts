import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#db';
import { insertRow } from '#db';
import { encodeFits } from '#fits';
import { VirtualClock } from '#platform';
import { insertRequest, readAlbums } from '#request';
import {
  dashboardServer,
  nightTime,
  simulatedUnit,
  someRequest,
  tempDatabase,
  tempFolder,
} from '#testing';
import type { LiveFeed } from './live-feed.ts';

let server: FastifyInstance;
let database: Database;
let folder: string;
let feed: LiveFeed;

async function addImage(path: string, state = 'TAKEN'): Promise<number> {
  const clock = new VirtualClock(Date.parse(nightTime('20:00:00')));
  const request = someRequest({ unit: simulatedUnit(), clock });
  return await database.transaction(async (transaction) => {
    const { sequenceIds } = await insertRequest(transaction, request, 'somebody');
    const [sequenceId = 0] = sequenceIds;
    const [album] = await readAlbums(transaction, sequenceId);
    return await insertRow(transaction, 'image', {
      exposure_id: `e-${path}`,
      state,
      reason: '',
      sequence_id: sequenceId,
      plan_id: album?.plans[0]?.id,
      number: 1,
      channel: 'VIS',
      filter: 'r',
      seconds: 30,
      start_at: nightTime('21:00:00'),
      night: '2014-04-23',
      path,
      sha256: '',
      bytes: 0,
    });
  });
}

beforeEach(async () => {
  folder = tempFolder();
  database = await tempDatabase();
  const clock = new VirtualClock(Date.parse(nightTime('22:00:00')));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  ({ server, feed } = await dashboardServer({ database, clock, folder }));
});

afterEach(async () => {
  feed.stop();
  await server.close();
});

const get = async (url: string) => await server.inject({ method: 'GET', url });

describe('the page', () => {
  it('is served with what keeps it to itself', async () => {
    const { statusCode, headers } = await get('/');
    expect(statusCode).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("object-src 'none'");
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it.each(['/report', '/schedule', '/observatory', '/simulator'])(
    'is the same file for %s',
    async (page) => {
      expect((await get(page)).body).toBe((await get('/')).body);
    },
  );

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/pages/../../secret.txt',
    '//secret.txt',
  ])('lets nobody out of its folder: %s', async (url) => {
    const { statusCode, body } = await get(url);
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
    expect(body).not.toContain('secret\n');
    expect(body).not.toBe('secret');
  });
});

describe('tonight', () => {
  it('is JSON that nobody keeps', async () => {
    const { statusCode, headers, body } = await get('/api/tonight');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(body)).toMatchObject({ night: '2014-04-23', unit: 'SimulUnit1' });
  });
});

describe('the live feed', () => {
  it('sends the page as an event, under the same protection', async () => {
    void feed.run();
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    const leaving = new AbortController();
    const answer = await fetch(`${url}/api/live`, { signal: leaving.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    const { value } = (await answer.body?.getReader().read()) ?? {};
    leaving.abort();
    expect(new TextDecoder().decode(value)).toMatch(
      /^event: tonight\ndata: \{"now":"2014-04-23T22/,
    );
  });
});

describe('a preview', () => {
  const previewUrl = (id: string | number) => `/api/images/${id}/preview.png`;

  it('is a PNG of the image', async () => {
    const fits = encodeFits({ width: 4, height: 4, pixels: new Uint16Array(16).fill(9) }, []);
    writeFileSync(join(folder, 'a.fits'), fits);
    const answer = await get(previewUrl(await addImage('a.fits')));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('image/png');
    expect([...answer.rawPayload.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it.each([
    '0',
    '-1',
    '999',
    '1e0',
    '0x1',
    '1.0',
    '%201',
    'NaN',
    '99999999999999999999',
    '1e300',
    '1;DROP',
    '..%2f..%2fsecret.txt',
    "1'%20OR%201=1",
  ])('of the number %s does not exist', async (id) => {
    const { statusCode, body } = await get(previewUrl(id));
    expect(statusCode).toBe(404);
    expect(JSON.parse(body)).toEqual({ error: 'There is no such image.' });
  });

  it('cannot be reached by a path', async () => {
    expect((await get('/api/images/../../secret.txt')).statusCode).toBe(404);
    expect((await get('/api/images/../../secret.txt/preview.png')).statusCode).toBe(404);
  });

  it('does not exist before the image is stored', async () => {
    expect((await get(previewUrl(await addImage('', 'EXPOSING')))).statusCode).toBe(404);
  });

  it('of a lost or damaged file says so, and nothing about the disk', async () => {
    writeFileSync(join(folder, 'bad.fits'), 'not an image');
    for (const path of ['gone.fits', 'bad.fits']) {
      const { statusCode, body } = await get(previewUrl(await addImage(path)));
      expect(statusCode).toBe(404);
      expect(JSON.parse(body)).toEqual({ error: 'The file of this image cannot be read.' });
    }
  });
});

describe('the report', () => {
  const write = (night: string) => {
    mkdirSync(join(folder, 'nights', night), { recursive: true });
    writeFileSync(join(folder, 'nights', night, 'report.json'), JSON.stringify({ night }));
  };

  it('does not exist before the night has ended', async () => {
    const { statusCode, body } = await get('/api/report');
    expect(statusCode).toBe(404);
    expect(JSON.parse(body)).toEqual({ error: 'There is no report of the night 2014-04-23 yet.' });
  });

  it('is that of the night', async () => {
    write('2014-04-22');
    write('2014-04-23');
    expect((await get('/api/report')).json()).toEqual({ night: '2014-04-23' });
  });

  it('is that of the night before until there is a newer one', async () => {
    write('2014-04-22');
    expect((await get('/api/report')).json()).toEqual({ night: '2014-04-22' });
  });
});

describe('the server', () => {
  const paths = [
    '/',
    '/report',
    '/schedule',
    '/observatory',
    '/simulator',
    '/api/schedule',
    '/api/observatory',
    '/api/simulators',
    '/api/gic',
    '/api/tonight',
    '/api/live',
    '/api/report',
    '/api/images/1/preview.png',
  ];

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('does not know %s', async (method) => {
    for (const url of paths) {
      expect((await server.inject({ method, url })).statusCode).toBe(404);
    }
  });

  it('says plainly that a page does not exist', async () => {
    expect((await get('/api/nothing')).statusCode).toBe(404);
  });
});
