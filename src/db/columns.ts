/**
 * The kinds of column that mean the same in SQLite, PostgreSQL and MariaDB. Entities use these and
 * nothing else: instants are ISO-8601 text (sortable, readable in any console, never shifted by a
 * time zone), truth is 0 or 1, structured values are JSON text.
 */
import { type Platform, p, Type } from '@mikro-orm/core';

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
