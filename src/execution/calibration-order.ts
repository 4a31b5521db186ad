import type { CalibrationsSpec } from '#unit';

/** What of a night's calibrations is ordered at which moment. */
export type CalibrationPart = 'dusk' | 'dawn' | 'closed';

/** What decides whether a calibration is ordered now; elevations in degrees. */
export interface CalibrationLook {
  readonly spec: CalibrationsSpec;
  /** Parts that were ordered this night. */
  readonly ordered: readonly CalibrationPart[];
  readonly domeOpen: boolean;
  readonly domeClosed: boolean;
  readonly mode: string;
  /** The night is acknowledged and the Sun has risen above its closing elevation. */
  readonly nightOver: boolean;
  readonly sunAltDeg: number;
  readonly sunRises: boolean;
  readonly openSunAltDeg: number;
  readonly scienceSunAltDeg: number;
  readonly closeSunAltDeg: number;
}

/**
 * The part to order now, or null: flats of the twilight sky under an open dome, once at dusk
 * and once at dawn; darks and biases once, with the dome closed after dawn.
 */
export function calibrationDue(look: CalibrationLook): CalibrationPart | null {
  const part = candidate(look);
  return part === null || look.ordered.includes(part) ? null : part;
}

function candidate(look: CalibrationLook): CalibrationPart | null {
  const { spec, sunAltDeg, scienceSunAltDeg } = look;
  if (look.nightOver && look.domeClosed && look.mode === 'STANDBY') {
    return spec.darks || spec.biases ? 'closed' : null;
  }
  if (!spec.flats || !look.domeOpen || look.mode !== 'SCHED_READY') return null;
  if (sunAltDeg <= scienceSunAltDeg) return null;
  if (look.sunRises) return sunAltDeg < look.closeSunAltDeg ? 'dawn' : null;
  return sunAltDeg < look.openSunAltDeg ? 'dusk' : null;
}

/** The column `calibrated` of the observatory's row. */
export function orderedParts(text: string): CalibrationPart[] {
  return text.split(',').filter((part) => part !== '') as CalibrationPart[];
}
