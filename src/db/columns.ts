/**
 * The kinds of column that mean the same in SQLite, PostgreSQL and MariaDB. Entities use these and
 * nothing else: instants are ISO-8601 text (sortable, readable in any console, never shifted by a
 * time zone), truth is 0 or 1, structured values are JSON text.
 */
import { type EntitySchema, type Platform, p, Type } from '@mikro-orm/core';

/** Primary key counted by the database. */
export const id = () => p.integer().primary().autoincrement();
/** Short text, indexable. */
export const text = (length: number) => p.string().length(length);
/** Text of any length: MariaDB's own `text` ends at 64 kB. */
export class UnboundedText extends Type<string, string> {
  override getColumnType(_property: unknown, platform: Platform): string {
    return /maria|mysql/i.test(platform.constructor.name) ? 'longtext' : 'text';
  }
  override compareAsType(): string {
    return 'string';
  }
}

export const longText = () => p.type(UnboundedText);
/** Double precision number. */
export const real = () => p.double().$type<number>();
export const integer = () => p.integer();
/** `2014-04-23T21:08:24.000Z` */
export const instant = () => p.string().length(24);

/** The entities of the schema, by name, for {@link belongsTo}. */
const known = new Map<string, EntitySchema>();

/** Declares that these entities are the schema; gives them back. */
export function schemaOf<const Entities extends readonly EntitySchema[]>(
  entities: Entities,
): Entities {
  for (const entity of entities) known.set(String(entity.meta.className), entity);
  return entities;
}

/**
 * Foreign key to a table of a room below, which is named and typed but not imported: agents at work
 * load the doors of rooms, and entities would bring the schema tool with them. It is looked up when
 * the schema tool begins: write `user: () => belongsTo<typeof UserEntity>('User')`.
 *
 * @throws RangeError when no entity of that name is in the schema.
 */
export const belongsTo = <Target extends EntitySchema>(name: NameOf<Target>) => {
  const target = known.get(name);
  if (!target) throw new RangeError(`no entity ${name} is in the schema`);
  return p.manyToOne(target as unknown as Target);
};

type NameOf<Target> = Target extends { name: infer Name extends string } ? Name : never;
