import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeFolder, PyrosError, RealClock } from '#platform';
import type { Ward } from './ward.ts';

/** Where the processes of a run find their settings and leave their output. */
export interface WardPlace {
  readonly runFile: string;
  readonly dataFolder: string;
  /** Shown each line that a process prints; it goes to its file in any case. */
  readonly show?: (name: string, line: string) => void;
}

/** A process that has not ended this long after being asked is ended, real seconds. */
const PATIENCE_SECONDS = 6;
const READY_SECONDS = 180;
/** Processes live on the machine's time, whatever the observatory's clock does. */
const realClock = new RealClock();

/** One life of a ward. */
export class WardProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  #lastWord = '';
  /** Resolves when it is at work, rejects with `PROCESS_FAILED` when it never will be. */
  readonly ready: Promise<void>;
  readonly exit: Promise<{ code: number | null; signal: string | null }>;

  constructor(ward: Ward, place: WardPlace) {
    this.#name = ward.name;
    this.#child = launch(ward, place);
    this.#child.on('message', (message) => {
      this.#lastWord = (message as { failed?: string }).failed ?? this.#lastWord;
    });
    // Closed, not only ended: what it printed last was shown.
    this.exit = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
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

  askToEnd(): void {
    if (this.#child.connected) this.#child.send({ stop: true }, () => undefined);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Waits for its end, and brings it about when it does not come. */
  async ended(): Promise<void> {
    const patience = new AbortController();
    const kill = realClock.sleep(PATIENCE_SECONDS, patience.signal).then(
      () => this.kill(),
      () => undefined,
    );
    await this.exit;
    patience.abort();
    await kill;
  }

  async #becomesReady(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#child.on('message', (message) => {
      if ((message as { ready?: boolean }).ready) resolve();
    });
    void this.exit.then(({ code }) => reject(this.#couldNotStart(code)));
    const waiting = new AbortController();
    const late = realClock.sleep(READY_SECONDS, waiting.signal).then(
      () => reject(this.#failed('did not get ready in three minutes.')),
      () => undefined,
    );
    await promise.finally(() => waiting.abort());
    await late;
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

function launch(ward: Ward, { runFile, dataFolder, show }: WardPlace): ChildProcess {
  const program = join(import.meta.dirname, '..', ward.program);
  makeFolder(join(dataFolder, 'logs'));
  const output = openSync(join(dataFolder, 'logs', `${ward.name}.out`), 'a');
  const args = [...process.execArgv, program, runFile, ward.name, ...(ward.args ?? [])];
  const child = spawn(process.execPath, args, {
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
