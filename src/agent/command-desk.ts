import { evaluate } from './arithmetic.ts';
import { type AgentMode, isGeneral, passesInFront } from './command.ts';
import { DEVICE_COMMAND } from './device-grammar.ts';

/** Commands to a device have one name and many words. */
const DEVICE_WORDS = 'commands to a device (MOUNT GET status, CHAN VIS GET status, …)';

/** A command that waits, as the desk sees it; instants are UTC ms. */
export interface WaitingCommand {
  readonly id: number;
  readonly sender: string;
  readonly name: string;
  readonly payload: unknown;
  /** False when its row does not hold JSON. */
  readonly readable: boolean;
  readonly depositMs: number;
  /** Counts from the deposit. */
  readonly validitySeconds: number;
}

/** Says what is wrong with the payload of a specific command, or null. */
export type PayloadCheck = (payload: unknown) => string | null;

/** Who finds the commands. */
export interface Recipient {
  readonly name: string;
  readonly mode: AgentMode;
  /** What `get_status` answers. */
  readonly status: string;
  /** A specific command runs already: others wait. */
  readonly isBusy: boolean;
  /** The specific commands that it knows. */
  readonly knows: ReadonlyMap<string, PayloadCheck>;
  /** Those of them that it runs idle too; none when absent. */
  readonly runsIdle?: readonly string[];
  /** Who may give it specific commands; null: anybody. */
  readonly obeys: readonly string[] | null;
}

/** What becomes of a command that was found waiting. Those not named go on waiting. */
export type Verdict =
  | { readonly kind: 'run' }
  | { readonly kind: 'answer'; readonly result: string }
  | { readonly kind: 'fail'; readonly code: string; readonly text: string }
  | { readonly kind: 'expire'; readonly code: string; readonly text: string }
  | { readonly kind: 'skip'; readonly code: string; readonly text: string }
  | { readonly kind: 'refuse'; readonly code: string; readonly text: string }
  | { readonly kind: 'kill'; readonly code: string; readonly text: string };

export interface Decision<C extends WaitingCommand> {
  readonly command: C;
  readonly verdict: Verdict;
}

/**
 * Decides on all commands that wait, oldest first, but those that pass in front before the others: the
 * pure heart of an agent's desk. At most one is run; general ones are answered at once; a mode that
 * one of them sets holds for those that were sent after it.
 */
export function decide<C extends WaitingCommand>(
  waiting: readonly C[],
  recipient: Recipient,
  nowMs: number,
): readonly Decision<C>[] {
  const decisions: Decision<C>[] = [];
  const inOrder = [...waiting].sort(byTurn);
  const left = new Set(inOrder);
  let { mode, isBusy } = recipient;
  const settle = (command: C, verdict: Verdict) => {
    decisions.push({ command, verdict });
    left.delete(command);
  };
  for (const command of inOrder) {
    if (!left.has(command)) continue;
    const verdict = verdictOn(command, { ...recipient, mode, isBusy }, nowMs);
    if (!verdict) continue;
    settle(command, verdict);
    if (verdict.kind === 'run') isBusy = true;
    if (verdict.kind !== 'answer') continue;
    for (const other of [...left]) {
      if (!takesBack(command, other)) continue;
      settle(other, expiry(other, nowMs) ?? killedBefore(command));
    }
    if (command.name === 'set_mode') mode = modeOf(command.payload) ?? mode;
    // An agent that ends begins nothing more: what waits is for its next life.
    if (command.name === 'exit') isBusy = true;
    if (command.name === 'restart_init') isBusy = true;
  }
  return decisions;
}

function byTurn(a: WaitingCommand, b: WaitingCommand): number {
  const front = Number(passesInFront(b.name)) - Number(passesInFront(a.name));
  return front || a.id - b.id;
}

/** The verdict on one command alone; null: it waits its turn. */
export function verdictOn(
  command: WaitingCommand,
  recipient: Recipient,
  nowMs: number,
): Verdict | null {
  const late = expiry(command, nowMs);
  if (late) return late;
  if (!command.readable) {
    return { kind: 'refuse', code: 'COMMAND_PAYLOAD', text: 'Its payload is not JSON.' };
  }
  if (isGeneral(command.name)) return answerTo(command, recipient);
  return refusalOf(command, recipient) ?? admission(command, recipient);
}

