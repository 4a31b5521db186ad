import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agentBench, simulatedUnit } from '#testing';
import { GicAgent } from './gic-agent.ts';
import { GicServer } from './gic-server.ts';

const LOCAL = { host: '127.0.0.1', port: 0 };

async function client(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function openServer(told: string[] = []): Promise<GicServer> {
  const server = await GicServer.open({ listen: LOCAL, onTrouble: (one) => told.push(one) });
  onTestFinished(() => server.close());
  return server;
}

describe('the feed for GIC', () => {
  it('sends every client one line of JSON at each period', async () => {
    const bench = await agentBench();
    const unit = { ...simulatedUnit(), gic: { listen: LOCAL, periodSeconds: 6 } };
    const agent = new GicAgent(bench.context('GicFeed'), { unit, listen: true });
    void bench.live(agent);
    await bench.pass(1);
    const clients = [await client(agent.port ?? 0), await client(agent.port ?? 0)];
    for (let turn = 0; turn < 2; turn++) {
      const lines = Promise.all(clients.map((socket) => once(socket, 'data')));
      await bench.pass(6);
      for (const [chunk] of await lines) {
        const [line = '', rest] = String(chunk).split('\n');
        expect(rest).toBe('');
        expect(JSON.parse(line)).toMatchObject({ name: 'GIC_STATUS', unit: 'SimulUnit1' });
      }
    }
  });

  it('listens nowhere on virtual time', async () => {
    const bench = await agentBench();
    const agent = new GicAgent(bench.context('GicFeed'), { unit: simulatedUnit(), listen: false });
    void bench.live(agent);
    await bench.pass(20);
    expect(agent.port).toBeNull();
  });
});

describe('its server', () => {
  it('lets no more than sixteen in', async () => {
    const server = await openServer();
    for (let i = 0; i < 16; i++) await client(server.port);
    const late = connect({ host: '127.0.0.1', port: server.port });
    late.on('error', () => undefined);
    await once(late, 'close');
    expect(server.clients).toBe(16);
  });

  it('drops who does not read, and goes on serving the others', async () => {
    const told: string[] = [];
    const server = await openServer(told);
    const [slow, quick] = [await client(server.port), await client(server.port)];
    slow.pause();
    let got = 0;
    quick.on('data', (chunk: Buffer) => (got += chunk.length));
    const line = 'x'.repeat(500_000);
    let sent = 0;
    while (told.length === 0 && sent < 200) {
      server.send(line);
      sent++;
      await expect.poll(() => got, { timeout: 10_000 }).toBe(sent * 500_001);
    }
    expect(told).toEqual([expect.stringContaining('too slow')]);
    await expect.poll(() => server.clients).toBe(1);
  });

  it('throws away what clients send', async () => {
    const server = await openServer();
    const talker = await client(server.port);
    talker.write('GET / HTTP/1.1\r\n\r\n');
    const line = once(talker, 'data');
    server.send('{"a":1}');
    expect(String((await line)[0])).toBe('{"a":1}\n');
  });

  it('says plainly that its address is taken', async () => {
    const { port } = await openServer();
    const second = GicServer.open({ listen: { ...LOCAL, port }, onTrouble: () => undefined });
    await expect(second).rejects.toMatchObject({ code: 'ADDRESS_UNAVAILABLE' });
  });
});
