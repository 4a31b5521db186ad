import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type Clock, PyrosError, sentenceOf } from '#platform';
import { addressText } from './device-unreachable.ts';
import { faultyAnswer } from './faulty-answer.ts';
import type { Framed } from './framing.ts';
import type { Address, Endpoint, Reply, WireFault, WireKind } from './link.ts';
import { type WireFormat, wireFormats } from './wire-format.ts';

/** More clients than agents of a unit ever make; it bounds what a faulty client may take. */
const MAX_CLIENTS = 64;

export interface TcpServerOptions {
  readonly endpoint: Endpoint;
  /** Port 0 takes any free port. */
  readonly address: Address;
  readonly wire: WireKind;
  /** Told of garbage and of failing requests, one sentence each. */
  readonly onTrouble: (sentence: string) => void;
  /** For a simulated wire that is slow; without it such a wire stops in the middle of its answer. */
  readonly clock?: Clock;
}

/** An endpoint being served. */
export interface TcpServer {
  /** Where it listens, with the port really taken. */
  readonly address: Address;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/**
 * Serves an endpoint over TCP to several clients; each client's requests are answered in order.
 * Rejects with `ADDRESS_UNAVAILABLE` when it cannot listen there.
 */
export async function serveTcp(options: TcpServerOptions): Promise<TcpServer> {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
    serveClient(socket, options).catch(() => socket.destroy());
  });
  server.maxConnections = MAX_CLIENTS;
  const address = await listen(server, options.address);
  return {
    address,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of clients) socket.destroy();
      await closed;
    },
  };
}

async function listen(server: Server, address: Address): Promise<Address> {
  try {
    server.listen(address);
    await once(server, 'listening');
  } catch (error) {
    throw new PyrosError('ADDRESS_UNAVAILABLE', `Cannot listen on ${addressText(address)}.`, {
      remedy: 'Stop the program that listens there, or change the address in the unit file.',
      cause: error,
    });
  }
  const bound = server.address();
  const port = bound && typeof bound === 'object' ? bound.port : address.port;
  return { host: address.host, port };
}

/** Ends when the client leaves, or rejects when its connection breaks. */
async function serveClient(socket: Socket, options: TcpServerOptions): Promise<void> {
  const format = wireFormats[options.wire];
  const requests = format.requests();
  socket.setNoDelay(true);
  // Reading waits until each reply is written: a client that asks without listening is held back.
  for await (const chunk of socket) {
    for (const item of requests.push(chunk)) {
      const reply = await replyTo(item, format, options);
      await deliver(socket, format.encode(reply), { fault: reply.fault, clock: options.clock });
      if (item.kind === 'garbage' && item.lost) return;
    }
  }
}

async function replyTo(
  item: Framed<string>,
  format: WireFormat,
  { endpoint, onTrouble }: TcpServerOptions,
): Promise<Reply> {
  if (item.kind === 'garbage') {
    onTrouble(`Garbage on the wire: ${item.reason}.`);
    return format.refusal(item.reason);
  }
  try {
    return await endpoint.handle(item.message);
  } catch (error) {
    onTrouble(`A request failed: ${sentenceOf(error)}`);
    return format.refusal('the device failed to answer');
  }
}

/** Writes an answer, or what the fault of a simulated wire makes of it. */
async function deliver(
  socket: Socket,
  bytes: readonly Uint8Array[],
  { fault, clock }: { fault: WireFault | undefined; clock: Clock | undefined },
): Promise<void> {
  if (!fault) return await write(socket, bytes);
  const { chunks, waitSeconds, thenCut } = faultyAnswer(bytes, fault);
  for (const chunk of chunks) {
    if (waitSeconds > 0 && !clock) return;
    if (waitSeconds > 0) await clock?.sleep(waitSeconds);
    await write(socket, [chunk]);
  }
  if (thenCut) socket.resetAndDestroy();
}

async function write(socket: Socket, parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) {
    await new Promise<void>((resolve, reject) => {
      socket.write(part, (error) => (error ? reject(error) : resolve()));
    });
  }
}
