import type { Clock } from '#platform';
import type { Channel, DomeSpec, MountSpec, PlcSpec } from '#unit';
import type { Camera } from './camera/camera.ts';
import { PyrosCamera } from './camera/drivers/pyros-driver.ts';
import type { Dome } from './dome/dome.ts';
import { PyrosDome } from './dome/drivers/pyros-driver.ts';
import type { LinkFactory } from './link/link.ts';
import { BeckhoffPlc } from './plc/drivers/beckhoff-driver.ts';
import type { Plc } from './plc/plc.ts';
import { PyrosTelescope } from './telescope/drivers/pyros-driver.ts';
import type { Telescope } from './telescope/telescope.ts';

/** What drivers are made with. */
export interface DeviceDeps {
  /** For drivers that time a conversation themselves. */
  readonly clock: Clock;
  readonly links: LinkFactory;
}

type Drivers<Spec extends { control: string }, Device> = Readonly<
  Record<Spec['control'], (spec: Spec, deps: DeviceDeps) => Device>
>;

const telescopes: Drivers<MountSpec, Telescope> = {
  simulated: ({ alias, address }, { links }) => new PyrosTelescope(alias, links(address, 'lines')),
};

const cameras: Drivers<Channel, Camera> = {
  simulated: ({ alias, address }, { links }) => new PyrosCamera(alias, links(address, 'lines')),
};

const domes: Drivers<DomeSpec, Dome> = {
  simulated: ({ alias, address }, { links }) => new PyrosDome(alias, links(address, 'lines')),
};

const plcs: Drivers<PlcSpec, Plc> = {
  simulated: ({ alias, address }, { links }) => new BeckhoffPlc(alias, links(address, 'json')),
};

/** The mount of a unit file, by its `control`. Nothing is connected before the first question. */
export function openTelescope(spec: MountSpec, deps: DeviceDeps): Telescope {
  return telescopes[spec.control](spec, deps);
}

/** The camera of a channel, by its `control`. */
export function openCamera(spec: Channel, deps: DeviceDeps): Camera {
  return cameras[spec.control](spec, deps);
}

/** The dome, by its `control`. */
export function openDome(spec: DomeSpec, deps: DeviceDeps): Dome {
  return domes[spec.control](spec, deps);
}

/** The site's controller, by its `control`. */
export function openPlc(spec: PlcSpec, deps: DeviceDeps): Plc {
  return plcs[spec.control](spec, deps);
}
