import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENERAL_COMMANDS } from './command.ts';
import { formatCommand, parseCommandText, parseTypedCommand } from './command-grammar.ts';

function orderOf(text: string): unknown {
  const parsed = parseCommandText(text);
  return parsed.ok ? parsed.order : parsed.error;
}

function errorOf(text: string): string {
  const parsed = parseCommandText(text);
  return parsed.ok ? 'it was understood' : parsed.error;
}

function typed(type: string, message: string, argument?: string): unknown {
  const parsed = parseTypedCommand(type, message, argument);
  return parsed.ok ? parsed.order : parsed.error;
}

describe('a general command', () => {
  it.each([
    ['get status', 'get_status', null],
    ['GET status', 'get_status', null],
    ['GET mode', 'get_mode', null],
    ['get_status', 'get_status', null],
    ['Get_Mode', 'get_mode', null],
    ['SET status active', 'set_mode', 'ACTIVE'],
    ['SET status idle', 'set_mode', 'IDLE'],
    ['set mode Idle', 'set_mode', 'IDLE'],
    ['set_mode IDLE', 'set_mode', 'IDLE'],
    ['set_mode active', 'set_mode', 'ACTIVE'],
    ['DO exit', 'exit', null],
    ['exit', 'exit', null],
    ['DO restart_init', 'restart_init', null],
    ['restart_init', 'restart_init', null],
    ['DO abort', 'abort', null],
    ['abort', 'abort', null],
    ['ABORT', 'abort', null],
    ['do abort rain is coming', 'abort', 'rain is coming'],
    ['abort {"a": 1}', 'abort', '{"a": 1}'],
    ['abort 5', 'abort', '5'],
    ['abort "  two blanks"', 'abort', '  two blanks'],
    ['abort "so" he said', 'abort', '"so" he said'],
    ['DO flush_commands', 'flush_commands', null],
    ['flush_commands', 'flush_commands', null],
    ['eval 2+2', 'eval', '2+2'],
    ['do EVAL 4 + 5', 'eval', '4 + 5'],
    ['eval 7', 'eval', '7'],
    ['  \n get \t ', 'error', ''],
    ['  get   status \n', 'get_status', null],
  ])('is read from %j', (text, name, payload) => {
    if (name === 'error') expect(errorOf(text)).toContain('get status');
    else expect(orderOf(text)).toEqual({ name, payload });
  });

  it.each(GENERAL_COMMANDS)('%s can be written in the words of the guide', (name) => {
    const example = { set_mode: 'idle', eval: '2+2' }[name as string] ?? '';
    expect(orderOf(`${name} ${example}`)).toMatchObject({ name });
  });
});

describe('a specific command', () => {
  it.each([
    ['specific1', 'specific1', null],
    ['park {}', 'park', {}],
    ['run_sequence {"sequenceId": 3}', 'run_sequence', { sequenceId: 3 }],
    ['openDome', 'openDome', null],
    ['wait 5', 'wait', 5],
    ['wait 5 s', 'wait', '5 s'],
    ['wait null', 'wait', null],
    ['flag true', 'flag', true],
    ['say "5"', 'say', '5'],
    ['say  two   words ', 'say', 'two   words'],
    ['say {broken', 'say', '{broken'],
    ['say 1e999', 'say', '1e999'],
    ['say {"far": [-1e999]}', 'say', '{"far": [-1e999]}'],
    ['say 007', 'say', '007'],
    ['say "bell \\u0007"', 'say', 'bell \u0007'],
    ['mounted START', 'mounted', 'START'],
    ['_x', '_x', null],
    ['__proto__ 1', '__proto__', 1],
    ['constructor', 'constructor', null],
    ['toString 1', 'toString', 1],
    ['device now', 'device', 'now'],
  ])('is read from %j', (text, name, payload) => {
    expect(orderOf(text)).toEqual({ name, payload });
  });

  it('keeps a key named __proto__ as a key', () => {
    const { payload } = orderOf('run {"__proto__": {"isSafe": true}}') as { payload: object };
    expect([Object.keys(payload), 'isSafe' in payload]).toEqual([['__proto__'], false]);
  });

  it('may have a name of 50 characters and no more', () => {
    expect(orderOf('a'.repeat(50))).toEqual({ name: 'a'.repeat(50), payload: null });
    expect(errorOf('a'.repeat(51))).toContain('51 characters');
  });
});

