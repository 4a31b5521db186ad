import { gicStatus } from '#calibration';
import { iso } from '#platform';
import type { ObservatorySources } from '../dashboard/observatory-sources.ts';
import { simulatedUnit, tonightSources } from './tonight-sources.ts';

const NOW = Date.UTC(2026, 9, 12, 22);

/** A night that is ready, with the dome open; some of it may be other. */
export function observatorySources(other: Partial<ObservatorySources> = {}): ObservatorySources {
  const unit = simulatedUnit();
  const at = iso(NOW - 2000);
  const since = iso(NOW - 600_000);
  const tonight = tonightSources();
  return {
    unit,
    nowMs: NOW,
    maxAgeSeconds: 20,
    observatory: tonight.observatory && { ...tonight.observatory, since, version: 7 },
    safety: tonight.safety && { ...tonight.safety, updated: at, frame_at: at },
    dome: { updated: at, status: { shutter: 'open', azimuthDeg: 10, permitSeconds: 8 } },
    guarded: true,
    alarms: [],
    sensors: [],
    statuses: gicStatus({
      ...{ unit, nowMs: NOW, deviceAgeSeconds: 60, plcAgeSeconds: 20 },
      ...{ observatory: null, safety: null, devices: new Map(), sensors: [], weather: null },
    }),
    ...other,
  };
}

/** The same night under rain, as env monitoring tells of it; some of its row may be other. */
export function rainySafety(
  other: Partial<NonNullable<ObservatorySources['safety']>> = {},
): ObservatorySources['safety'] {
  const { safety } = observatorySources();
  const sentence = 'rain 12 mm/h is above 0.1 mm/h';
  const causes = JSON.stringify([
    { key: 'rain', kind: 'weather', sentence, since: null, earliestEnd: null },
  ]);
  return (
    safety && { ...safety, raw_safe: 0, safe: 0, causes, reasons: `["${sentence}"]`, ...other }
  );
}
