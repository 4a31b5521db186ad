import type { AgentContext } from './agent-context.ts';
import type { Word } from './agent-life.ts';
import type { AgentMode } from './command.ts';
import type { Command } from './command-store.ts';
import { STOPPED } from './survey-store.ts';

/** The mode and status of an agent, told as they change in the words of the guide's transcripts. */
export class AgentVoice {
  readonly #name: string;
  readonly #narrate: ((line: string) => void) | undefined;
  #mode: AgentMode = 'IDLE';
  #status = '';
  #iteration = 0;

  constructor({ name, narrate }: AgentContext) {
    this.#name = name;
    this.#narrate = narrate;
  }

  get mode(): AgentMode {
    return this.#mode;
  }

  get status(): string {
    return this.#status;
  }

  get iteration(): number {
    return this.#iteration;
  }

  setMode(mode: AgentMode): void {
    this.#mode = mode;
    this.tell(`[NEW MODE ${mode}]`);
  }

  /** A life begins idle, and goes to work. */
  reset(): void {
    this.setMode('IDLE');
    this.setMode('ACTIVE');
  }

  setStatus(status: string): void {
    this.#status = status;
    if (status !== STOPPED) this.tell(`[${status}]`);
  }

  /** The turns of the loop are counted from the start. */
  beginLoop(): void {
    this.#iteration = 0;
  }

  beginIteration(): void {
    if (this.#iteration > 0) this.say('');
    this.#iteration++;
    this.tell(`----- MAIN LOOP ITERATION ${this.#iteration} (START) -----`);
    this.setStatus('IN_MAIN_LOOP');
  }

  /** What is written in the survey: which step of the loop it is in matters to onlookers only. */
  word(running: Command | null): Word {
    const resting = this.#status.startsWith('IN_') ? 'IN_MAIN_LOOP' : this.#status;
    const status = running ? `RUNNING ${running.name}` : resting;
    return { mode: this.#mode, iteration: this.#iteration, status: status.slice(0, 50) };
  }

  /** A line in the agent's own name. */
  tell(line: string): void {
    this.say(`(${this.#name}): ${line}`);
  }

  say(line: string): void {
    this.#narrate?.(line);
  }

  /** The guide's words at the purge; what counts is the validity of each command. */
  sayWhatIsOld(): void {
    this.say('(Looking for commands sent to me that are not executing and older than 1.0 hour(s))');
  }

  list(commands: readonly Command[]): void {
    if (commands.length === 0) this.say('<None>');
    for (const { id, name, sender } of commands) this.say(`command ${id}, ${name} from ${sender}`);
  }
}
