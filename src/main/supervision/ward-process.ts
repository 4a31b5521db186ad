import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeFolder, PyrosError, RealClock } from '#platform';
import { HELD } from '../child-process.ts';
import type { Ward } from './ward.ts';

/** Where the processes of a run find their settings and leave their output. */
export interface WardPlace {
  readonly runFile: string;
  readonly dataFolder: string;
  /** Shown each line that a process prints; it goes to its file in any case. */
  readonly show?: (name: string, line: string) => void;
}

/** A process that has not ended this long after being asked is ended, unless its ward says more. */
const PATIENCE_SECONDS = 6;
const READY_SECONDS = 180;
/** Processes live on the machine's time, whatever the observatory's clock does. */
const realClock = new RealClock();

/** One life of a ward. */
export class WardProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #patienceSeconds: number;
  #lastWord = '';
  /** Resolves when it is at work, rejects with `PROCESS_FAILED` when it never will be. */
  readonly ready: Promise<void>;
  /** Resolves when it has loaded its code and is held, rejects like `ready`. */
  readonly loaded: Promise<void>;
  readonly exit: Promise<{ code: number | null; signal: string | null }>;

  constructor(ward: Ward, place: WardPlace, { held = false } = {}) {
    this.#name = ward.name;
    this.#patienceSeconds = ward.endsWithinSeconds ?? PATIENCE_SECONDS;
    this.#child = launch(ward, place, held ? { ...process.env, [HELD]: 'yes' } : process.env);
    this.#child.on('message', (message) => {
      this.#lastWord = (message as { failed?: string }).failed ?? this.#lastWord;
    });
    // Closed, not only ended: what it printed last was shown.
    this.exit = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.loaded = this.#says('loaded');
    this.loaded.catch(() => undefined);
    this.ready = this.#becomesReady();
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it said of its failure, if anything. */
  get lastWord(): string {
    return this.#lastWord;
  }

  /** Lets a held process begin. */
  begin(): void {
    if (this.#child.connected) this.#child.send({ begin: true }, () => undefined);
  }

  askToEnd(): void {
    if (this.#child.connected) this.#child.send({ stop: true }, () => undefined);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Waits for its end, and brings it about when it does not come. */
  async ended(): Promise<void> {
    const patience = new AbortController();
    const kill = realClock.sleep(this.#patienceSeconds, patience.signal).then(
      () => this.kill(),
      () => undefined,
    );
    await this.exit;
    patience.abort();
    await kill;
  }

  async #becomesReady(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#says('ready').then(resolve, reject);
    const waiting = new AbortController();
    const late = realClock.sleep(READY_SECONDS, waiting.signal).then(
      () => reject(this.#failed('did not get ready in three minutes.')),
      () => undefined,
    );
    await promise.finally(() => waiting.abort());
    await late;
  }

  #says(word: 'loaded' | 'ready'): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.on('message', (message) => {
        if ((message as Partial<Record<typeof word, boolean>>)[word]) resolve();
      });
      void this.exit.then(({ code }) => reject(this.#couldNotStart(code)));
    });
  }

  #couldNotStart(code: number | null): PyrosError {
    const why = this.#lastWord ? `: ${this.#lastWord}` : ` (code ${code}).`;
    return this.#failed(`could not start${why}`);
  }

  #failed(what: string): PyrosError {
    return new PyrosError('PROCESS_FAILED', `${this.#name} ${what}`, {
      remedy: `See data/logs/${this.#name}.out for more.`,
    });
  }
}

function launch(
  ward: Ward,
  { runFile, dataFolder, show }: WardPlace,
  env: NodeJS.ProcessEnv,
): ChildProcess {
  const program = join(import.meta.dirname, '..', ward.program);
  makeFolder(join(dataFolder, 'logs'));
  const output = openSync(join(dataFolder, 'logs', `${ward.name}.out`), 'a');
  const args = [...process.execArgv, program, runFile, ward.name, ...(ward.args ?? [])];
  const child = spawn(process.execPath, args, {
    env,
    stdio: show ? ['ignore', 'pipe', output, 'ipc'] : ['ignore', output, output, 'ipc'],
  });
  if (child.stdout && show) {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      writeSync(output, `${line}\n`);
      show(ward.name, line);
    });
    child.once('close', () => closeSync(output));
  } else {
    closeSync(output);
  }
  return child;
}
