import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './arithmetic.ts';

type Tree =
  | { kind: 'number'; value: number }
  | { kind: 'minus'; of: Tree }
  | { kind: 'call'; name: 'sqrt' | 'abs' | 'floor'; of: Tree }
  | { kind: 'pair'; sign: Sign; left: Tree; right: Tree };
type Sign = '+' | '-' | '*' | '/' | '%' | '**';

const numbers = fc.oneof(
  fc.nat({ max: 20 }),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.record({ kind: fc.constant('number'), value: numbers }),
    fc.record({ kind: fc.constant('minus'), of: tie('tree') }),
    fc.record({
      kind: fc.constant('call'),
      name: fc.constantFrom('sqrt', 'abs', 'floor'),
      of: tie('tree'),
    }),
    fc.record({
      kind: fc.constant('pair'),
      sign: fc.constantFrom('+', '-', '*', '/', '%', '**'),
      left: tie('tree'),
      right: tie('tree'),
    }),
  ),
}));

/** The value by the tree alone; NaN as soon as one step is not finite. */
function worthOf(node: Tree): number {
  const value = stepOf(node);
  return Number.isFinite(value) ? value : Number.NaN;
}

function stepOf(node: Tree): number {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'minus':
      return -worthOf(node.of);
    case 'call':
      return Math[node.name](worthOf(node.of));
    case 'pair':
      return pairOf(node.sign, worthOf(node.left), worthOf(node.right));
  }
}

function pairOf(sign: Sign, left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  switch (sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%': {
      const rest = left % right;
      return rest !== 0 && Math.sign(rest) !== Math.sign(right) ? rest + right : rest;
    }
    case '**':
      return left ** right;
  }
}

const LEVEL: Readonly<Record<Sign, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '**': 4 };
const SIGNED = 3;
const ATOM = 5;

/** Written with no parentheses but those that it needs. */
function tersely(node: Tree): { text: string; level: number } {
  switch (node.kind) {
    case 'number':
      return { text: String(node.value), level: ATOM };
    case 'minus':
      return { text: `-${atLeast(SIGNED, node.of)}`, level: SIGNED };
    case 'call':
      return { text: `${node.name}(${tersely(node.of).text})`, level: ATOM };
    case 'pair': {
      const level = LEVEL[node.sign];
      const isPower = node.sign === '**';
      const left = atLeast(isPower ? ATOM : level, node.left);
      const right = atLeast(isPower ? SIGNED : level + 1, node.right);
      return { text: `${left} ${node.sign} ${right}`, level };
    }
  }
}

function atLeast(level: number, node: Tree): string {
  const written = tersely(node);
  return written.level >= level ? written.text : `(${written.text})`;
}

/** Written with every parenthesis. */
function fully(node: Tree): string {
  switch (node.kind) {
    case 'number':
      return String(node.value);
    case 'minus':
      return `(-${fully(node.of)})`;
    case 'call':
      return `${node.name}(${fully(node.of)})`;
    case 'pair':
      return `(${fully(node.left)}${node.sign}${fully(node.right)})`;
  }
}

describe('any expression', () => {
  it.each([
    ['as few parentheses as possible', (node: Tree) => tersely(node).text],
    ['every parenthesis', fully],
  ])('has the value of its tree, written with %s', (_, write) => {
    fc.assert(
      fc.property(tree, (node) => {
        const text = write(node);
        fc.pre(text.length <= 1000);
        const evaluation = evaluate(text);
        const value = worthOf(node);
        if (Number.isNaN(value))
          expect(evaluation).toMatchObject({ ok: false, code: 'EVAL_LIMIT' });
        else expect(evaluation).toMatchObject({ ok: true, value: value + 0 });
      }),
      { numRuns: 1000 },
    );
  });

  it('has a text that reads back as the same value', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const evaluation = evaluate(String(number));
        expect(evaluation.ok && Number(evaluation.text)).toBe(number + 0);
      }),
    );
  });

  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1100 }),
    fc
      .array(fc.constantFrom(...'0123456789.eE+-*/%(), ', '**', 'sqrt', 'max', 'pi', 'foo'))
      .map((parts) => parts.join('')),
  );
  it('is answered, never thrown at, whatever it holds', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const evaluation = evaluate(text);
        if (evaluation.ok) expect(Number.isFinite(evaluation.value)).toBe(true);
        else expect(evaluation.error).toMatch(/\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});
