import { describe, expect, it } from 'vitest';
import { factsAfter } from '#agent';
import type { PlcFrame } from '#devices';
import { PyrosError } from '#platform';
import { agentBench, fairFrame, NIGHT_MS, smallUnit } from '#testing';
import { EnvironmentAgent } from './environment-agent.ts';
import {
  type EnvironmentTables,
  globalStatus,
  readSafety,
  readWeather,
  siteStatus,
  weatherOf,
  weatherSince,
} from './environment-store.ts';
import { SafetyMonitor } from './safety-monitor.ts';

const SAFE = { safe: true, reasons: [] };
const UNSAFE = { safe: false, reasons: [] };

/** An environment agent at work on a PLC that answers as told; weather counts as good at once. */
async function bench() {
  const agents = await agentBench(NIGHT_MS);
  const { clock, database } = agents;
  const { plc: shipped } = smallUnit();
  const limits = shipped.limits.map((limit) => ({ ...limit, goodDelaySeconds: 0 }));
  const spec = { ...shipped, limits };
  const answers = { status: async (): Promise<PlcFrame> => fairFrame(clock.now()) };
  const plc = { status: () => answers.status(), close: async () => undefined };
  const monitor = new SafetyMonitor({ plc, spec, clock, keeper: null });
  void agents.live(new EnvironmentAgent(agents.context('Monitoring'), { monitor, spec }));
  const told = async (type: string) =>
    (await factsAfter(database, 0)).filter((fact) => fact.type === type).map((f) => f.payload);
  const tables = database.tables<EnvironmentTables>();
  return { ...agents, answers, told, tables };
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
    expect(await told('ConditionsChanged')).toEqual([
      { cloud: 'Clear', windMs: 3, humidityPercent: 50 },
      { cloud: 'Cloudy', windMs: 3, humidityPercent: 50 },
    ]);
  });

  it('changes no weather at frames that it cannot read, and tells of the first and the tenth', async () => {
    const { database, pass, answers, told } = await bench();
    await pass(9);
    const before = await readWeather(database);
    answers.status = async () => {
      throw new PyrosError('DEVICE_GARBLED', 'half a frame');
    };
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
    answers.status = async () => {
      throw new PyrosError('DEVICE_GARBLED', 'half a frame');
    };
    await pass(10);
    expect((await readSafety(database))?.safe).toBe(1);
    await pass(20);
    expect((await readSafety(database))?.safe).toBe(0);
  });

  it('tells nothing of a PLC that does not answer, beyond the loss of safety', async () => {
    const { pass, answers, told } = await bench();
    await pass(9);
    answers.status = async () => {
      throw new PyrosError('DEVICE_UNREACHABLE', 'no answer');
    };
    await pass(60);
    expect(await told('PlcFrameRefused')).toEqual([]);
    expect((await told('SafetyChanged')).at(-1)).toMatchObject({ safe: false });
  });

  it('keeps what the PLC says of itself', async () => {
    const { database, pass, answers, clock } = await bench();
    answers.status = async () =>
      fairFrame(clock.now(), { site: { Mode: 'manu', NightAck: 0, Bypass: 1 } });
    await pass(3);
    expect(await readSafety(database)).toMatchObject({ mode: 'manu', night_ack: 0, bypass: 1 });
  });
});

describe('the word for the state', () => {
  const frame = (site = {}, rain = 0) => fairFrame(NIGHT_MS, { site, wxt520: { RainRate: rain } });

  it.each([
    ['OK', 0, SAFE],
    ['UNSAFE', 0, UNSAFE],
    ['RAINING', 2, UNSAFE],
  ])('outside is %s', (word, rain, verdict) => {
    expect(globalStatus(weatherOf(frame({}, rain)), verdict)).toBe(word);
  });

  it.each([
    ['OK', {}, SAFE],
    ['UNSAFE', {}, UNSAFE],
    ['UNKNOWN', { Doors: '?' }, SAFE],
    ['UNKNOWN', { Lights: '' }, SAFE],
  ])('inside is %s', (word, site, verdict) => {
    expect(siteStatus(frame(site), verdict)).toBe(word);
  });
});
