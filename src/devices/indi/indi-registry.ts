import { type Clock, PyrosError } from '#platform';
import type { DriverName, FocuserSpec, Unit } from '#unit';
import {
  serveCamera,
  serveDome,
  serveFocuser,
  serveStation,
  serveTelescope,
} from '../link/device-server.ts';
import type { Address, Endpoint } from '../link/link.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiCamera } from './indi-camera-driver.ts';
import { IndiClient } from './indi-client.ts';
import { IndiDome } from './indi-dome-driver.ts';
import { IndiFocuser } from './indi-focuser-driver.ts';
import { IndiTelescope } from './indi-telescope-driver.ts';
import { IndiWeatherStation } from './indi-weather-driver.ts';

export interface ServedIndiDeps {
  readonly clock: Clock;
  /** Told, one sentence each, what becomes of the device. */
  readonly log: (sentence: string) => void;
}

/** An INDI device, ready to be served at its address in our own words. */
export interface ServedIndiDevice {
  readonly endpoint: Endpoint;
  readonly address: Address;
  readonly wire: 'lines';
  /** Leaves the device safe, and ends; a dome closes first. Never rejects. */
  stop(): Promise<void>;
}

type Start = (deps: ServedIndiDeps) => ServedIndiDevice;

/**
 * The devices of a unit that speak INDI, under the names of `makeSimulators`: `mount`, `dome`, the
 * aliases of channels and stations, and `focuser-` before that of its channel. Nothing runs before one
 * of them is called. Throws `UNIT_INVALID` when there are some, but no INDI server in the unit file.
 */
export function indiDevices(unit: Unit): Readonly<Record<string, Start>> {
  const found: Record<string, Start> = {};
  const add = (name: string, spec: Spec, make: Make) => {
    const { driver } = spec;
    if (driver === 'pyros' || spec.control === 'simulated') return;
    found[name] = starter(unit, { spec, names: [driver.indi, ...wheelOf(driver)], make });
  };
  const [mount] = unit.mounts;
  if (mount) {
    const plate = { spec: mount, site: unit.site };
    add('mount', mount, ([name = ''], deps) => {
      return serveTelescope(new IndiTelescope(name, plate, deps));
    });
  }
  add('dome', unit.dome, ([name = ''], deps) => {
    const dome = new IndiDome(name, unit.dome, deps);
    return { ...serveDome(dome), shutDown: () => dome.shutDown() };
  });
  for (const channel of unit.channels) {
    add(channel.alias, channel, ([indi = '', wheel], deps) => {
      return serveCamera(new IndiCamera({ indi, wheel }, channel, deps));
    });
    if (channel.focuser) addFocuser(channel.alias, channel.focuser, add);
  }
  for (const station of unit.stations) {
    add(station.alias, station, ([name = ''], deps) => {
      return serveStation(new IndiWeatherStation(name, station, deps));
    });
  }
  return found;
}

interface Spec {
  readonly alias: string;
  readonly address: Address;
  readonly control: string;
  readonly driver: DriverName | { readonly indi: string; readonly wheel?: string | undefined };
}

/** What must be done to the device before nobody drives it any more. */
type Served = Endpoint & { readonly shutDown?: () => Promise<void> };
type Make = (names: readonly string[], deps: IndiDriverDeps) => Served;

function addFocuser(
  channel: string,
  focuser: FocuserSpec,
  add: (name: string, spec: Spec, make: Make) => void,
): void {
  add(`focuser-${channel}`, focuser, ([name = ''], deps) => {
    return serveFocuser(new IndiFocuser(name, focuser, deps));
  });
}

function wheelOf(driver: Exclude<Spec['driver'], 'pyros'>): readonly string[] {
  return 'wheel' in driver && driver.wheel !== undefined ? [driver.wheel] : [];
}

function starter(
  unit: Unit,
  { spec, names, make }: { spec: Spec; names: readonly string[]; make: Make },
): Start {
  const server = unit.indi?.server;
  if (!server) {
    throw new PyrosError('UNIT_INVALID', `${spec.alias} speaks INDI, but the unit has no server.`, {
      remedy: 'Add indi.server to the unit file.',
    });
  }
  return ({ clock, log }) => {
    const client = new IndiClient({
      address: server,
      devices: names,
      imagesOf: names.slice(0, 1),
      log,
    });
    const endpoint = make(names, { client, clock, log });
    const stop = async () => {
      await endpoint.shutDown?.();
      client.stop();
    };
    return { endpoint, address: spec.address, wire: 'lines', stop };
  };
}