describe('a command to a device', () => {
  const mount = { device: 'MOUNT', alias: null };
  it.each([
    [
      'MOUNT START goto 83.63 22.01',
      { ...mount, action: 'START', words: ['goto', '83.63', '22.01'] },
    ],
    ['MOUNT STOP', { ...mount, action: 'STOP', words: [] }],
    ['mount abort', { ...mount, action: 'ABORT', words: [] }],
    ['UNIT GET coordinates', { ...mount, action: 'GET', words: ['coordinates'] }],
    ['MOUNT SET  tracking   on', { ...mount, action: 'SET', words: ['tracking', 'on'] }],
    ['CHAN VIS GET status', { device: 'CHAN', alias: 'VIS', action: 'GET', words: ['status'] }],
    ['CHAN GET status', { device: 'CHAN', alias: null, action: 'GET', words: ['status'] }],
    [
      'chan Visible camera set filter r',
      { device: 'CHAN', alias: 'Visible camera', action: 'SET', words: ['filter', 'r'] },
    ],
    ['CHAN VIS START stop', { device: 'CHAN', alias: 'VIS', action: 'START', words: ['stop'] }],
  ])('is read from %j', (text, payload) => {
    expect(orderOf(text)).toEqual({ name: 'device', payload });
  });

  it.each([
    [
      'MOUNT',
      'MOUNT says not what to do: write MOUNT and one of START, STOP, ABORT, SET, GET, NATIVE.',
    ],
    ['CHAN', 'CHAN says not what to do: write CHAN alias and one of'],
    ['CHAN VIS', 'CHAN says not what to do'],
    ['MOUNT goto 1 2', 'MOUNT says not what to do'],
    ['MOUNT VirtualMount STOP', 'leave "VirtualMount" out'],
    ['MOUNT GET', 'write MOUNT GET coordinates'],
    ['CHAN VIS SET', 'CHAN SET says not what'],
  ])('%j is refused and says what to write', (text, sentence) => {
    expect(errorOf(text)).toContain(sentence);
  });
});

