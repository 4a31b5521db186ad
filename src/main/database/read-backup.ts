import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PyrosError, sentenceOf } from '#platform';
import {
  damaged,
  type Footer,
  footerOf,
  type Header,
  headerOf,
  type Row,
  rowOf,
} from './backup-format.ts';

/** What a backup says of itself, once it is proved whole. */
export interface CheckedBackup {
  readonly header: Header;
  readonly footer: Footer;
}

/**
 * Reads a backup through and proves it whole, without keeping it.
 *
 * @throws PyrosError `BACKUP_ABSENT`, `BACKUP_DAMAGED` or `BACKUP_NEWER`.
 */
export async function checkBackup(file: string): Promise<CheckedBackup> {
  if (!existsSync(file)) {
    throw new PyrosError('BACKUP_ABSENT', `There is no file ${file}.`, {
      remedy: 'Backups are in data/backups/ unless they were given another name.',
    });
  }
  const hash = createHash('sha256');
  let header: Header | null = null;
  let footer: Footer | null = null;
  const rows = new Map<string, number>();
  for await (const line of linesOf(file)) {
    if (footer) throw damaged(file, 'something follows its end');
    if (!header) header = headerOf(line, file);
    else if (line.startsWith('{')) footer = footerOf(line, file);
    else count(rows, tableOf(rowOf(line, file), header, file));
    if (!footer) hash.update(`${line}\n`);
  }
  if (!header || !footer) throw damaged(file, 'its end is missing');
  if (footer.sha256 !== hash.digest('hex')) throw damaged(file, 'its content was altered');
  for (const { name } of header.tables) {
    if ((rows.get(name) ?? 0) !== footer.rows[name])
      throw damaged(file, `rows of ${name} are missing`);
  }
  return { header, footer };
}

/** The rows of a backup that was proved whole. */
export async function* rowsOf(file: string): AsyncGenerator<Row> {
  for await (const line of linesOf(file)) if (line.startsWith('[')) yield rowOf(line, file);
}

function count(rows: Map<string, number>, table: string): void {
  rows.set(table, (rows.get(table) ?? 0) + 1);
}

function tableOf(row: Row, header: Header, file: string): string {
  const table = header.tables[row[0]];
  if (!table || row.length !== table.columns.length + 1) {
    throw damaged(file, 'a row fits no table');
  }
  return table.name;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // The iteration below rejects with what went wrong in either stream.
  const text = pipeline(createReadStream(file), createGunzip(), () => undefined);
  let rest = '';
  try {
    for await (const chunk of text) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (error instanceof PyrosError) throw error;
    throw damaged(file, sentenceOf(error), error);
  }
  if (rest) yield rest;
}
