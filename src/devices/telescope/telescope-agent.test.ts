import { describe, expect, it, onTestFinished } from 'vitest';
import { type Command, readCommand, Sender } from '#agent';
import { live, makeWorld, told, type World } from '#testing';
import { openTelescope } from '../registry.ts';
import { TelescopeAgent } from './telescope-agent.ts';

interface Row {
  tel_motion: string;
  tel_park: number;
  ra_deg: number | null;
}

async function telescopeWorld() {
  const world = await makeWorld();
  const [mount] = world.unit.mounts;
  if (!mount) throw new RangeError('the small unit has a mount');
  const start = () => {
    const telescope = openTelescope(mount, { clock: world.clock, links: world.network.link });
    const agent = new TelescopeAgent(world.context('TelescopeAgent'), { telescope });
    const end = live(agent);
    onTestFinished(end);
    return { agent, end };
  };
  onTestFinished(() => world.close());
  const { end } = start();
  await world.pass(1);
  return { world, start, end };
}

async function ask(world: World, text: string): Promise<() => Promise<Command>> {
  const { database, clock } = world;
  const sent = await new Sender({ name: 'Operator', database, clock }).send('TelescopeAgent', text);
  return async () => {
    const row = await readCommand(database, sent.id);
    if (!row) throw new RangeError('no such command');
    return row;
  };
}

async function row(world: World): Promise<Row | undefined> {
  const tables = world.database.tables<{ agent_telescope: Row }>();
  return await tables.selectFrom('agent_telescope').selectAll().executeTakeFirst();
}

describe('the agent of the mount', () => {
  it('writes what the mount says, again and again', async () => {
    const { world } = await telescopeWorld();
    expect(await row(world)).toMatchObject({ tel_motion: 'parked', tel_park: 1 });
  });

  it('moves it on command, with its progress, and tells where it arrived', async () => {
    const { world } = await telescopeWorld();
    const command = await ask(world, 'MOUNT START goto 30 45');
    await world.pass(2);
    expect(await command()).toMatchObject({
      state: 'RUNNING',
      progress: expect.stringContaining('slewing'),
    });
    await world.pass(120);
    expect(await command()).toMatchObject({
      state: 'EXECUTED',
      result: expect.stringMatching(/^tracking 30\.\d+ 4[45]\.\d+$/),
    });
    expect(await row(world)).toMatchObject({ tel_motion: 'tracking', tel_park: 0 });
  });

  it('takes a slew up again that its last life left', async () => {
    const { world, start, end } = await telescopeWorld();
    const command = await ask(world, 'MOUNT START goto 30 45');
    await world.pass(2);
    await end();
    await world.pass(60);
    expect((await command()).state).toBe('RUNNING');
    start();
    await world.pass(5);
    expect(await command()).toMatchObject({
      state: 'EXECUTED',
      result: expect.stringMatching(/^tracking 30/),
    });
  });

  it('notes what was asked and answered', async () => {
    const { world } = await telescopeWorld();
    await ask(world, 'MOUNT START park');
    await world.pass(60);
    const tables = world.database.tables<{ telescope_command: Record<string, string> }>();
    const rows = await tables.selectFrom('telescope_command').selectAll().execute();
    expect(rows).toMatchObject([
      { agent: 'TelescopeAgent', request: 'START park', answer: expect.stringMatching(/^parked/) },
    ]);
  });

  it('lets the mount stand still when the command is aborted', async () => {
    const { world } = await telescopeWorld();
    const command = await ask(world, 'MOUNT START goto 30 45');
    await world.pass(2);
    await ask(world, 'abort');
    await world.pass(30);
    expect((await command()).state).toBe('KILLED');
    expect(await row(world)).toMatchObject({ tel_motion: 'stopped' });
  });

  it('refuses to move it while the observer has it', async () => {
    const { world } = await telescopeWorld();
    const payload = { from: 'STANDBY', to: 'SCHED_READY', reason: 'night' };
    await world.database.transaction(async (work) => {
      const { appendFact } = await import('#agent');
      const atMs = world.clock.now();
      await appendFact(work, { atMs, agent: 'Majordome', type: 'ModeChanged', payload });
    });
    const command = await ask(world, 'MOUNT START park');
    await world.pass(5);
    expect(await command()).toMatchObject({ state: 'FAILED', errorCode: 'MOUNT_IN_USE' });
  });

  it('passes on what an expert says in the mount’s own language, and gives its answer', async () => {
    const { world } = await telescopeWorld();
    const command = await ask(world, 'MOUNT NATIVE DO GOTO 400 0');
    await world.pass(5);
    expect(await command()).toMatchObject({
      state: 'EXECUTED',
      result: expect.stringMatching(/^ERR BAD_COORDINATES/),
    });
  });

  it('homes it, and tells when that is done', async () => {
    const { world } = await telescopeWorld();
    const command = await ask(world, 'MOUNT START home');
    await world.pass(30);
    expect(await command()).toMatchObject({
      state: 'EXECUTED',
      result: expect.stringMatching(/^stopped/),
    });
  });

  it('fails a goto below the horizon with what the mount says', async () => {
    const { world } = await telescopeWorld();
    const command = await ask(world, 'MOUNT START goto 180 -80');
    await world.pass(30);
    expect(await command()).toMatchObject({ state: 'FAILED', errorCode: 'DEVICE_REFUSED' });
  });

  it('says nothing of a mount that does not answer, and tells the trouble once', async () => {
    const { world } = await telescopeWorld();
    const address = world.unit.mounts[0]?.address ?? { host: '', port: 0 };
    world.network.unplug(address);
    await world.pass(60);
    expect(await row(world)).toMatchObject({ tel_motion: 'unknown', tel_park: 0, ra_deg: null });
    expect(await told(world, 'DeviceFailed')).toHaveLength(1);
  });
});
