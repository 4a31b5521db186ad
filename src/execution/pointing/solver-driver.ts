import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHeader } from '#fits';
import { type Clock, sentenceOf } from '#platform';
import type { SolverSpec } from '#unit';
import type { PlateSolver, SolveAnswer, SolveQuestion } from './plate-solver.ts';
import { filledArguments, spokenAnswer } from './solver-answer.ts';
import { wcsCenter } from './wcs-center.ts';

/** What is kept of what a program says, characters; more of it is dropped. */
const MOST_OUTPUT = 64 * 1024;

/** How a program ended. */
interface Ending {
  readonly output: string;
  /** Null: it ended well. */
  readonly trouble: string | null;
}

/**
 * A plate solver that is a program of its own. It says `{"raDeg": …, "decDeg": …}` on a line of its
 * standard output, or writes a FITS header with its solution where `{out}` says. It is given no shell,
 * no input and so much time; then it is killed with all that it started.
 */
export class ProgramSolver implements PlateSolver {
  readonly #spec: SolverSpec;
  readonly #clock: Clock;

  constructor(spec: SolverSpec, clock: Clock) {
    this.#spec = spec;
    this.#clock = clock;
  }

  async solve(question: SolveQuestion): Promise<SolveAnswer> {
    const folder = mkdtempSync(join(tmpdir(), 'pyros-solver-'));
    const out = join(folder, 'solution.wcs');
    try {
      const { output, trouble } = await this.#run({ ...question, out, folder });
      question.signal.throwIfAborted();
      if (trouble !== null) return { ok: false, reason: trouble };
      return spokenAnswer(output) ?? writtenAnswer(out);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #run({
    file,
    guess,
    scaleArcsec,
    signal,
    out,
    folder,
  }: SolveQuestion & { readonly out: string; readonly folder: string }): Promise<Ending> {
    const { program, args, timeoutSeconds } = this.#spec;
    const [ra, dec] = [guess.raDeg.toFixed(6), guess.decDeg.toFixed(6)];
    const filled = filledArguments(args, { file, ra, dec, scale: scaleArcsec.toFixed(4), out });
    // A group of its own, so that it can be killed with its children.
    const child = spawn(program, filled, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const over = new AbortController();
    const ends = [ending(child), this.#tooLong(timeoutSeconds, over.signal), aborted(signal, over)];
    try {
      return await Promise.race(ends);
    } finally {
      over.abort();
      killGroup(child);
    }
  }

  async #tooLong(seconds: number, signal: AbortSignal): Promise<Ending> {
    await this.#clock.sleep(this.#clock.allow(seconds), signal).catch(() => undefined);
    return { output: '', trouble: `the solver found nothing in ${seconds} s` };
  }
}

/** Collects what the program says until it and its pipes are closed. */
function ending(child: ChildProcess): Promise<Ending> {
  const said = { output: '', errors: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.output = bounded(said.output, chunk)));
  child.stderr?.on('data', (chunk: Buffer) => (said.errors = bounded(said.errors, chunk)));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ output: '', trouble: `the solver could not be run: ${sentenceOf(error)}` });
    });
    child.once('close', (code, kill) => {
      if (code === 0) return resolve({ output: said.output, trouble: null });
      const last = said.errors.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
      const how = kill === null ? `with code ${code}` : `by ${kill}`;
      resolve({ output: '', trouble: `the solver ended ${how}${last && `: ${last}`}` });
    });
  });
}

/** The end is what tells: of too much, the last is kept. */
function bounded(text: string, chunk: Buffer): string {
  return (text + chunk.toString('latin1')).slice(-MOST_OUTPUT);
}

function aborted(signal: AbortSignal, over: AbortController): Promise<Ending> {
  return new Promise((resolve) => {
    const stop = () => resolve({ output: '', trouble: 'the solver was stopped' });
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true, signal: over.signal });
  });
}

function killGroup({ pid, exitCode, stdout, stderr }: ChildProcess): void {
  stdout?.destroy();
  stderr?.destroy();
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody of the group is left.
    if (exitCode === null && (error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function writtenAnswer(path: string): SolveAnswer {
  if (!existsSync(path)) return { ok: false, reason: 'the solver found no stars that it knows' };
  try {
    const place = wcsCenter(readHeader(readFileSync(path)).cards);
    if (place) return { ok: true, place };
    return { ok: false, reason: 'the header that the solver wrote has no whole solution' };
  } catch (error) {
    return { ok: false, reason: `the solver wrote no FITS header: ${sentenceOf(error)}` };
  }
}
