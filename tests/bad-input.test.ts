import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendVOEvent } from '#alert';
import { RealClock } from '#platform';
import { migrateDatabase } from '../src/main/prepare-run.ts';
import { freePorts, type RunningNight, startNight } from './running-night.ts';

const CHECKOUT = join(import.meta.dirname, '..');
const CLI = join(CHECKOUT, 'src', 'main', 'cli.ts');

/** Runs one command to its end, with a data folder of its own. */
function pyros(dataFolder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CLI, ...args],
    { env: { ...process.env, PYROS_DATA: dataFolder }, encoding: 'utf8', timeout: 240_000 },
  );
  return { status, output: stdout + stderr };
}

describe('starting with something wrong', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pyros bad '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lists all errors of a unit file with path and line, and starts nothing', () => {
    const good = readFileSync(join(CHECKOUT, 'config', 'simulated.yaml'), 'utf8');
    const bad = good
      .replace('latDeg: 43.75203', 'latDeg: 143.75203')
      .replace('port: 5001', 'port: 5000')
      .replace('slewDegPerSecond: 8', 'slewDegrees: 8');
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, bad);
    const { status, output } = pyros(join(folder, 'data'), 'demo', '--config', file, '--exit');
    expect(status).toBe(1);
    expect(output).toMatch(/bad\.yaml:\d+ {2}site\.latDeg: /);
    expect(output).toMatch(/bad\.yaml:\d+ {2}mounts\.0\.slewDegrees: no such key/);
    expect(output).toMatch(/bad\.yaml:\d+ {2}mounts\.0\.slewDegPerSecond: /);
    expect(output).toContain('nothing was started');
    expect(readdirSync(folder)).toEqual(['bad.yaml']);
  });

  it('tells of two devices on one port', () => {
    const good = readFileSync(join(CHECKOUT, 'config', 'simulated.yaml'), 'utf8');
    const file = join(folder, 'clash.yaml');
    writeFileSync(file, good.replace('port: 5001', 'port: 5000'));
    const { status, output } = pyros(join(folder, 'data'), 'demo', '--config', file, '--exit');
    expect(status).toBe(1);
    expect(output).toContain('5000 is already that of mounts.0');
  });

  it('says in one sentence which port is taken and what to do', async () => {
    const [port = 0] = await freePorts(1);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const { status, output } = pyros(join(folder, 'data'), 'demo', '--port', `${port}`, '--exit');
    server.close();
    expect(status).toBe(1);
    expect(output).toContain(`Port ${port} (the page) is taken`);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it('leaves a file alone that is not a database', () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'pyros.sqlite'), 'my holiday photos');
    const { status, output } = pyros(data, 'demo', '--exit');
    expect(status).toBe(1);
    expect(output).toContain('Move the file away');
    expect(readFileSync(join(data, 'pyros.sqlite'), 'utf8')).toBe('my holiday photos');
  });

  it('refuses a database that a newer PyROS made', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const file = join(data, 'pyros.sqlite');
    await migrateDatabase(`sqlite:${file}`);
    const database = new DatabaseSync(file);
    database.exec("insert into version (name) values ('29990101000000-future')");
    database.close();
    const { status, output } = pyros(data, 'demo', '--exit');
    expect(status).toBe(1);
    expect(output).toContain('made by a newer PyROS');
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['--date', '2014-02-30'],
    ['--rate', '-3'],
    ['--port', '99999'],
    ['--site', 'Atlantis'],
  ])('refuses %s %s with what to write instead', (option, value) => {
    const { status, output } = pyros(join(folder, 'data'), 'demo', option, value, '--exit');
    expect(status).toBe(1);
    expect(output).toMatch(/Write|Choose/);
  });
});

describe('a running unit', () => {
  let night: RunningNight;
  beforeAll(async () => {
    night = await startNight({ args: ['--rate', '30'] });
  });
  afterAll(() => night.stop());

  const alertPort = () => {
    const run = JSON.parse(readFileSync(join(night.dataFolder, 'run.json'), 'utf8'));
    return run.unit.alerts.listen.port as number;
  };

  it.each([
    ['not XML at all', 'GRB over there!'],
    [
      'cut in the middle',
      '<?xml version="1.0"?><voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0"',
    ],
    ['with a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ])('refuses a VOEvent %s with a reason, and nothing else changes', async (_name, text) => {
    const before = await night.facts();
    const options = {
      host: '127.0.0.1',
      port: alertPort(),
      clock: new RealClock(),
      identity: 'ivo://test/x',
    };
    const delivery = await sendVOEvent(new TextEncoder().encode(text), options);
    expect(delivery.outcome).toBe('nak');
    const after = (await night.facts()).slice(before.length);
    const about = after.filter((fact) => fact.agent === 'AlertListener');
    expect(about.map((fact) => fact.type)).toEqual(['AlertRefused']);
  });

  it('refuses a malformed request file with all its errors, and submits a good one', async () => {
    const bad = join(night.dataFolder, 'bad.xml');
    writeFileSync(
      bad,
      '<request submitted="1" relative="1" name="x" target_type="test"><sequence/></request>',
    );
    const refused = pyros(night.dataFolder, 'request', bad);
    expect(refused.status).toBe(1);
    expect(refused.output).toContain('scientific_program');
    expect((await night.facts()).some((fact) => fact.type === 'RequestRefused')).toBe(true);
    const good = join(CHECKOUT, 'config', 'requests', 'routine_request_01.xml');
    const submitted = pyros(night.dataFolder, 'request', good);
    expect(submitted.output).toContain('Submitted as request');
    expect(submitted.status).toBe(0);
  });
});
