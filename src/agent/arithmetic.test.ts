import { describe, expect, it } from 'vitest';
import { evaluate } from './arithmetic.ts';

function textOf(expression: string): string {
  const evaluation = evaluate(expression);
  return evaluation.ok ? evaluation.text : evaluation.error;
}

function codeOf(expression: string): string {
  const evaluation = evaluate(expression);
  return evaluation.ok ? 'it has a value' : evaluation.code;
}

describe('an expression', () => {
  it.each([
    ['2+2', '4'],
    ['4+5', '9'],
    ['3+4', '7'],
    ['  3 +\t4 ', '7'],
    ['10-2-3', '5'],
    ['2+3*4', '14'],
    ['(2+3)*4', '20'],
    ['12/3/2', '2'],
    ['7%3', '1'],
    ['-7%3', '2'],
    ['7%-3', '-2'],
    ['-6%3', '0'],
    ['2**3**2', '512'],
    ['-2**2', '-4'],
    ['(-2)**2', '4'],
    ['2**-1', '0.5'],
    ['2*-3', '-6'],
    ['--3', '3'],
    ['+-+3', '-3'],
    ['3--2', '5'],
    ['.5+1.', '1.5'],
    ['1.5e3', '1500'],
    ['1E-3', '0.001'],
    ['0*-1', '0'],
    ['0.1+0.2', '0.30000000000000004'],
    ['1/3', '0.3333333333333333'],
    ['10**21', '1e+21'],
    ['((((((1))))))', '1'],
  ])('%s gives %s', (expression, text) => {
    expect(textOf(expression)).toBe(text);
  });

  it.each([
    ['sqrt(16)', 4],
    ['abs(-3)', 3],
    ['sin(pi/2)', 1],
    ['cos(pi)', -1],
    ['tan(pi/4)', 1],
    ['asin(1)', Math.PI / 2],
    ['acos(-1)', Math.PI],
    ['atan(1)', Math.PI / 4],
    ['atan2(1,-1)', (3 * Math.PI) / 4],
    ['exp(1)', Math.E],
    ['log(e**3)', 3],
    ['log10(1000)', 3],
    ['floor(-1.5)', -2],
    ['ceil(1.2)', 2],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['min(3,1,2)', 1],
    ['max(3, 1+4, 2)', 5],
    ['hypot(3,4)', 5],
    ['pow(2,10)', 1024],
    ['-sqrt(4)**2', -4],
    ['max(1)', 1],
  ])('%s knows the functions and constants', (expression, value) => {
    const evaluation = evaluate(expression);
    expect(evaluation.ok && evaluation.value).toBeCloseTo(value, 12);
  });
});

describe('what is not arithmetic', () => {
  it.each([
    '',
    '   ',
    '+',
    '2+',
    '*2',
    '2 3',
    '2e',
    '2pi',
    '1..2',
    '0x10',
    '1_000',
    '(2',
    '2)',
    '()',
    '2,3',
    'sqrt',
    'sqrt 2',
    'sqrt()',
    'sqrt(1,2)',
    'atan2(1)',
    'min()',
    'max(1,)',
    'pi(2)',
    'PI',
    '2//3',
    '2^3',
    'x=1',
    '1;2',
    '²',
    '٣+٤',
    '２+２',
    '1 ? 2 : 3',
    'Infinity',
    'NaN',
  ])('%j is EVAL_SYNTAX', (expression) => {
    expect(codeOf(expression)).toBe('EVAL_SYNTAX');
  });

  it('says where, and what is expected there', () => {
    expect(textOf('2+*3')).toBe('At character 3 "*" stands where a number is expected.');
    expect(textOf('(2+3')).toBe('At character 5 the expression ends where ")" is expected.');
    expect(textOf('2 3')).toBe(
      'At character 3 "3" stands where an operator such as + is expected.',
    );
    expect(textOf('2 & 3')).toContain('Character 3, "&", is no part of arithmetic');
    expect(textOf('atan2(1)')).toBe('"atan2" takes 2 between its parentheses.');
    expect(textOf('min()')).toBe('"min" takes 1 or more between its parentheses.');
  });

  it('names all there is when a name is unknown', () => {
    expect(textOf('square(2)')).toMatch(
      /called "square" \(character 1\)\. There are: sqrt, .*, pi, e\./,
    );
  });
});

