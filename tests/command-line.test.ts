import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unitOnPorts } from '../bench/support/unit-on-ports.ts';
import { CHECKOUT } from '../src/main/run-settings.ts';
import type { UnitStatus } from '../src/main/status/unit-status.ts';
import { freePorts } from './running-night.ts';

const CLI = join(import.meta.dirname, '..', 'src', 'main', 'cli.ts');
const NODE = ['--disable-warning=ExperimentalWarning', CLI];

let folder: string;
let unitFile: string;

const environment = () => {
  const { PYROS_DATABASE_URL: _ours, ...rest } = process.env;
  return { ...rest, PYROS_DATA: join(folder, 'data'), NO_COLOR: '1' };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyros-test-'));
  unitFile = join(folder, 'unit.yaml');
  const [mount = 0, vis = 0, nir = 0, dome = 0, plc = 0, alerts = 0, web = 0] = await freePorts(7);
  writeFileSync(unitFile, unitOnPorts({ mount, vis, nir, dome, plc, alerts, web }).toString());
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command to its end. */
function pyros(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const args = [...NODE, '--configfile', unitFile, ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: environment() }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

/** Starts a command that stays. */
function staying(...words: string[]) {
  const child: ChildProcess = spawn(
    process.execPath,
    [...NODE, '--configfile', unitFile, ...words],
    { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  child.stdout?.on('data', (chunk) => (out += chunk));
  child.stderr?.on('data', (chunk) => (out += chunk));
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = async (words: string): Promise<void> => {
    for (let i = 0; !out.includes(words); i++) {
      if (child.exitCode !== null || i > 1200) throw new Error(`never said "${words}":\n${out}`);
      await sleep(50);
    }
  };
  return { code, says, out: () => out };
}

const statusNow = async () => JSON.parse((await pyros('status', '--json')).out) as UnitStatus;
const agentNow = async (name: string) =>
  (await statusNow()).agents.find((agent) => agent.name === name);
const runFiles = () => {
  const runs = join(folder, 'data', 'runs');
  return existsSync(runs) ? readdirSync(runs) : [];
};

describe('the command line', () => {
  it('lists its commands by what they are about', async () => {
    const { code, out } = await pyros('--help');
    expect(code).toBe(0);
    for (const word of ['The unit:', 'The database:', 'start ', 'doctor ', 'backup ']) {
      expect(out).toContain(word);
    }
  });

  it('names the nearest command and the list when there is no such command', async () => {
    const { code, err } = await pyros('strat', 'all');
    expect(code).toBe(1);
    expect(err).toMatch(/no command "strat"\. Did you mean start\? There are start, stop/);
  });

  it('names the nearest agent and the list when there is no such agent', async () => {
    const { code, err } = await pyros('start', 'agentA,schedulr');
    expect(code).toBe(1);
    expect(err).toMatch(/no agent "schedulr"\. Did you mean Scheduler\? Its agents are Guardian/);
  });

  it('says that nothing runs', async () => {
    expect(await pyros('stop')).toMatchObject({ code: 0 });
    const { code, out } = await pyros('status');
    expect(code).toBe(0);
    expect(out).toContain('Nothing runs.');
  });

  it('completes commands, options and agents in bash', async () => {
    const { out: script } = await pyros('completion', 'bash');
    const completed = (...line: string[]) => {
      const words = line.map((word) => `'${word}'`).join(' ');
      const ask = `COMP_WORDS=(${words}); COMP_CWORD=${line.length - 1}; _pyros; echo "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' }).trim();
    };
    expect(completed('./pyros', 'upd')).toBe('updatedb update');
    expect(completed('./pyros', 'start', 'agentA,AgentB')).toBe('agentA,AgentB');
    expect(completed('./pyros', 'stop', 'Guardian,Maj')).toBe('Guardian,Majordome');
    expect(completed('./pyros', 'status', '--j')).toBe('--json');
  });
});

describe('start in TEST mode', () => {
  it('fails the self-test, and says so, when the partner obeys nobody', async () => {
    const stubborn = join(folder, 'stubborn.yaml');
    const line = '{ alias: AgentB, kind: agentB, computer: Computer1, start: on-demand }';
    const unit = readFileSync(join(CHECKOUT, 'config', 'simulated.yaml'), 'utf8');
    expect(unit).toContain(line);
    writeFileSync(stubborn, unit.replace(line, line.replace(' }', ', obeys: [Nobody] }')));
    const { code, out } = await pyros('--configfile', stubborn, '-t', 'start', 'agentA,agentB');
    expect(out).toMatch(/AgentA.*result is failed \(4 of 9 assertions\)/);
    expect(out).toMatch(/AgentA … failed \(.*specific0.*COMMAND_FORBIDDEN/);
    expect(code).toBe(1);
  });

  it('runs the self-test of agents A and B, says ok for both, and leaves nothing', async () => {
    const { code, out } = await pyros('-t', 'start', 'agentA,', 'AGENTB');
    expect(out).toMatch(/AgentA.*result is ok \(9 assertions\)/);
    expect(out).toMatch(/AgentB.*result is ok \(6 assertions\)/);
    expect(out.trimEnd().split('\n').slice(-2)).toEqual(['AgentA … ok', 'AgentB … ok']);
    expect(code).toBe(0);
    expect(runFiles()).toEqual([]);
    expect(existsSync(join(folder, 'data', 'pyros.sqlite'))).toBe(false);
  });
});

describe('a unit that was started', () => {
  let unit: ReturnType<typeof staying>;

  beforeAll(async () => {
    unit = staying('start', 'all');
    await unit.says('Everything runs');
  });

  afterAll(async () => {
    await pyros('stop');
    await unit.code;
  });

  it('shows its agents alive, the SuperAgent among them', async () => {
    // Each says so in the database at its own first turn, which a busy computer may delay.
    const living = async () =>
      (await statusNow()).agents.filter((agent) => agent.alive).map((agent) => agent.name);
    const expected = expect.arrayContaining(['Guardian', 'Webserver', 'SuperAgent']);
    await expect.poll(living, { timeout: 20_000, interval: 250 }).toEqual(expected);
    expect(await living()).not.toContain('AgentA');
    const { runs } = await statusNow();
    expect(runs).toMatchObject([{ command: 'start', simulators: expect.arrayContaining(['plc']) }]);
  });

  it('keeps its settings, which may hold a password, from other users', () => {
    const files = runFiles().map((file) => join(folder, 'data', 'runs', file));
    expect(files).toHaveLength(2);
    for (const file of files) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('takes commands and gives their results', async () => {
    const { code, out } = await pyros('send', 'scheduler', 'eval', '-3+4');
    expect({ code, out }).toEqual({ code: 0, out: 'CMD_EXECUTED\n1\n' });
  });

  it('fails a command that its agent does not know', async () => {
    const { code, out, err } = await pyros('send', 'Scheduler', 'dance');
    expect(code).toBe(1);
    expect(out).toBe('CMD_REFUSED\n');
    expect(err).toContain('COMMAND_UNKNOWN');
  });

  it('is in good health, its ports being its own', async () => {
    const { code, out } = await pyros('doctor');
    expect(out).toMatch(/ok +port \d+ +Used by VirtualDome of the run of process/);
    expect(out).not.toMatch(/^bad/m);
    expect(code).toBe(0);
  });

  it('refuses a second life of the same name at once', async () => {
    const { code, out } = await pyros('start', 'scheduler');
    expect(out).toMatch(/Scheduler … failed \(ended with code 2: Scheduler runs already on/);
    expect(code).toBe(1);
  });

  it('starts an agent again that was killed', async () => {
    const before = await agentNow('Observer');
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await unit.says('Observer ended by SIGKILL. It is started again.');
  });

  it('lets go of an agent that was told to end', async () => {
    const { code, out } = await pyros('stop', 'monitoring');
    expect({ code, out }).toEqual({ code: 0, out: 'Monitoring … ok\n' });
    await unit.says('Monitoring has ended.');
  });

  it('keeps its guardian whatever it is told', async () => {
    const { code, out } = await pyros('stop', 'guardian');
    expect(code).toBe(1);
    expect(out).toContain('Guardian … failed (it obeys nobody');
    expect((await agentNow('Guardian'))?.alive).toBe(true);
  });

  it('ends as a whole, and says how each process did', async () => {
    const { code, out } = await pyros('stop');
    expect(out).toContain('Majordome … ok');
    expect(out).toContain('Observer … ok (started again once)');
    expect(code).toBe(0);
    expect(await unit.code, unit.out()).toBe(0);
    expect(runFiles()).toEqual([]);
  });
});

describe('simulated devices in a terminal of their own', () => {
  it('serve the agents of another start', async () => {
    const sims = staying('sims');
    await sims.says('The simulated devices are ready');
    const unit = staying('start', 'observer');
    await unit.says('Everything runs');
    const { runs } = await statusNow();
    expect(runs.map((run) => [run.command, run.simulators.length])).toEqual([
      ['sims', 5],
      ['start', 0],
    ]);
    await pyros('stop');
    expect([await sims.code, await unit.code]).toEqual([0, 0]);
  });
});