describe('a text that is no command', () => {
  it.each([
    ['', 'The command is empty: write one'],
    [' \n\t ', 'The command is empty'],
    ['x'.repeat(4001), '4001 characters: write at most 4000'],
    ['get', '"get" says not what: there are "get status", "get mode".'],
    ['get foo', '"get foo" does not exist: there are "get status", "get mode".'],
    ['set', 'there are "set status", "set mode".'],
    ['set focus 3', '"set focus" does not exist'],
    ['set mode', 'The mode is missing: write "set mode active" or "set mode idle".'],
    ['set status asleep', '"asleep" is no mode'],
    ['set_mode', 'The mode is missing'],
    ['set mode idle now', '"idle now" is no mode'],
    ['do', '"do" says not what: there are "do exit", "do restart_init"'],
    ['do specific1', 'A command of the recipient itself goes without "do".'],
    ['do get status', '"do get" does not exist'],
    ['get __proto__', '"get __proto__" does not exist'],
    ['exit now', '"exit" takes nothing after it: leave "now" out.'],
    ['get status of mount', '"get status" takes nothing after it: leave "of mount" out.'],
    ['do restart_init 3', '"restart_init" takes nothing after it'],
    ['eval', '"eval" needs an expression'],
    ['do eval', '"eval" needs an expression'],
    ['2+2', '"2+2" cannot be the name of a command'],
    ['42', '"42" cannot be the name'],
    ['open-dome', '"open-dome" cannot be the name'],
    ['{"name": "park"}', 'cannot be the name'],
    ['château', 'cannot be the name'],
    ['say a\nb', 'holds a control character (U+000A): write it in one line'],
    ['say\u0000', 'U+0000'],
    ['say \u009b1m', 'U+009B'],
    ['say \ud800', 'U+D800'],
    ['get\tstatus', 'U+0009'],
  ])('%.20j is refused and says what to write', (text, sentence) => {
    expect(errorOf(text)).toContain(sentence);
  });

  it('is answered, never thrown at, whatever it holds', () => {
    const words = [
      'get',
      'set',
      'do',
      'eval',
      'MOUNT',
      'CHAN',
      'GET',
      'mode',
      'idle',
      '{',
      '"',
      '1',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.constantFrom(...words)).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, (noise) => {
        const parsed = parseCommandText(noise);
        if (parsed.ok) expect(parsed.order.name).toMatch(/^\w+$/);
        else expect(parsed.error).toMatch(/\.$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the older form, a type and a message', () => {
  it.each([
    ['Generic', 'IDLE', undefined, { name: 'set_mode', payload: 'IDLE' }],
    ['Generic', 'ACTIVE', undefined, { name: 'set_mode', payload: 'ACTIVE' }],
    ['Generic', 'STOP', undefined, { name: 'exit', payload: null }],
    ['Generic', 'ABORT', undefined, { name: 'abort', payload: null }],
    ['Generic', 'ABORT', 'rain', { name: 'abort', payload: 'rain' }],
    ['Generic', 'RESTART_INIT', undefined, { name: 'restart_init', payload: null }],
    ['Generic', 'FLUSH_COMMANDS', undefined, { name: 'flush_commands', payload: null }],
    ['Generic', 'EVAL', '3+4', { name: 'eval', payload: '3+4' }],
    ['generic', 'eval 3+4', undefined, { name: 'eval', payload: '3+4' }],
    [
      'Pyros',
      'MOUNT START',
      'goto 83.63 22.01',
      {
        name: 'device',
        payload: {
          device: 'MOUNT',
          alias: null,
          action: 'START',
          words: ['goto', '83.63', '22.01'],
        },
      },
    ],
    [
      'PYROS',
      'CHAN VIS GET status',
      undefined,
      {
        name: 'device',
        payload: { device: 'CHAN', alias: 'VIS', action: 'GET', words: ['status'] },
      },
    ],
  ])('%s %s %s', (type, message, argument, order) => {
    expect(typed(type, message, argument)).toEqual(order);
  });

  it.each([
    ['Special', 'IDLE', undefined, '"Special" is no type of command: write Generic or Pyros.'],
    ['Generic', 'PARK', undefined, '"PARK" is no Generic command: there are IDLE, ACTIVE, STOP'],
    ['Generic', '', undefined, 'The command is empty'],
    ['Generic', 'IDLE', 'now', '"idle now" is no mode'],
    ['Generic', 'EVAL', undefined, '"eval" needs an expression'],
    ['Generic', 'EVAL', '3\n+4', 'U+000A'],
    ['Pyros', 'DOME START', undefined, '"DOME" is no device: write MOUNT (or UNIT), or CHAN'],
    ['Pyros', 'MOUNT', undefined, 'MOUNT says not what to do'],
  ])('%s %j %j is refused and says what to write', (type, message, argument, sentence) => {
    expect(typed(type, message, argument)).toContain(sentence);
  });
});

describe('the text of a command', () => {
  it.each([
    [{ name: 'get_status', payload: null }, 'get status'],
    [{ name: 'get_mode', payload: null }, 'get mode'],
    [{ name: 'set_mode', payload: 'IDLE' }, 'set mode idle'],
    [{ name: 'exit', payload: null }, 'exit'],
    [{ name: 'abort', payload: null }, 'abort'],
    [{ name: 'abort', payload: 'rain is coming' }, 'abort rain is coming'],
    [{ name: 'abort', payload: '' }, 'abort ""'],
    [{ name: 'eval', payload: '2+2' }, 'eval 2+2'],
    [{ name: 'eval', payload: '2\n+2' }, 'eval "2\\n+2"'],
    [{ name: 'specific1', payload: null }, 'specific1'],
    [{ name: 'run_sequence', payload: { sequenceId: 3 } }, 'run_sequence {"sequenceId":3}'],
    [{ name: 'say', payload: '5' }, 'say "5"'],
    [{ name: 'say', payload: 'hello world' }, 'say hello world'],
    [{ name: 'say', payload: '\u009b' }, 'say "\\u009b"'],
    [
      {
        name: 'device',
        payload: { words: ['on'], action: 'SET', alias: 'VIS', device: 'CHAN' },
      },
      'CHAN VIS SET on',
    ],
  ])('%j is %s', (order, text) => {
    expect(formatCommand(order)).toBe(text);
  });

  it.each([
    [{ name: 'exit', payload: { a: 1 } }, 'exit {"a":1}'],
    [{ name: 'get_status', payload: 1 }, 'get_status 1'],
    [{ name: 'set_mode', payload: 'asleep' }, 'set_mode asleep'],
    [{ name: 'eval', payload: null }, 'eval'],
    [{ name: 'eval', payload: 7 }, 'eval 7'],
    [{ name: 'park', payload: undefined }, 'park'],
  ])('%j, which nobody can type, is shown as %s', (order, text) => {
    expect(formatCommand(order)).toBe(text);
  });
});

const anyText = fc.string({ unit: 'binary', maxLength: 30 });
const name = fc
  .stringMatching(/^[A-Za-z_]\w{0,49}$/)
  .filter((text) => !/^(get|set|do|mount|unit|chan|eval|exit|abort)$/i.test(text))
  .filter((text) => !(GENERAL_COMMANDS as readonly string[]).includes(text.toLowerCase()));
const word = fc.stringMatching(/^[\w.+-]{1,10}$/);
const aliasWord = word.filter((text) => !/^(start|stop|abort|set|get)$/i.test(text));
const alias = fc.array(aliasWord, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const device = (type: fc.Arbitrary<string>, named: fc.Arbitrary<string | null>) =>
  fc.record({
    device: type,
    alias: named,
    action: fc.constantFrom('START', 'STOP', 'ABORT', 'SET', 'GET'),
    words: fc.array(word, { minLength: 1, maxLength: 5 }),
  });
const json = fc.jsonValue({ noUnicodeString: false, depthSize: 'small' });
const order = fc.oneof(
  fc.record({
    name: fc.constantFrom('get_status', 'get_mode', 'exit', 'restart_init', 'flush_commands'),
    payload: fc.constant(null),
  }),
  fc.record({ name: fc.constant('set_mode'), payload: fc.constantFrom('ACTIVE', 'IDLE') }),
  fc.record({ name: fc.constant('abort'), payload: fc.option(anyText) }),
  fc.record({ name: fc.constant('eval'), payload: anyText }),
  fc.record({ name, payload: fc.oneof(json, anyText, fc.constant(null)) }),
  fc.record({
    name: fc.constant('device'),
    payload: device(fc.constant('MOUNT'), fc.constant(null)),
  }),
  fc.record({
    name: fc.constant('device'),
    payload: device(fc.constant('CHAN'), fc.option(alias)),
  }),
  fc.record({
    name: fc.constant('device'),
    payload: fc.record({
      device: fc.constantFrom('MOUNT', 'CHAN', 'DOME'),
      alias: fc.option(anyText),
      action: fc.constantFrom('START', 'GET', 'open'),
      words: fc.array(anyText, { maxLength: 3 }),
    }),
  }),
);

describe('any command', () => {
  it('reads back from its text as the same', () => {
    fc.assert(
      fc.property(order, (original) => {
        const text = formatCommand(original);
        fc.pre(text.length <= 4000);
        // Through JSON, as in its row of the table.
        expect(orderOf(text)).toEqual(JSON.parse(JSON.stringify(original)));
      }),
      { numRuns: 2000 },
    );
  });

  it('has one text: written again after reading, it is the same', () => {
    fc.assert(
      fc.property(order, (original) => {
        const text = formatCommand(original);
        fc.pre(text.length <= 4000);
        expect(formatCommand(orderOf(text) as typeof original)).toBe(text);
      }),
    );
  });
});
