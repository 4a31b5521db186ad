import { type EventEmitter, once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type REPLServer, Recoverable, start } from 'node:repl';
import { PassThrough, type Writable } from 'node:stream';
import { inspect } from 'node:util';
import { RealClock } from '#platform';
import { type Completion, completionOf } from './completion.ts';
import { errorLine } from './shell-agents.ts';

/** What a session is made of. */
export interface SessionOptions {
  readonly context: Readonly<Record<string, unknown>>;
  readonly output: Writable;
  /** A file of lines to type; else standard input, a terminal or not. */
  readonly file?: string | undefined;
  readonly historyFile: string;
}

/** More than any session, less than what timers can count. */
const LONG_SECONDS = 20 * 86_400;
const PROMPT = '>>> ';
/** Holds a value that is still to come; a name that nobody types. */
const LATER = '__later';

/** Reads, evaluates and prints until the end of the input. Gives 1 when a typed line failed, else 0. */
export async function replSession(options: SessionOptions): Promise<number> {
  const isTerminal = options.file === undefined && process.stdin.isTTY === true;
  const input = isTerminal ? process.stdin : new PassThrough();
  const server = start({
    prompt: PROMPT,
    input,
    output: options.output,
    terminal: isTerminal,
    ignoreUndefined: true,
    breakEvalOnSigint: isTerminal,
    writer: (value) => inspect(value, { colors: isTerminal, showProxy: false }),
  });
  for (const [name, value] of Object.entries(options.context)) define(server, name, value);
  const failed = { lines: 0 };
  showAnswers(server, failed);
  completeFields(server);
  const exit = once(server, 'exit');
  const over = new AbortController();
  // A line may wait for another process, and nothing else here keeps this one alive meanwhile.
  const stay = new RealClock().sleep(LONG_SECONDS, over.signal).catch(() => undefined);
  if (isTerminal) server.setupHistory(options.historyFile, () => undefined);
  else await typeLines(server, input as PassThrough, options);
  await exit;
  over.abort();
  await stay;
  return !isTerminal && failed.lines > 0 ? 1 : 0;
}

/** A person may give any of these names to something else. */
function define(server: REPLServer, name: string, value: unknown): void {
  Object.defineProperty(server.context, name, {
    value,
    writable: true,
    configurable: true,
    enumerable: true,
  });
}

/** What is still to come is waited for before it is shown; what went wrong is one sentence. */
function showAnswers(server: REPLServer, failed: { lines: number }): void {
  const evaluate = server.eval;
  const tell = (error: unknown) => {
    failed.lines++;
    server.output.write(`${errorLine(error)}\n`);
  };
  const eager: REPLServer['eval'] = (...[code, context, file, done]) => {
    const finish = (error: Error | null, value: unknown) => {
      if (error === null || error instanceof Recoverable) return done(error, value);
      tell(error);
      done(null, undefined);
    };
    evaluate.call(server, code, context, file, (error, value) => {
      if (error !== null || !isToCome(value)) return finish(error, value);
      Object.defineProperty(server.context, LATER, { value, configurable: true });
      evaluate.call(server, `await ${LATER}\n`, context, file, finish);
    });
  };
  Object.defineProperty(server, 'eval', { value: eager });
  takeErrors(server, tell);
}

/** Node hands what is thrown to the session's domain, which would show it with its stack. */
function takeErrors(server: REPLServer, tell: (error: unknown) => void): void {
  const { _domain: domain } = server as unknown as { _domain?: EventEmitter };
  domain?.removeAllListeners('error');
  domain?.on('error', (error) => {
    tell(error);
    server.clearBufferedCommand();
    // Whoever read the answers may have gone away meanwhile.
    if (!isOver(server)) server.displayPrompt();
  });
}

function isToCome(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function isOver(server: REPLServer): boolean {
  return (server as unknown as { closed: boolean }).closed;
}

type Complete = (line: string, done: (error: Error | null, completion: Completion) => void) => void;

/** Node's own completion, and ours where it knows nothing. */
function completeFields(server: REPLServer): void {
  const usual = server.completer as Complete;
  const complete: Complete = (line, done) => {
    const ours = completionOf(server.context, line);
    if (ours) done(null, ours);
    else usual.call(server, line, done);
  };
  Object.defineProperty(server, 'completer', { value: complete });
}

/** Types the lines of a file or a pipe one by one, each once the answer to the one before is shown. */
async function typeLines(
  server: REPLServer,
  input: PassThrough,
  { file, output }: SessionOptions,
): Promise<void> {
  const source = file === undefined ? process.stdin : createReadStream(file);
  if (file !== undefined) await once(source, 'open');
  const lines = createInterface({ input: source })[Symbol.asyncIterator]();
  const typeNext = async () => {
    const { value, done } = await lines.next();
    if (done) {
      output.write('\n');
      input.end();
    } else {
      output.write(`${value}\n`);
      input.write(`${value}\n`);
    }
  };
  const show = server.displayPrompt;
  Object.defineProperty(server, 'displayPrompt', {
    value: (preserveCursor?: boolean) => {
      show.call(server, preserveCursor);
      void typeNext();
    },
  });
  await typeNext();
}
