import type { Clock } from '#platform';
import type { Channel, DomeSpec, FocuserSpec, MountSpec, PlcSpec, StationSpec } from '#unit';
import type { Camera } from './camera/camera.ts';
import { PyrosCamera } from './camera/drivers/pyros-driver.ts';
import type { Dome } from './dome/dome.ts';
import { PyrosDome } from './dome/drivers/pyros-driver.ts';
import { PyrosFocuser } from './focuser/drivers/pyros-driver.ts';
import type { Focuser } from './focuser/focuser.ts';
import type { LinkFactory } from './link/link.ts';
import { BeckhoffPlc } from './plc/drivers/beckhoff-driver.ts';
import type { Plc } from './plc/plc.ts';
import {
  watchedCamera,
  watchedDome,
  watchedFocuser,
  watchedPlc,
  watchedTelescope,
} from './read-only.ts';
import { PyrosTelescope } from './telescope/drivers/pyros-driver.ts';
import type { Telescope } from './telescope/telescope.ts';
import { PyrosStation } from './weather-station/drivers/pyros-driver.ts';
import type { WeatherStation } from './weather-station/weather-station.ts';

/** What drivers are made with. */
export interface DeviceDeps {
  /** For drivers that time a conversation themselves. */
  readonly clock: Clock;
  readonly links: LinkFactory;
}

/**
 * The mount of a unit file. Nothing is connected before the first question. Whatever its driver, it
 * answers us at its address in our own words: an INDI device is served there by a process of ours.
 */
export function openTelescope(spec: MountSpec, { links }: DeviceDeps): Telescope {
  const telescope = new PyrosTelescope(spec.alias, links(spec.address, 'lines'));
  return isWatched(spec) ? watchedTelescope(spec.alias, telescope) : telescope;
}

/** The camera of a channel, with its wheel. */
export function openCamera(spec: Channel, { links }: DeviceDeps): Camera {
  const camera = new PyrosCamera(spec.alias, links(spec.address, 'lines'));
  return isWatched(spec) ? watchedCamera(spec.alias, camera) : camera;
}

/** The dome. */
export function openDome(spec: DomeSpec, { links }: DeviceDeps): Dome {
  const dome = new PyrosDome(spec.alias, links(spec.address, 'lines'));
  return isWatched(spec) ? watchedDome(spec.alias, dome) : dome;
}

/** The site's controller. */
export function openPlc(spec: PlcSpec, { links }: DeviceDeps): Plc {
  const plc = new BeckhoffPlc(spec.alias, links(spec.address, 'json'));
  return isWatched(spec) ? watchedPlc(spec.alias, plc) : plc;
}

/** The focuser of a channel. */
export function openFocuser(spec: FocuserSpec, { links }: DeviceDeps): Focuser {
  const focuser = new PyrosFocuser(spec, links(spec.address, 'lines'));
  return isWatched(spec) ? watchedFocuser(spec.alias, focuser) : focuser;
}

/** A weather station with a wire of its own: it takes no orders, whatever its `control`. */
export function openStation(spec: StationSpec, { links }: DeviceDeps): WeatherStation {
  return new PyrosStation(spec.alias, links(spec.address, 'lines'));
}

function isWatched({ control }: { readonly control: string }): boolean {
  return control === 'read-only';
}
