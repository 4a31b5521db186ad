/** Writes docs/schema.md: every table of the code, drawn and explained. `node tools/draw-schema.ts` */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSchema } from './schema/read-schema.ts';
import { schemaPage } from './schema/schema-page.ts';

const ROOT = join(import.meta.dirname, '..');

writeFileSync(join(ROOT, 'docs', 'schema.md'), schemaPage(await readSchema(ROOT)));
