import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import { type Delivery, sendVOEvent } from './vtp-client.ts';
import { frameMessage, VtpFramer } from './vtp-framing.ts';
import { startVtpServer, type VtpServer, type VtpServerOptions } from './vtp-server.ts';
import { readTransport, type Transport, writeTransport } from './vtp-transport.ts';
import { parseXml } from './xml-tree.ts';

const host = '127.0.0.1';
const startMs = Date.UTC(2014, 3, 23, 21, 8, 24);
const identity = 'ivo://pyros/SimulUnit1';
const packet = (name: string) =>
  new TextEncoder().encode(`<VOEvent ivorn="ivo://author/stream#${name}"/>`);

let cleanUps: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  cleanUps = [];
});

interface Bench {
  readonly server: VtpServer;
  readonly clock: VirtualClock;
  readonly received: string[];
  readonly troubles: string[];
}

async function openBench(options: Partial<VtpServerOptions> = {}): Promise<Bench> {
  const clock = new VirtualClock(startMs);
  const received: string[] = [];
  const troubles: string[] = [];
  const server = await startVtpServer({
    listen: { host, port: 0 },
    allow: [host],
    identity,
    clock,
    onEvent: async (bytes) => {
      received.push(new TextDecoder().decode(bytes));
      return { ack: true };
    },
    onTrouble: ({ reason }) => troubles.push(reason),
    ...options,
  });
  cleanUps.push(() => server.close());
  return { server, clock, received, troubles };
}

/** A peer that says exactly what it is told to, and notes what it hears. */
class Peer {
  readonly socket: Socket;
  readonly heard: Transport[] = [];
  readonly closed: Promise<unknown>;

  constructor({ server }: Bench) {
    const framer = new VtpFramer(100_000);
    this.socket = connect({ host, port: server.port });
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk) => {
      for (const frame of framer.push(chunk).frames) {
        const parsed = parseXml(frame);
        const message = parsed.ok ? readTransport(parsed.root) : null;
        if (message) this.heard.push(message);
      }
    });
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
    cleanUps.push(() => this.socket.destroy());
  }

  say(...messages: readonly Uint8Array[]): this {
    for (const message of messages) this.socket.write(frameMessage(message));
    return this;
  }

  async hears(count: number): Promise<readonly Transport[]> {
    while (this.heard.length < count && !this.socket.destroyed) await once(this.socket, 'data');
    return this.heard;
  }
}

function send({ server, clock }: Bench, bytes: Uint8Array): Promise<Delivery> {
  return sendVOEvent(bytes, { host, port: server.port, clock, identity: 'ivo://author' });
}

describe('receiving VOEvents over TCP', () => {
  it('acknowledges a packet with its ivorn and our name', async () => {
    const bench = await openBench();
    const peer = new Peer(bench).say(packet('1'));
    expect(await peer.hears(1)).toEqual([
      { role: 'ack', origin: 'ivo://author/stream#1', response: identity, result: null },
    ]);
    expect(bench.received).toEqual(['<VOEvent ivorn="ivo://author/stream#1"/>']);
  });

  it('answers only once the packet has been dealt with', async () => {
    const steps: string[] = [];
    let finish = () => {};
    const stored = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const bench = await openBench({
      onEvent: async () => {
        begin();
        await stored;
        steps.push('stored');
        return { ack: true };
      },
    });
    const delivery = send(bench, packet('1')).then(() => steps.push('answered'));
    await begun;
    expect(steps).toEqual([]);
    finish();
    await delivery;
    expect(steps).toEqual(['stored', 'answered']);
  });

  it('tells the instant of reception', async () => {
    const instants: number[] = [];
    const bench = await openBench({
      onEvent: async (_bytes, receivedMs) => {
        instants.push(receivedMs);
        return { ack: true };
      },
    });
    await send(bench, packet('1'));
    expect(instants).toEqual([startMs]);
  });

  it('refuses with the reason', async () => {
    const bench = await openBench({ onEvent: async () => ({ ack: false, reason: 'role <x>' }) });
    expect(await send(bench, packet('1'))).toEqual({ outcome: 'nak', reason: 'role <x>' });
  });

  it('hands over what is no XML, so that it is recorded, and answers', async () => {
    const bench = await openBench();
    expect(await send(bench, new TextEncoder().encode('hello'))).toEqual({ outcome: 'ack' });
    expect(bench.received).toEqual(['hello']);
  });

  it('takes several packets in one conversation and answers them in order', async () => {
    const bench = await openBench();
    const peer = new Peer(bench).say(packet('1'), packet('2'), packet('3'));
    const heard = await peer.hears(3);
    expect(heard.map((message) => message.origin.slice(-1))).toEqual(['1', '2', '3']);
  });

  it('answers an author that has closed its side already', async () => {
    const bench = await openBench();
    const peer = new Peer(bench).say(packet('1'));
    peer.socket.end();
    expect(await peer.hears(1)).toMatchObject([{ role: 'ack' }]);
    await peer.closed;
  });

  it('answers heartbeats and greetings', async () => {
    const bench = await openBench();
    const heartbeat = { origin: 'ivo://broker', response: null, result: null };
    const messages = (['authenticate', 'iamalive'] as const).map((role) =>
      writeTransport({ role, ...heartbeat }, startMs),
    );
    const heard = await new Peer(bench).say(...messages).hears(2);
    expect(heard).toEqual([
      { role: 'authenticate', ...heartbeat, response: identity },
      { role: 'iamalive', ...heartbeat, response: identity },
    ]);
    expect(bench.received).toEqual([]);
  });

  it('leaves a packet unanswered when it could not be stored', async () => {
    const bench = await openBench({ onEvent: () => Promise.reject(new Error('disk full')) });
    expect(await send(bench, packet('1'))).toMatchObject({ outcome: 'unanswered' });
    expect(bench.troubles).toEqual(['disk full']);
  });
});

