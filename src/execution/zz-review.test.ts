import { afterEach, describe, expect, test } from 'vitest';
import { readCommand } from '#agent';
import { clearStage, command, domeOf, modeOf, setStage, told, type World } from '#testing';
import { readObservatory } from './execution-store.ts';

afterEach(clearStage);
async function ordered(world: World, name: string, payload: object) {
  const id = await command(world, 'Majordome', { name, payload });
  for (let i = 0; i < 60; i++) {
    await world.pass(1);
    const row = await readCommand(world.database, id);
    if (row && row.state !== 'PENDING' && row.state !== 'RUNNING') return row;
  }
  throw new Error(`${name} never ended`);
}

describe('review', () => {
  test('lock closes a dome that is open in PASSIVE', async () => {
    const { world, safety } = await setStage({});
    await world.pass(60);
    safety.mode = 'manu';
    await world.pass(120);
    expect(await modeOf(world)).toBe('PASSIVE');
    await domeOf(world).open();
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('open');
    const row = await ordered(world, 'lock', { by: 'ak', reason: 'rain in sight' });
    console.log(row.state, row.result);
    await world.pass(120);
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });
  test('lock while IDLE', async () => {
    const { world } = await setStage({});
    await world.pass(60);
    await command(world, 'Majordome', { name: 'set_mode', payload: { mode: 'IDLE' } });
    await world.pass(5);
    const row = await ordered(world, 'lock', { by: 'ak', reason: 'rain in sight' });
    console.log(row.state, row.result, row.errorCode, (await readObservatory(world.database))?.locked);
    await world.pass(120);
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });
});
