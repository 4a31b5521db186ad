import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '#platform';
import type { Address, Endpoint, WireKind } from './link.ts';
import { TcpLink } from './tcp-link.ts';
import { serveTcp } from './tcp-server.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function serve(endpoint: Endpoint, wire: WireKind = 'lines') {
  const troubles: string[] = [];
  const server = await serveTcp({
    endpoint,
    address: { host: '127.0.0.1', port: 0 },
    wire,
    onTrouble: (sentence) => troubles.push(sentence),
  });
  opened.push(server);
  return { server, troubles };
}

/** A client that writes whatever a test says and collects what comes back. */
function rawClient(address: Address) {
  const socket: Socket = connect(address);
  opened.push({ close: () => socket.destroy() });
  socket.on('error', () => undefined);
  const received = async (until: string): Promise<string> => {
    let text = '';
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      text += String(chunk);
      if (text.endsWith(until)) return text;
    }
    return text;
  };
  return { socket, received };
}

const echo: Endpoint = { handle: async (text) => ({ text: `OK {"asked":"${text}"}` }) };

describe('a TCP server', () => {
  it('answers a request that comes in pieces', async () => {
    const { server } = await serve(echo);
    const { socket, received } = rawClient(server.address);
    socket.write('GET ST', () => setImmediate(() => socket.write('ATUS\n')));
    expect(await received('\n')).toBe('OK {"asked":"GET STATUS"}\n');
  });

  it('answers two requests of one packet in their order, the slow one first', async () => {
    const turns: (() => void)[] = [];
    const slowFirst: Endpoint = {
      handle: async (text) => {
        if (text === 'slow') await new Promise<void>((resolve) => turns.push(resolve));
        return { text };
      },
    };
    const { server } = await serve(slowFirst);
    const { socket, received } = rawClient(server.address);
    socket.write('slow\nfast\n');
    while (turns.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (const turn of turns) turn();
    expect(await received('fast\n')).toBe('slow\nfast\n');
  });

  it('serves another client while one waits', async () => {
    const patient: Endpoint = {
      handle: (text) =>
        text === 'wait' ? new Promise(() => undefined) : Promise.resolve({ text }),
    };
    const { server } = await serve(patient);
    rawClient(server.address).socket.write('wait\n');
    const second = rawClient(server.address);
    second.socket.write('hello\n');
    expect(await second.received('\n')).toBe('hello\n');
  });

  it('refuses an endless line, tells of it, and ends the connection', async () => {
    const { server, troubles } = await serve(echo);
    const { socket } = rawClient(server.address);
    socket.write('x'.repeat(70_000));
    socket.resume();
    await once(socket, 'close');
    expect(troubles).toEqual([expect.stringContaining('exceeds 65536 bytes')]);
  });

  it('answers garbage on the PLC’s wire with an error and goes on', async () => {
    const { server, troubles } = await serve({ handle: async () => ({ text: '[1]' }) }, 'json');
    const { socket, received } = rawClient(server.address);
    socket.write('hello {"command":[]}');
    expect(await received('[1]')).toBe('[{"name":"ERROR","comment":"\\"hello\\" is not JSON"}][1]');
    expect(troubles).toEqual(['Garbage on the wire: "hello" is not JSON.']);
  });

  it('answers with an error when its endpoint fails, and tells why', async () => {
    const broken: Endpoint = { handle: () => Promise.reject(new Error('out of paper')) };
    const { server, troubles } = await serve(broken);
    const { socket, received } = rawClient(server.address);
    socket.write('GET STATUS\n');
    expect(await received('\n')).toMatch(/^ERR [A-Z_]+ /);
    expect(troubles).toEqual(['A request failed: out of paper']);
  });

  it('survives a client that leaves before its answer', async () => {
    const { server } = await serve(echo);
    const leaving = rawClient(server.address);
    leaving.socket.write('GET STATUS\n', () => leaving.socket.resetAndDestroy());
    await once(leaving.socket, 'close');
    const staying = rawClient(server.address);
    staying.socket.write('a\n');
    expect(await staying.received('\n')).toBe('OK {"asked":"a"}\n');
  });

  it('carries an image to a TCP link', async () => {
    const body = Uint8Array.from({ length: 300_000 }, (_, i) => i % 256);
    const text = `OK IMAGE {"bytes":${body.length}}`;
    const { server } = await serve({ handle: async () => ({ text, body }) });
    const clock = new VirtualClock(0);
    const { address } = server;
    const link = new TcpLink({ address, wire: 'lines', clock, timeoutSeconds: 10 });
    opened.push(link);
    const reply = await link.request('GET IMAGE a');
    expect(reply.text).toBe(text);
    expect(Buffer.compare(reply.body ?? new Uint8Array(0), body)).toBe(0);
  });

  it('says so when its address is taken', async () => {
    const { server } = await serve(echo);
    const second = serveTcp({
      endpoint: echo,
      address: server.address,
      wire: 'lines',
      onTrouble: () => undefined,
    });
    await expect(second).rejects.toMatchObject({ code: 'ADDRESS_UNAVAILABLE' });
  });

  it('ends its connections and frees its address when closed', async () => {
    const { server } = await serve(echo);
    const { socket, received } = rawClient(server.address);
    socket.write('a\n');
    await received('\n');
    const ended = once(socket, 'close');
    await server.close();
    socket.resume();
    await ended;
    const again = await serveTcp({
      endpoint: echo,
      address: server.address,
      wire: 'lines',
      onTrouble: () => undefined,
    });
    opened.push(again);
    expect(again.address).toEqual(server.address);
  });
});
