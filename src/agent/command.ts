/**
 * The life of a command, as a pure machine (design.md §5, R-158 to ).
 *
 * ```text
 *            ┌─> EXPIRED    not started within its validity (sender or recipient sees it first)
 *  PENDING ──┼─> SKIPPED    the recipient is idle
 *            ├─> REFUSED    the recipient does not know it, or may not
 *            ├─> KILLED     aborted or flushed before it started
 *            └─> RUNNING ─┬─> EXECUTED   with its result
 *                         ├─> FAILED     with a code and a sentence
 *                         ├─> KILLED     aborted; the progress tells how far it came
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

export const COMMAND_STATES = Object.keys(TRANSITIONS) as CommandState[];

/** The state after an event, or null when the event cannot happen in this state. */
export function transition(state: CommandState, event: CommandEvent): CommandState | null {
  return TRANSITIONS[state][event] ?? null;
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
  'get_status',
  'set_mode',
] as const;
export type GeneralCommand = (typeof GENERAL_COMMANDS)[number];

export function isGeneral(name: string): name is GeneralCommand {
  return (GENERAL_COMMANDS as readonly string[]).includes(name);
}

export type AgentMode = 'ACTIVE' | 'IDLE';

/** What the recipient does with a command it finds waiting. */
export type Admission = 'run' | 'expire' | 'refuse' | 'skip';

/** Who finds the command: its mode, and the specific commands that it knows. */
export interface Recipient {
  readonly mode: AgentMode;
  readonly knows: readonly string[];
}

/** Decides on a PENDING command; instants are UTC ms, `validitySeconds` counts from its deposit. */
export function admit(
  command: { name: string; depositMs: number; validitySeconds: number },
  recipient: Recipient,
  nowMs: number,
): Admission {
  if (nowMs - command.depositMs > command.validitySeconds * 1000) return 'expire';
  if (isGeneral(command.name)) return 'run';
  if (!recipient.knows.includes(command.name)) return 'refuse';
  return recipient.mode === 'IDLE' ? 'skip' : 'run';
}
