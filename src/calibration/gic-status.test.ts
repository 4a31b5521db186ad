import { describe, expect, it } from 'vitest';
import { iso } from '#platform';
import { simulatedUnit } from '#testing';
import type { Unit } from '#unit';
import { type GicSources, gicStatus } from './gic-status.ts';

const NOW = Date.UTC(2026, 9, 12, 22);
const ago = (seconds: number) => iso(NOW - seconds * 1000);

const mount = {
  connected: true,
  connectedSince: ago(3600),
  motion: 'tracking',
  raDeg: 200,
  decDeg: 47,
  haDeg: 12,
  altDeg: 70,
  azDeg: 140,
  stopSensor: false,
  flatPosition: false,
};
const camera = {
  connected: true,
  activity: 'exposing',
  filter: 'r',
  wheelMoving: false,
  wheelHoming: false,
  initialised: true,
  temperatureC: -110,
};

/** Two rain gauges and one anemometer. */
function threeSensors(): Unit {
  const unit = simulatedUnit();
  const few = (quantity: string, count: number) =>
    unit.plc.limits
      .filter((limit) => limit.quantity === quantity)
      .map((limit) => ({ ...limit, sensors: limit.sensors.slice(0, count) }));
  return { ...unit, plc: { ...unit.plc, limits: [...few('rain', 2), ...few('wind', 1)] } };
}

function sources(other: Partial<GicSources> = {}): GicSources {
  const row = (status: Record<string, unknown>, seconds = 2) => ({ updated: ago(seconds), status });
  return {
    unit: threeSensors(),
    nowMs: NOW,
    deviceAgeSeconds: 60,
    plcAgeSeconds: 20,
    observatory: { mode: 'SCHED_READY', since: ago(600), locked: 0 },
    safety: {
      updated: ago(1),
      frame_at: ago(2),
      night_ack: 1,
      bypass: 0,
      raw_safe: 1,
      safe: 1,
      reasons: '[]',
      causes: '[]',
    },
    devices: new Map([
      ['telescope', row(mount)],
      ['camera-VIS', row(camera)],
      ['dome', row({ shutter: 'opening', azimuthDeg: 10, rotating: true, homing: false })],
    ]),
    sensors: [
      sensor('WXT520', 'RainRate', 0),
      { ...sensor('VantagePro', 'RainRate', 0), quality: 'not valid' },
      sensor('WXT520', 'WindSpeed', 3.5),
    ],
    weather: { updated: ago(2), rain: 0, wind: 3.5, sky_clarity: 'Clear' },
    ...other,
  };
}

const sensor = (device: string, name: string, value: number) => {
  return { device, name, value, unit: 'u', quality: 'good', at: ago(3), used: 1 };
};

const statuses = (device: string, other: Partial<GicSources> = {}) =>
  gicStatus(sources(other)).devices.find((one) => one.device === device)?.statuses ?? {};

const values = (device: string, other: Partial<GicSources> = {}) =>
  Object.fromEntries(Object.entries(statuses(device, other)).map(([k, { value }]) => [k, value]));

describe('the document for GIC', () => {
  it('is the same for the same rows, and survives JSON', () => {
    const document = gicStatus(sources());
    expect(gicStatus(sources())).toEqual(document);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('has every status of the telescope in the guide’s list', () => {
    expect(values('VirtualMount')).toEqual({
      slewing: 0,
      homing: 0,
      park: 0,
      connected: 1,
      last_connection: ago(3600),
      stop_sensor: 0,
      flat_position: 0,
      ra: 200,
      dec: 47,
      ha: 12,
      alt: 70,
      az: 140,
      last_maintenance: null,
    });
  });

  it('has those of a camera: pending is the opposite of idle', () => {
    expect(values('VIS')).toMatchObject({
      filter_wheel_homing: 0,
      filter_wheel_slewing: 0,
      filter: 'r',
      ccd_temperature: -110,
      cam_init: 1,
      cam_pending: 1,
      cam_idle: 0,
      failure: 0,
    });
  });

  it('says of a moving shutter that it is intermediate, and of an odd one that it is unknown', () => {
    expect(values('VirtualDome')).toMatchObject({
      slewing: 1,
      position: 10,
      shutter: 'intermediate',
    });
    const devices = new Map([['dome', { updated: ago(1), status: { shutter: 'ajar' } }]]);
    expect(values('VirtualDome', { devices }).shutter).toBe('unknown');
  });

  it('numbers the sensors through the unit file, as the guide does', () => {
    const names = Object.keys(statuses('VirtualPLC')).filter((name) => name.includes('.sensor'));
    expect(names).toEqual(['rain.sensor1', 'rain.sensor2', 'wind.sensor3']);
    expect(statuses('VirtualPLC')['rain.sensor1']).toMatchObject({ value: 0, valid: true });
    expect(statuses('VirtualPLC')['wind.sensor3']).toMatchObject({ value: 3.5, valid: true });
  });

  it('does not vouch for a sensor that the PLC does not vouch for', () => {
    expect(statuses('VirtualPLC')['rain.sensor2']).toMatchObject({ value: 0, valid: false });
  });

  it('gives rain, wind, clouds and good weather', () => {
    expect(values('VirtualPLC')).toMatchObject({
      rain: 0,
      wind: 3.5,
      clouds: 'Clear',
      good_weather: 1,
      connected: 1,
    });
  });

  it('does not take an open door for bad weather', () => {
    const { safety } = sources();
    const causes = JSON.stringify([{ kind: 'site', key: 'intrusion' }]);
    const shut = safety && { ...safety, raw_safe: 0, safe: 0, causes };
    expect(values('VirtualPLC', { safety: shut }).good_weather).toBe(1);
    const rainy = safety && { ...shut, ...safety, raw_safe: 0, causes: '[{"kind":"weather"}]' };
    expect(values('VirtualPLC', { safety: rainy }).good_weather).toBe(0);
  });

  it('keeps the last value of what fell silent, and does not vouch for it', () => {
    const devices = new Map([['telescope', { updated: ago(61), status: mount }]]);
    expect(statuses('VirtualMount', { devices }).ra).toMatchObject({ value: 200, valid: false });
    expect(statuses('VirtualMount', { devices }).connected).toMatchObject({ valid: false });
  });

  it('tells that a device does not answer, and that a camera failed by it', () => {
    const status = { ...camera, connected: false };
    const devices = new Map([['camera-VIS', { updated: ago(1), status }]]);
    const found = statuses('VIS', { devices });
    expect(found.connected).toMatchObject({ value: 0, valid: true });
    expect(found.failure).toMatchObject({ value: 1, valid: true });
    expect(found.ccd_temperature).toMatchObject({ value: -110, valid: false });
  });

  it('knows nothing of a night that has not begun', () => {
    const nothing = { observatory: null, safety: null, weather: null };
    const document = gicStatus(sources({ ...nothing, devices: new Map(), sensors: [] }));
    expect(document.safety.effective).toMatchObject({ value: 'UNKNOWN', valid: false });
    expect(document.mode).toMatchObject({ value: null, valid: false });
    for (const { device, statuses: all } of document.devices) {
      for (const [name, { valid }] of Object.entries(all)) {
        if (name !== 'instrument') expect(valid, `${device}.${name}`).toBe(false);
      }
    }
  });

  it('calls a verdict that is too old unknown', () => {
    const { safety } = sources();
    const old = safety && { ...safety, updated: ago(21) };
    expect(gicStatus(sources({ safety: old })).safety.raw.value).toBe('UNKNOWN');
  });
});
