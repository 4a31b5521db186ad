import { iso, nearestName, PyrosError, parseIso, plain } from '#platform';
import type { FieldSpec, ModelSpec } from './model-spec.ts';

/** A value as the database stores it. */
export type Stored = string | number | null;

/**
 * The field of a name, in the spelling of the code or of the database; `pk` is the key.
 *
 * @throws PyrosError `FIELD_UNKNOWN`, with the name that was perhaps meant.
 */
export function fieldNamed(model: ModelSpec, name: string): FieldSpec {
  if (name === 'pk') return model.key;
  const found = model.fields.find((field) => plain(field.name) === plain(name));
  if (found) return found;
  const byColumn = model.fields.find((field) => field.column === name);
  if (byColumn) return byColumn;
  const names = model.fields.map((field) => field.name);
  const near = nearestName(name, [...names, ...model.children.map((child) => child.name)]);
  throw new PyrosError('FIELD_UNKNOWN', `${model.name} has no field "${name}".`, {
    remedy: near ? `Did you mean "${near}"?` : `It has ${names.join(', ')}.`,
  });
}

/**
 * Checks a value typed by a person, and gives it as it is stored. References are numbers here.
 *
 * @throws PyrosError `FIELD_VALUE`.
 */
export function storedValue(model: ModelSpec, field: FieldSpec, value: unknown): Stored {
  if (value === undefined || value === null) return null;
  const stored = READ[field.kind](value);
  if (stored === undefined) throw wrongValue(model, field, value);
  const { length } = field;
  if (typeof stored === 'string' && length !== null && stored.length > length) {
    throw new PyrosError(
      'FIELD_VALUE',
      `${model.name}.${field.name} takes at most ${length} letters, not ${stored.length}.`,
    );
  }
  return stored;
}

type Read = (value: unknown) => Stored | undefined;

const READ: Readonly<Record<FieldSpec['kind'], Read>> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  integer: (value) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    return Number.isSafeInteger(value) ? (value as number) : undefined;
  },
  real: (value) => (Number.isFinite(value) ? (value as number) : undefined),
  instant: readInstant,
  reference: (value) =>
    typeof value === 'string' || Number.isSafeInteger(value) ? (value as Stored) : undefined,
};

function readInstant(value: unknown): Stored | undefined {
  if (value === '') return value;
  try {
    // Dates typed in the shell are of another realm: only their text is looked at.
    const text = Object.prototype.toString.call(value) === '[object Date]';
    return iso(text ? (value as Date).getTime() : parseIso(String(value)));
  } catch {
    return undefined;
  }
}

const WANTED: Readonly<Record<FieldSpec['kind'], string>> = {
  text: 'a text',
  integer: 'a whole number',
  real: 'a number',
  instant: 'an instant such as 2014-04-23T20:00:00Z',
  reference: 'an object',
};

function wrongValue(model: ModelSpec, field: FieldSpec, value: unknown): PyrosError {
  const wanted = field.kind === 'reference' ? `a ${field.target}` : WANTED[field.kind];
  const shown = typeof value === 'string' ? `"${value}"` : String(value);
  return new PyrosError(
    'FIELD_VALUE',
    `${model.name}.${field.name} takes ${wanted}, not ${shown}.`,
  );
}

/** What stands in a field that nobody filled and the database has no word for. */
export function emptyValue(field: FieldSpec, nowMs: number): Stored {
  if (field.nullable) return null;
  if (field.kind === 'instant') return iso(nowMs);
  return field.kind === 'text' ? '' : 0;
}
