import { z } from 'zod';
import { PyrosError } from '#platform';

/**
 * A backup is JSON lines in gzip: a header, one array for each row (the number of its table in the
 * header, then its values in the order of the columns), and a footer that proves the rest whole.
 */
export const FORMAT = 1;

const tableSchema = z.strictObject({ name: z.string(), columns: z.array(z.string()) });

const headerSchema = z.strictObject({
  pyrosBackup: z.literal(FORMAT),
  /** Migrations that the database had, without their dates. */
  schema: z.array(z.string()),
  engine: z.enum(['sqlite', 'postgres', 'mariadb']),
  /** When it was made, ISO-8601 UTC. */
  time: z.string(),
  /** Version of the code that made it. */
  version: z.string(),
  /** Those that others refer to first. */
  tables: z.array(tableSchema),
});

const footerSchema = z.strictObject({
  /** Rows of each table. */
  rows: z.record(z.string(), z.int()),
  /** SHA-256 of everything before this line, hexadecimal. */
  sha256: z.string(),
});

export type Header = z.infer<typeof headerSchema>;
export type Footer = z.infer<typeof footerSchema>;
/** A value as every engine stores it. */
export type Value = string | number | null;
/** The number of its table in the header, then its values. */
export type Row = readonly [table: number, ...values: Value[]];

const REMEDY = 'Take another backup of data/backups/, or copy the file again from where it came.';

export function damaged(file: string, why: string, cause?: unknown): PyrosError {
  return new PyrosError('BACKUP_DAMAGED', `The backup ${file} is damaged: ${why}.`, {
    remedy: REMEDY,
    cause,
  });
}

/** The first line. Throws `BACKUP_DAMAGED`, or `BACKUP_NEWER` for a format of the future. */
export function headerOf(line: string, file: string): Header {
  const value = parsed(line, file, 'it does not begin as one');
  const { pyrosBackup } = value as { pyrosBackup?: unknown };
  if (typeof pyrosBackup === 'number' && pyrosBackup > FORMAT) throw newer(file, 'its format');
  const header = headerSchema.safeParse(value);
  if (!header.success) throw damaged(file, 'it does not begin as one', header.error);
  return header.data;
}

/** The last line. Throws `BACKUP_DAMAGED`. */
export function footerOf(line: string, file: string): Footer {
  const footer = footerSchema.safeParse(parsed(line, file, 'its end cannot be read'));
  if (!footer.success) throw damaged(file, 'its end cannot be read', footer.error);
  return footer.data;
}

export function rowOf(line: string, file: string): Row {
  return parsed(line, file, 'a row cannot be read') as Row;
}

export function newer(file: string, what: string): PyrosError {
  return new PyrosError(
    'BACKUP_NEWER',
    `The backup ${file} was made by a newer PyROS: ${what} is not known here.`,
    { remedy: 'Update the code, then restore it.' },
  );
}

function parsed(line: string, file: string, why: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw damaged(file, why, error);
  }
}
