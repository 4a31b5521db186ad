import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSequence } from '#request';
import { allFacts, live, makeWorld, moveStatus, statusOf, told, type World } from '#testing';
import { AlertAgent } from './alert-agent.ts';
import { alertsOfNight, readStrategies, replaceStrategies } from './alert-store.ts';
import { type SwiftSpec, swiftPacket } from './swift-packet.ts';

const STRATEGY = readFileSync(new URL('../../config/strategies/grb.yaml', import.meta.url), 'utf8');

let world: World;
let agent: AlertAgent;
let die: () => Promise<void>;

beforeEach(async () => {
  world = await makeWorld();
  const strategies = [{ name: 'grb', content: STRATEGY }];
  await world.database.transaction((work) => replaceStrategies(work, strategies));
  begin();
});

afterEach(async () => {
  await die();
  await world.close();
});

function begin(): void {
  agent = new AlertAgent(world.context('AlertListener'), { unit: world.unit, listen: false });
  die = live(agent);
}

type Packet = SwiftSpec['packet'];

/** A notice of the burst 596958; XRT and UVOT know it better than BAT. */
function spec(packet: Packet): SwiftSpec {
  const errorDeg = { bat: 0.05, xrt: 0.0013, uvot: 0.0001, test: 0.05, retraction: 0.05 }[packet];
  const eventAt = '2026-10-12T21:58:00.000Z';
  const raDeg = packet === 'xrt' ? 345.02 : packet === 'uvot' ? 345.021 : 345;
  return { packet, trigger: '596958', eventAt, raDeg, decDeg: 40, errorDeg };
}

async function receive(packet: Packet) {
  await world.pass(1);
  const now = world.clock.now();
  const text = swiftPacket(spec(packet), now);
  return await agent.receive(new TextEncoder().encode(text), now);
}

async function stored() {
  return await alertsOfNight(world.database, 0);
}

async function types(): Promise<string[]> {
  const facts = await allFacts(world);
  return facts.map((fact) => fact.type).filter((type) => type !== 'AgentStarted');
}

describe('a packet', () => {
  test('that a strategy wants becomes a request at once, in its name', async () => {
    expect(await receive('bat')).toEqual({ ack: true });
    expect(await types()).toEqual(['RequestSubmitted', 'AlertReceived']);
    const [request] = await told(world, 'RequestSubmitted');
    expect(request).toMatchObject({ program: 'GRB', isAlert: true, sequences: [1] });
    expect(await readSequence(world.database, 1)).toMatchObject({
      status: 'TOBEPLANNED',
      isAlert: true,
      priority: 1,
      target: { raDeg: 345, decDeg: 40 },
    });
  });

  test('is kept as it was, with the instant of its last byte', async () => {
    await receive('bat');
    const [alert] = await stored();
    expect(alert?.packet).toContain('596958');
    expect(alert).toMatchObject({
      mission: 'Swift',
      trigger: '596958',
      outcome: 'requested',
      received_at: '2026-10-12T22:00:01.000Z',
      sequence_ids: '[1]',
    });
  });

  test('sent again is acknowledged again and stored once', async () => {
    await receive('bat');
    expect(await receive('bat')).toEqual({ ack: true });
    expect(await stored()).toHaveLength(1);
    expect(await types()).toEqual(['RequestSubmitted', 'AlertReceived']);
  });

  test('sent twice at once is stored once', async () => {
    const answers = await Promise.all([receive('bat'), receive('bat')]);
    expect(answers).toEqual([{ ack: true }, { ack: true }]);
    expect(await stored()).toHaveLength(1);
  });

  test('that is malformed is refused, told, and changes nothing else', async () => {
    const packet = new TextEncoder().encode('<voe:VOEvent version="2.0"><unclosed>');
    const answer = await agent.receive(packet, world.clock.now());
    expect(answer.ack).toBe(false);
    expect(await types()).toEqual(['AlertRefused']);
    expect(await stored()).toEqual([]);
  });

  test('after a malformed one is served as if nothing had been', async () => {
    await agent.receive(new Uint8Array([0, 255, 1]), world.clock.now());
    expect(await receive('bat')).toEqual({ ack: true });
    expect(await stored()).toHaveLength(1);
  });

  test('of a test never asks for the telescope', async () => {
    expect(await receive('test')).toEqual({ ack: true });
    expect(await types()).toEqual(['AlertIgnored']);
    expect(await stored()).toMatchObject([{ role: 'test', sequence_ids: '[]' }]);
  });
});

describe('a burst', () => {
  test('that XRT knows better is moved, not requested twice', async () => {
    await receive('bat');
    await receive('xrt');
    expect((await types()).slice(2)).toEqual(['AlertUpdated', 'TargetMoved']);
    expect(await told(world, 'TargetMoved')).toMatchObject([{ sequenceId: 1, raDeg: 345.02 }]);
    expect((await readSequence(world.database, 1))?.target.raDeg).toBe(345.02);
    expect(await told(world, 'RequestSubmitted')).toHaveLength(1);
  });

  test('that was observed to its end keeps the place where it was observed', async () => {
    await receive('bat');
    for (const to of ['PLANNED', 'EXECUTING', 'DONE'] as const) await moveStatus(world, 1, to);
    await receive('xrt');
    expect(await told(world, 'TargetMoved')).toEqual([]);
    expect((await readSequence(world.database, 1))?.target.raDeg).toBe(345);
  });

  test('that is retracted is cancelled with the reason', async () => {
    await receive('bat');
    await receive('retraction');
    expect(await statusOf(world, 1)).toBe('CANCELLED');
    expect((await readSequence(world.database, 1))?.reason).not.toBe('');
    expect((await types()).at(-1)).toBe('AlertRetracted');
  });

  test('that is retracted while it is observed is cancelled too', async () => {
    await receive('bat');
    for (const to of ['PLANNED', 'EXECUTING'] as const) await moveStatus(world, 1, to);
    await receive('retraction');
    expect(await statusOf(world, 1)).toBe('CANCELLED');
  });

  test('that is retracted after its end stays DONE', async () => {
    await receive('bat');
    for (const to of ['PLANNED', 'EXECUTING', 'DONE'] as const) await moveStatus(world, 1, to);
    await receive('retraction');
    expect(await statusOf(world, 1)).toBe('DONE');
  });

  test('that is retracted is not taken up again by a late position', async () => {
    await receive('bat');
    await receive('retraction');
    await receive('xrt');
    expect(await told(world, 'RequestSubmitted')).toHaveLength(1);
    expect((await types()).at(-1)).toBe('AlertIgnored');
  });

  test('is remembered by the next life of the listener', async () => {
    await receive('bat');
    await die();
    begin();
    await receive('xrt');
    await receive('bat');
    expect(await told(world, 'RequestSubmitted')).toHaveLength(1);
    expect(await told(world, 'TargetMoved')).toHaveLength(1);
    expect(await stored()).toHaveLength(2);
  });

  test('that no strategy wants is kept and explained', async () => {
    await world.database.transaction((work) => replaceStrategies(work, []));
    await receive('bat');
    expect(await types()).toEqual(['AlertIgnored']);
    expect(await stored()).toHaveLength(1);
  });
});

test('strategies take the place of all others', async () => {
  const other = STRATEGY.replace('name: grb', 'name: other');
  const strategies = [{ name: 'other', content: other }];
  await world.database.transaction((work) => replaceStrategies(work, strategies));
  expect((await readStrategies(world.database)).map((one) => one.name)).toEqual(['other']);
});
