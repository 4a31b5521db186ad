import { describe, expect, it } from 'vitest';
import type { Database } from '#db';
import { smallUnit, tempDatabase } from '#testing';
import { type DeviceTables, syncDevices } from './device-store.ts';

const TABLES = [
  'device',
  'telescope',
  'detector',
  'filter_wheel',
  'filter',
  'dome',
  'plc',
  'plc_device',
] as const;

async function everything(database: Database) {
  const tables = database.tables<DeviceTables>();
  const rows = await Promise.all(TABLES.map((t) => tables.selectFrom(t).selectAll().execute()));
  return Object.fromEntries(TABLES.map((table, i) => [table, rows[i] ?? []]));
}

const sync = (database: Database, unit = smallUnit()) =>
  database.transaction((work) => syncDevices(work, unit));

describe('the tables of devices', () => {
  it('say what the unit file says', async () => {
    const [unit, database] = [smallUnit(), await tempDatabase()];
    await sync(database, unit);
    const tables = await everything(database);
    const focusers = unit.channels.flatMap(({ focuser }) => focuser ?? []);
    const devices = [...unit.mounts, ...unit.channels, unit.dome, unit.plc, ...focusers];
    const aliases = devices.map((device) => device.alias);
    expect(tables.device?.map((row) => row.name)).toEqual(aliases);
    expect(tables.detector).toHaveLength(unit.channels.length);
    expect(tables.filter).toHaveLength(unit.channels.flatMap((one) => one.filters).length);
    expect(tables.telescope).toMatchObject([{ name: unit.mounts[0]?.telescope, device_id: 1 }]);
  });

  it('name each sensor once, with every value that a limit is set on', async () => {
    const [unit, database] = [smallUnit(), await tempDatabase()];
    await sync(database, unit);
    const sensors = unit.plc.limits.flatMap((limit) => limit.sensors);
    const { plc_device } = await everything(database);
    expect(plc_device?.map((row) => row.name)).toEqual([...new Set(sensors.map((s) => s.device))]);
    for (const { device, value } of sensors) {
      const row = plc_device?.find((one) => one.name === device);
      expect(row && 'watched' in row && JSON.parse(row.watched)).toContain(value);
    }
  });

  it('do not change when written again', async () => {
    const database = await tempDatabase();
    await sync(database);
    const before = await everything(database);
    await sync(database);
    expect(await everything(database)).toEqual(before);
  });

  it('take a new address, and keep the number of the row', async () => {
    const [unit, database] = [smallUnit(), await tempDatabase()];
    await sync(database, unit);
    const address = { host: '10.0.0.7', port: 4444 };
    await sync(database, { ...unit, dome: { ...unit.dome, address } });
    const { device = [] } = await everything(database);
    expect(device.filter((row) => 'host' in row && row.host === address.host)).toMatchObject([
      {
        name: unit.dome.alias,
        port: address.port,
        id: unit.mounts.length + unit.channels.length + 1,
      },
    ]);
  });

  it('lose a filter that left its wheel, and a channel with all it had', async () => {
    const [unit, database] = [smallUnit(), await tempDatabase()];
    await sync(database, unit);
    const [first] = unit.channels;
    const [filter] = first?.filters ?? [];
    if (!first || !filter) throw new Error('a unit with a channel');
    await sync(database, { ...unit, channels: [{ ...first, filters: [filter] }] });
    const tables = await everything(database);
    expect(tables.filter).toMatchObject([{ name: filter.name }]);
    expect(tables.detector).toHaveLength(1);
    expect(tables.filter_wheel).toHaveLength(1);
  });
});
