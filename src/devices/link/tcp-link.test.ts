import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import type { Address, WireKind } from './link.ts';
import { TcpLink } from './tcp-link.ts';

/** A peer that behaves as a test says: called with each piece of text that arrives. */
type Behaviour = (socket: Socket, text: string, connection: number) => void;

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const thing of opened.splice(0)) thing.close();
});

async function peer(behaviour: Behaviour): Promise<Address> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => behaviour(socket, chunk.toString(), connection));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  opened.push({ close });
  const bound = server.address();
  if (!bound || typeof bound === 'string') throw new Error('no port');
  return { host: '127.0.0.1', port: bound.port };
}

function linkTo(address: Address, wire: WireKind = 'lines') {
  const clock = new VirtualClock(0);
  const link = new TcpLink({ address, wire, clock, timeoutSeconds: 10 });
  opened.push({ close: () => void link.close() });
  return { clock, link };
}

const unreachable = { code: 'DEVICE_UNREACHABLE' };
const garbled = { code: 'DEVICE_GARBLED' };

describe('a TCP link', () => {
  it('puts together a reply that comes in pieces', async () => {
    const address = await peer((socket) => {
      socket.write('OK {"a"', () => setImmediate(() => socket.write(':1}\n')));
    });
    expect(await linkTo(address).link.request('GET STATUS')).toEqual({ text: 'OK {"a":1}' });
  });

  it('receives an image with its bytes', async () => {
    const body = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
    const address = await peer((socket) => {
      socket.write(`OK IMAGE {"bytes":${body.length}}\n`);
      socket.write(body);
    });
    const reply = await linkTo(address).link.request('GET IMAGE a');
    expect(Buffer.compare(reply.body ?? new Uint8Array(0), body)).toBe(0);
  });

  it('asks one thing after the other on one connection', async () => {
    const address = await peer((socket, text, connection) => {
      socket.write(`OK {"n":${connection},"asked":"${text.trim()}"}\n`);
    });
    const { link } = linkTo(address);
    const replies = await Promise.all(['a', 'b', 'c'].map((text) => link.request(text)));
    expect(replies.map(({ text }) => text)).toEqual([
      'OK {"n":1,"asked":"a"}',
      'OK {"n":1,"asked":"b"}',
      'OK {"n":1,"asked":"c"}',
    ]);
  });

  it('fails when nobody listens, and works once somebody does', async () => {
    const server = createServer((socket) => socket.end('OK\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const { link } = linkTo({ host: '127.0.0.1', port });
    await expect(link.request('a')).rejects.toMatchObject(unreachable);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    opened.push({ close: () => void server.close() });
    expect(await link.request('b')).toEqual({ text: 'OK' });
  });

  it('gives up a peer that is too slow, on observatory time', async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { clock, link } = linkTo(await peer(() => arrived()));
    let failedAt: number | undefined;
    const failure = link.request('a').catch((error: unknown) => {
      failedAt = clock.now();
      return error;
    });
    await asked;
    await clock.run(9_999);
    expect(failedAt).toBeUndefined();
    await clock.run(10_000);
    expect(await failure).toMatchObject(unreachable);
    expect(failedAt).toBe(10_000);
  });

  it('never takes a reply after the time-out for the answer to the next request', async () => {
    const first: Socket[] = [];
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const address = await peer((socket, text, connection) => {
      if (connection === 1) {
        first.push(socket);
        return arrived();
      }
      for (const late of first) late.write('OK {"answer":"late"}\n');
      setImmediate(() => socket.write(`OK {"answer":"${text.trim()}"}\n`));
    });
    const { clock, link } = linkTo(address);
    const reply = expect(link.request('first')).rejects.toMatchObject(unreachable);
    await asked;
    await clock.run(10_000);
    await reply;
    expect(await link.request('second')).toEqual({ text: 'OK {"answer":"second"}' });
  });

  it('drops the connection at a reply that nobody asked for', async () => {
    const address = await peer((socket, _, connection) => {
      socket.write(connection === 1 ? 'OK {"n":1}\nOK {"n":"stray"}\n' : 'OK {"n":2}\n');
    });
    const { link } = linkTo(address);
    expect(await link.request('a')).toEqual({ text: 'OK {"n":1}' });
    expect(await link.request('b')).toEqual({ text: 'OK {"n":2}' });
  });

  it('connects again after the peer left in the middle of a reply', async () => {
    const address = await peer((socket, _, connection) => {
      if (connection === 1) socket.end('OK {"half":');
      else socket.write('OK\n');
    });
    const { link } = linkTo(address);
    await expect(link.request('a')).rejects.toMatchObject(unreachable);
    expect(await link.request('b')).toEqual({ text: 'OK' });
  });

  it('calls an endless line garbled and ends the connection', async () => {
    const address = await peer((socket, _, connection) => {
      socket.write(connection === 1 ? 'x'.repeat(100_000) : 'OK\n');
    });
    const { link } = linkTo(address);
    await expect(link.request('a')).rejects.toMatchObject(garbled);
    expect(await link.request('b')).toEqual({ text: 'OK' });
  });

  it('calls garbage on the PLC’s wire garbled', async () => {
    const address = await peer((socket) => void socket.write('Login: '));
    const { link } = linkTo(address, 'json');
    await expect(link.request('{}')).rejects.toMatchObject(garbled);
  });

  it('finds JSON replies without newlines', async () => {
    const address = await peer((socket) => {
      socket.write('[{"name":', () => setImmediate(() => socket.write('"STATUS"}]')));
    });
    const { link } = linkTo(address, 'json');
    expect(await link.request('{}')).toEqual({ text: '[{"name":"STATUS"}]' });
  });

  it('rejects what waits when it is closed, and everything after', async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { link } = linkTo(await peer(() => arrived()));
    const reply = expect(link.request('a')).rejects.toMatchObject(unreachable);
    await asked;
    await link.close();
    await reply;
    await expect(link.request('b')).rejects.toMatchObject(unreachable);
  });
});
