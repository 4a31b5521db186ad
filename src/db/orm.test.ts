import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entities, tempFolder } from '#testing';
import { openDatabase } from './database.ts';
import { migrate, openOrm } from './orm.ts';

const newFile = () => `sqlite:${join(tempFolder(), 'below', 'pyros.sqlite')}`;

describe('bringing a database up to date', () => {
  it('makes a new one, its folder included', async () => {
    const url = newFile();
    const { applied } = await migrate(url, entities);
    expect(applied.length).toBeGreaterThan(0);
    const database = await openDatabase(url, { alone: true });
    const tables = database.tables<{ fact: { id: number } }>();
    const facts = await tables.selectFrom('fact').select('id').execute();
    await database.close();
    expect(facts).toEqual([]);
  });

  it('does nothing the second time', async () => {
    const url = newFile();
    await migrate(url, entities);
    expect(await migrate(url, entities)).toEqual({ applied: [] });
  });

  it('makes exactly the tables that the entities describe', async () => {
    const url = newFile();
    await migrate(url, entities);
    const orm = await openOrm(url, entities);
    const difference = await orm.schema.getUpdateSchemaSQL({ wrap: false });
    await orm.close(true);
    expect(difference.trim()).toBe('');
  });

  it('refuses one that a newer code has made', async () => {
    const url = newFile();
    await migrate(url, entities);
    const database = await openDatabase(url, { alone: true });
    await database
      .tables<{ version: { name: string } }>()
      .insertInto('version')
      .values({ name: '29991231000000-future' })
      .execute();
    await database.close();
    await expect(migrate(url, entities)).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringContaining('29991231000000-future'),
    });
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const file = join(tempFolder(), 'garbage.sqlite');
    const text = 'no database at all. '.repeat(200);
    writeFileSync(file, text);
    await expect(migrate(`sqlite:${file}`, entities)).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
