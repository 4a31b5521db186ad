import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { IndiHub, openDome, tcpLinks } from '#devices';
import { RealClock } from '#platform';
import { unitSchema } from '#unit';
import { IndiClient } from '../src/devices/indi/indi-client.ts';
import { CHECKOUT, writeRunSettings } from '../src/main/run-settings.ts';
import { simulatorWards } from '../src/main/runs/wards.ts';
import { Supervisor } from '../src/main/supervisor.ts';
import { until } from './indi-stage.ts';
import { needs } from './needs.ts';
import { freePorts, unitOnFreePorts } from './running-night.ts';

const indi = needs('indiserver');
const DRIVER = 'indi_simulator_dome';
const clock = new RealClock();
const log = () => undefined;

/** Whether this user may have a network of its own; where not, no real indiserver may run. */
const HAS_PRIVATE_NETWORK = spawnSync('unshare', ['-rn', 'ip', 'link', 'show', 'lo']).status === 0;

vi.setConfig({ maxConcurrency: 8 });

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'pyros-indi-'));
  ends.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A dome in a process of its own under a supervisor, behind an INDI server that runs already. */
async function servedDome() {
  const dataFolder = folder();
  const file = join(CHECKOUT, 'config', 'indi.yaml');
  const configured = unitSchema.parse(parse(readFileSync(file, 'utf8')));
  const address = { host: '127.0.0.1', port: 0 };
  const hub = await IndiHub.start({ address, programs: [DRIVER], home: dataFolder, clock, log });
  ends.push(() => hub.stop());
  const [port = 0] = await freePorts(1);
  const spec = { ...configured.dome, address: { host: '127.0.0.1', port } };
  const unit = { ...configured, dome: spec, indi: { server: hub.address } };
  const settings = { databaseUrl: '', time: null, seed: 1, scenario: [1], version: 'test' };
  const runFile = writeRunSettings({ ...settings, unit, dataFolder });
  const supervisor = new Supervisor({ runFile, dataFolder, clock, database: null });
  ends.push(() => supervisor.stop());
  await supervisor.start(simulatorWards(unit).filter(({ name }) => name === 'dome'));
  const dome = openDome(spec, { clock, links: tcpLinks({ clock, timeoutSeconds: 5 }) });
  const foreign = new IndiClient({ address: hub.address, devices: ['Dome Simulator'], log });
  ends.push(() => foreign.stop());
  /** What a stranger sees of the shutter. */
  const shutter = () => {
    const vector = foreign.properties.get('Dome Simulator', 'DOME_SHUTTER');
    const isClosed = foreign.properties.isOn('Dome Simulator', 'DOME_SHUTTER', 'SHUTTER_CLOSE');
    return `${isClosed ? 'closed' : 'open'} ${vector?.state}`;
  };
  const pid = () => supervisor.pids().get('dome') ?? 0;
  return { dome, hub, supervisor, pid, shutter, foreign };
}

async function openedDome() {
  const served = await servedDome();
  const { dome } = served;
  await until(
    () => dome.status(),
    ({ shutter }) => shutter === 'closed',
    30,
  );
  await dome.permit(10);
  await dome.open();
  await until(
    () => dome.status(),
    ({ shutter }) => shutter === 'open',
    30,
  );
  await dome.permit(10);
  expect(served.shutter()).toBe('open Ok');
  return served;
}

const closed = (shutter: () => string, seconds: number) =>
  until(
    async () => shutter(),
    (now) => now === 'closed Ok',
    seconds,
  );

describe.skipIf(!indi.available)('INDI’s devices in processes', { concurrent: true }, () => {
  test('a dome is closed before its process ends', async () => {
    const { supervisor, pid, shutter, dome } = await openedDome();
    process.kill(pid(), 'SIGTERM');
    await until(
      async () => shutter(),
      (now) => now === 'closed Busy',
      2,
    );
    await dome.permit(10);
    await expect(dome.open()).rejects.toThrow('ending');
    await supervisor.settled(['dome']);
    expect(shutter()).toBe('closed Ok');
    expect(supervisor.results()).toMatchObject([{ name: 'dome', ok: true }]);
  });

  test('a dome is closed before a run ends', async () => {
    const { supervisor, shutter } = await openedDome();
    await supervisor.stop();
    expect(shutter()).toBe('closed Ok');
    expect(supervisor.results()).toMatchObject([{ name: 'dome', ok: true }]);
  });

  test('the end of a process is not held up for ever by a driver that hangs', async () => {
    const { hub, supervisor, pid, shutter } = await openedDome();
    const driver = hub.pids.get(DRIVER) ?? 0;
    process.kill(driver, 'SIGSTOP');
    process.kill(pid(), 'SIGTERM');
    await supervisor.settled(['dome']);
    process.kill(driver, 'SIGCONT');
    // It was told, and obeys when it wakes.
    await closed(shutter, 15);
  });

  test('a dome whose permit runs out while INDI hangs closes when INDI wakes, unasked', async () => {
    const { hub, shutter, dome } = await openedDome();
    const driver = hub.pids.get(DRIVER) ?? 0;
    await dome.permit(1);
    process.kill(driver, 'SIGSTOP');
    await clock.sleep(4);
    process.kill(driver, 'SIGCONT');
    await closed(shutter, 15);
  });

  test('a process that is killed is started again, and closes a dome that it finds open', async () => {
    const { supervisor, pid, shutter, dome } = await openedDome();
    const killed = pid();
    process.kill(killed, 'SIGKILL');
    await closed(shutter, 30);
    expect(supervisor.pids().get('dome')).not.toBe(killed);
    await until(
      () => dome.status(),
      (status) => status.shutter === 'closed' && status.permitSeconds === 0,
      20,
    );
  });

  test('./pyros start runs the unit, tells it, and ends', async () => {
    const home = folder();
    const { file } = await unitOnFreePorts(home, { config: 'indi' });
    const cli = join(CHECKOUT, 'src', 'main', 'cli.ts');
    const words = ['--disable-warning=ExperimentalWarning', cli];
    const env = { ...process.env, PYROS_DATA: home, PYROS_DATABASE_URL: undefined, NO_COLOR: '1' };
    const pyros = (...rest: string[]) =>
      new Promise<string>((resolve) => {
        execFile(process.execPath, [...words, ...rest], { env }, (_, out, err) => {
          resolve(`${out}${err}`);
        });
      });
    const child = spawn(process.execPath, [...words, 'start', 'all', '--configfile', file], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const code = new Promise((resolve) => child.once('close', resolve));
    ends.push(() => child.kill('SIGTERM'));
    await until(
      async () => output,
      (now) => now.includes('Everything runs') || child.exitCode !== null,
      240,
    );
    expect(output).toContain('Everything runs');
    const status = await pyros('status', '--configfile', file);
    expect(status).toContain('Majordome');
    await pyros('stop', '--configfile', file);
    expect(await code, output).toBe(0);
    expect(output).toContain('indi … ok');
    expect(output).toContain('dome … ok');
  });

  test.skipIf(!HAS_PRIVATE_NETWORK)('a real indiserver is served as our hub is', async () => {
    const program = join(import.meta.dirname, 'indi-plain-server.ts');
    const command = 'ip link set lo up && exec "$0" "$@"';
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', program];
    const told = await new Promise<string>((resolve) => {
      execFile('unshare', ['-rn', 'bash', '-c', command, ...node], (_, out, err) => {
        resolve(out || err);
      });
    });
    expect(JSON.parse(told)).toEqual({ motion: 'tracking', pixels: 1280 * 1024, refused: true });
  });
});
