import { PyrosError } from '#platform';
import { fieldNamed, type Stored, storedValue } from './field-value.ts';
import type { ChildSpec, FieldSpec, ModelSpec } from './model-spec.ts';
import type { DatabaseObject, Keeper, Row } from './object-types.ts';
import { CONSTANTS, printedForm } from './printed-form.ts';
import { QuerySet } from './query-set.ts';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** What an object knows of itself, out of sight. */
interface State {
  readonly store: Keeper;
  readonly model: ModelSpec;
  /** By field name, as stored. */
  readonly values: Map<string, Stored>;
  /** Objects that it refers to, by field name, when they are known. */
  readonly known: Map<string, DatabaseObject>;
  /** Fields that were set since it was read or saved. */
  readonly changed: Set<string>;
  isSaved: boolean;
}

const states = new WeakMap<object, State>();
const classes = new WeakMap<object, ModelSpec>();

function stateOf(object: object): State {
  const state = states.get(object);
  if (!state) throw new TypeError('this is no object of the database');
  return state;
}

/** The key of an object of any model; undefined for anything else. */
export function keyOfObject(value: unknown): Stored | undefined {
  const state = typeof value === 'object' && value !== null ? states.get(value) : undefined;
  return state ? (state.values.get(state.model.key.name) ?? null) : undefined;
}

/** One row, or one to be. Its fields are properties; a misspelt one is refused. */
export abstract class ModelObject implements DatabaseObject {
  /** Adds it to the database, or writes what was changed. Gives the object. */
  async save(): Promise<this> {
    const { store, model, values, changed, isSaved } = stateOf(this);
    if (isSaved) await store.update(model, values, changed);
    else for (const [name, value] of await store.insert(model, values)) values.set(name, value);
    stateOf(this).isSaved = true;
    changed.clear();
    return this;
  }

  /** Deletes it from the database; the object stays as it was. */
  async delete(): Promise<void> {
    const { store, model, values } = stateOf(this);
    await store.delete(model, values);
    stateOf(this).isSaved = false;
    if (model.isCounted) values.delete(model.key.name);
  }

  /** Reads it again. */
  async refresh(): Promise<this> {
    const { store, model, values, changed, known } = stateOf(this);
    for (const [name, value] of await store.read(model, values)) values.set(name, value);
    changed.clear();
    known.clear();
    return this;
  }

  /** The same again, not saved: saving it adds another row. */
  copy(): DatabaseObject {
    const { store, model, values, known } = stateOf(this);
    const kept = [...values].filter(([name]) => !model.isCounted || name !== model.key.name);
    return store.make(model, { ...Object.fromEntries(kept), ...Object.fromEntries(known) });
  }

  /** Its key. */
  get pk(): Stored | undefined {
    const { model, values } = stateOf(this);
    return values.get(model.key.name);
  }

  toString(): string {
    const { model, values } = stateOf(this);
    return printedForm(model, Object.fromEntries(values));
  }