function expiry({ depositMs, validitySeconds }: WaitingCommand, nowMs: number): Verdict | null {
  if (nowMs - depositMs <= validitySeconds * 1000) return null;
  const text = `It was not started within its ${validitySeconds} s.`;
  return { kind: 'expire', code: 'COMMAND_EXPIRED', text };
}

function admission({ name }: WaitingCommand, recipient: Recipient): Verdict | null {
  if (recipient.mode === 'IDLE' && !recipient.runsIdle?.includes(name)) {
    const text = `${recipient.name} is idle: it runs no specific command.`;
    return { kind: 'skip', code: 'AGENT_IDLE', text };
  }
  return recipient.isBusy ? null : { kind: 'run' };
}

function refusalOf(command: WaitingCommand, recipient: Recipient): Verdict | null {
  const { name, knows, obeys } = recipient;
  const check = knows.get(command.name);
  if (!check) {
    const names = [...knows.keys()].map((one) => (one === DEVICE_COMMAND ? DEVICE_WORDS : one));
    const known = names.join(', ') || 'no command of its own';
    const text = `${name} does not know "${command.name}": it knows ${known}.`;
    return { kind: 'refuse', code: 'COMMAND_UNKNOWN', text };
  }
  if (obeys && !obeys.includes(command.sender)) {
    const text = `${name} takes "${command.name}" from ${obeys.join(', ')} only, not from ${command.sender}.`;
    return { kind: 'refuse', code: 'COMMAND_FORBIDDEN', text };
  }
  const fault = check(command.payload);
  if (fault === null) return null;
  const text = `"${command.name}" came without what it needs: ${fault}.`;
  return { kind: 'refuse', code: 'COMMAND_PAYLOAD', text };
}

function answerTo(command: WaitingCommand, recipient: Recipient): Verdict {
  switch (command.name) {
    case 'get_status':
      return { kind: 'answer', result: `${recipient.mode} ${recipient.status}` };
    case 'get_mode':
      return { kind: 'answer', result: recipient.mode };
    case 'set_mode':
      return modeAnswer(command.payload);
    case 'eval':
      return evaluation(command.payload);
    default:
      return { kind: 'answer', result: 'ok' };
  }
}

function modeAnswer(payload: unknown): Verdict {
  const mode = modeOf(payload);
  if (mode) return { kind: 'answer', result: mode };
  const text = '"set_mode" needs ACTIVE or IDLE.';
  return { kind: 'refuse', code: 'COMMAND_PAYLOAD', text };
}

/** The mode that a `set_mode` asks for, in any case; null when it is none. */
export function modeOf(payload: unknown): AgentMode | null {
  const word = typeof payload === 'string' ? payload.trim().toUpperCase() : '';
  return word === 'ACTIVE' || word === 'IDLE' ? word : null;
}

function evaluation(payload: unknown): Verdict {
  if (typeof payload !== 'string') {
    const text = '"eval" needs an expression, such as 2+2.';
    return { kind: 'refuse', code: 'COMMAND_PAYLOAD', text };
  }
  const answer = evaluate(payload);
  if (answer.ok) return { kind: 'answer', result: answer.text };
  return { kind: 'fail', code: answer.code, text: answer.error };
}

/** The reason that an `abort` gives: its payload, or the `reason` in it; empty when it gives none. */
export function reasonIn(payload: unknown): string {
  if (typeof payload === 'string') return payload;
  const isObject = typeof payload === 'object' && payload !== null && 'reason' in payload;
  return isObject && typeof payload.reason === 'string' ? payload.reason : '';
}

/** `abort` takes back what its sender asked before it, `flush_commands` whatever was asked before. */
function takesBack(by: WaitingCommand, other: WaitingCommand): boolean {
  if (other.id > by.id || isGeneral(other.name)) return false;
  return by.name === 'flush_commands' || (by.name === 'abort' && other.sender === by.sender);
}

function killedBefore(by: WaitingCommand): Verdict {
  const how = by.name === 'abort' ? 'aborted' : 'flushed';
  const why = reasonIn(by.payload);
  const text = `${how} before start by ${by.sender}${why && `: ${why}`}`;
  return { kind: 'kill', code: 'ABORTED', text };
}
