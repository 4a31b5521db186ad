import { describe, expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import { OBSERVATORY_DEVICE, type Plc, type PlcFrame } from './plc.ts';

/** A PLC under test. */
export interface PlcBench {
  readonly plc: Plc;
  /** The observatory's time, UTC ms. */
  now(): number;
  pass(seconds: number): Promise<void>;
}

/** What every PLC does, simulated or real. */
export function plcContract(kind: string, bench: Bench<PlcBench>): void {
  describe(`${kind} keeps the contract of a PLC: it`, () => {
    it('dates its frame by the observatory’s time', async () => {
      const { plc, now, pass } = await bench();
      const first = await plc.status();
      await pass(60);
      const second = await plc.status();
      expect(Date.parse(`${second.date}Z`) - Date.parse(`${first.date}Z`)).toBe(60_000);
      expect(Math.abs(Date.parse(`${second.date}Z`) - now())).toBeLessThanOrEqual(1000);
    });

    it('names each device once', async () => {
      const names = (await (await bench()).plc.status()).device.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    });

    it('tells the mode, the alarms and the power of the site', async () => {
      const { device } = await (await bench()).plc.status();
      const site = device.find(({ name }) => name === OBSERVATORY_DEVICE);
      const names = site?.values.map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining(['Mode', 'NightAck', 'Bypass', 'Intrusion', 'EmergencyStop', 'Ups']),
      );
    });

    it('shows a bypass that is asked, and no more when it is taken back', async () => {
      const { plc } = await bench();
      expect(bypassOf(await plc.status())).toBe(0);
      await plc.bypass(true);
      expect(bypassOf(await plc.status())).toBe(1);
      await plc.bypass(false);
      expect(bypassOf(await plc.status())).toBe(0);
    });

    it('answers what is said in its own language', async () => {
      const answer = await (await bench()).plc.native('{"command": [{"name": "STATUS"}]}');
      expect(JSON.parse(answer)).toMatchObject([{ name: 'STATUS' }]);
    });
  });
}

function bypassOf({ device }: PlcFrame): number | string | undefined {
  const site = device.find(({ name }) => name === OBSERVATORY_DEVICE);
  return site?.values.find(({ name }) => name === 'Bypass')?.value;
}
