import { describe, expect, it } from 'vitest';
import { GENERAL_COMMANDS } from './command.ts';
import { decide, modeOf, type Recipient, type WaitingCommand } from './command-desk.ts';

const NOW_MS = 100_000;

const HERE: Recipient = {
  name: 'Dome',
  mode: 'ACTIVE',
  status: 'IN_MAIN_LOOP',
  isBusy: false,
  knows: new Map([
    ['open', () => null],
    ['turn', (payload: unknown) => (typeof payload === 'number' ? null : 'an angle, degrees')],
  ]),
  obeys: null,
};

function waiting(id: number, name: string, more: Partial<WaitingCommand> = {}): WaitingCommand {
  const usual = { sender: 'Boss', payload: null, readable: true, validitySeconds: 60 };
  return { id, name, depositMs: NOW_MS - 1000, ...usual, ...more };
}

/** What becomes of each, in the order of deciding: `id kind code`. */
function decided(box: readonly WaitingCommand[], recipient: Partial<Recipient> = {}): string[] {
  const decisions = decide(box, { ...HERE, ...recipient }, NOW_MS);
  return decisions.map(({ command, verdict }) => {
    return [command.id, verdict.kind, ...('code' in verdict ? [verdict.code] : [])].join(' ');
  });
}

/** The verdict on one command alone. */
function verdictOn(command: WaitingCommand, recipient: Partial<Recipient> = {}) {
  return decide([command], { ...HERE, ...recipient }, NOW_MS)[0]?.verdict ?? null;
}

