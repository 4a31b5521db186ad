import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { PyrosError } from '#platform';
import type { Unit } from '#unit';

/** Debian's package of INDI's own drivers, simulators included. */
const PACKAGE = 'indi-bin';

/** Throws `INDI_DRIVER_MISSING` when a driver program of the unit file is not installed. */
export function requireIndiDrivers(unit: Unit, path = process.env.PATH ?? ''): void {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const missing = (unit.indi?.drivers ?? []).filter((program) => {
    const places = isAbsolute(program) ? [program] : folders.map((one) => join(one, program));
    return !places.some(isExecutable);
  });
  if (missing.length === 0) return;
  throw new PyrosError('INDI_DRIVER_MISSING', `Not installed: ${missing.join(', ')}.`, {
    remedy: `On Debian: apt-get install ${PACKAGE}. Other drivers have packages of their own.`,
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
