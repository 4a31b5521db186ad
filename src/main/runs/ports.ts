import { createConnection, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { PyrosError } from '#platform';
import { type AgentSpec, devicesOf, type Unit } from '#unit';

/** What listens at an address of this computer. */
export interface Listener {
  /** For people: `the page`, or the device. */
  readonly what: string;
  readonly host: string;
  readonly port: number;
  readonly remedy: string;
}

const ANOTHER_PYROS = 'Stop what uses it: is another PyROS running?';

/** Where the devices listen that a unit serves itself: simulators, and those that speak INDI behind. */
export function simulatorListeners(unit: Unit): readonly Listener[] {
  const devices = devicesOf(unit)
    .filter(({ control, driver }) => control === 'simulated' || driver !== 'pyros')
    .map(({ alias, address }) => ({ what: alias, ...address, remedy: ANOTHER_PYROS }));
  if (!unit.indi?.drivers) return devices;
  const remedy = 'Stop what uses it, or change indi.server in the unit file.';
  return [...devices, { what: 'INDI', ...unit.indi.server, remedy }];
}

/** Where these agents listen. */
export function agentListeners(unit: Unit, agents: readonly AgentSpec[]): readonly Listener[] {
  const kinds = agents.map((agent) => agent.kind);
  const remedy = 'Stop what uses it, or choose another with --port.';
  return [
    ...(kinds.includes('web') ? [{ what: 'the page', ...unit.web.listen, remedy }] : []),
    ...(kinds.includes('alert')
      ? [{ what: 'alerts', ...unit.alerts.listen, remedy: ANOTHER_PYROS }]
      : []),
    ...(kinds.includes('gic') && unit.gic
      ? [{ what: 'the feed for GIC', ...unit.gic.listen, remedy: ANOTHER_PYROS }]
      : []),
  ];
}

export function addressOf({ host, port }: { host: string; port: number }): string {
  return `${host}:${port}`;
}

/** A run of ours, and where it listens (`host:port`). */
interface Holder {
  readonly command: string;
  readonly pid: number;
  readonly addresses: readonly string[];
}

/** All ports at once, before anything starts; `runs` may hold them. Throws `PORT_TAKEN`. */
export async function requireFree(
  listeners: readonly Listener[],
  runs: readonly Holder[],
): Promise<void> {
  for (const { what, host, port, remedy } of listeners) {
    // A run that is still starting listens a moment later.
    const run = runs.find((one) => one.addresses.includes(addressOf({ host, port })));
    if (run) throw takenByRun(`Port ${port} (${what})`, run);
    if (await isFree(host, port)) continue;
    throw new PyrosError('PORT_TAKEN', `Port ${port} (${what}) is taken by another program.`, {
      remedy,
    });
  }
}

function takenByRun(what: string, { command, pid }: Holder): PyrosError {
  return new PyrosError('PORT_TAKEN', `${what} is taken by "${command}" (process ${pid}).`, {
    remedy: 'It runs from this data folder: see ./pyros status, end it with ./pyros stop.',
  });
}

export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port }, () => server.close(() => resolve(true)));
  });
}

/** Whether somebody answers there. */
export function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const end = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(2000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** Whether a host of a unit file is this computer; `names` are the computer's own names. */
export function isThisComputer(host: string, names: readonly string[]): boolean {
  if (isLoopback(host) || names.some((name) => name.toLowerCase() === host.toLowerCase()))
    return true;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.some(({ address }) => address === host);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
