/** One column as the page shows it. */
export interface DrawnColumn {
  readonly name: string;
  /** E.g. `text(100)`, `real or null`. */
  readonly type: string;
  readonly meaning: string;
  /** The table that it refers to. */
  readonly refersTo?: { readonly table: string; readonly isOne: boolean; readonly isNull: boolean };
}

export interface DrawnTable {
  readonly room: string;
  readonly name: string;
  /** What it is called in the code and in the shell. */
  readonly entity: string;
  readonly about: string;
  readonly columns: readonly DrawnColumn[];
}

const HEAD = `# The tables

Drawn from the entities by \`node tools/draw-schema.ts\`; a test compares them. To add one, see
[how to add a table](how-to/add-a-table.md). Every engine has the same tables.

- \`instant\` is UTC text such as \`2014-04-23T21:08:24.000Z\`; no instant yet is null.
- Text is never null but for a key that may be missing: no data is the empty string. Truth is 0 or 1. Lists and structures are JSON text.
- A reference such as \`request_id\` holds the \`id\` of a row of the other table.
- A table belongs to one room of \`src\`, which alone writes it.
`;

const VERSION = `## db

### version

The migrations that this database has been through, written by the schema tool (\`Version\` of the
guide): \`id\`, \`name\`, \`executed_at\`.
`;

const OBSOLETE = `## Tables of the guide that are not here

\`task_id\` held the tasks of Celery, which PyROS does not use: \`agents_survey\` says which agents live.
\`agents_command\` is the earlier name of \`command\`.
`;

/** The page of all tables: the picture of those that refer to others, then each table by its room. */
export function schemaPage(tables: readonly DrawnTable[]): string {
  const rooms = [...new Set(tables.map((table) => table.room))].sort();
  const sections = rooms.map((room) => roomSection(room, tables));
  return `${[HEAD, picture(tables), ...sections, VERSION, OBSOLETE].join('\n').trimEnd()}\n`;
}

function picture(tables: readonly DrawnTable[]): string {
  const lines = tables.flatMap((table) =>
    table.columns.flatMap(({ name, refersTo }) => {
      if (!refersTo) return [];
      const marks = `${refersTo.isNull ? '|o' : '||'}--${refersTo.isOne ? 'o|' : 'o{'}`;
      return [`  ${refersTo.table} ${marks} ${table.name} : "${name.replace(/_id$/, '')}"`];
    }),
  );
  return `\`\`\`mermaid\nerDiagram\n${lines.join('\n')}\n\`\`\`\n`;
}

function roomSection(room: string, tables: readonly DrawnTable[]): string {
  const own = tables.filter((table) => table.room === room);
  return [`## ${room}\n`, ...own.map(tableSection)].join('\n');
}

function tableSection({ name, entity, about, columns }: DrawnTable): string {
  const rows = columns.map(
    (column) => `| \`${column.name}\` | ${column.type} | ${cell(column.meaning)} |`,
  );
  const table = ['| column | type | meaning |', '|---|---|---|', ...rows].join('\n');
  return `### ${name}\n\n\`${entity}\`. ${about}\n\n${table}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