describe('keeping strangers and nonsense out', () => {
  it.each([{ allow: [] }, { allow: ['192.0.2.1'] }])(
    'drops a peer that is not allowed',
    async (options) => {
      const bench = await openBench(options);
      expect(await send(bench, packet('1'))).toMatchObject({ outcome: 'unanswered' });
      expect(bench.received).toEqual([]);
      expect(bench.troubles).toEqual(['its address is not in the list of allowed senders']);
    },
  );

  it.each([
    ['an impossible length', [255, 255, 255, 255], /4294967295 bytes/],
    ['length 0', [0, 0, 0, 0], /length 0/],
    ['text instead of a length', [...Buffer.from('GET / HTTP/1.1\r\n\r\n')], /at most 1000000/],
  ])('refuses %s and hangs up', async (_name, bytes, reason) => {
    const bench = await openBench();
    const peer = new Peer(bench);
    peer.socket.write(Uint8Array.from(bytes));
    await peer.closed;
    expect(peer.heard).toMatchObject([{ role: 'nak', result: expect.stringMatching(reason) }]);
    expect(bench.troubles).toHaveLength(1);
  });

  it('gives up on half a packet after 20 seconds', async () => {
    const bench = await openBench();
    const peer = new Peer(bench);
    let isClosed = false;
    peer.closed.then(() => {
      isClosed = true;
    });
    peer.socket.write(frameMessage(packet('1')).subarray(0, 20));
    await waitUntil(() => peer.socket.bytesWritten === 20);
    for (let turn = 0; turn < 20; turn++) await bench.clock.run(startMs + 19_999);
    expect(isClosed).toBe(false);
    while (!isClosed) await bench.clock.run(startMs + 21_000);
    expect(bench.troubles).toEqual(['no complete message in 20 s']);
    expect(peer.heard).toMatchObject([{ role: 'nak', result: 'no complete message in 20 s' }]);
    expect(bench.received).toEqual([]);
  });

  it('is not kept waiting by single bytes', async () => {
    const bench = await openBench();
    const peer = new Peer(bench);
    let isClosed = false;
    peer.closed.then(() => {
      isClosed = true;
    });
    const stream = frameMessage(packet('1'));
    for (let second = 1; !isClosed && second < 30; second++) {
      peer.socket.write(stream.subarray(second - 1, second));
      await waitUntil(() => isClosed || peer.socket.writableLength === 0);
      void bench.clock.sleep(1);
      for (let turn = 0; turn < 5; turn++) await bench.clock.run(startMs + second * 1000);
    }
    while (!isClosed) await bench.clock.run(startMs + 30_000);
    expect(bench.received).toEqual([]);
    expect(bench.troubles).toHaveLength(1);
  });

  it('does not hurry a handler that takes longer than the time-out', async () => {
    let finish = () => {};
    const stored = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let isBegun = false;
    const bench = await openBench({
      onEvent: async () => {
        isBegun = true;
        await stored;
        return { ack: true };
      },
    });
    const peer = new Peer(bench).say(packet('1'));
    await waitUntil(() => isBegun);
    await bench.clock.run(startMs + 60_000);
    finish();
    expect(await peer.hears(1)).toMatchObject([{ role: 'ack' }]);
  });

  it('notes an author that leaves in the middle of a packet', async () => {
    const bench = await openBench();
    const peer = new Peer(bench);
    peer.socket.end(frameMessage(packet('1')).subarray(0, 20));
    await peer.closed;
    await waitUntil(() => bench.troubles.length > 0);
    expect(bench.troubles).toEqual(['it left in the middle of a message']);
  });

  it('serves no more authors at a time than it may', async () => {
    const bench = await openBench({ maxConnections: 1 });
    await new Peer(bench).say(packet('1')).hears(1);
    expect(await send(bench, packet('2'))).toMatchObject({ outcome: 'unanswered' });
    expect(bench.troubles).toEqual(['1 connections are open already']);
  });

  it('says what to do when the port is taken', async () => {
    const bench = await openBench();
    const second = openBench({ listen: { host, port: bench.server.port } });
    await expect(second).rejects.toMatchObject({ code: 'ALERT_LISTEN_FAILED' });
  });
});

describe('sending a VOEvent over TCP', () => {
  it('says that nobody listens', async () => {
    const bench = await openBench();
    await bench.server.close();
    const delivery = await send(bench, packet('1'));
    expect(delivery).toEqual({
      outcome: 'unanswered',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('gives up when no answer comes', async () => {
    const never = new Promise<never>(() => undefined);
    let isBegun = false;
    const bench = await openBench({
      onEvent: () => {
        isBegun = true;
        return never;
      },
    });
    const clock = new VirtualClock(startMs);
    let delivery: Delivery | null = null;
    const options = { host, port: bench.server.port, clock, identity: 'ivo://author' };
    void sendVOEvent(packet('1'), options).then((result) => {
      delivery = result;
    });
    await waitUntil(() => isBegun);
    while (!delivery) await clock.run(startMs + 21_000);
    expect(delivery).toEqual({ outcome: 'unanswered', reason: 'no answer in 20 s' });
    // The handler never ends, so neither may the test wait for it.
    cleanUps = cleanUps.slice(1);
  });
});

/** Lets the event loop turn until the sockets have done their part. */
async function waitUntil(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setImmediate(resolve));
}
