import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEntityComments } from './entity-comments.ts';
import { readSchema } from './read-schema.ts';
import { type DrawnTable, schemaPage } from './schema-page.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('docs/schema.md', () => {
  it('is what the entities say: else run node tools/draw-schema.ts', async () => {
    const page = readFileSync(join(ROOT, 'docs', 'schema.md'), 'utf8');
    expect(schemaPage(await readSchema(ROOT))).toBe(page);
  });

  it('says of every table what it is', async () => {
    const silent = (await readSchema(ROOT)).filter((table) => table.about === '');
    expect(silent.map((table) => table.name)).toEqual([]);
  });
});

describe('the comments of an entity file', () => {
  const read = (text: string) => readEntityComments('src/x/x-entity.ts', text);

  it('are those just before a table and its columns, in one line', () => {
    const comments = read(`
      /** Not of the table. */
      import { id } from '#db/columns';

      /**
       * A country
       * that shares the telescope (R-094).
       */
      export const CountryEntity = defineEntity({
        name: 'Country',
        properties: { id: id(), /** Seconds. */ quota: real() },
      });`);
    expect(comments.get('Country')).toEqual({
      about: 'A country that shares the telescope.',
      properties: new Map([
        ['id', ''],
        ['quota', 'Seconds.'],
      ]),
    });
  });

  it('come along with columns that tables share', () => {
    const comments = read(`
      const site = () => ({ /** Percent. */ humidity: real() });
      /** Inside. */
      export const SiteEntity = defineEntity({ name: 'Site', properties: { id: id(), ...site() } });`);
    expect(comments.get('Site')?.properties.get('humidity')).toBe('Percent.');
  });
});

describe('the picture', () => {
  const owner: DrawnTable = { room: 'a', name: 'owner', entity: 'Owner', about: '.', columns: [] };

  it.each([
    [{ isOne: false, isNull: false }, 'owner ||--o{ thing : "keeper"'],
    [{ isOne: false, isNull: true }, 'owner |o--o{ thing : "keeper"'],
    [{ isOne: true, isNull: false }, 'owner ||--o| thing : "keeper"'],
  ])('shows how many may refer to one: %o', (many, line) => {
    const refersTo = { table: 'owner', ...many };
    const columns = [{ name: 'keeper_id', type: '', meaning: '', refersTo }];
    expect(schemaPage([owner, { ...owner, name: 'thing', columns }])).toContain(`\n  ${line}\n`);
  });
});
