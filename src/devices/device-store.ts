import type { InferKyselyDB } from '@mikro-orm/sql';
import { insertRow, type Transaction } from '#db';
import {
  type Channel,
  type DomeSpec,
  devicesOf,
  type MountSpec,
  type PlcSpec,
  type Unit,
} from '#unit';
import type {
  DetectorEntity,
  DeviceEntity,
  DomeEntity,
  FilterEntity,
  FilterWheelEntity,
  PlcDeviceEntity,
  PlcEntity,
  TelescopeEntity,
} from './device-entity.ts';

export type DeviceTables = InferKyselyDB<
  | typeof DeviceEntity
  | typeof TelescopeEntity
  | typeof DetectorEntity
  | typeof FilterWheelEntity
  | typeof FilterEntity
  | typeof DomeEntity
  | typeof PlcEntity
  | typeof PlcDeviceEntity
>;

type Row = Readonly<Record<string, string | number>>;

/**
 * Makes the tables of devices say what the unit file says. What is there keeps its number; what the
 * file no longer has goes. Done twice it changes nothing.
 */
export async function syncDevices(transaction: Transaction, unit: Unit): Promise<void> {
  for (const mount of unit.mounts) await syncTelescope(transaction, mount);
  for (const channel of unit.channels) await syncChannel(transaction, channel);
  await syncDome(transaction, unit.dome);
  await syncPlc(transaction, unit.plc);
  for (const { focuser } of unit.channels) {
    if (focuser) await syncDevice(transaction, 'focuser', focuser);
  }
  for (const station of unit.stations) await syncDevice(transaction, 'station', station);
  const names = devicesOf(unit).map((device) => device.alias);
  await keepOnly(transaction, { table: 'device', names });
}

async function syncTelescope(transaction: Transaction, mount: MountSpec): Promise<void> {
  const key = { device_id: await syncDevice(transaction, 'telescope', mount) };
  const { telescope: name, apertureM: aperture, minAltDeg, focalLengthM } = mount;
  const more = { name, aperture, focal_length: focalLengthM, min_alt_deg: minAltDeg };
  await syncRow(transaction, 'telescope', { key, more });
}

async function syncChannel(transaction: Transaction, channel: Channel): Promise<void> {
  const { instrument, detector, filters, wheelSeconds } = channel;
  const device = { device_id: await syncDevice(transaction, 'camera', channel) };
  const more = {
    instrument,
    width: detector.width,
    height: detector.height,
    pixel_arcsec: detector.pixelArcsec,
    gain: detector.gainElectronsPerAdu,
    read_noise: detector.readNoiseElectrons,
    temperature: detector.temperatureC,
    readout: detector.readoutSeconds,
  };
  const detectorId = await syncRow(transaction, 'detector', { key: device, more });
  const wheel = { key: { detector_id: detectorId }, more: { change: wheelSeconds } };
  await syncFilters(transaction, await syncRow(transaction, 'filter_wheel', wheel), filters);
}

async function syncFilters(
  transaction: Transaction,
  wheelId: number,
  filters: Channel['filters'],
): Promise<void> {
  const owner = { filter_wheel_id: wheelId };
  for (const [index, { name, wavelengthNm, aliases }] of filters.entries()) {
    const more = {
      position: index + 1,
      wavelength: wavelengthNm,
      aliases: JSON.stringify(aliases),
    };
    await syncRow(transaction, 'filter', { key: { ...owner, name }, more });
  }
  const names = filters.map((filter) => filter.name);
  await keepOnly(transaction, { table: 'filter', names, owner });
}

async function syncDome(transaction: Transaction, dome: DomeSpec): Promise<void> {
  const key = { device_id: await syncDevice(transaction, 'dome', dome) };
  const more = {
    opening: dome.openSeconds,
    closing: dome.closeSeconds,
    permit: dome.permitSeconds,
  };
  await syncRow(transaction, 'dome', { key, more });
}

async function syncPlc(transaction: Transaction, plc: PlcSpec): Promise<void> {
  const key = { device_id: await syncDevice(transaction, 'plc', plc) };
  const more = { poll: plc.pollSeconds, max_age: plc.maxAgeSeconds };
  const owner = { plc_id: await syncRow(transaction, 'plc', { key, more }) };
  const watched = watchedValues(plc);
  for (const [name, values] of watched) {
    const row = { key: { ...owner, name }, more: { watched: JSON.stringify(values) } };
    await syncRow(transaction, 'plc_device', row);
  }
  await keepOnly(transaction, { table: 'plc_device', names: [...watched.keys()], owner });
}

/** The sensors that the limits name, each with its values, once. */
function watchedValues(plc: PlcSpec): Map<string, readonly string[]> {
  const watched = new Map<string, readonly string[]>();
  for (const { device, value } of plc.limits.flatMap((limit) => limit.sensors)) {
    watched.set(device, [...new Set([...(watched.get(device) ?? []), value])]);
  }
  return watched;
}

async function syncDevice(
  transaction: Transaction,
  kind: string,
  spec: { alias: string; control: string; address: { host: string; port: number } },
): Promise<number> {
  const description = 'description' in spec ? String(spec.description) : '';
  const more = { kind, description, control: spec.control, ...spec.address };
  return await syncRow(transaction, 'device', { key: { name: spec.alias }, more });
}

/** Writes `more` into the row of that key, or adds the row; gives its number. */
async function syncRow(
  transaction: Transaction,
  table: keyof DeviceTables,
  { key, more }: { key: Row; more: Row },
): Promise<number> {
  const open = transaction.tables<Record<string, Record<string, unknown>>>();
  let query = open.selectFrom(table).select('id');
  for (const [column, value] of Object.entries(key)) query = query.where(column, '=', value);
  const row = await query.executeTakeFirst();
  if (!row) return await insertRow(transaction, table, { ...key, ...more });
  await open.updateTable(table).set(more).where('id', '=', row.id).execute();
  return Number(row.id);
}

/** Removes the rows of that owner, or all rows, that bear none of these names. */
async function keepOnly(
  transaction: Transaction,
  {
    table,
    names,
    owner = {},
  }: { table: keyof DeviceTables; names: readonly string[]; owner?: Row },
): Promise<void> {
  const open = transaction.tables<Record<string, Record<string, unknown>>>();
  let query = open.deleteFrom(table);
  for (const [column, value] of Object.entries(owner)) query = query.where(column, '=', value);
  if (names.length > 0) query = query.where('name', 'not in', [...names]);
  await query.execute();
}
