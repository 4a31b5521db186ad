import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  COMMAND_EVENTS,
  COMMAND_STATES,
  type CommandEvent,
  type CommandState,
  causeOf,
  isEnded,
  transition,
} from '../src/agent/command.ts';

export const COMMAND_LIFE = fileURLToPath(new URL('../docs/command-life.md', import.meta.url));

/** What makes each event happen. */
const MEANINGS: Readonly<Record<CommandEvent, string>> = {
  start: 'its turn came: a general command at once, a specific one when no other runs',
  finish: 'it was done',
  fail: 'it could not be done, or the recipient died while it ran and does not take it up again',
  kill: 'an `abort` and, once it runs, an `exit` or `restart_init`; before its start, a `flush_commands`',
  expire: 'its validity ended and nobody had started it',
  skip: 'it is specific and the recipient is IDLE',
  refuse: 'the recipient does not know it, may not take it from this sender, or cannot read it',
  timeout:
    'its sender set a time-out, which passed without an end or a word of progress; or set none, and the recipient died and nobody took it up',
};

/** What the row holds once the command is there. */
interface Columns {
  readonly result: string;
  /** Codes in backquotes, all explained in docs/errors.md. */
  readonly errorCode: string;
  readonly errorText: string;
}

const NONE = 'empty';
const PROGRESS = 'how far it came (its last progress), or empty';

const COLUMNS: Readonly<Record<CommandState, Columns>> = {
  PENDING: { result: NONE, errorCode: NONE, errorText: NONE },
  RUNNING: { result: 'empty; `progress` tells how far it is', errorCode: NONE, errorText: NONE },
  EXECUTED: { result: 'what it gave', errorCode: NONE, errorText: NONE },
  FAILED: {
    result: PROGRESS,
    errorCode: 'of what went wrong: `EVAL_SYNTAX`, `EVAL_LIMIT`, `AGENT_DIED`, or any other code',
    errorText: 'what went wrong',
  },
  KILLED: {
    result: `${PROGRESS}; always empty when it was killed before its start`,
    errorCode: '`ABORTED`',
    errorText: 'who aborted or flushed it, and why',
  },
  EXPIRED: {
    result: NONE,
    errorCode:
      '`COMMAND_EXPIRED`; `RECIPIENT_SILENT` when its sender saw it first and the recipient shows no sign of life',
    errorText: 'how long it waited, and what the recipient was doing',
  },
  SKIPPED: { result: NONE, errorCode: '`AGENT_IDLE`', errorText: 'who is idle' },
  REFUSED: {
    result: NONE,
    errorCode: '`COMMAND_UNKNOWN`, `COMMAND_FORBIDDEN` or `COMMAND_PAYLOAD`',
    errorText: 'what the recipient knows, obeys or needs',
  },
  TIMEDOUT: {
    result: PROGRESS,
    errorCode:
      '`COMMAND_TIMEDOUT`; `RECIPIENT_SILENT` when no time-out was set and the recipient is gone',
    errorText: 'how long its sender waited',
  },
};

/** The text of docs/command-life.md, from the machine in src/agent/command.ts. */
export function commandLife(): string {
  const sections = [
    '# The life of a command',
    `Written from \`src/agent/command.ts\` by \`node tools/draw-command-life.ts\`; a test keeps them equal.
People read each state as \`CMD_\` and its name, such as \`CMD_EXECUTED\`. Whoever comes second to move
a command changes nothing, so that each command ends once.`,
    `\`\`\`mermaid\n${diagram()}\n\`\`\``,
    '## Every state and event',
    'The state after the event; — where it cannot happen.',
    stateTable(),
    '## Who causes an event, and when',
    eventTable(),
    '## What the row says',
    'Columns of the table `command`; the codes are explained in [errors](errors.md).',
    columnTable(),
  ];
  return `${sections.join('\n\n')}\n`;
}

function diagram(): string {
  const moves = COMMAND_STATES.flatMap((from) =>
    COMMAND_EVENTS.flatMap((event) => {
      const to = transition(from, event);
      return to ? [`${from} --> ${to}: ${event} (${causeName(event)})`] : [];
    }),
  );
  const ends = COMMAND_STATES.filter(isEnded).map((state) => `${state} --> [*]`);
  const lines = ['[*] --> PENDING: deposit (sender)', ...moves, ...ends];
  return ['stateDiagram-v2', ...lines.map((line) => `  ${line}`)].join('\n');
}

function stateTable(): string {
  const rows = COMMAND_STATES.map((state) => [
    state,
    ...COMMAND_EVENTS.map((event) => transition(state, event) ?? '—'),
  ]);
  return table(['', ...COMMAND_EVENTS], rows);
}

function eventTable(): string {
  const rows = COMMAND_EVENTS.map((event) => [event, causeName(event), MEANINGS[event]]);
  return table(['event', 'caused by', 'when'], rows);
}

function columnTable(): string {
  const rows = COMMAND_STATES.map((state) => {
    const { result, errorCode, errorText } = COLUMNS[state];
    return [state, isEnded(state) ? 'yes' : 'no', result, errorCode, errorText];
  });
  return table(['state', 'is an end', '`result`', '`error_code`', '`error_text`'], rows);
}

function causeName(event: CommandEvent): string {
  const cause = causeOf(event);
  return cause === 'either' ? 'sender or recipient' : cause;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

if (import.meta.main) writeFileSync(COMMAND_LIFE, commandLife());
