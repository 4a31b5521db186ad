import { describe, expect, it } from 'vitest';
import { factsAfter } from '#agent';
import type { PlcFrame } from '#devices';
import { PyrosError, parseIso, VirtualClock } from '#platform';
import { agentBench, fairFrame, NIGHT_MS, plcFrame, smallUnit } from '#testing';
import type { Limit } from '#unit';
import { EnvironmentAgent } from './environment-agent.ts';
import {
  type EnvironmentTables,
  readSafety,
  readSensors,
  readWeather,
  weatherSince,
} from './environment-store.ts';
import { SafetyMonitor } from './safety-monitor.ts';

const broken = (code: string) => async (): Promise<PlcFrame> => {
  throw new PyrosError(code, 'half a frame');
};

/** A virtual clock whose wall clock can be set. */
class SettableClock extends VirtualClock {
  offMs = 0;

  override now(): number {
    return super.now() + this.offMs;
  }
}

/** An environment agent at work on a PLC that answers as told; weather counts as good at once. */
async function bench(more: Partial<Limit> = {}) {
  const agents = await agentBench(NIGHT_MS);
  const { clock, database } = agents;
  const { plc: shipped } = smallUnit();
  const limits = shipped.limits.map((limit) => ({ ...limit, goodDelaySeconds: 0, ...more }));
  const spec = { ...shipped, limits };
  const answers = { status: async (): Promise<PlcFrame> => fairFrame(clock.now()) };
  const plc = { status: () => answers.status() };
  const monitor = new SafetyMonitor({
    plc,
    spec,
    clock,
    keeper: null,
    holdsFlappingAtLonDeg: 7,
  });
  void agents.live(new EnvironmentAgent(agents.context('Monitoring'), { monitor, spec }));
  const facts = async (type: string) =>
    (await factsAfter(database, 0, 5000)).filter((fact) => fact.type === type);
  const told = async (type: string) => (await facts(type)).map((fact) => fact.payload);
  const alarms = async () =>
    (await told('AlarmRaised')).map((one) =>
      'key' in one && 'count' in one ? `${one.key} ${one.count}` : '',
    );
  const tables = database.tables<EnvironmentTables>();
  return { ...agents, answers, facts, told, alarms, tables, spec };
}

