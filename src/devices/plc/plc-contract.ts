import { describe, expect, it } from 'vitest';
import { OBSERVATORY_DEVICE, type Plc } from './plc.ts';

/** A PLC under test. */
export interface PlcBench {
  readonly plc: Plc;
  /** The observatory's time, UTC ms. */
  now(): number;
  pass(seconds: number): Promise<void>;
}

/** What every PLC does, simulated or real. */
export function plcContract(kind: string, bench: () => PlcBench): void {
  describe(`${kind} keeps the contract of a PLC: it`, () => {
    it('dates its frame by the observatory’s time', async () => {
      const { plc, now, pass } = bench();
      const first = await plc.status();
      await pass(60);
      const second = await plc.status();
      expect(Date.parse(`${second.date}Z`) - Date.parse(`${first.date}Z`)).toBe(60_000);
      expect(Math.abs(Date.parse(`${second.date}Z`) - now())).toBeLessThanOrEqual(1000);
    });

    it('names each device once', async () => {
      const names = (await bench().plc.status()).device.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    });

    it('tells the mode, the alarms and the power of the site', async () => {
      const { device } = await bench().plc.status();
      const site = device.find(({ name }) => name === OBSERVATORY_DEVICE);
      const names = site?.values.map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining(['Mode', 'NightAck', 'Bypass', 'Intrusion', 'EmergencyStop', 'Ups']),
      );
    });
  });
}
