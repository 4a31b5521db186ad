import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHECKOUT } from '../../src/main/run-settings.ts';
import { freePorts } from '../../tests/running-night.ts';
import { unitOnPorts } from './unit-on-ports.ts';

/** A demonstration that runs in a clone. */
export interface RunningDemo {
  readonly pid: number;
  /** From the launch to the first live page, milliseconds. */
  readonly liveMs: number;
  stop(): Promise<void>;
}

/** What the launcher may need at the very first start, downloads included. */
const PATIENCE_MS = 10 * 60_000;

/** A clone of this checkout as a stranger makes it: nothing installed, nothing cached. */
export class FreshClone {
  readonly #folder = mkdtempSync(join(tmpdir(), 'pyros first look '));
  readonly #checkout = join(this.#folder, 'py ros');
  readonly commit: string;

  constructor() {
    execFileSync('git', ['clone', '--quiet', CHECKOUT, this.#checkout], { stdio: 'inherit' });
    const head = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: this.#checkout });
    this.commit = head.toString().trim();
  }

  /** Runs `./pyros demo --exit` there and waits for a page that shows the night. */
  async startDemo(): Promise<RunningDemo> {
    const { file, web } = await this.#unitOnFreePorts();
    const began = performance.now();
    const child = spawn('./pyros', ['demo', '--config', file, '--exit'], {
      cwd: this.#checkout,
      env: this.#strangersEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    try {
      await untilLive(child, `http://127.0.0.1:${web}`);
    } catch (error) {
      await endOf(child);
      throw new Error(`the demonstration did not start:\n${output.slice(-3000)}`, { cause: error });
    }
    const liveMs = performance.now() - began;
    return { pid: child.pid ?? 0, liveMs, stop: () => endOf(child) };
  }

  drop(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #unitOnFreePorts(): Promise<{ file: string; web: number }> {
    const [mount = 0, vis = 0, nir = 0, dome = 0, plc = 0, alerts = 0, web = 0] =
      await freePorts(7);
    const ports = { mount, vis, nir, dome, plc, alerts, web };
    const file = join(this.#folder, 'unit.yaml');
    writeFileSync(file, unitOnPorts(ports, this.#checkout).toString());
    return { file, web };
  }

  /** Without this checkout's Node, its settings and its caches. */
  #strangersEnvironment(): NodeJS.ProcessEnv {
    const cache = join(this.#folder, 'npm-cache');
    mkdirSync(cache, { recursive: true });
    const ours = (name: string) => /^(PYROS_|NODE_COMPILE_CACHE|npm_config_cache)/i.test(name);
    const kept = Object.entries(process.env).filter(([name]) => !ours(name));
    const folders = (process.env.PATH ?? '').split(delimiter);
    const path = folders.filter((folder) => !folder.startsWith(CHECKOUT)).join(delimiter);
    return { ...Object.fromEntries(kept), PATH: path, npm_config_cache: cache };
  }
}

async function untilLive(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isLive(url))) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
    if (performance.now() > deadline) throw new Error('it took longer than ten minutes');
    await sleep(50);
  }
}

/** The page itself, and a night in the answer that the page draws. */
async function isLive(url: string): Promise<boolean> {
  try {
    const page = await fetch(url);
    await page.arrayBuffer();
    const tonight = await fetch(`${url}/api/tonight`);
    if (page.status !== 200 || tonight.status !== 200) return false;
    const { mode } = (await tonight.json()) as { mode?: { name?: string } };
    return typeof mode?.name === 'string' && mode.name !== '';
  } catch {
    return false;
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