describe('the environment agent', () => {
  it('keeps one row of the weather as it is now', async () => {
    const { database, pass, clock, tables } = await bench();
    await pass(30);
    expect(await readWeather(database)).toMatchObject({
      humidity: 50,
      wind: 3,
      rain: 0,
      cloud: -20,
      gust: 3,
      dew_margin: 10.11,
      sky_clarity: 'Clear',
    });
    const rows = await tables.selectFrom('weather_watch').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(clock.now() - Date.parse(rows[0]?.updated ?? '')).toBeLessThanOrEqual(2000);
  });

  it('keeps a row of the history each minute', async () => {
    const { database, pass, tables } = await bench();
    await pass(301);
    expect(await weatherSince(database, NIGHT_MS)).toHaveLength(6);
    expect(await tables.selectFrom('site_watch_history').selectAll().execute()).toHaveLength(6);
  });

  it('keeps a row of the history at each change of the verdict', async () => {
    const { database, pass, answers, clock } = await bench();
    await pass(11);
    answers.status = async () => fairFrame(clock.now(), { wxt520: { RainRate: 5 } });
    await pass(10);
    expect((await weatherSince(database, NIGHT_MS)).map((row) => row.rain)).toEqual([0, 5]);
  });

  it('tells of safety only when it changes', async () => {
    const { pass, answers, clock, told } = await bench();
    await pass(100);
    answers.status = async () => fairFrame(clock.now(), { vantagePro: { RainRate: 5 } });
    await pass(100);
    answers.status = async () => fairFrame(clock.now());
    await pass(100);
    expect(await told('SafetyChanged')).toEqual([
      { safe: true, reasons: [] },
      { safe: false, reasons: ['rain 5 mm/h is above 0.1 mm/h'] },
      { safe: true, reasons: [] },
    ]);
  });

  it('tells of danger with the very frame that brings it, within half a second', async () => {
    const { pass, answers, clock, facts } = await bench();
    await pass(10);
    let sentMs = 0;
    answers.status = async () => {
      const frame = fairFrame(clock.now(), { wxt520: { RainRate: 5 } });
      sentMs ||= clock.now();
      return frame;
    };
    await pass(10);
    const told = (await facts('SafetyChanged')).at(-1);
    expect(told?.payload).toMatchObject({ safe: false });
    expect(parseIso(told?.at ?? '') - sentMs).toBeLessThanOrEqual(500);
  });

  it('does not tell again when only the figure changes', async () => {
    const { pass, answers, clock, told } = await bench();
    let rain = 5;
    answers.status = async () => fairFrame(clock.now(), { wxt520: { RainRate: rain++ } });
    await pass(60);
    expect(await told('SafetyChanged')).toHaveLength(1);
  });

  it('tells of the sky when it clouds over', async () => {
    const { pass, answers, clock, told } = await bench();
    await pass(10);
    answers.status = async () => fairFrame(clock.now(), { sky: { SkyTemperature: -5 } });
    await pass(10);
    const air = { windMs: 3, humidityPercent: 50, seeingArcsec: null };
    expect(await told('ConditionsChanged')).toEqual([
      { cloud: 'Clear', ...air },
      { cloud: 'Cloudy', ...air },
    ]);
  });

  it('changes no weather at frames that it cannot read, and tells of the first and the tenth', async () => {
    const { database, pass, answers, told } = await bench();
    await pass(9);
    const before = await readWeather(database);
    answers.status = broken('DEVICE_GARBLED');
    await pass(24);
    expect(await readWeather(database)).toEqual(before);
    expect(await told('PlcFrameRefused')).toEqual([
      { reason: 'half a frame', count: 1 },
      { reason: 'half a frame', count: 10 },
    ]);
    expect((await readSafety(database))?.refused_frames).toBe(12);
  });

  it('says unsafe once frames that it cannot read have let the weather grow old', async () => {
    const { database, pass, answers } = await bench();
    await pass(9);
    answers.status = broken('DEVICE_GARBLED');
    await pass(10);
    expect((await readSafety(database))?.safe).toBe(1);
    await pass(20);
    expect((await readSafety(database))?.safe).toBe(0);
  });

  it('goes on without a PLC, and says that it is lost (R-324)', async () => {
    const { pass, answers, told, alarms, clock } = await bench();
    await pass(9);
    answers.status = broken('DEVICE_UNREACHABLE');
    await pass(60);
    expect(await told('PlcFrameRefused')).toEqual([]);
    expect((await told('SafetyChanged')).at(-1)).toMatchObject({ safe: false });
    expect(await alarms()).toEqual(['plc 1']);
    answers.status = async () => fairFrame(clock.now());
    await pass(10);
    expect((await told('SafetyChanged')).at(-1)).toMatchObject({ safe: true });
    expect(await told('AlarmCleared')).toMatchObject([{ key: 'plc' }]);
  });

  it('keeps what the PLC says of itself', async () => {
    const { database, pass, answers, clock } = await bench();
    answers.status = async () =>
      fairFrame(clock.now(), { site: { Mode: 'manu', NightAck: 0, Bypass: 1 } });
    await pass(3);
    expect(await readSafety(database)).toMatchObject({
      mode: 'manu',
      night_ack: 0,
      bypass: 1,
      bypass_state: 'on',
      bypass_since: new Date(NIGHT_MS).toISOString(),
      clock_offset: 0,
    });
  });

  it('keeps raw, bypass and effective apart, with the causes of the raw one', async () => {
    const { database, pass, answers, clock } = await bench();
    await pass(9);
    answers.status = async () =>
      fairFrame(clock.now(), { wxt520: { WindSpeed: 30 }, site: { Bypass: 1 } });
    await pass(20);
    const row = await readSafety(database);
    expect(row).toMatchObject({ raw_safe: 0, bypass_state: 'on', safe: 1, reasons: '[]' });
    expect(JSON.parse(row?.causes ?? '')).toEqual([
      expect.objectContaining({ key: 'wind', kind: 'weather', since: expect.stringMatching(/Z$/) }),
      expect.objectContaining({ key: 'gust' }),
    ]);
  });
});

