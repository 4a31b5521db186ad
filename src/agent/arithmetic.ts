import { PyrosError } from '#platform';

/** Why an expression has no value: it cannot be read, or its value or its size is out of bounds. */
export type EvalCode = 'EVAL_SYNTAX' | 'EVAL_LIMIT';

export type Evaluation =
  | { readonly ok: true; readonly value: number; readonly text: string }
  | { readonly ok: false; readonly code: EvalCode; readonly error: string };

const LONGEST = 1000;
const DEEPEST = 50;

type Arity = readonly [fewest: number, most: number];
interface Callable {
  readonly takes: Arity;
  readonly of: (...values: readonly number[]) => number;
}
type Operation = (left: number, right: number) => number;

const ONE: Arity = [1, 1];
const TWO: Arity = [2, 2];
const SOME: Arity = [1, LONGEST];

/** Maps, not objects: a name like `constructor` must find nothing. */
const FUNCTIONS: ReadonlyMap<string, Callable> = new Map([
  ['sqrt', { takes: ONE, of: Math.sqrt }],
  ['abs', { takes: ONE, of: Math.abs }],
  ['sin', { takes: ONE, of: Math.sin }],
  ['cos', { takes: ONE, of: Math.cos }],
  ['tan', { takes: ONE, of: Math.tan }],
  ['asin', { takes: ONE, of: Math.asin }],
  ['acos', { takes: ONE, of: Math.acos }],
  ['atan', { takes: ONE, of: Math.atan }],
  ['atan2', { takes: TWO, of: Math.atan2 }],
  ['exp', { takes: ONE, of: Math.exp }],
  ['log', { takes: ONE, of: Math.log }],
  ['log10', { takes: ONE, of: Math.log10 }],
  ['floor', { takes: ONE, of: Math.floor }],
  ['ceil', { takes: ONE, of: Math.ceil }],
  ['round', { takes: ONE, of: roundHalfAway }],
  ['min', { takes: SOME, of: Math.min }],
  ['max', { takes: SOME, of: Math.max }],
  ['hypot', { takes: SOME, of: Math.hypot }],
  ['pow', { takes: TWO, of: Math.pow }],
] as const);

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

const SUMS: ReadonlyMap<string, Operation> = new Map([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
]);

const PRODUCTS: ReadonlyMap<string, Operation> = new Map([
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['%', modulo],
]);

/**
 * The value of an arithmetic expression, in double precision, with Python's precedence: `2**3**2` is
 * 512, `-2**2` is -4, and `%` takes the sign of its right side. Angles are in radians, `log` is
 * natural, `round` takes halves away from zero. `text` is the shortest number that reads back as
 * exactly `value`.
 *
 * Nothing of it is ever run as code. EVAL_SYNTAX: it is not arithmetic. EVAL_LIMIT: over 1,000
 * characters, over 50 levels deep (parentheses, signs and `**` count one each), or some step of it
 * has no finite value.
 */
export function evaluate(text: string): Evaluation {
  if (text.length > LONGEST) {
    const error = `The expression has ${text.length} characters: write at most ${LONGEST}.`;
    return { ok: false, code: 'EVAL_LIMIT', error };
  }
  try {
    // Adding zero turns -0 into 0.
    const value = new Reader(text).wholeText() + 0;
    return { ok: true, value, text: String(value) };
  } catch (error) {
    if (!(error instanceof NoValue)) throw error;
    return { ok: false, code: error.code, error: error.message };
  }
}

/** Leaves the recursion at once; `evaluate` makes it an answer. */
class NoValue extends PyrosError {
  declare readonly code: EvalCode;
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Where it starts, counted from 1. */
  readonly at: number;
}

/** A number, a name, a sign or the end, after blanks: in this order the groups of a match. */
const TOKEN = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|[-+*/%(),])|$)/y;

function tokenAt(text: string, index: number): Token {
  TOKEN.lastIndex = index;
  const match = TOKEN.exec(text);
  if (!match) throw strangeCharacter(text, index);
  const [, number, name, sign] = match;
  const read = number ?? name ?? sign ?? '';
  const at = TOKEN.lastIndex - read.length + 1;
  if (number !== undefined) return { kind: 'number', text: read, at };
  if (name !== undefined) return { kind: 'name', text: read, at };
  return { kind: sign === undefined ? 'end' : 'sign', text: read, at };
}

function strangeCharacter(text: string, index: number): NoValue {
  const at = index + text.slice(index).search(/\S/);
  const character = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
  return new NoValue(
    'EVAL_SYNTAX',
    `Character ${at + 1}, ${character}, is no part of arithmetic: ` +
      'write numbers, + - * / % ** ( ) and functions such as sqrt(2).',
  );
}

