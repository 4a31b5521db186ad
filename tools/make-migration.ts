/**
 * Writes the migrations that bring each engine from its last migration to the entities of the code:
 * `node tools/make-migration.ts NAME [sqlite|postgres|mariadb URL]...`. SQLite needs no server; for
 * the others give the address of an empty database.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Migrator } from '@mikro-orm/migrations';
import { openOrm } from '../src/db/orm.ts';
import { entities } from '../src/main/entities.ts';

const [name = 'change', ...urls] = process.argv.slice(2);
const scratch = join(mkdtempSync(join(tmpdir(), 'pyros-')), 'scratch.sqlite');
for (const url of urls.length > 0 ? urls : [`sqlite:${scratch}`]) {
  const orm = await openOrm(url, entities);
  const migrator = orm.config.getExtension<Migrator>('@mikro-orm/migrator') as Migrator;
  mkdirSync(orm.config.get('migrations').path as string, { recursive: true });
  await migrator.up();
  const made = await migrator.create(undefined, false, false, name);
  console.log(
    made.fileName ? `${made.fileName}\n${made.diff.up.join('\n')}` : `${url}: nothing to do`,
  );
  await orm.close(true);
}
