import { describe, expect, it } from 'vitest';
import { openDome, openPlc } from '../registry.ts';
import { parseScenario, type Scenario } from '../scenario.ts';
import { NIGHT_MS, virtualSimulators } from '../virtual-simulators.ts';

/** The sample of the guide, to the letter. */
const GUIDE = `[
  10,
  {
    "time" : 3,
    "plcSimulator" : {"device_name":"WXT520", "value_name":"RainRate",
"value":12.0}
  },
  {
    "time" : 3,
    "plcSimulator" : {"device_name":"VantagePro",
"value_name":"RainRate", "value":12.0}
  },
  {
    "time" : 7,
    "plcSimulator" : {"device_name":"WXT520", "value_name":"RainRate",
"value":0.0}
  },
  {
    "time" : 7,
    "plcSimulator" : {"device_name":"VantagePro",
"value_name":"RainRate", "value":0.0}
  }
]`;

function scenarioOf(json: unknown): Scenario {
  const parsed = parseScenario(json);
  if (!parsed.ok) throw new RangeError(parsed.problems.join('; '));
  return parsed.scenario;
}

function bench(json: unknown) {
  const virtual = virtualSimulators(scenarioOf(json));
  const { unit, clock, network } = virtual;
  const deps = { clock, links: network.link };
  return { ...virtual, plc: openPlc(unit.plc, deps), dome: openDome(unit.dome, deps) };
}

const instant = (seconds: number) => new Date(NIGHT_MS + seconds * 1000).toISOString();

describe('a scenario on the simulators', () => {
  it('plays the sample of the guide', async () => {
    const { plc } = bench(JSON.parse(GUIDE));
    const rates: unknown[] = [];
    for (let i = 0; i < 8; i++) {
      const { device } = await plc.status();
      const stations = device.filter(({ name }) => ['WXT520', 'VantagePro'].includes(name));
      rates.push(
        stations.map(({ values }) => values.find(({ name }) => name === 'RainRate')?.value),
      );
    }
    const [dry, wet] = [
      [0, 0],
      [12, 12],
    ];
    expect(rates).toEqual([dry, dry, wet, wet, wet, wet, dry, dry]);
  });

  it('answers always the same without one', async () => {
    const { plc } = bench([0]);
    expect(await plc.status()).toEqual(await plc.status());
  });

  it('puts a device out of order for some iterations, which go on meanwhile', async () => {
    const rain = { device_name: 'WXT520', value_name: 'RainRate', value: 9 };
    const { plc } = bench([
      10,
      { time: 2, fault: { device: 'plc', name: 'cut', iterations: 2 } },
      { time: 5, fault: { device: 'plc', name: 'refuse-connections', iterations: 1 } },
      { time: 6, plcSimulator: rain },
    ]);
    const answers: unknown[] = [];
    for (let i = 0; i < 6; i++) {
      const answer = await plc.status().catch((error: { code: string }) => error.code);
      answers.push(typeof answer === 'string' ? answer : 'answered');
    }
    const lost = 'DEVICE_UNREACHABLE';
    expect(answers).toEqual(['answered', lost, lost, 'answered', lost, 'answered']);
    const [first] = (await plc.status()).device;
    expect(first?.values.find(({ name }) => name === 'RainRate')?.value).toBe(9);
  });

  it('puts a device out of order from an instant to another', async () => {
    const fault = { device: 'dome', name: 'both-switches', until: instant(20) };
    const { dome, pass } = bench([0, { at: instant(10), fault }]);
    const seen: string[] = [];
    for (let i = 0; i < 5; i++) {
      seen.push((await dome.status()).shutter);
      await pass(6);
    }
    expect(seen).toEqual(['closed', 'closed', 'unknown', 'unknown', 'closed']);
  });

  it('has a fault at once whose instant is over', async () => {
    const fault = { device: 'dome', name: 'both-switches' };
    const { dome, pass } = bench([0, { at: instant(-60), fault }]);
    await pass(1);
    expect((await dome.status()).shutter).toBe('unknown');
  });

  it('is refused with a fault or a device that is not there', () => {
    const broken = (fault: object) => () => bench([0, { time: 1, fault }]);
    expect(broken({ device: 'dome', name: 'hiccups' })).toThrow('knows no fault "hiccups"');
    expect(broken({ device: 'crane', name: 'silent' })).toThrow(
      'No simulated device is named crane',
    );
  });

  it('leaves no timer behind when the simulators stop', async () => {
    const { simulators, pass } = bench([
      0,
      { at: instant(10), fault: { device: 'dome', name: 'both-switches' } },
    ]);
    simulators.dome.stop();
    await pass(60);
    expect(simulators.dome.faults.active()).toEqual([]);
  });
});
