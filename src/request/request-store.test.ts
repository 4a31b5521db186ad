import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { album, makeWorld, moveStatus, someRequest, submit, type World } from '#testing';
import {
  allSequences,
  insertRequest,
  moveTarget,
  type RequestTables,
  readAlbums,
  readSequence,
  sequencesIn,
  setSequenceStatus,
} from './request-store.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.close());

describe('a stored request', () => {
  test('gives its sequences back as they were asked', async () => {
    const request = someRequest(world, { tPreferedMs: world.clock.now(), startMode: 'BESTELEV' });
    const [sequence] = request.sequences;
    const { sequenceIds, requestId } = await world.database.transaction((work) =>
      insertRequest(work, request, 'somebody'),
    );
    const { albums, ...terms } = sequence ?? { albums: [] };
    expect(await readSequence(world.database, sequenceIds[0] ?? 0)).toEqual({
      ...terms,
      id: sequenceIds[0],
      requestId,
      program: 'Clusters',
      isAlert: false,
      reason: '',
    });
    expect(albums).toHaveLength(2);
  });

  test('gives its albums back with their plans, in the order asked', async () => {
    const plans = [
      ...album('VIS', 'r').plans,
      ...album('VIS', 'g', { images: 3, exposureSeconds: 20 }).plans,
    ];
    const id = await submit(world, {
      albums: [{ ...album('VIS', 'r'), plans }, album('NIR', 'J')],
    });
    const albums = await readAlbums(world.database, id);
    expect(albums.map((one) => one.channel)).toEqual(['VIS', 'NIR']);
    expect(albums[0]?.plans).toMatchObject([
      { filter: 'r', images: 2, exposureSeconds: 10 },
      { filter: 'g', images: 3, exposureSeconds: 20 },
    ]);
  });

  test('belongs to the user and the program that it names, one row for all their requests', async () => {
    await submit(world);
    await submit(world);
    const requests = world.database
      .tables<RequestTables>()
      .selectFrom('request')
      .innerJoin('pyros_user', 'pyros_user.id', 'request.pyros_user_id')
      .innerJoin('scientific_program', 'scientific_program.id', 'request.scientific_program_id')
      .select(['pyros_user.id as userId', 'username', 'scientific_program.name as program']);
    const row = { userId: 1, username: 'somebody', program: 'Clusters' };
    expect(await requests.execute()).toEqual([row, row]);
  });

  test('that fails half-way leaves nothing', async () => {
    const broken = world.database.transaction(async (work) => {
      await insertRequest(work, someRequest(world), 'somebody');
      throw new Error('power cut');
    });
    await expect(broken).rejects.toThrow('power cut');
    expect(await allSequences(world.database)).toEqual([]);
  });
});

describe('sequences', () => {
  test('are found by their status, in the order of submission', async () => {
    const [first, second, third] = [await submit(world), await submit(world), await submit(world)];
    await moveStatus(world, second, 'PLANNED');
    const waiting = await sequencesIn(world.database, ['TOBEPLANNED']);
    expect(waiting.map((one) => one.id)).toEqual([first, third]);
    expect(await allSequences(world.database)).toHaveLength(3);
  });

  test('refuse a status that theirs does not allow, and stay as they were', async () => {
    const id = await submit(world);
    await expect(moveStatus(world, id, 'DONE')).rejects.toMatchObject({ code: 'SEQUENCE_STATUS' });
    expect((await readSequence(world.database, id))?.status).toBe('TOBEPLANNED');
  });

  test('take a new reason for the status that they have', async () => {
    const id = await submit(world);
    const change = { id, to: 'TOBEPLANNED', reason: 'rain' } as const;
    await world.database.transaction((work) => setSequenceStatus(work, change));
    expect((await readSequence(world.database, id))?.reason).toBe('rain');
  });

  test('can be pointed at a better place', async () => {
    const id = await submit(world);
    const place = { raDeg: 10.5, decDeg: -3.25 };
    await world.database.transaction((work) => moveTarget(work, { id, ...place }));
    expect((await readSequence(world.database, id))?.target).toEqual({ name: 'High', ...place });
  });

  test('without a place are not seen until they have one', async () => {
    const id = await submit(world);
    const place = (raDeg: number | null) =>
      world.database
        .tables<RequestTables>()
        .updateTable('sequence')
        .set({ ra_deg: raDeg })
        .where('id', '=', id)
        .execute();
    await place(null);
    expect(await allSequences(world.database)).toEqual([]);
    await place(12);
    expect(await allSequences(world.database)).toHaveLength(1);
  });

  test('go with their request, and their albums with them', async () => {
    await submit(world);
    const tables = world.database.tables<RequestTables>();
    await tables.deleteFrom('request').execute();
    for (const table of ['sequence', 'album', 'plan'] as const) {
      expect(await tables.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  test('that do not exist are null', async () => {
    expect(await readSequence(world.database, 99)).toBeNull();
  });
});
