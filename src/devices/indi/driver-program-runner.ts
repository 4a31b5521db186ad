import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { type XmlElement, XmlSplitter } from './xml-splitter.ts';

export interface DriverProgramOptions {
  /** Name or path of the program. */
  readonly program: string;
  /** Its HOME: where it keeps park positions and the like. */
  readonly home: string;
  readonly onElement: (element: XmlElement) => void;
  /** Called once, when it has ended, with what it ended by. */
  readonly onEnd: (why: string) => void;
  readonly log: (sentence: string) => void;
}

/** A driver that leaves so many orders unread hangs for good. */
const MOST_UNREAD_BYTES = 1_000_000;
/** How much of its chatter is worth a log line. */
const LONGEST_WORD = 300;

/** A driver program as a child, spoken to through its standard input and output. It ends with them. */
export class DriverProgram {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #output: Socket;
  readonly #options: DriverProgramOptions;
  #cause: string | null = null;

  constructor(options: DriverProgramOptions) {
    this.name = options.program.split('/').at(-1) ?? options.program;
    this.#options = options;
    const { program, home, onEnd, log } = options;
    const { reading, writing } = openPipe(join(home, `${this.name}.pipe`));
    this.#child = spawn(program, [], {
      env: { ...process.env, HOME: home },
      stdio: ['pipe', writing, 'pipe'],
    });
    closeSync(writing);
    const splitter = new XmlSplitter();
    this.#output = new Socket({ fd: reading, readable: true, writable: false });
    this.#output.on('data', (chunk: Uint8Array) => this.#receive(splitter, chunk));
    this.#output.on('error', () => undefined);
    this.#child.stderr?.on('data', (chunk: Uint8Array) => {
      const words = Buffer.from(chunk).toString('utf8').trim().slice(0, LONGEST_WORD);
      if (words) log(`${this.name}: ${words}`);
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.once('error', (error) => {
      this.#cause ??= error.message;
      if (this.#child.pid === undefined) onEnd(this.#cause);
    });
    this.#child.once('close', (code, signal) => {
      if (this.#child.pid !== undefined) onEnd(this.#cause ?? `ended (${signal ?? code})`);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(text: string): void {
    const { stdin } = this.#child;
    if (!stdin?.writable) return;
    if (stdin.writableLength > MOST_UNREAD_BYTES) this.kill('reads nothing any more');
    else stdin.write(text);
  }

  kill(why: string): void {
    this.#cause ??= why;
    this.#child.kill('SIGKILL');
  }

  #receive(splitter: XmlSplitter, chunk: Uint8Array): void {
    for (const item of splitter.push(chunk)) {
      if (item.kind === 'garbage') this.kill(`sent nonsense (${item.reason})`);
      else this.#options.onElement(item.message);
    }
  }
}

/**
 * A pipe for what the driver says. The pipes of `spawn` are sockets, and into a socket INDI's library
 * writes images as descriptors of shared memory, which nobody here could open.
 */
function openPipe(path: string): { reading: number; writing: number } {
  execFileSync('mkfifo', ['-m', '600', path]);
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(path, constants.O_WRONLY);
  unlinkSync(path);
  return { reading, writing };
}