/** Recursive descent: each method reads one level of precedence and gives its value. */
class Reader {
  readonly #text: string;
  /** The one that is not taken yet: what stands behind it is not looked at. */
  #token: Token;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#token = tokenAt(text, 0);
  }

  wholeText(): number {
    const value = this.#sum();
    if (this.#token.kind !== 'end') throw this.#unexpected('an operator such as +');
    return value;
  }

  #sum(): number {
    return this.#chain(SUMS, () => this.#product());
  }

  #product(): number {
    return this.#chain(PRODUCTS, () => this.#signed());
  }

  #chain(operations: ReadonlyMap<string, Operation>, operand: () => number): number {
    let value = operand();
    for (;;) {
      const sign = this.#token;
      const operation = operations.get(sign.text);
      if (!operation) return value;
      this.#advance();
      value = finite(operation(value, operand()), sign);
    }
  }

  /** A sign binds less than the power to its right: -2**2 is -(2**2). */
  #signed(): number {
    if (this.#takes('-')) return -this.#deeper(() => this.#signed());
    if (this.#takes('+')) return this.#deeper(() => this.#signed());
    return this.#power();
  }

  #power(): number {
    const base = this.#atom();
    const sign = this.#token;
    if (!this.#takes('**')) return base;
    return finite(base ** this.#deeper(() => this.#signed()), sign);
  }

  #atom(): number {
    const token = this.#token;
    if (this.#takes('(')) {
      const value = this.#deeper(() => this.#sum());
      this.#expect(')');
      return value;
    }
    if (token.kind === 'end' || token.kind === 'sign') throw this.#unexpected('a number');
    this.#advance();
    return token.kind === 'name' ? this.#named(token) : finite(Number(token.text), token);
  }

  #named(name: Token): number {
    const constant = CONSTANTS.get(name.text);
    if (constant !== undefined) return constant;
    const callable = FUNCTIONS.get(name.text);
    if (!callable) throw unknownName(name);
    this.#expect('(');
    const values = this.#arguments();
    this.#expect(')');
    const [fewest, most] = callable.takes;
    if (values.length < fewest || values.length > most) throw wrongCount(name, callable.takes);
    return finite(callable.of(...values), name);
  }

  #arguments(): number[] {
    if (this.#token.text === ')') return [];
    const values: number[] = [];
    do values.push(this.#deeper(() => this.#sum()));
    while (this.#takes(','));
    return values;
  }

  #deeper(read: () => number): number {
    if (++this.#depth > DEEPEST) {
      throw new NoValue(
        'EVAL_LIMIT',
        `The expression is more than ${DEEPEST} levels deep: write it in several commands.`,
      );
    }
    const value = read();
    this.#depth--;
    return value;
  }

  #advance(): void {
    this.#token = tokenAt(this.#text, this.#token.at - 1 + this.#token.text.length);
  }

  #takes(sign: string): boolean {
    const isThere = this.#token.text === sign;
    if (isThere) this.#advance();
    return isThere;
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) throw this.#unexpected(`"${sign}"`);
  }

  #unexpected(wanted: string): NoValue {
    const { kind, text, at } = this.#token;
    const found = kind === 'end' ? 'the expression ends' : `"${text}" stands`;
    const sentence = `At character ${at} ${found} where ${wanted} is expected.`;
    return new NoValue('EVAL_SYNTAX', sentence);
  }
}

function unknownName({ text, at }: Token): NoValue {
  const known = [...FUNCTIONS.keys(), ...CONSTANTS.keys()].join(', ');
  return new NoValue(
    'EVAL_SYNTAX',
    `Nothing in arithmetic is called "${text}" (character ${at}). There are: ${known}.`,
  );
}

function wrongCount({ text }: Token, [fewest, most]: Arity): NoValue {
  const wanted = fewest === most ? String(fewest) : `${fewest} or more`;
  return new NoValue('EVAL_SYNTAX', `"${text}" takes ${wanted} between its parentheses.`);
}

/** Each step is checked, so that no infinity can turn back into a number: 1/(1/0) is not 0. */
function finite(value: number, { text, at }: Token): number {
  if (Number.isFinite(value)) return value;
  throw new NoValue(
    'EVAL_LIMIT',
    `"${text}" at character ${at} has no finite value: ` +
      'a division by zero, a number that is too large, or a function outside its range.',
  );
}

function modulo(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}

function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
