import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../tests/running-night.ts';
import { endOfChild } from './child.ts';
import { NatsClient } from './nats-client.ts';

/** A NATS server of this measurement alone, on loopback. */
export interface NatsServer {
  readonly port: number;
  stop(): Promise<void>;
}

const TRIES = 50;
const PAUSE_MS = 100;

/** Starts Debian's nats-server without persistence; null when there is none here. */
export async function startNatsServer(): Promise<NatsServer | null> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-nats-'));
  const [port = 0] = await freePorts(1);
  // Debian keeps servers where only root's PATH leads.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}${delimiter}/usr/sbin` };
  const words = ['-a', '127.0.0.1', '-p', `${port}`];
  const server = spawn('nats-server', words, { cwd: folder, env, stdio: 'ignore' });
  const stop = async () => {
    await endOfChild(server);
    rmSync(folder, { recursive: true, force: true });
  };
  const isMissing = await new Promise<boolean>((resolve) => {
    server.once('spawn', () => resolve(false));
    server.once('error', () => resolve(true));
  });
  if (isMissing) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  try {
    await untilReady(server, port);
    return { port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(server: ChildProcess, port: number): Promise<void> {
  for (let i = 0; i < TRIES && server.exitCode === null; i++) {
    try {
      (await NatsClient.connect(port, 'ready')).close();
      return;
    } catch {
      await sleep(PAUSE_MS);
    }
  }
  throw new Error('the NATS server did not start');
}
