/**
 * The life of a command, as a pure machine (design.md §5, R-158 to ). The whole
 * table, drawn from this file, is docs/command-life.md.
 *
 * ```text
 *            ┌─> EXPIRED    not started within its validity (sender or recipient sees it first)
 *  PENDING ──┼─> SKIPPED    the recipient is idle
 *            ├─> REFUSED    the recipient does not know it, or may not
 *            ├─> KILLED     aborted or flushed before it started
 *            └─> RUNNING ─┬─> EXECUTED   with its result
 *                         ├─> FAILED     with a code and a sentence
 *                         ├─> KILLED     aborted; the result tells how far it came
 *                         └─> TIMEDOUT   the sender lost patience
 * ```
 */
export type CommandState =
  | 'PENDING'
  | 'RUNNING'
  | 'EXECUTED'
  | 'FAILED'
  | 'KILLED'
  | 'EXPIRED'
  | 'SKIPPED'
  | 'REFUSED'
  | 'TIMEDOUT';

export type CommandEvent =
  | 'start'
  | 'finish'
  | 'fail'
  | 'kill'
  | 'expire'
  | 'skip'
  | 'refuse'
  | 'timeout';

const TRANSITIONS: Readonly<Record<CommandState, Partial<Record<CommandEvent, CommandState>>>> = {
  PENDING: {
    start: 'RUNNING',
    expire: 'EXPIRED',
    skip: 'SKIPPED',
    refuse: 'REFUSED',
    kill: 'KILLED',
  },
  RUNNING: { finish: 'EXECUTED', fail: 'FAILED', kill: 'KILLED', timeout: 'TIMEDOUT' },
  EXECUTED: {},
  FAILED: {},
  KILLED: {},
  EXPIRED: {},
  SKIPPED: {},
  REFUSED: {},
  TIMEDOUT: {},
};

/** Which of the two ends may cause an event. */
const CAUSES: Readonly<Record<CommandEvent, 'sender' | 'recipient' | 'either'>> = {
  start: 'recipient',
  finish: 'recipient',
  fail: 'recipient',
  kill: 'recipient',
  expire: 'either',
  skip: 'recipient',
  refuse: 'recipient',
  timeout: 'sender',
};

export const COMMAND_STATES = Object.keys(TRANSITIONS) as CommandState[];
export const COMMAND_EVENTS = Object.keys(CAUSES) as CommandEvent[];

/** The state after an event, or null when the event cannot happen in this state. */
export function transition(state: CommandState, event: CommandEvent): CommandState | null {
  return TRANSITIONS[state][event] ?? null;
}

/** The state after several events, or null when one of them cannot happen. */
export function afterAll(
  state: CommandState,
  events: readonly CommandEvent[],
): CommandState | null {
  return events.reduce<CommandState | null>(
    (reached, event) => reached && transition(reached, event),
    state,
  );
}

/** The states in which these events can happen, one after the other. */
export function sourcesOf(events: readonly CommandEvent[]): readonly CommandState[] {
  return COMMAND_STATES.filter((state) => afterAll(state, events) !== null);
}

export function causeOf(event: CommandEvent): 'sender' | 'recipient' | 'either' {
  return CAUSES[event];
}

/** True once nothing more can happen to the command. */
export function isEnded(state: CommandState): boolean {
  return Object.keys(TRANSITIONS[state]).length === 0;
}

/** Commands that every agent answers at once, even while it runs another one. */
export const GENERAL_COMMANDS = [
  'abort',
  'flush_commands',
  'exit',
  'restart_init',
  'get_status',
  'get_mode',
  'set_mode',
  'eval',
] as const;
export type GeneralCommand = (typeof GENERAL_COMMANDS)[number];

/** General commands that are read before everything that was sent earlier. */
const PASSING: readonly string[] = ['abort', 'flush_commands', 'exit', 'restart_init'];

export function isGeneral(name: string): name is GeneralCommand {
  return (GENERAL_COMMANDS as readonly string[]).includes(name);
}

export function passesInFront(name: string): boolean {
  return PASSING.includes(name);
}

export type AgentMode = 'ACTIVE' | 'IDLE';
