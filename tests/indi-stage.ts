import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  IndiHub,
  indiDevices,
  openCamera,
  openDome,
  openFocuser,
  openStation,
  openTelescope,
  serveTcp,
  type TcpServer,
  tcpLinks,
} from '#devices';
import { RealClock } from '#platform';
import { type Unit, unitSchema } from '#unit';
import { IndiClient } from '../src/devices/indi/indi-client.ts';

/** One of INDI's simulators behind a hub of ours, and served in our own words, on ports of its own. */
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

/** The driver programs behind each device of config/indi.yaml. */
const PROGRAMS = {
  mount: ['indi_simulator_telescope'],
  VIS: ['indi_simulator_ccd', 'indi_simulator_wheel'],
  'focuser-VIS': ['indi_simulator_focus'],
  dome: ['indi_simulator_dome'],
  IndiWeather: ['indi_simulator_weather'],
} as const;
export type IndiName = keyof typeof PROGRAMS;

/** One device and its drivers, fresh: others keep their address of config/indi.yaml, where nobody is. */
export async function indiStage(only: IndiName, { permitSeconds = 10 } = {}): Promise<IndiStage> {
  const home = mkdtempSync(join(tmpdir(), 'pyros-indi-'));
  const file = new URL('../config/indi.yaml', import.meta.url);
  const configured = unitSchema.parse(parse(readFileSync(file, 'utf8')));
  const clock = new RealClock();
  const told: string[] = [];
  const log = (sentence: string) => void told.push(sentence);
  const hub = await IndiHub.start({
    address: { host: '127.0.0.1', port: 0 },
    programs: PROGRAMS[only],
    home,
    clock,
    log,
  });
  const dome = { ...configured.dome, permitSeconds };
  const atHub = { ...configured, dome, indi: { server: hub.address } };
  const servers: TcpServer[] = [];
  const stops: (() => Promise<void> | void)[] = [];
  const addressOf: Place = async (name, address) => {
    if (name !== only) return address;
    const device = indiDevices(atHub)[name]?.({ clock, log });
    if (!device) throw new Error(`${name} is no INDI device`);
    stops.push(() => device.stop());
    const free = { host: '127.0.0.1', port: 0 };
    const server = await serveTcp({ ...device, address: free, onTrouble: log });
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
    pid: (program) => {
      const pid = hub.pids.get(program);
      if (!pid) throw new Error(`${program} does not run`);
      return pid;
    },
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await Promise.all(servers.map((server) => server.close()));
      await hub.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface Address {
  readonly host: string;
  readonly port: number;
}
type Place = (name: string, configured: Address) => Promise<Address>;

async function placed(unit: Unit, addressOf: Place): Promise<Unit> {
  const [mount] = unit.mounts;
  const [vis, ...others] = unit.channels;
  const [station] = unit.stations;
  if (!mount || !vis?.focuser || !station) throw new Error('config/indi.yaml lacks a device');
  const at = async <Device extends { address: Address }>(name: string, device: Device) => {
    return { ...device, address: await addressOf(name, device.address) };
  };
  const focuser = await at(`focuser-${vis.alias}`, vis.focuser);
  return {
    ...unit,
    mounts: [await at('mount', mount)],
    channels: [{ ...(await at(vis.alias, vis)), focuser }, ...others],
    dome: await at('dome', unit.dome),
    stations: [await at(station.alias, station)],
  };
}

/** The devices of a stage as agents open them. */
export function opened(stage: IndiStage) {
  const deps = { clock: stage.clock, links: stage.links };
  const { mounts, channels, dome, stations } = stage.unit;
  const [mount] = mounts;
  const [channel] = channels;
  const [station] = stations;
  if (!mount || !channel?.focuser || !station) throw new Error('config/indi.yaml lacks a device');
  const { focuser } = channel;
  return {
    mount: () => openTelescope(mount, deps),
    camera: () => openCamera(channel, deps),
    dome: () => openDome(dome, deps),
    focuser: () => openFocuser(focuser, deps),
    station: () => openStation(station, deps),
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
