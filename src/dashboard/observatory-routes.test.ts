import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Agent, type Command } from '#agent';
import { PyrosError } from '#platform';
import { type AgentBench, agentBench, dashboardServer, TEST_KEY, tempFolder } from '#testing';

/** Stands for the Majordome: what it is told, and how it answers. */
class Recipient extends Agent {
  protected readonly listensTo = [];
  protected readonly routineSeconds = 10;
  protected override readonly knows = {
    lock: z.unknown(),
    unlock: z.unknown(),
    bypass: z.unknown(),
  };
  readonly told: Command[] = [];
  answer: () => string = () => 'The observatory is locked.';

  protected override async execute(command: Command): Promise<string> {
    this.told.push(command);
    return this.answer();
  }
}

let bench: AgentBench;
let server: FastifyInstance;
let majordome: Recipient;

beforeEach(async () => {
  bench = await agentBench();
  const { database, clock } = bench;
  ({ server } = await dashboardServer({ database, clock, folder: tempFolder() }));
  onTestFinished(() => server.close());
  majordome = new Recipient(bench.context('Majordome'));
  void bench.live(majordome);
  await bench.pass(1);
});

const headers = (key = TEST_KEY) => ({ host: '127.0.0.1:8000', 'x-pyros-operator-key': key });

async function post(action: string, payload: object, more: Record<string, string> = headers()) {
  const url = `/api/observatory/${action}`;
  let isOver = false;
  const answer = server.inject({ method: 'POST', url, payload, headers: more });
  void answer.then(() => (isOver = true));
  // The command goes through the database: its recipient lives on virtual time.
  for (let i = 0; i < 60 && !isOver; i++) await bench.pass(1);
  return await answer;
}

const lock = { by: 'Ada', reason: 'visitors', version: 3 };

describe('an action on the web', () => {
  it('is told to the Majordome, and answered with what became of it', async () => {
    const { statusCode, body } = await post('lock', lock);
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({ sentence: 'The observatory is locked.' });
    expect(majordome.told).toMatchObject([{ sender: 'Webserver', name: 'lock', payload: lock }]);
  });

  it('is 409 with who and when, where somebody was faster', async () => {
    const sentence = 'Ada locked the observatory at 22:00:01Z.';
    majordome.answer = () => {
      throw new PyrosError('STATE_CHANGED', sentence);
    };
    const { statusCode, body } = await post('unlock', { ...lock, by: 'Bob' });
    expect(statusCode).toBe(409);
    expect(JSON.parse(body)).toEqual({ code: 'STATE_CHANGED', error: sentence });
  });

  it('is 422 with the reason, where the Majordome refuses', async () => {
    majordome.answer = () => {
      throw new PyrosError('BUTTON_REFUSED', 'The observatory is safe.');
    };
    const { statusCode, body } = await post('bypass', { ...lock, minutes: 30 });
    expect([statusCode, JSON.parse(body).error]).toEqual([422, 'The observatory is safe.']);
  });

  it('is 503 where the Majordome is dead: nobody takes it for done', async () => {
    majordome.stop();
    await bench.pass(1);
    const { statusCode, body } = await post('lock', lock);
    expect(statusCode).toBe(503);
    expect(JSON.parse(body).error).toContain('Majordome');
    expect(majordome.told).toEqual([]);
  });

  it.each([
    ['without a name', 'lock', { reason: 'visitors' }],
    ['without a reason', 'unlock', { by: 'Ada', version: 3 }],
    ['without the state that was seen', 'unlock', { by: 'Ada', reason: 'visitors' }],
    ['for no time', 'bypass', { ...lock, minutes: 0 }],
    ['for ever', 'bypass', { ...lock, minutes: 1e9 }],
    ['with more than it knows', 'lock', { ...lock, profile: 7 }],
    ['with a prototype', 'lock', JSON.parse('{"__proto__":{"by":"Ada"}}')],
  ])('is refused %s', async (_how, action, payload) => {
    const { statusCode } = await post(action, payload);
    expect([400, 422]).toContain(statusCode);
    expect(majordome.told).toEqual([]);
  });

  it('lets CLOSE go without the state that was seen', async () => {
    const { by, reason } = lock;
    expect((await post('lock', { by, reason })).statusCode).toBe(200);
  });
});

describe('the door', () => {
  it.each([
    ['no key', { host: '127.0.0.1:8000' }],
    ['a wrong key', headers('x'.repeat(43))],
    ['a part of the key', headers(TEST_KEY.slice(1))],
    ['an empty key', headers('')],
    ['another page', { ...headers(), origin: 'http://evil.example' }],
    ['a bent name', { ...headers(), host: 'evil.example' }],
    ['a cookie', { host: '127.0.0.1:8000', cookie: `x-pyros-operator-key=${TEST_KEY}` }],
  ])('stays shut to %s', async (_who, more) => {
    const { statusCode, body } = await post('lock', lock, more);
    expect(statusCode).toBe(403);
    expect(JSON.parse(body).code).toBe('FORBIDDEN');
    expect(body).not.toContain(TEST_KEY);
    expect(majordome.told).toEqual([]);
  });

  it('sets no cookie', async () => {
    expect((await post('lock', lock)).headers['set-cookie']).toBeUndefined();
  });

  it('tells whether a key fits, and does nothing', async () => {
    const ask = (key: string) =>
      server.inject({ method: 'POST', url: '/api/operator', payload: {}, headers: headers(key) });
    expect((await ask(TEST_KEY)).json()).toEqual({ profile: 'Operator' });
    expect((await ask('wrong')).statusCode).toBe(403);
  });
});

describe('the page and the statuses', () => {
  it('are for anyone, and nobody keeps them', async () => {
    for (const url of ['/api/observatory', '/api/gic']) {
      const { statusCode, headers: given } = await server.inject({ method: 'GET', url });
      expect([statusCode, given['cache-control']]).toEqual([200, 'no-store']);
    }
  });

  it('give GIC the document of its feed', async () => {
    const answer = await server.inject({ method: 'GET', url: '/api/gic' });
    expect(answer.json()).toMatchObject({ name: 'GIC_STATUS', version: 1, unit: 'SimulUnit1' });
  });
});
