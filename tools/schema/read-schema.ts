import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntityProperty } from '@mikro-orm/core';
import { openOrm } from '../../src/db/orm.ts';
import { entities } from '../../src/main/entities.ts';
import { type EntityComments, readEntityComments } from './entity-comments.ts';
import type { DrawnColumn, DrawnTable } from './schema-page.ts';

/** Every table of the schema: its columns from the schema tool, their meaning from the code. */
export async function readSchema(root: string): Promise<DrawnTable[]> {
  const said = readComments(root);
  const orm = await openOrm('sqlite::memory:', entities);
  try {
    const metadata = [...orm.getMetadata().getAll().values()];
    return entities.map((entity) => {
      const name = String(entity.meta.className);
      const meta = metadata.find((one) => one.className === name);
      const comments = said.get(name);
      if (!meta || !comments) throw new RangeError(`no entity file tells of ${name}`);
      const { room, about, properties } = comments;
      const columns = meta.props.flatMap((property) =>
        columnsOf(property, properties.get(property.name) ?? ''),
      );
      return { room, name: meta.tableName, entity: name, about, columns };
    });
  } finally {
    await orm.close(true);
  }
}

function readComments(root: string): Map<string, EntityComments & { room: string }> {
  const all = new Map<string, EntityComments & { room: string }>();
  for (const file of globSync('src/**/*-entity.ts', { cwd: root }).sort()) {
    const path = file.replaceAll('\\', '/');
    const comments = readEntityComments(path, readFileSync(join(root, file), 'utf8'));
    const room = path.split('/')[1] ?? '';
    for (const [name, comment] of comments) all.set(name, { ...comment, room });
  }
  return all;
}

/** No column for the other end of a reference. */
function columnsOf(property: EntityProperty, meaning: string): DrawnColumn[] {
  const [name] = property.fieldNames ?? [];
  if (!name || property.kind === '1:m') return [];
  const column = { name, type: typeOf(property), meaning };
  const target = property.targetMeta;
  if (!target) return [column];
  const isOne = property.kind === '1:1';
  const refersTo = { table: target.tableName, isOne, isNull: property.nullable === true };
  return [{ ...column, refersTo }];
}

function typeOf(property: EntityProperty): string {
  const { targetMeta, nullable, primary, unique, default: value } = property;
  const base = targetMeta
    ? `[${targetMeta.tableName}](#${targetMeta.tableName})`
    : plainType(property);
  const notes = [
    base + (nullable ? ' or null' : ''),
    primary ? 'key' : '',
    unique || property.kind === '1:1' ? 'unique' : '',
    value === undefined || value === '' || value === null ? '' : `default ${value}`,
  ];
  return notes.filter(Boolean).join(', ');
}

function plainType({ runtimeType, length, columnTypes }: EntityProperty): string {
  if (length === 24) return 'instant';
  if (length) return `text(${length})`;
  if (runtimeType === 'string') return 'text';
  return columnTypes?.[0] === 'double' ? 'real' : 'integer';
}