describe('a specific command', () => {
  it('runs', () => {
    expect(verdictOn(waiting(1, 'open'))).toEqual({ kind: 'run' });
  });

  it('waits while another runs', () => {
    expect(verdictOn(waiting(1, 'open'), { isBusy: true })).toBeNull();
  });

  it('waits when an earlier one is run in the same look', () => {
    expect(decided([waiting(2, 'open'), waiting(1, 'open')])).toEqual(['1 run']);
  });

  it('runs to the last millisecond of its validity and expires in the next', () => {
    const last = waiting(1, 'open', { validitySeconds: 10, depositMs: NOW_MS - 10_000 });
    expect(verdictOn(last)).toEqual({ kind: 'run' });
    expect(verdictOn({ ...last, depositMs: NOW_MS - 10_001 })).toEqual({
      kind: 'expire',
      code: 'COMMAND_EXPIRED',
      text: 'It was not started within its 10 s.',
    });
  });

  it('that came from the future by the clock of its sender runs', () => {
    expect(verdictOn(waiting(1, 'open', { depositMs: NOW_MS + 5000 }))).toEqual({ kind: 'run' });
  });

  it('is skipped by an idle agent, which says so', () => {
    expect(verdictOn(waiting(1, 'open'), { mode: 'IDLE' })).toEqual({
      kind: 'skip',
      code: 'AGENT_IDLE',
      text: 'Dome is idle: it runs no specific command.',
    });
  });

  it('is skipped by an idle agent even while another still runs', () => {
    expect(verdictOn(waiting(1, 'open'), { mode: 'IDLE', isBusy: true })?.kind).toBe('skip');
  });

  it('is refused when it is not known, with what is', () => {
    expect(verdictOn(waiting(1, 'fly'))).toEqual({
      kind: 'refuse',
      code: 'COMMAND_UNKNOWN',
      text: 'Dome does not know "fly": it knows open, turn.',
    });
  });

  it('is refused by an agent that knows none', () => {
    expect(verdictOn(waiting(1, 'fly'), { knows: new Map() })).toMatchObject({
      text: 'Dome does not know "fly": it knows no command of its own.',
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'Open'])('%s is not known by chance', (name) => {
    expect(verdictOn(waiting(1, name))?.kind).toBe('refuse');
  });

  it('is refused to a sender who may not give it, with who may', () => {
    expect(verdictOn(waiting(1, 'open'), { obeys: ['Majordome', 'Guardian'] })).toEqual({
      kind: 'refuse',
      code: 'COMMAND_FORBIDDEN',
      text: 'Dome takes "open" from Majordome, Guardian only, not from Boss.',
    });
  });

  it('is taken from a sender who may give it', () => {
    expect(verdictOn(waiting(1, 'open'), { obeys: ['Boss'] })).toEqual({ kind: 'run' });
  });

  it('is refused with a wrong payload, and says what it needs', () => {
    expect(verdictOn(waiting(1, 'turn', { payload: 'left' }))).toEqual({
      kind: 'refuse',
      code: 'COMMAND_PAYLOAD',
      text: '"turn" came without what it needs: an angle, degrees.',
    });
  });

  it('is refused when its row cannot be read, whatever it is', () => {
    const unreadable = waiting(1, 'open', { readable: false, payload: '{half' });
    expect(verdictOn(unreadable)).toEqual({
      kind: 'refuse',
      code: 'COMMAND_PAYLOAD',
      text: 'Its payload is not JSON.',
    });
  });

  it('is refused at once, even while another runs or the agent is idle', () => {
    const refused = waiting(1, 'turn', { payload: 'left' });
    expect(verdictOn(refused, { isBusy: true })?.kind).toBe('refuse');
    expect(verdictOn(refused, { mode: 'IDLE' })?.kind).toBe('refuse');
  });

  it.each([
    ['unknown', waiting(1, 'fly', { validitySeconds: 0.5 }), {}],
    ['unreadable', waiting(1, 'open', { readable: false, validitySeconds: 0.5 }), {}],
    ['forbidden', waiting(1, 'open', { validitySeconds: 0.5 }), { obeys: ['Guardian'] }],
    ['for an idle agent', waiting(1, 'open', { validitySeconds: 0.5 }), { mode: 'IDLE' }],
    ['general', waiting(1, 'get_mode', { validitySeconds: 0.5 }), {}],
  ] as const)('expires first when it is too late and %s', (_, command, recipient) => {
    expect(verdictOn(command, recipient)?.kind).toBe('expire');
  });
});

describe('a general command', () => {
  const payloads = { set_mode: 'IDLE', eval: '2+2' } as Readonly<Record<string, unknown>>;

  it.each(GENERAL_COMMANDS)('%s is answered at once, whoever asks, busy and idle', (name) => {
    const command = waiting(1, name, { payload: payloads[name] ?? null });
    const recipient = { mode: 'IDLE', isBusy: true, obeys: [], knows: new Map() } as const;
    expect(verdictOn(command, recipient)?.kind).toBe('answer');
  });

  it.each([
    ['get_status', null, 'ACTIVE IN_MAIN_LOOP'],
    ['get_mode', null, 'ACTIVE'],
    ['set_mode', ' idle ', 'IDLE'],
    ['eval', '2+2', '4'],
    ['abort', 'rain', 'ok'],
  ])('%s with %j answers %j', (name, payload, result) => {
    expect(verdictOn(waiting(1, name, { payload }))).toEqual({ kind: 'answer', result });
  });

  it.each([null, 'SLEEPY', 7, ['IDLE']])('set_mode is refused %j', (payload) => {
    expect(verdictOn(waiting(1, 'set_mode', { payload }))).toEqual({
      kind: 'refuse',
      code: 'COMMAND_PAYLOAD',
      text: '"set_mode" needs ACTIVE or IDLE.',
    });
  });

  it('eval is refused what is not an expression', () => {
    expect(verdictOn(waiting(1, 'eval', { payload: 4 }))).toMatchObject({
      kind: 'refuse',
      code: 'COMMAND_PAYLOAD',
    });
  });

  it.each([
    ['2+', 'EVAL_SYNTAX'],
    ['process.exit()', 'EVAL_SYNTAX'],
    ['9**9**9', 'EVAL_LIMIT'],
    ['1/0', 'EVAL_LIMIT'],
  ])('eval fails at %s with %s and a sentence', (payload, code) => {
    const verdict = verdictOn(waiting(1, 'eval', { payload }));
    expect(verdict).toMatchObject({ kind: 'fail', code });
    expect(verdict && 'text' in verdict && verdict.text).toMatch(/\w+ \w+/);
  });

  it('reads a mode in any case, and nothing else as one', () => {
    expect(['active', 'Idle', 'ACTIVE ', 'off', null, 1].map(modeOf)).toEqual([
      'ACTIVE',
      'IDLE',
      'ACTIVE',
      null,
      null,
      null,
    ]);
  });
});

describe('the order of deciding', () => {
  it('is that of sending', () => {
    const box = [waiting(3, 'get_mode'), waiting(1, 'get_mode'), waiting(2, 'open')];
    expect(decided(box)).toEqual(['1 answer', '2 run', '3 answer']);
  });

  it('lets abort, flush_commands, exit and restart_init pass in front', () => {
    const box = [
      waiting(1, 'get_mode'),
      waiting(2, 'abort'),
      waiting(3, 'flush_commands'),
      waiting(4, 'exit'),
      waiting(5, 'restart_init'),
    ];
    const order = ['2 answer', '3 answer', '4 answer', '5 answer', '1 answer'];
    expect(decided(box)).toEqual(order);
  });

  it('lets a mode count for what was sent after it, not before', () => {
    const box = [
      waiting(1, 'open'),
      waiting(2, 'set_mode', { payload: 'IDLE' }),
      waiting(3, 'open'),
    ];
    expect(decided(box)).toEqual(['1 run', '2 answer', '3 skip AGENT_IDLE']);
  });

  it('lets an idle agent run what was sent after it was made active', () => {
    const box = [
      waiting(1, 'open'),
      waiting(2, 'set_mode', { payload: 'ACTIVE' }),
      waiting(3, 'open'),
    ];
    expect(decided(box, { mode: 'IDLE' })).toEqual(['1 skip AGENT_IDLE', '2 answer', '3 run']);
  });

  it('lets a mode that was refused or came too late change nothing', () => {
    const box = [
      waiting(1, 'set_mode', { payload: 'SLEEPY' }),
      waiting(2, 'set_mode', { payload: 'IDLE', validitySeconds: 0.5 }),
      waiting(3, 'open'),
    ];
    const ends = ['1 refuse COMMAND_PAYLOAD', '2 expire COMMAND_EXPIRED', '3 run'];
    expect(decided(box)).toEqual(ends);
  });

  it('starts nothing beside an exit, whenever that was sent', () => {
    expect(decided([waiting(1, 'open'), waiting(2, 'exit')])).toEqual(['2 answer']);
  });

  it('starts nothing beside a restart', () => {
    expect(decided([waiting(1, 'restart_init'), waiting(2, 'open')])).toEqual(['1 answer']);
  });

  it('still answers, refuses and takes back beside an exit', () => {
    const box = [
      waiting(1, 'open'),
      waiting(2, 'exit'),
      waiting(3, 'abort'),
      waiting(4, 'get_mode'),
      waiting(5, 'fly'),
    ];
    const ends = ['2 answer', '3 answer', '1 kill ABORTED', '4 answer', '5 refuse COMMAND_UNKNOWN'];
    expect(decided(box)).toEqual(ends);
  });

  it('lets an exit that came too late end nothing', () => {
    const box = [waiting(1, 'exit', { validitySeconds: 0.5 }), waiting(2, 'open')];
    expect(decided(box)).toEqual(['1 expire COMMAND_EXPIRED', '2 run']);
  });
});

describe('taking back', () => {
  const box = [
    waiting(1, 'open'),
    waiting(2, 'open', { sender: 'Other' }),
    waiting(3, 'get_mode'),
    waiting(5, 'open'),
  ];

  it('by abort reaches what its sender asked before it, and nobody else’s or later', () => {
    const ends = ['4 answer', '1 kill ABORTED', '2 run', '3 answer'];
    expect(decided([...box, waiting(4, 'abort')])).toEqual(ends);
  });

  it('by flush_commands reaches whatever was asked before it', () => {
    const ends = ['4 answer', '1 kill ABORTED', '2 kill ABORTED', '3 answer', '5 run'];
    expect(decided([...box, waiting(4, 'flush_commands', { sender: 'Other' })])).toEqual(ends);
  });

  it('reaches what could not be run either', () => {
    const unknown = waiting(1, 'fly');
    expect(decided([unknown, waiting(2, 'abort')])).toEqual(['2 answer', '1 kill ABORTED']);
  });

  it('finds expired what came too late', () => {
    const late = waiting(1, 'open', { validitySeconds: 0.5 });
    expect(decided([late, waiting(2, 'abort')])).toEqual(['2 answer', '1 expire COMMAND_EXPIRED']);
  });

  it.each([
    ['abort', 'rain', 'aborted before start by Boss: rain'],
    ['abort', null, 'aborted before start by Boss'],
    ['abort', '', 'aborted before start by Boss'],
    ['flush_commands', null, 'flushed before start by Boss'],
  ])('by %s with %j says so', (name, payload, text) => {
    const [, taken] = decide([waiting(1, 'open'), waiting(2, name, { payload })], HERE, NOW_MS);
    expect(taken?.verdict).toEqual({ kind: 'kill', code: 'ABORTED', text });
  });

  it('leaves alone what an abort that came too late was meant for', () => {
    const late = waiting(2, 'abort', { validitySeconds: 0.5 });
    expect(decided([waiting(1, 'open'), late])).toEqual(['2 expire COMMAND_EXPIRED', '1 run']);
  });
});
