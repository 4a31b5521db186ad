import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { IndiHub, indiDevices, serveTcp, type TcpServer, tcpLinks } from '#devices';
import { RealClock } from '#platform';
import { type Unit, unitSchema } from '#unit';
import { IndiClient } from '../src/devices/indi/indi-client.ts';

/** INDI's simulators behind a hub of ours, and each served in our own words, on ports of their own. */
export interface IndiStage {
  readonly clock: RealClock;
  readonly hub: IndiHub;
  /** The unit of config/indi.yaml at the addresses of this stage. */
  readonly unit: Unit;
  readonly links: ReturnType<typeof tcpLinks>;
  /** What the hub and the served devices told. */
  readonly told: string[];
  /** A second, foreign client of the same drivers. */
  client(device: string): IndiClient;
  /** The process of a driver, to be stopped or killed. */
  pid(program: string): number;
  stop(): Promise<void>;
}

export async function indiStage({ permitSeconds = 10 } = {}): Promise<IndiStage> {
  const home = mkdtempSync(join(tmpdir(), 'pyros-indi-'));
  const file = new URL('../config/indi.yaml', import.meta.url);
  const configured = unitSchema.parse(parse(readFileSync(file, 'utf8')));
  const clock = new RealClock();
  const told: string[] = [];
  const log = (sentence: string) => void told.push(sentence);
  const hub = await IndiHub.start({
    address: { host: '127.0.0.1', port: 0 },
    programs: configured.indi?.drivers ?? [],
    home,
    clock,
    log,
  });
  const dome = { ...configured.dome, permitSeconds };
  const atHub = { ...configured, dome, indi: { server: hub.address } };
  const servers: TcpServer[] = [];
  const stops: (() => void)[] = [];
  const addressOf = async (name: string) => {
    const device = indiDevices(atHub)[name]?.({ clock, log });
    if (!device) throw new Error(`${name} is no INDI device`);
    stops.push(() => device.stop());
    const address = { host: '127.0.0.1', port: 0 };
    const server = await serveTcp({ ...device, address, onTrouble: log });
    servers.push(server);
    return server.address;
  };
  const unit = await placed(atHub, addressOf);
  return {
    clock,
    hub,
    unit,
    told,
    links: tcpLinks({ clock, timeoutSeconds: 5 }),
    client: (device) => {
      const client = new IndiClient({ address: hub.address, devices: [device], log });
      stops.push(() => client.stop());
      return client;
    },
    pid: (program) => hub.pids.get(program) ?? 0,
    stop: async () => {
      for (const stop of stops) stop();
      await Promise.all(servers.map((server) => server.close()));
      await hub.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function placed(
  unit: Unit,
  addressOf: (name: string) => Promise<{ host: string; port: number }>,
): Promise<Unit> {
  const [mount] = unit.mounts;
  const [vis, ...others] = unit.channels;
  const [station] = unit.stations;
  if (!mount || !vis?.focuser || !station) throw new Error('config/indi.yaml lacks a device');
  const focuser = { ...vis.focuser, address: await addressOf(`focuser-${vis.alias}`) };
  return {
    ...unit,
    mounts: [{ ...mount, address: await addressOf('mount') }],
    channels: [{ ...vis, focuser, address: await addressOf(vis.alias) }, ...others],
    dome: { ...unit.dome, address: await addressOf('dome') },
    stations: [{ ...station, address: await addressOf(station.alias) }],
  };
}

/** Asks again and again, until the answer fulfils a wish; fails with the last answer. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  wish: (answer: Answer) => boolean,
  seconds: number,
): Promise<Answer> {
  const clock = new RealClock();
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask().catch((error: unknown) => error);
    if (!(answer instanceof Error) && wish(answer as Answer)) return answer as Answer;
    if (performance.now() > deadline) {
      throw new Error(
        `never came within ${seconds} s; last: ${String(answer)} ${JSON.stringify(answer)}`,
      );
    }
    await clock.sleep(0.1);
  }
}
