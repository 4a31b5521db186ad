import { hostname } from 'node:os';
import type { z } from 'zod';
import type { Database } from '#db';
import { type Clock, codeOf, type Logger, PyrosError, sentenceOf, Wake } from '#platform';
import { describeUnit } from '#unit';
import type { AgentContext } from './agent-context.ts';
import { AgentLife } from './agent-life.ts';
import { AgentVoice } from './agent-voice.ts';
import type { AgentMode } from './command.ts';
import { modeOf } from './command-desk.ts';
import { parseTypedCommand } from './command-grammar.ts';
import { CommandInbox, type Run } from './command-inbox.ts';
import { type Command, readCommand } from './command-store.ts';
import { EffectJournal } from './effect-journal.ts';
import type { Fact, FactType } from './fact-vocabulary.ts';
import { Pace } from './pace.ts';
import { payloadChecks } from './payload-check.ts';
import { Pulse } from './pulse.ts';
import { type Asked, Sender, type SendOptions } from './sender.ts';
import type { SentCommand } from './sent-command.ts';
import { STOPPED } from './survey-store.ts';
import type { Work } from './work.ts';

/** The specific commands of an agent, each with the shape of its payload. */
export type CommandTable = Readonly<Record<string, z.ZodType>>;

/** An agent says at least this often that it lives. */
const HEARTBEAT_SECONDS = 5;

/**
 * An agent: it sleeps until a fact, a command or its routine is due, and handles them
 * one after the other. A specific command runs beside the loop, so that general ones (abort, exit) are
 * answered while it does. Subclasses say what they listen to and what they do.
 */
export abstract class Agent {
  readonly name: string;
  protected readonly clock: Clock;
  protected readonly database: Database;
  protected readonly log: Logger;
  protected readonly context: AgentContext;
  /** What it does to the world, once each. */
  protected readonly effects: EffectJournal;
  readonly #voice: AgentVoice;
  readonly #life: AgentLife;
  readonly #sender: Sender;
  readonly #inbox: CommandInbox;
  readonly #pace: Pace;
  readonly #wake = new Wake();
  readonly #routine = new Pulse();
  readonly #heartbeat = new Pulse();
  #stop = new AbortController();
  /** When it is to begin anew, by its own watch; null: it is not. */
  #restartAtMs: number | null = null;
  #isRunning = false;

  constructor(context: AgentContext) {
    const { name, clock, database, log } = context;
    this.name = name;
    this.clock = clock;
    this.database = database;
    this.log = log;
    this.context = context;
    this.#voice = new AgentVoice(context);
    this.#pace = new Pace({ name, clock, wake: this.#wake, voice: this.#voice });
    this.#life = new AgentLife(context, (error) => this.#leave(error));
    const transact = <T>(work: (work: Work) => Promise<T>) => this.#life.transact(work);
    this.#sender = new Sender({ name, clock, database, transact });
    this.effects = new EffectJournal({ agent: name, clock, transact });
    this.#inbox = this.#makeInbox();
    this.#voice.setStatus('LAUNCHED');
    this.#voice.setMode('IDLE');
    this.#voice.reset();
  }

  /** Facts that concern this agent; the others are stepped over. */
  protected abstract readonly listensTo: readonly FactType[];
  /** Seconds between two routines. */
  protected abstract readonly routineSeconds: number;
  /** Specific commands that `execute` runs; any other one, or another payload, is REFUSED. */
  protected readonly knows: CommandTable = {};
  /** Those of them that it runs idle too (beyond R-172): orders that make something safe. */
  protected readonly runsIdle: readonly string[] = [];

  /** Before the first iteration, and again at `restart_init`. */
  protected async prepare(): Promise<void> {}
  /** What happened since the last time, oldest first. May be called again after a crash. */
  protected async onFacts(_facts: readonly Fact[]): Promise<void> {}
  /** What is done again and again. */
  protected async routine(): Promise<void> {}
  /** Runs a specific command that it knows; resolves with its result, rejects with why not. */
  protected async execute(command: Command, _run: Run): Promise<string> {
    throw new PyrosError('COMMAND_UNKNOWN', `${this.name} does nothing at "${command.name}".`);
  }
  /** Whether a command found RUNNING at start, left by a death, is taken up again. */
  protected resumes(_command: Command): boolean {
    return false;
  }
  /** After the last iteration. */
  protected async end(): Promise<void> {}

  protected get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  get mode(): AgentMode {
    return this.#voice.mode;
  }

  get status(): string {
    return this.#voice.status;
  }

  /** Turns of the loop since the start. */
  get iteration(): number {
    return this.#voice.iteration;
  }

  /** Asks the agent to stop after what it is doing; a command that runs is left for its next life. */
  stop(): void {
    this.#leave(new PyrosError('AGENT_STOPPED', `${this.name} was asked to stop.`));
  }

  /** Makes the loop look again at once. */
  protected wake(): void {
    this.#routine.isDue = true;
    this.#wake.ring();
  }