describe('the sensors of the environment agent', () => {
  it('have a row each, with quality, time and whether they are used', async () => {
    const { database, pass, answers, clock } = await bench();
    answers.status = async () => {
      const { device } = fairFrame(clock.now());
      return plcFrame(
        clock.now(),
        device.map((one) => (one.name === 'VantagePro' ? { ...one, valid: 'no' as const } : one)),
      );
    };
    await pass(3);
    const rows = await readSensors(database);
    const row = (device: string, name: string) =>
      rows.find((one) => one.device === device && one.name === name);
    expect(row('WXT520', 'WindSpeed')).toMatchObject({
      value: 3,
      unit: 'm/s',
      raw: '3',
      quality: 'good',
      at: new Date(NIGHT_MS).toISOString(),
      used: 1,
    });
    expect(row('VantagePro', 'WindSpeed')).toMatchObject({
      value: null,
      quality: 'invalid',
      used: 0,
    });
  });

  it('raise an alarm when they contradict each other, and one when a station fails', async () => {
    const { pass, answers, clock, alarms, told } = await bench();
    await pass(9);
    answers.status = async () => fairFrame(clock.now(), { vantagePro: { RainRate: 5 } });
    await pass(100);
    expect(await alarms()).toEqual(['disagree.rain 1', 'disagree.rain 2']);
    answers.status = async () =>
      plcFrame(
        clock.now(),
        fairFrame(clock.now()).device.filter(({ name }) => name !== 'VantagePro'),
      );
    await pass(40);
    expect(await told('AlarmCleared')).toMatchObject([{ key: 'disagree.rain' }]);
    expect((await alarms()).at(-1)).toBe('sensor.VantagePro 1');
  });
});

describe('what flaps', () => {
  it('is held with an alarm, and let go by a command that says who and why', async () => {
    const { pass, answers, clock, alarms, told, send, command, database } = await bench({
      mostReopenings: 1,
      badDelaySeconds: 0,
    });
    let wind = 3;
    answers.status = async () => fairFrame(clock.now(), { wxt520: { WindSpeed: wind } });
    for (const speed of [3, 16, 3, 16, 3]) {
      wind = speed;
      await pass(10);
    }
    expect((await readSafety(database))?.reasons).toMatch(/held until 2026-10-13T11:32Z/);
    expect(await alarms()).toContain('held.wind 1');
    const payload = { by: 'ada', reason: 'the front has passed', quantity: 'wind' };
    const id = await send('release', { recipient: 'Monitoring', payload });
    const nothing = await send('release', {
      recipient: 'Monitoring',
      payload: { ...payload, quantity: 'rain' },
    });
    await pass(6);
    expect((await command(id)).result).toBe('released: wind');
    expect((await command(nothing)).result).toBe('nothing was held');
    expect(await told('AlarmCleared')).toMatchObject([{ key: 'held.wind' }]);
    expect((await readSafety(database))?.safe).toBe(1);
  });

  it('is not let go by a command that does not say who', async () => {
    const { pass, send, command } = await bench();
    await pass(3);
    const id = await send('release', { recipient: 'Monitoring', payload: { reason: 'x' } });
    await pass(3);
    expect(await command(id)).toMatchObject({ state: 'REFUSED', errorCode: 'COMMAND_PAYLOAD' });
  });
});

describe('a clock that is set', () => {
  it.each([3600, -262, 1.5])('by %d s is told, and ages nothing (F41)', async (seconds) => {
    const agents = await agentBench(NIGHT_MS);
    const clock = new SettableClock(NIGHT_MS);
    const { plc: spec } = smallUnit();
    const status = async () => fairFrame(clock.now());
    const monitor = new SafetyMonitor({ plc: { status }, spec, clock, keeper: null });
    const context = { ...agents.context('Monitoring'), clock };
    const agent = new EnvironmentAgent(context, { monitor, spec });
    const life = agent.run();
    await clock.run(NIGHT_MS + 20_000);
    clock.offMs = seconds * 1000;
    await clock.run(NIGHT_MS + 40_000);
    const facts = await factsAfter(agents.database, 0);
    expect(facts.filter(({ type }) => type === 'ClockJumped').map((f) => f.payload)).toEqual([
      { seconds },
    ]);
    agent.stop();
    await clock.run(NIGHT_MS + 100_000);
    await life;
  });
});