describe('what has no finite value', () => {
  it.each([
    '1/0',
    '0/0',
    '5%0',
    '1/(1/0)',
    'atan(1/0)',
    'min(1, 1/0)',
    '9**9**9',
    '10**400',
    '1e999',
    '1e308*10',
    '1e308+1e308',
    '-1e308-1e308',
    'exp(1000)',
    'log(0)',
    'log(-1)',
    'sqrt(-1)',
    'acos(2)',
    '(-8)**(1/3)',
    '0**-1',
  ])('%s is EVAL_LIMIT', (expression) => {
    expect(codeOf(expression)).toBe('EVAL_LIMIT');
  });

  it('says at which step', () => {
    expect(textOf('1+2/0')).toContain('"/" at character 4 has no finite value');
  });
});

describe('what is too large', () => {
  it('is not read beyond 1,000 characters', () => {
    const longest = `${'1'.padEnd(998)}+1`;
    expect([textOf(longest), codeOf(`${longest} `)]).toEqual(['2', 'EVAL_LIMIT']);
  });

  const nested = (before: string, after: string) => (depth: number) =>
    `${before.repeat(depth)}1${after.repeat(depth)}`;
  it.each([
    ['parentheses', nested('(', ')')],
    ['minus signs', nested('-', '')],
    ['plus signs', nested('+', '')],
    ['powers', nested('', '**1')],
    ['functions', nested('abs(', ')')],
  ])('is not followed beyond 50 levels of %s', (_, expression) => {
    expect([codeOf(expression(50)), codeOf(expression(51))]).toEqual([
      'it has a value',
      'EVAL_LIMIT',
    ]);
  });

  it('is long but not deep: 250 terms side by side', () => {
    expect(textOf(Array.from({ length: 250 }, () => '(1)').join('+'))).toBe('250');
  });
});

describe('an attack', () => {
  const ATTACKS = [
    'process.exit()',
    'process',
    'constructor.constructor("return process")()',
    'constructor',
    'constructor(1)',
    '__proto__',
    '__proto__(1)',
    'toString()',
    'hasOwnProperty(1)',
    'this',
    'globalThis',
    '`1`',
    '$' + '{1}',
    'require("fs")',
    'import("fs")',
    '(()=>{for(;;);})()',
    '[].map',
    '"a"+"b"',
    '/(a+)+$/',
    '1/**/+1',
    '1//comment',
    '2+2\u0000',
    '\ud800',
    '9**9**9',
  ];
  const HUGE: readonly [what: string, expression: string][] = [
    ['10 kB of digits', '9'.repeat(10_000)],
    ['1,000 opening parentheses', '('.repeat(1000)],
    ['1,000 minus signs', '-'.repeat(1000)],
    ['a tower of powers', '2**'.repeat(333)],
    ['a tower of functions', 'sqrt('.repeat(199)],
    ['1,000 blanks', ' '.repeat(1000)],
    ['an endless exponent', `1e${'9'.repeat(998)}`],
    ['digits and a letter', `${'1'.repeat(999)}x`],
    ['a list of numbers', '1,'.repeat(499)],
    ['a call that never closes', `max(${'1,'.repeat(497)}`],
    ['500 terms and an end', '1+'.repeat(500)],
  ];

  it.each(ATTACKS)('%s has no value', (attack) => {
    expect(codeOf(attack)).toMatch(/^EVAL_(SYNTAX|LIMIT)$/);
  });

  it.each(HUGE)('of %s has no value', (_, attack) => {
    expect(codeOf(attack)).toMatch(/^EVAL_(SYNTAX|LIMIT)$/);
  });

  it('is answered in 5 ms at most, the best of ten turns', () => {
    const turns = Array.from({ length: 10 });
    const times = [...ATTACKS, ...HUGE.map(([, attack]) => attack)].map((attack) =>
      Math.min(...turns.map(() => millisecondsOf(attack))),
    );
    expect(Math.max(...times)).toBeLessThan(5);
  });

  function millisecondsOf(expression: string): number {
    const start = performance.now();
    evaluate(expression);
    return performance.now() - start;
  }
});
