import { type Camera, openCamera, openDome, openTelescope } from '#devices';
import { ObserverAgent, type ObserverParts } from '#execution';
import type { World } from './execution-world.ts';

/** The observer of the world, with every device of its unit. */
export function makeObserver(world: World, changes: Partial<ObserverParts> = {}): ObserverAgent {
  const { unit, clock, dataFolder } = world;
  const tools = { clock, links: world.network.link };
  const [mount] = unit.mounts;
  if (!mount) throw new Error('no mount');
  const cameras = unit.channels.map((channel) => {
    return [channel.alias, openCamera(channel, tools)] as const;
  });
  return new ObserverAgent(world.context('Observer'), {
    unit,
    telescope: openTelescope(mount, tools),
    dome: openDome(unit.dome, tools),
    cameras: new Map<string, Camera>(cameras),
    dataFolder,
    version: '0.0.0',
    ...changes,
  });
}

/** The camera of a channel, as another of its clients. */
export function cameraOf(world: World, alias: string): Camera {
  const channel = world.unit.channels.find((one) => one.alias === alias);
  if (!channel) throw new Error(`no channel ${alias}`);
  return openCamera(channel, { clock: world.clock, links: world.network.link });
}
