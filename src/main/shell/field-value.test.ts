import { describe, expect, it, test } from 'vitest';
import { emptyValue, fieldNamed, storedValue } from './field-value.ts';
import type { FieldKind, FieldSpec, ModelSpec } from './model-spec.ts';

const field = (name: string, kind: FieldKind, change: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  column: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  kind,
  length: null,
  nullable: false,
  hasDefault: false,
  default: null,
  target: '',
  ...change,
});

const id = field('id', 'integer');
const fields = [
  id,
  field('startMode', 'text', { length: 5 }),
  field('request', 'reference', { column: 'request_id', target: 'Request' }),
];
const model: ModelSpec = {
  name: 'Sequence',
  table: 'sequence',
  key: id,
  isCounted: true,
  fields,
  children: [],
};

describe('a field', () => {
  it.each([
    ['startMode', 'startMode'],
    ['start_mode', 'startMode'],
    ['request_id', 'request'],
    ['pk', 'id'],
  ])('is found as %s', (typed, name) => {
    expect(fieldNamed(model, typed).name).toBe(name);
  });

  it('that is misspelt is told with the name that was meant', () => {
    expect(() => fieldNamed(model, 'statMode')).toThrowError(
      expect.objectContaining({ code: 'FIELD_UNKNOWN', remedy: 'Did you mean "startMode"?' }),
    );
  });

  it('takes no longer text than its column', () => {
    const [, mode = id] = fields;
    expect(storedValue(model, mode, 'abcde')).toBe('abcde');
    expect(() => storedValue(model, mode, 'abcdef')).toThrow(/at most 5 letters, not 6/);
  });
});

test.each<[FieldKind, unknown, unknown]>([
  ['integer', true, 1],
  ['real', 1.5, 1.5],
  ['instant', '2014-04-23T20:00Z', '2014-04-23T20:00:00.000Z'],
  ['instant', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['text', null, null],
])('%s takes %j', (kind, value, stored) => {
  expect(storedValue(model, field('x', kind), value)).toBe(stored);
});

test.each<[FieldKind, unknown]>([
  ['integer', 1.5],
  ['integer', '1'],
  ['real', Number.NaN],
  ['real', 'x'],
  ['instant', 'yesterday'],
  ['text', 3],
  ['reference', {}],
])('%s does not take %j', (kind, value) => {
  expect(() => storedValue(model, field('x', kind), value)).toThrowError(
    expect.objectContaining({ code: 'FIELD_VALUE' }),
  );
});

test('what nobody filled is nothing, zero, or now', () => {
  expect(emptyValue(field('x', 'text', { nullable: true }), 0)).toBeNull();
  expect(emptyValue(field('x', 'text'), 0)).toBe('');
  expect(emptyValue(field('x', 'real'), 0)).toBe(0);
  expect(emptyValue(field('x', 'instant'), 0)).toBe('1970-01-01T00:00:00.000Z');
});
