import { readFileSync } from 'node:fs';
import { PyrosError, sentenceOf } from '#platform';
import { buildProgram } from './cli/program.ts';

const packageFile = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

try {
  await buildProgram(version).parseAsync();
} catch (error) {
  console.error(error instanceof PyrosError ? sentenceOf(error) : error);
  process.exitCode = 1;
}