  /**
   * Tells what the unit file says: components and assembly.
   *
   * @throws PyrosError `UNIT_INCOMPLETE` when the agent was made without one.
   */
  async loadConfig(): Promise<void> {
    const { config, host = hostname() } = this.context;
    if (!config) {
      throw new PyrosError('UNIT_INCOMPLETE', `${this.name} was given no unit file.`);
    }
    for (const line of describeUnit(config.unit, config.file, host)) this.#voice.say(line);
  }

  /** Takes its name, and tells that it lives. */
  async init(): Promise<void> {
    this.#voice.setStatus('INITIALIZING');
    const mode = await this.#life.begin(this.mode, this.#stop.signal);
    if (mode !== this.mode) this.#voice.setMode(mode);
    const { pid } = this.context;
    await this.transact((work) => work.fact('AgentStarted', { agent: this.name, pid }));
    await this.prepare();
  }

  /** Says in which mode and status it is. */
  showModeAndStatus(): void {
    this.#voice.tell(`CURRENT MODE is ${this.mode} (status is ${this.status})`);
  }

  /** Writes its row of `agents_survey`. */
  async updateSurvey(): Promise<void> {
    await this.#life.survey(this.#voice.word(this.#inbox.running));
  }

  /** Marks commands that waited for longer than they are valid: nothing is deleted. */
  async purgeOldCommandsSentToMe(): Promise<readonly Command[]> {
    this.#voice.sayWhatIsOld();
    const purged = await this.#inbox.purge();
    this.#voice.list(purged);
    return purged;
  }

  /** The next command that can be run or answered, still PENDING; null when none waits. */
  async getNextValidCommand(): Promise<Command | null> {
    this.#voice.setStatus('IN_GET_NEXT_COMMAND');
    return await this.#inbox.nextValid();
  }

  /** Runs or answers a command that waits, to its end; gives it as it is then. */
  async commandProcess(command: Command): Promise<Command | null> {
    await this.#inbox.process(command);
    return await readCommand(this.database, command.id);
  }

  /** One turn of what is done again and again. */
  async routineProcess(): Promise<void> {
    this.#voice.setStatus('IN_ROUTINE_PROCESS');
    await this.routine();
  }

  /**
   * Sends a command to another agent. An idle agent sends none.
   *
   * @throws PyrosError `AGENT_IDLE`, and what {@link Sender.send} raises.
   */
  async sendCommand(
    recipient: string,
    asked: Asked,
    options: SendOptions = {},
  ): Promise<SentCommand> {
    if (this.mode === 'IDLE') {
      const remedy = 'Make it active first.';
      throw new PyrosError('AGENT_IDLE', `${this.name} is idle and sends nothing.`, { remedy });
    }
    return await this.#sender.send(recipient, asked, options);
  }

  /** The older form: `sendTypedCommand('AgentX', 'Generic', 'EVAL', '3+4')`. */
  async sendTypedCommand(
    recipient: string,
    type: string,
    ...message: readonly string[]
  ): Promise<SentCommand> {
    const [first = '', ...rest] = message;
    const reading = parseTypedCommand(type, first, ...rest);
    if (!reading.ok) throw new PyrosError('COMMAND_SYNTAX', reading.error);
    return await this.sendCommand(recipient, reading.order);
  }

  /** The result of a command by its number; empty while it has none. */
  async getResult(id: number): Promise<string> {
    return (await readCommand(this.database, id))?.result ?? '';
  }

  /** Lives until stopped, or for so many iterations: 0 is the start alone. One run at a time. */
  async run(iterations = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.#isRunning) throw new PyrosError('AGENT_RUNS', `${this.name} runs already.`);
    this.#isRunning = true;
    const stopListening = this.database.onChange(() => this.#wake.ring(), this.name);
    const isPaced = Number.isFinite(iterations);
    this.#voice.tell(this.context.test ? '[IN TEST MODE]' : '[IN NORMAL MODE]');
    try {
      await this.#begin();
      this.#startTicking();
      while (!this.#isLeaving() && this.iteration < iterations) await this.#iterate(isPaced);
      await this.#inbox.idle();
      await this.#attempt(() => this.end());
      this.#voice.setStatus(STOPPED);
      await this.#life.release(this.#voice.word(this.#inbox.running));
      if (isPaced && iterations > 0 && !this.#isLeaving()) {
        this.#voice.say(`Exit because number of iterations asked (${iterations}) has been reached`);
      }
    } finally {
      this.#routine.stop();
      this.#heartbeat.stop();
      stopListening();
      this.#stop = new AbortController();
      this.#restartAtMs = null;
      this.#isRunning = false;
    }
  }

  async #begin(): Promise<void> {
    this.#voice.beginLoop();
    await this.init();
    this.#voice.say("Delete (false) 'running' command if exists:");
    this.#voice.list(await this.#inbox.takeUpOrphans());
    this.#routine.isDue = true;
    this.#heartbeat.isDue = true;
    this.#wake.ring();
  }

  #startTicking(): void {
    const ring = () => this.#wake.ring();
    const { clock } = this;
    this.#routine.start({ clock, seconds: () => clock.period(this.routineSeconds), ring });
    this.#heartbeat.start({ clock, seconds: () => clock.period(HEARTBEAT_SECONDS, 1), ring });
  }

