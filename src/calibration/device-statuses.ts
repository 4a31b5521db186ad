import { iso } from '#platform';
import type { Unit } from '#unit';
import type { GicDevice, GicValue } from './gic-document.ts';

/** What a device said last, as its row holds it. */
export interface DeviceRow {
  readonly updated: string;
  readonly status: Readonly<Record<string, unknown>>;
}

/** A row, and whether it may still be believed. */
export interface Heard {
  readonly row: DeviceRow | undefined;
  readonly isFresh: boolean;
}

type Cell = GicValue['value'];

/** Telescope. */
export function telescopeStatuses(mount: Unit['mounts'][number], heard: Heard): GicDevice {
  const say = speaker(heard);
  const motion = textOf(say.raw('motion'));
  const is = (wanted: string) => (motion === null ? null : flag(motion === wanted));
  return {
    device: mount.alias,
    kind: 'telescope',
    statuses: {
      slewing: say.value(is('slewing'), 'bool'),
      homing: say.value(is('homing'), 'bool'),
      park: say.value(is('parked'), 'bool'),
      ...connection(heard),
      stop_sensor: say.value(flagOf(say.raw('stopSensor')), 'bool'),
      flat_position: say.value(flagOf(say.raw('flatPosition')), 'bool'),
      ra: say.value(numberOf(say.raw('raDeg')), 'deg'),
      dec: say.value(numberOf(say.raw('decDeg')), 'deg'),
      ha: say.value(numberOf(say.raw('haDeg')), 'deg'),
      alt: say.value(numberOf(say.raw('altDeg')), 'deg'),
      az: say.value(numberOf(say.raw('azDeg')), 'deg'),
      last_maintenance: maintenance(mount.maintained),
    },
  };
}

/** A camera with its wheel, such as DDRAGO or CAGIRE. */
export function cameraStatuses(channel: Unit['channels'][number], heard: Heard): GicDevice {
  const say = speaker(heard);
  const activity = textOf(say.raw('activity'));
  const idle = activity === null ? null : flag(activity === 'idle');
  const pending =
    activity === null ? null : flag(['exposing', 'reading', 'ready'].includes(activity));
  const failed = say.raw('connected') === false || activity === 'fault';
  return {
    device: channel.alias,
    kind: 'camera',
    statuses: {
      instrument: { value: channel.instrument, unit: '', valid: true, at: null },
      ...connection(heard),
      filter_wheel_homing: say.value(flagOf(say.raw('wheelHoming')), 'bool'),
      filter_wheel_slewing: say.value(flagOf(say.raw('wheelMoving')), 'bool'),
      filter: say.value(textOf(say.raw('filter')), ''),
      ccd_temperature: say.value(numberOf(say.raw('temperatureC')), 'Celsius'),
      cam_init: say.value(flagOf(say.raw('initialised')), 'bool'),
      cam_pending: say.value(pending, 'bool'),
      cam_idle: say.value(idle, 'bool'),
      // A camera that does not answer has failed: that is known as long as its row is fresh.
      failure: {
        ...say.value(heard.row ? flag(failed) : null, 'bool'),
        valid: heard.isFresh,
      },
      last_maintenance: maintenance(channel.maintained),
    },
  };
}

/** Dome and shutter. */
export function domeStatuses(dome: Unit['dome'], heard: Heard): GicDevice {
  const say = speaker(heard);
  return {
    device: dome.alias,
    kind: 'dome',
    statuses: {
      ...connection(heard),
      homing: say.value(flagOf(say.raw('homing')), 'bool'),
      slewing: say.value(flagOf(say.raw('rotating')), 'bool'),
      position: say.value(numberOf(say.raw('azimuthDeg')), 'deg'),
      shutter: say.value(shutterWord(say.raw('shutter')), ''),
      last_maintenance: maintenance(dome.maintained),
    },
  };
}

const SHUTTER_WORDS: Readonly<Record<string, string>> = {
  open: 'opened',
  closed: 'closed',
  opening: 'intermediate',
  closing: 'intermediate',
  intermediate: 'intermediate',
};

/** The guide's four words: a moving shutter is in between, and what is not proved is unknown. */
function shutterWord(shutter: unknown): string {
  return SHUTTER_WORDS[String(shutter)] ?? 'unknown';
}

/** Connected, and since when. */
function connection({ row, isFresh }: Heard): Record<string, GicValue> {
  const connected = row === undefined ? null : flag(row.status.connected !== false);
  const since = row?.status.connectedSince;
  const at = row?.updated ?? null;
  return {
    connected: { value: connected, unit: 'bool', valid: isFresh, at },
    last_connection: {
      value: typeof since === 'number' ? iso(since) : textOf(since),
      unit: 'UTC',
      valid: since !== undefined && since !== null,
      at,
    },
  };
}

function maintenance(date: string | undefined): GicValue {
  return { value: date ?? null, unit: 'UTC', valid: date !== undefined, at: null };
}

/** Reads a row, and dresses its values with unit, validity and age. */
function speaker({ row, isFresh }: Heard) {
  const answers = isFresh && row?.status.connected !== false;
  return {
    raw: (name: string): unknown => row?.status[name],
    value: (value: Cell, unit: string): GicValue => {
      return { value, unit, valid: answers && value !== null, at: row?.updated ?? null };
    },
  };
}

export function flag(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}

function flagOf(value: unknown): 0 | 1 | null {
  return typeof value === 'boolean' ? flag(value) : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
