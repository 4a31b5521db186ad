import { PyrosError } from '#platform';
import type { Camera } from './camera/camera.ts';
import type { Dome } from './dome/dome.ts';
import type { Focuser } from './focuser/focuser.ts';
import type { Plc } from './plc/plc.ts';
import type { Telescope } from './telescope/telescope.ts';

/** Refuses every order with `DEVICE_READ_ONLY`, before anything is sent. */
function refuser(alias: string): () => Promise<never> {
  return async () => {
    throw new PyrosError(
      'DEVICE_READ_ONLY',
      `${alias} is only watched: it takes no orders from us.`,
      {
        remedy: 'Set its control to "full" in the unit file to command it.',
      },
    );
  };
}

/** A mount that is watched and never moved. */
export function watchedTelescope(alias: string, telescope: Telescope): Telescope {
  const refuse = refuser(alias);
  return {
    status: () => telescope.status(),
    close: () => telescope.close(),
    goto: refuse,
    stop: refuse,
    park: refuse,
    home: refuse,
    native: refuse,
  };
}

/** A camera that is watched; its images may be fetched, which changes nothing. */
export function watchedCamera(alias: string, camera: Camera): Camera {
  const refuse = refuser(alias);
  return {
    status: () => camera.status(),
    readout: (exposureId) => camera.readout(exposureId),
    close: () => camera.close(),
    setFilter: refuse,
    expose: refuse,
    stop: refuse,
    cool: refuse,
    reset: refuse,
    abort: refuse,
    native: refuse,
  };
}

/** A dome that is watched. Nobody of ours may open it, and nobody of ours closes it. */
export function watchedDome(alias: string, dome: Dome): Dome {
  const refuse = refuser(alias);
  return {
    status: () => dome.status(),
    disconnect: () => dome.disconnect(),
    open: refuse,
    close: refuse,
    permit: refuse,
    turn: refuse,
    home: refuse,
    native: refuse,
  };
}

/** A PLC that is read and not spoken to. */
export function watchedPlc(alias: string, plc: Plc): Plc {
  const refuse = refuser(alias);
  return {
    status: () => plc.status(),
    close: () => plc.close(),
    bypass: refuse,
    native: refuse,
  };
}

/** A focuser that is watched. */
export function watchedFocuser(alias: string, focuser: Focuser): Focuser {
  const refuse = refuser(alias);
  return {
    status: () => focuser.status(),
    close: () => focuser.close(),
    move: refuse,
    stop: refuse,
    native: refuse,
  };
}
