import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { album, makeWorld, moveStatus, someRequest, submit, type World } from '#testing';
import type { Request } from './request.ts';
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
      accounts: ['program "Clusters"', 'user "somebody"'],
      isAlert: false,
      reason: '',
      skyTarget: { raDeg: 345, decDeg: 40 },
      targetFault: '',
    });
    expect(albums).toHaveLength(2);
  });

  test('gives back what it asks of the sky', async () => {
    const asked = {
      minUsefulSeconds: 30,
      limits: {
        minAltDeg: 35,
        moonDistanceDeg: 0,
        sunDistanceDeg: 60,
        skyBrightness: 20.5,
        maxSeeingArcsec: 1.8,
      },
    };
    const id = await submit(world, asked);
    expect(await readSequence(world.database, id)).toMatchObject(asked);
  });

  test('gives back a target that moves', async () => {
    const points = [
      { ms: 1_000, raDeg: 359.123456789, decDeg: -20.5 },
      { ms: 2_000, raDeg: 0.25, decDeg: -20.25 },
    ];
    const target = { name: 'Comet', raDeg: 359.123456789, decDeg: -20.5 };
    const id = await submit(world, { target, path: { kind: 'EPHEMERIS', points } });
    expect(await readSequence(world.database, id)).toMatchObject({
      target,
      skyTarget: { kind: 'EPHEMERIS', points },
    });
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

  test('are read to the end with a pause after each page', async () => {
    const sequence = someRequest(world).sequences[0];
    const sequences = Array.from({ length: 501 }, (_, i) => ({
      ...sequence,
      priority: i,
      albums: [],
    }));
    const request = { ...someRequest(world), sequences } as Request;
    await world.database.transaction((work) => insertRequest(work, request, 'somebody'));
    let pauses = 0;
    const pause = async () => void pauses++;
    const read = await sequencesIn(world.database, ['TOBEPLANNED'], pause);
    expect(read.map((one) => one.priority)).toEqual(sequences.map((one) => one.priority));
    expect(pauses).toBe(2);
  });

  test.each([
    ['a window that ends first', { jd1: 2_456_772, jd2: 2_456_771 }, { name: 'A sequence' }],
    ['a text for a day', { jd1: 'yesterday' }, { windowStartMs: Number.NaN }],
    ['a window without end', { jd2: 1e300 }, { windowEndMs: 8.64e15 }],
    ['a text for a duration', { duration: 'long' }, { durationSeconds: Number.NaN }],
    ['a text for a limit', { min_alt_deg: 'high' }, { limits: { minAltDeg: Number.NaN } }],
    ['a text for a place', { ra_deg: 'east' }, { target: { raDeg: Number.NaN } }],
    [
      'an unknown body',
      { target_form: 'BODY', target: 'Pluto' },
      { targetFault: expect.stringContaining('"Pluto" is no body') },
    ],
    [
      'no ephemeris',
      { target_form: 'EPHEMERIS' },
      { targetFault: expect.stringContaining('not a list') },
    ],
  ])('are read although somebody wrote %s into a row', async (_, columns, expected) => {
    const id = await submit(world);
    await submit(world);
    const tables = world.database.tables<Record<string, Record<string, unknown>>>();
    await tables.updateTable('sequence').set(columns).where('id', '=', id).execute();
    const [first, ...others] = await sequencesIn(world.database, ['TOBEPLANNED']);
    expect(first).toMatchObject(expected);
    expect(others).toHaveLength(1);
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
