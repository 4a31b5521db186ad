import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#platform';
import { KEY_HEADER, OperatorKeeper } from './operator-keeper.ts';

const KEY = 'k'.repeat(43);

function door() {
  const { promise: penalty, resolve: end } = Promise.withResolvers<void>();
  const keeper = new OperatorKeeper({
    ...{ key: KEY, loopback: true, log: silentLogger },
    pause: () => penalty,
  });
  const server = fastify();
  server.post('/', { onRequest: keeper.admit }, async () => 'in');
  onTestFinished(() => server.close());
  const knock = (key: string) =>
    server.inject({
      method: 'POST',
      url: '/',
      headers: { host: 'localhost', [KEY_HEADER]: key },
    });
  return { keeper, knock, end };
}

describe('a wrong key', () => {
  it('is answered late, and counted', async () => {
    const { keeper, knock, end } = door();
    let isOver = false;
    const answer = knock('wrong').then((one) => {
      isOver = true;
      return one;
    });
    expect((await knock(KEY)).body).toBe('in');
    expect(isOver).toBe(false);
    end();
    expect((await answer).statusCode).toBe(403);
    expect(keeper.denied).toBe(1);
  });

  it('is guessed no faster in parallel, and stands in nobody’s way', async () => {
    const { keeper, knock, end } = door();
    const guesses = Array.from({ length: 4 }, (_none, i) => knock(`guess ${i}`));
    await knock(KEY);
    const more = await knock('one more');
    expect([more.statusCode, more.headers['retry-after']]).toEqual([429, '2']);
    expect((await knock(KEY)).statusCode).toBe(200);
    end();
    for (const guess of guesses) expect((await guess).statusCode).toBe(403);
    expect(keeper.denied).toBe(5);
  });
});
