import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, openOrm } from '../src/db/orm.ts';
import { entities } from '../src/main/entities.ts';
import { ENGINES, type Engine } from './engines.ts';
import {
  type AnyTables,
  makeOldDatabase,
  mariaDbStatements,
  withDatabase,
} from './old-database.ts';

/** What requests, their users and their programs are, each as one line. */
async function requestsOf(url: string): Promise<string[]> {
  return await withDatabase(url, async (database) => {
    const rows = await database
      .tables<AnyTables>()
      .selectFrom('request')
      .innerJoin('pyros_user', 'pyros_user.id', 'request.pyros_user_id')
      .innerJoin('scientific_program', 'scientific_program.id', 'request.scientific_program_id')
      .select(['request.name as name', 'username', 'scientific_program.name as program'])
      .orderBy('request.id')
      .execute();
    return rows.map((row) => `${row.name}: ${row.username} for ${row.program}`);
  });
}

const REQUESTS = [
  'first: ada for GRB',
  'second: UserSimulator for Forgotten',
  'third: UserSimulator for GRB',
];

async function rowsOf(url: string, table: string): Promise<Record<string, unknown>[]> {
  return await withDatabase(url, (database) =>
    database.tables<AnyTables>().selectFrom(table).selectAll().execute(),
  );
}

async function differences(url: string): Promise<string[]> {
  const orm = await openOrm(url, entities);
  const text = await orm.schema.getUpdateSchemaSQL({ wrap: false });
  await orm.close(true);
  return text.split('\n').filter((line) => line.trim() && !/`?version`?/.test(line));
}

async function execute(url: string, statements: readonly string[]): Promise<void> {
  await withDatabase(url, async (database) => {
    for (const text of statements) await sql.raw(text).execute(database.tables());
  });
}

for (const { name, start, available } of ENGINES) {
  describe.skipIf(!available)(`a database of the first migration on ${name}`, () => {
    let server: Engine;
    let url: string;

    beforeAll(async () => {
      server = await start();
      url = server.url;
      await makeOldDatabase(url);
      await migrate(url, entities);
    });

    afterAll(() => server.stop());

    it('becomes that of the entities', async () => {
      expect(await differences(url)).toEqual([]);
    });

    it('keeps its requests, their users and programs as rows', async () => {
      expect(await requestsOf(url)).toEqual(REQUESTS);
    });

    it('keeps whom and what it knew, and makes the others without password or limit', async () => {
      expect(await rowsOf(url, 'pyros_user')).toMatchObject([
        { username: 'ada', email: 'ada@example.org', is_active: 1, country_id: 1, password: '' },
        { username: 'UserSimulator', is_active: 0, country_id: null, password: '' },
      ]);
      expect(await rowsOf(url, 'scientific_program')).toMatchObject([
        { name: 'GRB', quota: 100, priority: 1 },
        { name: 'Forgotten', quota: null },
      ]);
    });

    it.each([
      ['sequence', { target: 'M 13', ra_deg: 250.4, request_id: 2 }],
      [
        'sequence',
        { target_form: 'FIXED', epoch: 2000, pm_ra: 0, min_alt_deg: null, ephemeris: null },
      ],
      ['album', { detector: 'VIS', sequence_id: 2 }],
      ['plan', { nb_images: 5, album_id: 2 }],
      ['schedule', { plan_end: 2, value: 0, bound: 0, gap: 0, kind: 'FULL', preempts: null }],
      ['schedule_has_sequences', { tsp: 1.25, schedule_id: 2, sequence_id: 2 }],
      ['schedule_has_sequences', { code: '', remedy: '', is_shortened: 0 }],
      ['image', { exposure_id: 'e-2', sequence_id: 2, plan_id: 2 }],
    ])('keeps every %s', async (table, second) => {
      const rows = await rowsOf(url, table);
      expect(rows).toHaveLength(3);
      expect(rows[1]).toMatchObject({ id: 2, ...second });
    });

    it('keeps its commands and what agents said of themselves', async () => {
      expect(await rowsOf(url, 'command')).toMatchObject([
        { name: 'park', state: 'EXECUTED', command_key: null, timeout_seconds: 0, error_text: '' },
      ]);
      expect(await rowsOf(url, 'agents_survey')).toMatchObject([
        { name: 'Observer', pid: 7, host: '', incarnation: 0 },
      ]);
    });
  });
}

for (const { name, start, available } of ENGINES.filter((engine) => engine.name !== 'MariaDB')) {
  describe.skipIf(!available)(`a migration that fails on its way on ${name}`, () => {
    let server: Engine;

    beforeAll(async () => {
      server = await start();
      await makeOldDatabase(server.url);
    });

    afterAll(() => server.stop());

    it('leaves everything as it was, and passes once nothing is in its way', async () => {
      // It makes an index of this name after the requests were changed.
      await execute(server.url, ['create index image_plan_id_index on fact (agent)']);
      await expect(migrate(server.url, entities)).rejects.toThrow('image_plan_id_index');
      const names = (await rowsOf(server.url, 'request')).map((row) => row.username);
      expect(names).toEqual(['ada', 'UserSimulator', 'UserSimulator']);
      await execute(server.url, ['drop index image_plan_id_index']);
      await migrate(server.url, entities);
      expect(await requestsOf(server.url)).toEqual(REQUESTS);
      expect(await differences(server.url)).toEqual([]);
    });
  });
}

const mariaDb = ENGINES.find((engine) => engine.name === 'MariaDB');
describe.skipIf(!mariaDb?.available)('a migration that was cut short on MariaDB', () => {
  let server: Engine;
  let statements: string[];

  beforeAll(async () => {
    if (!mariaDb) throw new Error('MariaDB is one of the engines');
    server = await mariaDb.start();
    statements = await mariaDbStatements(server.url, 1);
  });

  afterAll(() => server.stop());

  const CUTS = [
    { where: 'before requests refer', before: /^insert into `pyros_user`/ },
    { where: 'while requests refer', before: /^update `request` r join `scientific_program`/ },
    { where: 'before the last statement', before: /drop column if exists `username`/ },
    { where: 'before it was noted as done', before: null },
  ];

  it.each(CUTS)('passes when it is run again: $where', async ({ where, before }) => {
    const url = server.another(where.replaceAll(' ', '_'));
    await makeOldDatabase(url);
    const cut = before ? statements.findIndex((text) => before.test(text)) : statements.length;
    expect(cut).toBeGreaterThan(10);
    await execute(url, statements.slice(0, cut));
    await migrate(url, entities);
    expect(await requestsOf(url)).toEqual(REQUESTS);
    expect(await rowsOf(url, 'pyros_user')).toHaveLength(2);
    expect(await differences(url)).toEqual([]);
  });

  it.each([0.5, 1])('passes when the first was cut after %d of its statements', async (part) => {
    const url = server.another(`first_${part * 10}`);
    const first = await mariaDbStatements(url, 0);
    await execute(url, first.slice(0, Math.round(first.length * part)));
    await migrate(url, entities);
    expect(await differences(url)).toEqual([]);
  });

  it('passes when that of planning was cut after the first of its tables', async () => {
    const url = server.another('planning');
    await makeOldDatabase(url);
    const [first, ...others] = await mariaDbStatements(url, 2);
    expect(others.length).toBeGreaterThan(0);
    await execute(url, [...statements, first ?? '']);
    await migrate(url, entities);
    expect(await requestsOf(url)).toEqual(REQUESTS);
    expect(await differences(url)).toEqual([]);
  });
});
