import { type Clock, PyrosError } from '#platform';
import type { Channel, MountSpec, Unit } from '#unit';
import { CameraSimulator, type CameraSimulatorDeps } from './camera/camera-simulator.ts';
import { lightThrough } from './camera/light-path.ts';
import { skyCatalogue } from './camera/star-catalogue-file.ts';
import { drawField } from './camera/star-field.ts';
import { DomeSimulator } from './dome/dome-simulator.ts';
import type { FaultPlane } from './fault-plane.ts';
import type { Address, Endpoint, LinkFactory, WireKind } from './link/link.ts';
import { PlcSimulator } from './plc/plc-simulator.ts';
import { siteWeather } from './plc/site-weather.ts';
import { openDome, openTelescope } from './registry.ts';
import type { Scenario } from './scenario.ts';
import { TelescopeSimulator } from './telescope/telescope-simulator.ts';

/** What simulators share. */
export interface SimulatorDeps {
  readonly clock: Clock;
  /** Decides weather, sky and noise. */
  readonly seed: number;
  readonly scenario: Scenario;
  /** Told, one sentence each, what a simulator did of its own. */
  readonly log?: (sentence: string) => void;
}

/** A simulated device, to be served at its address over TCP or in memory. */
export interface SimulatedDevice {
  readonly endpoint: Endpoint;
  readonly address: Address;
  readonly wire: WireKind;
  /** Absent for a device that is no simulator, e.g. the process that serves an INDI device. */
  readonly faults?: FaultPlane;
  /** Stops its own timers and lets go of the devices it looks through. */
  stop(): void;
}

/**
 * Every simulated device of a unit by name: `mount`, `dome`, `plc`, and each channel by its alias.
 * `links` lets the cameras look through the mount and the dome, wherever these are served. Throws
 * `UNIT_INVALID` when a channel bears the name of another device.
 */
export function makeSimulators(
  unit: Unit,
  deps: SimulatorDeps,
  links: LinkFactory,
): Readonly<Record<string, SimulatedDevice>> {
  const { clock, seed, scenario, log = () => undefined } = deps;
  const mount = firstMount(unit);
  const dome = new DomeSimulator(unit.dome, { clock, log });
  const plc = new PlcSimulator(unit.site, { clock, seed, events: scenario.plc });
  const devices: Record<string, SimulatedDevice> = {
    mount: served(mount, new TelescopeSimulator({ spec: mount, site: unit.site }, clock)),
    dome: served(unit.dome, dome, () => dome.stop()),
    plc: { ...served(unit.plc, plc), wire: 'json' },
  };
  for (const channel of unit.channels) {
    if (Object.hasOwn(devices, channel.alias)) throw nameTaken(channel);
    const camera = new CameraSimulator(channel, surroundings(unit, deps, links));
    devices[channel.alias] = served(channel, camera, () => camera.stop());
  }
  return devices;
}

/** What stands around a camera: the unit's sky, seen through its mount and its dome. */
function surroundings(unit: Unit, deps: SimulatorDeps, links: LinkFactory): CameraSimulatorDeps {
  const { clock, seed, scenario, log = () => undefined } = deps;
  const telescope = openTelescope(firstMount(unit), { clock, links });
  const dome = openDome(unit.dome, { clock, links });
  return {
    clock,
    seed,
    log,
    light: lightThrough(telescope, dome),
    draw: (request) => drawField(request, skyCatalogue()),
    seeingAt: (ms) => siteWeather({ ...unit.site, seed }, ms).seeingArcsec,
    transients: scenario.transients,
  };
}

function firstMount({ mounts: [mount] }: Unit): MountSpec {
  if (!mount) throw new RangeError('a unit has one mount at least');
  return mount;
}

function served(
  { address }: { readonly address: Address },
  endpoint: Endpoint,
  stop: () => void = () => undefined,
): SimulatedDevice {
  return { endpoint, address, wire: 'lines', stop };
}

function nameTaken({ alias }: Channel): PyrosError {
  return new PyrosError('UNIT_INVALID', `A channel is named ${alias}, as another device.`, {
    remedy: 'Give it another alias in the unit file.',
  });
}
