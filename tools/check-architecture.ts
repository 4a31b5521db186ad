import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Breach, breachText } from './architecture/breach.ts';
import { cycleBreaches } from './architecture/cycles.ts';
import { importBreaches } from './architecture/import-rules.ts';
import type { Aliases } from './architecture/import-target.ts';
import { purityBreaches } from './architecture/purity-rules.ts';
import { sizeBreaches } from './architecture/size-rules.ts';
import { readSourceFile, type SourceFile } from './architecture/source-file.ts';

const SOURCES = ['{src,tests,bench,tools}/**/*.{ts,tsx}', '*.ts'];

/** Every breach of the rules of the house in a checkout, in the order of its files. */
export function checkArchitecture(root: string): Breach[] {
  const files = sourceFiles(root);
  const aliases = aliasesOf(root);
  return [
    ...files.flatMap((file) => [
      ...syntaxBreaches(file),
      ...importBreaches(file, aliases),
      ...purityBreaches(file, aliases),
      ...sizeBreaches(file),
    ]),
    ...cycleBreaches(files, aliases),
  ];
}

function sourceFiles(root: string): SourceFile[] {
  return globSync(SOURCES, { cwd: root, exclude: (path) => path.includes('node_modules') })
    .map((path) => path.split(sep).join('/'))
    .sort()
    .map((path) => readSourceFile(path, readFileSync(join(root, path), 'utf8')));
}

function aliasesOf(root: string): Aliases {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports;
}

function syntaxBreaches({ path, syntaxError }: SourceFile): Breach[] {
  if (!syntaxError) return [];
  return [{ path, line: 1, rule: 'syntax', what: syntaxError, remedy: 'mend it' }];
}

if (import.meta.main) {
  const breaches = checkArchitecture(fileURLToPath(new URL('..', import.meta.url)));
  for (const breach of breaches) console.log(breachText(breach));
  if (breaches.length > 0) process.exitCode = 1;
}
