import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import {
  Agent,
  type AgentContext,
  type Command,
  type CommandState,
  type Fact,
  factsAfter,
  nothing,
  type ReadBack,
  type Run,
} from '#agent';

/**
 * The scripted exchange: the sender asks, the recipient answers, moves a device once for each `move`
 * and tells it; the sender hears that and tells it in turn.
 */
export const SENDER = 'Sender';
export const RECIPIENT = 'Recipient';

interface ScriptStep {
  readonly command: string;
  /** How it may end, whoever dies. */
  readonly ends: readonly CommandState[];
  /** Aborted as soon as it says this progress. */
  readonly abortAt?: string;
}

export const SCRIPT: readonly ScriptStep[] = [
  { command: 'eval 2+2', ends: ['EXECUTED'] },
  { command: 'move north', ends: ['EXECUTED'] },
  // The recipient's death ends it as well: it cannot be taken up.
  { command: 'wait', ends: ['KILLED', 'FAILED'], abortAt: 'waiting' },
  { command: 'abort', ends: ['EXECUTED'] },
  { command: 'set mode idle', ends: ['EXECUTED'] },
  { command: 'move south', ends: ['SKIPPED'] },
  { command: 'set mode active', ends: ['EXECUTED'] },
  { command: 'move east', ends: ['EXECUTED'] },
];

export const keyOf = (step: number) => `script ${step}`;

/** Asks one thing after the other, under keys of its own, and tells how each ended. */
export class SenderAgent extends Agent {
  protected readonly listensTo = ['DeviceFailed'] as const;
  protected readonly routineSeconds = 60;
  /** Resolves when the whole script was played. */
  readonly played: Promise<void>;
  readonly #begun = Promise.withResolvers<void>();

  constructor(context: AgentContext) {
    super(context);
    this.played = this.#begun.promise.then(() => this.#play());
  }

  protected override async prepare(): Promise<void> {
    this.#begun.resolve();
  }

  /** What it hears it tells again: once, whatever happens. */
  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    await this.transact(async (work) => {
      for (const fact of facts) {
        if (fact.type !== 'DeviceFailed') continue;
        const { reason } = fact.payload;
        await work.fact('AgentRestarted', { agent: 'echo', reason, restarts: 0 });
      }
    });
  }

  async #play(): Promise<void> {
    const told = await factsAfter(this.database, 0);
    const played = told.flatMap((fact) =>
      fact.type === 'SelfTestEnded' ? [fact.payload.assertions] : [],
    );
    for (const [i, step] of SCRIPT.entries()) {
      if (!played.includes(i)) await this.#step(i, step);
    }
    while (!(await this.#hasHeardAll())) await this.clock.sleep(0.005);
  }

  async #hasHeardAll(): Promise<boolean> {
    const facts = await factsAfter(this.database, 0);
    const count = (type: Fact['type']) => facts.filter((fact) => fact.type === type).length;
    return count('AgentRestarted') >= count('DeviceFailed');
  }

  async #step(i: number, step: ScriptStep): Promise<void> {
    const sent = await this.sendCommand(RECIPIENT, step.command, { key: keyOf(i) });
    if (step.abortAt) {
      // The abort is a step of its own: here it is only awaited that the time has come.
      while ((await sent.refresh()).state === 'PENDING') await this.clock.sleep(0.002);
      while (sent.state === 'RUNNING' && sent.progress !== step.abortAt) {
        await this.clock.sleep(0.002);
        await sent.refresh();
      }
    } else await sent.ended();
    const payload = { agent: this.name, assertions: i, faults: [] };
    await this.transact((work) => work.fact('SelfTestEnded', payload));
  }
}

/** Does what the script asks; a `move` is an effect of the journal. */
export class RecipientAgent extends Agent {
  protected readonly listensTo = [] as const;
  protected readonly routineSeconds = 60;
  protected override readonly knows = { move: z.string(), wait: nothing };
  readonly #device: DeviceLink;

  constructor(context: AgentContext, devicePort: number) {
    super(context);
    this.#device = new DeviceLink(devicePort);
  }

  protected override resumes(command: Command): boolean {
    return command.name === 'move';
  }

  protected override async execute(command: Command, run: Run): Promise<string> {
    if (command.name === 'wait') {
      await run.progress('waiting');
      await this.clock.sleep(30, run.signal);
      return 'waited';
    }
    return await this.effects.once(`move of command ${command.id}`, {
      send: async (key) => void (await this.#device.ask({ move: key })),
      readBack: async (key): Promise<ReadBack> => {
        const { moved } = await this.#device.ask({ look: key });
        return moved ? { kind: 'done', result: 'moved' } : { kind: 'not-done' };
      },
      write: async (work) => {
        const reason = String(command.id);
        await work.fact('DeviceFailed', { device: 'sweep', code: 'MOVED', reason });
      },
    });
  }

  protected override async end(): Promise<void> {
    this.#device.close();
  }
}

type Question = { readonly move?: string; readonly look?: string };

/** The recipient's conversation with the device. */
class DeviceLink {
  readonly #port: number;
  #socket: Socket | null = null;
  readonly #waiting: ((answer: { moved: boolean }) => void)[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  ask(question: Question): Promise<{ moved: boolean }> {
    this.#socket ??= this.#open();
    const { promise, resolve } = Promise.withResolvers<{ moved: boolean }>();
    this.#waiting.push(resolve);
    this.#socket.write(`${JSON.stringify(question)}\n`);
    return promise;
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Socket {
    const socket = createConnection(this.#port, '127.0.0.1');
    createInterface(socket).on('line', (line) => this.#waiting.shift()?.(JSON.parse(line)));
    return socket;
  }
}

/** A device that nobody kills: it counts how often it was moved under each key. */
export class CountingDevice {
  readonly moves = new Map<string, number>();
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<CountingDevice> {
    const server = createServer();
    const device = new CountingDevice(server);
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      createInterface(socket).on('line', (line) => socket.write(`${device.#answer(line)}\n`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return device;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  stop(): void {
    this.#server.close();
  }

  #answer(line: string): string {
    const { move, look } = JSON.parse(line) as Question;
    if (move) this.moves.set(move, (this.moves.get(move) ?? 0) + 1);
    return JSON.stringify({ moved: this.moves.has(move ?? look ?? '') });
  }
}