  toJSON(): Row {
    return Object.fromEntries(stateOf(this).values);
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/** A table: `new Country({name: 'mexico'})`, `Country.objects`. */
export type ModelClass = (new (values?: Row) => ModelObject) & { readonly objects: Manager };

/** The objects of a table, or those of it that refer to one object. */
export class Manager extends QuerySet {
  readonly #create: (values: Row) => DatabaseObject;

  constructor(
    parts: { store: Keeper; model: ModelSpec; question?: object },
    create: (values: Row) => DatabaseObject,
  ) {
    super(parts.store, parts.model, parts.question ?? {});
    this.#create = create;
  }

  /** Makes an object and saves it. */
  async create(values: Row = {}): Promise<DatabaseObject> {
    return await this.#create(values).save();
  }
}

/** Makes the class of a table. */
export function makeModelClass(store: Keeper, model: ModelSpec): ModelClass {
  const made = class extends ModelObject {};
  Object.defineProperty(made, 'name', { value: model.name });
  const create = (values: Row) => store.make(model, values);
  Object.defineProperty(made, 'objects', { get: () => new Manager({ store, model }, create) });
  for (const word of CONSTANTS[model.name] ?? [])
    Object.defineProperty(made, word, { value: word });
  Object.defineProperty(made, INSPECT, { value: () => describe(model) });
  for (const field of model.fields) defineField(made.prototype, field);
  for (const child of model.children) defineChild(made.prototype, child);
  const guarded = new Proxy(made, {
    construct: (target, [values]) => begin(Reflect.construct(target, []), { store, model }, values),
  });
  classes.set(guarded, model);
  return guarded as unknown as ModelClass;
}

function describe(model: ModelSpec): string {
  const fields = model.fields.map((field) => field.name).join(', ');
  return `${model.name}: ${fields}`;
}

function begin(
  object: ModelObject,
  { store, model }: { store: Keeper; model: ModelSpec },
  values: Row = {},
): ModelObject {
  const fresh = { values: new Map(), known: new Map(), changed: new Set<string>() };
  const state: State = { store, model, ...fresh, isSaved: false };
  states.set(object, state);
  const guarded = new Proxy(object, {
    set: (...[target, name, value, receiver]) => {
      if (typeof name === 'string' && !(name in target)) fieldNamed(model, name);
      return Reflect.set(target, name, value, receiver);
    },
  });
  states.set(guarded, state);
  for (const [name, value] of Object.entries(values))
    setField(guarded, fieldNamed(model, name), value);
  return guarded;
}

/** Takes what was read from the database, which needs no check. */
export function fillObject(object: DatabaseObject, values: Iterable<[string, Stored]>): void {
  const state = stateOf(object);
  for (const [name, value] of values) state.values.set(name, value);
  state.changed.clear();
  state.isSaved = true;
}

/** Remembers the object behind a reference. */
export function rememberReference(
  object: DatabaseObject,
  field: string,
  target: DatabaseObject,
): void {
  stateOf(object).known.set(field, target);
}

function setField(object: ModelObject, field: FieldSpec, value: unknown): void {
  const { model, values, known, changed } = stateOf(object);
  const key = keyOfObject(value);
  known.delete(field.name);
  if (field.kind === 'reference' && key !== undefined) referTo(object, field, value as ModelObject);
  else {
    // Only one's own kind is an object here: anything else is checked as a plain value.
    values.set(field.name, storedValue(model, field, value));
  }
  changed.add(field.name);
}

function referTo(object: ModelObject, field: FieldSpec, target: ModelObject): void {
  const { model, values, known } = stateOf(object);
  const other = stateOf(target);
  const wanted = `${model.name}.${field.name} takes a ${field.target}`;
  if (other.model.name !== field.target) {
    throw new PyrosError('FIELD_VALUE', `${wanted}, not a ${other.model.name}.`);
  }
  if (!other.isSaved) {
    throw new PyrosError('FIELD_VALUE', `${wanted} that is saved: save it first.`);
  }
  values.set(field.name, other.values.get(other.model.key.name) ?? null);
  known.set(field.name, target);
}

function defineField(prototype: object, field: FieldSpec): void {
  const accessor: PropertyDescriptor = {
    get(this: ModelObject) {
      if (field.kind === 'reference') return referenced(this, field);
      return stateOf(this).values.get(field.name);
    },
    set(this: ModelObject, value: unknown) {
      setField(this, field, value);
    },
    configurable: true,
  };
  Object.defineProperty(prototype, field.name, { ...accessor, enumerable: true });
  if (field.kind !== 'reference' && field.column !== field.name) {
    Object.defineProperty(prototype, field.column, { ...accessor, enumerable: false });
  }
}

/** The object itself when it is known, else one to await. */
function referenced(object: ModelObject, field: FieldSpec): unknown {
  const { store, values, known } = stateOf(object);
  const target = known.get(field.name);
  if (target) return target;
  const key = values.get(field.name);
  if (key === undefined || key === null) return key;
  return store.byKey(field.target, key).then((found) => {
    known.set(field.name, found);
    return found;
  });
}

function defineChild(prototype: object, child: ChildSpec): void {
  Object.defineProperty(prototype, child.name, {
    get(this: ModelObject) {
      const { store, model, isSaved } = stateOf(this);
      if (isSaved) return store.children(this, child);
      throw new PyrosError('OBJECT_UNSAVED', `This ${model.name} has no ${child.name} yet.`, {
        remedy: 'Save it first.',
      });
    },
    enumerable: true,
    configurable: true,
  });
}

/** Names that an object or the class of a table understands, for completion; none for other values. */
export function namesOf(value: unknown): readonly string[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return [];
  const table = classes.get(value);
  if (table) return ['objects', ...(CONSTANTS[table.name] ?? [])];
  const state = states.get(value);
  if (!state) return [];
  const { fields, children } = state.model;
  const methods = ['save', 'delete', 'refresh', 'copy', 'pk'];
  return [...fields.map((one) => one.name), ...children.map((one) => one.name), ...methods];
}
