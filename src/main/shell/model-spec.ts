import { openOrm } from '../../db/orm.ts';
import { entities } from '../entities.ts';

/** What a field holds. */
export type FieldKind = 'text' | 'integer' | 'real' | 'instant' | 'reference';

/** One column of a table, as the shell shows it. */
export interface FieldSpec {
  /** As in the code: `startMode`. */
  readonly name: string;
  /** As in the database: `start_mode`. */
  readonly column: string;
  readonly kind: FieldKind;
  /** Greatest length of a text; null: any. */
  readonly length: number | null;
  readonly nullable: boolean;
  /** The database knows what to put there. */
  readonly hasDefault: boolean;
  /** That word, when it is a plain value. */
  readonly default: string | number | null;
  /** The model that a reference leads to; empty for other kinds. */
  readonly target: string;
}

/** Objects of another model that refer to this one. */
export interface ChildSpec {
  /** Plural of the child: `sequences`. */
  readonly name: string;
  readonly model: string;
  /** The field of the child that refers here. */
  readonly field: string;
}

/** One table. */
export interface ModelSpec {
  readonly name: string;
  readonly table: string;
  readonly key: FieldSpec;
  /** The database counts its keys. */
  readonly isCounted: boolean;
  readonly fields: readonly FieldSpec[];
  readonly children: readonly ChildSpec[];
}

type Metadata = Iterable<{
  className: string;
  tableName: string;
  primaryKeys: readonly string[];
  props: readonly Property[];
}>;

interface Property {
  readonly name: string;
  readonly kind: string;
  readonly type: string;
  readonly fieldNames?: readonly string[];
  readonly columnTypes?: readonly string[];
  readonly length?: number;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly autoincrement?: boolean;
  readonly mappedBy?: string;
}

/** Every table of PyROS, in alphabetical order: read from the entities, whatever is in the database. */
export async function readModelSpecs(): Promise<readonly ModelSpec[]> {
  const orm = await openOrm('sqlite::memory:', entities);
  try {
    const metadata = [...(orm.getMetadata().getAll().values() as unknown as Metadata)];
    return metadata
      .map((meta) => {
        const columns = meta.props.filter((property) => property.kind !== '1:m');
        const fields = columns.map(fieldOf);
        const key = fields.find((field) => field.name === meta.primaryKeys[0]);
        if (!key) throw new RangeError(`${meta.className} has no key`);
        const isCounted = columns.some((property) => property.autoincrement === true);
        const { className: name, tableName: table } = meta;
        return { name, table, key, isCounted, fields, children: childrenOf(name, metadata) };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    await orm.close(true);
  }
}

const INSTANT_LENGTH = 24;

function fieldOf(property: Property): FieldSpec {
  const isReference = property.kind === 'm:1';
  return {
    name: property.name,
    column: property.fieldNames?.[0] ?? property.name,
    kind: isReference ? 'reference' : kindOf(property),
    length: property.length ?? null,
    nullable: property.nullable === true,
    hasDefault: property.default !== undefined || property.autoincrement === true,
    default:
      typeof property.default === 'string' || typeof property.default === 'number'
        ? property.default
        : null,
    target: isReference ? property.type : '',
  };
}

function kindOf({ columnTypes, length }: Property): FieldKind {
  const [type = 'text'] = columnTypes ?? [];
  if (type === 'integer') return 'integer';
  if (type === 'double') return 'real';
  return length === INSTANT_LENGTH ? 'instant' : 'text';
}

/** A parent that does not name its children has them by the plural of the child. */
function childrenOf(
  parent: string,
  metadata: Iterable<Metadata extends Iterable<infer M> ? M : never>,
): ChildSpec[] {
  const children: ChildSpec[] = [];
  for (const { className, props } of metadata) {
    for (const property of props) {
      if (property.kind !== 'm:1' || property.type !== parent) continue;
      const plural = `${className.charAt(0).toLowerCase()}${className.slice(1)}s`;
      const named = namedBy(parent, { child: className, field: property.name }, metadata);
      children.push({ name: named ?? plural, model: className, field: property.name });
    }
  }
  return children;
}

function namedBy(
  parent: string,
  reference: { child: string; field: string },
  metadata: Iterable<Metadata extends Iterable<infer M> ? M : never>,
): string | undefined {
  for (const { className, props } of metadata) {
    if (className !== parent) continue;
    return props.find(
      ({ kind, type, mappedBy }) =>
        kind === '1:m' && type === reference.child && mappedBy === reference.field,
    )?.name;
  }
  return undefined;
}