  /** One turn of the loop. A step that fails is told, keeps no other from its turn, and comes again. */
  async #iterate(isPaced: boolean): Promise<void> {
    this.#voice.beginIteration();
    this.showModeAndStatus();
    await this.#rest(isPaced);
    if (this.#isLeaving()) return;
    await this.#beat();
    if (this.iteration === 1) {
      this.#voice.tell('Looking for old commands to purge...');
      await this.#attempt(() => this.purgeOldCommandsSentToMe());
    }
    this.#voice.setStatus('IN_GET_NEXT_COMMAND');
    await this.#attempt(() => this.#inbox.handleAll());
    await this.#meanwhile(this.#duties(isPaced));
    // What was aborted may need a while to end: commands are answered meanwhile.
    if (!this.#inbox.running) await this.#attempt(() => this.#restart());
    this.#voice.tell('----- MAIN LOOP ITERATION (END) -----');
  }

  /** One that fails comes again with the heartbeat: it tells facts, which wake everybody. */
  async #restart(): Promise<void> {
    const nowMs = this.clock.monotonic();
    if (this.#restartAtMs === null || nowMs < this.#restartAtMs) return;
    this.#restartAtMs = nowMs + this.clock.period(HEARTBEAT_SECONDS) * 1000;
    this.#voice.reset();
    await this.#begin();
    this.#restartAtMs = null;
  }

  async #duties(isPaced: boolean): Promise<void> {
    const handle = (facts: readonly Fact[]) => this.onFacts(facts);
    await this.#attempt(() => this.#life.handleFacts(this.listensTo, handle));
    if (this.#routine.take() || isPaced) await this.#attempt(() => this.routineProcess());
  }

  /** Facts and routine take their time: commands are answered and life is shown meanwhile. */
  async #meanwhile(duties: Promise<void>): Promise<void> {
    let isOver = false;
    const over = duties.finally(() => (isOver = true));
    let wasRung = false;
    while (!isOver && (await this.#wake.waitOr(over))) {
      wasRung = true;
      if (isOver || this.#isLeaving()) break;
      await this.#beat();
      await this.#attempt(() => this.#inbox.handleAll());
    }
    await over;
    // It may have been rung for what the duties no longer saw.
    if (wasRung) this.#wake.ring();
  }

  async #beat(): Promise<void> {
    if (this.#heartbeat.take()) await this.#attempt(() => this.updateSurvey());
  }

  /** Until something happens; one that is watched step by step also goes on by itself. */
  async #rest(isPaced: boolean): Promise<void> {
    if (!isPaced && !this.context.test) return await this.#wake.wait();
    await this.#pace.rest(isPaced);
  }

  async #attempt(step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const stack = error instanceof Error ? error.stack : undefined;
      this.log.error(sentenceOf(error), { code: codeOf(error), stack });
      if (codeOf(error) !== 'AGENT_FENCED') await this.#life.log('error', sentenceOf(error));
    }
  }

  /** Leaves a line for people, in the log file and in the table. */
  protected async warn(message: string): Promise<void> {
    this.log.warn(message);
    await this.#life.log('warn', message);
  }

  /** Does something whole or not at all, facts included: see {@link AgentLife.transact}. */
  protected async transact<T>(work: (work: Work) => Promise<T>): Promise<T> {
    return await this.#life.transact(work);
  }

  #makeInbox(): CommandInbox {
    return new CommandInbox({
      ...this.context,
      transact: (work) => this.#life.transact(work),
      recipient: () => ({
        name: this.name,
        mode: this.mode,
        status: this.#voice.word(this.#inbox.running).status,
        knows: payloadChecks(this.knows),
        runsIdle: this.runsIdle,
        isBusy: this.#restartAtMs !== null,
        obeys: this.context.obeys ?? null,
      }),
      execute: (command, run) => this.execute(command, run),
      resumes: (command) => this.resumes(command),
      keepMode: (transaction, mode) => this.#life.keepMode(transaction, mode),
      obey: (command) => this.#obey(command),
      ring: () => this.#wake.ring(),
      isLeaving: () => this.#isLeaving(),
    });
  }

  /** What a general command asks, beyond its answer. */
  #obey(command: Command): void {
    const mode = command.name === 'set_mode' ? modeOf(command.payload) : null;
    if (mode) this.#voice.setMode(mode);
    if (command.name !== 'exit' && command.name !== 'restart_init') return;
    this.#inbox.abort(new PyrosError('ABORTED', `${command.name} asked by ${command.sender}`));
    if (command.name === 'exit') this.stop();
    else this.#restartAtMs = this.clock.monotonic();
    this.#wake.ring();
  }

  #leave(reason: PyrosError): void {
    this.#stop.abort(reason);
    this.#inbox.abort(reason);
    this.#wake.ring();
  }

  #isLeaving(): boolean {
    return this.#stop.signal.aborted;
  }

  toString(): string {
    return `I am agent ${this.name}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
