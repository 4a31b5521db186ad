import type { GicDevice } from '#calibration';
import { iso } from '#platform';
import { buttonViews } from './button-views.ts';
import { fourValues } from './four-values.ts';
import { shutterNow } from './fresh-word.ts';
import type {
  AlarmView,
  DeviceView,
  ObservatoryPage,
  PauseView,
  SensorView,
} from './observatory-page.ts';
import type { ObservatorySources } from './observatory-sources.ts';
import { reasonList } from './reason-list.ts';

/** The page "Observatory", made of what the database holds: the same sources give the same page. */
export function observatoryView(sources: ObservatorySources): ObservatoryPage {
  const { observatory, dome, guarded } = sources;
  const permit = dome?.status.permitSeconds;
  return {
    now: iso(sources.nowMs),
    version: observatory?.version ?? 0,
    sentence: sentenceOf(sources),
    mode: {
      name: observatory?.mode ?? 'STARTING',
      since: observatory?.since ?? null,
      reason: observatory?.reason ?? '',
    },
    values: fourValues(sources),
    pauses: pausesOf(sources),
    dome: {
      shutter: shutterNow(dome, sources),
      at: dome?.updated ?? null,
      permitSeconds: typeof permit === 'number' ? permit : null,
      guarded,
    },
    alarms: standingAlarms(sources.alarms),
    sensors: sensorViews(sources),
    devices: sources.statuses.devices.map(deviceView),
    buttons: buttonViews(sources),
  };
}

const MODES: Readonly<Record<string, string>> = {
  STARTING: 'The observatory starts',
  PASSIVE_NO_PLC: 'Passive: the PLC is silent',
  PASSIVE: 'Passive: the site is in the hands of people',
  STANDBY: 'Standing by, closed',
  SCHED_READY: 'Ready: the scheduler has the observatory',
  SCHED_CLOSING: 'Closing',
  REMOTE: 'Remote: a person works the devices',
  SHUTDOWN: 'The observatory is shut down',
};

function sentenceOf(sources: ObservatorySources): string {
  const { observatory } = sources;
  if (!observatory) return 'The Majordome has not begun: no mode is known.';
  const { mode, reason } = observatory;
  const what = MODES[mode] ?? mode;
  const why = mode === 'STANDBY' || mode === 'SCHED_CLOSING' ? (pausedBy(sources) ?? reason) : '';
  return why === '' ? `${what}.` : `${what}: ${lowered(why)}.`;
}

/** The first pause, with the others of its kind. */
function pausedBy(sources: ObservatorySources): string | null {
  const pauses = pausesOf(sources);
  const alike = pauses.filter(({ kind }) => kind === pauses[0]?.kind);
  const sentences = reasonList(alike.map(({ sentence }) => sentence));
  return sentences.length === 0 ? null : sentences.join('; ');
}

function lowered(sentence: string): string {
  const plain = sentence.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
}

function pausesOf({ observatory }: ObservatorySources): PauseView[] {
  const list = JSON.parse(observatory?.pauses ?? '[]') as Partial<PauseView>[];
  return list.map((pause) => {
    return {
      kind: pause.kind ?? '',
      key: pause.key ?? '',
      sentence: pause.sentence ?? '',
      since: pause.since ?? null,
      earliestEnd: pause.earliestEnd ?? null,
    };
  });
}

const SEVERITIES = ['CRITICAL', 'SERIOUS', 'WARNING'] as const;

/** Those raised and not cleared since, the worst first. */
function standingAlarms(facts: ObservatorySources['alarms']): AlarmView[] {
  const standing = new Map<string, AlarmView>();
  for (const fact of facts) {
    const { key } = fact.payload;
    if (fact.type === 'AlarmCleared') standing.delete(key);
    else standing.set(key, { since: standing.get(key)?.since ?? fact.at, ...fact.payload });
  }
  const rank = ({ severity }: AlarmView) => SEVERITIES.indexOf(severity);
  return [...standing.values()].sort((a, b) => rank(a) - rank(b));
}

/** Sensors that feed a limit first, in the order of the unit file. */
function sensorViews({ sensors, unit }: ObservatorySources): SensorView[] {
  const views = sensors.map(({ device, name, ...sensor }) => {
    const index = unit.plc.limits.findIndex(({ sensors: places }) =>
      places.some((place) => place.device === device && place.value === name),
    );
    const limit = unit.plc.limits[index];
    const { value } = sensor;
    const isBad = (bound: number, side: 'above' | 'below') =>
      value !== null && (side === 'above' ? value > bound : value < bound);
    const view: SensorView = {
      name: `${device}.${name}`,
      quantity: limit?.quantity ?? null,
      value,
      unit: sensor.unit,
      quality: sensor.quality,
      at: sensor.at,
      used: sensor.used === 1,
      limit: limit ? { value: limit.limit, side: limit.bad } : null,
      beyond: limit !== undefined && isBad(limit.limit, limit.bad),
    };
    return { rank: index === -1 ? unit.plc.limits.length : index, view };
  });
  return views.sort((a, b) => a.rank - b.rank).map(({ view }) => view);
}

/** The PLC's sensors have a table of their own. */
function deviceView({ device, kind, statuses }: GicDevice): DeviceView {
  const { connected, ...others } = statuses;
  const isKnown = connected?.valid === true && connected.value !== null;
  const shown = Object.entries(others).filter(([name]) => !name.includes('.'));
  return {
    device,
    kind,
    connected: isKnown ? connected.value === 1 : null,
    at: connected?.at ?? null,
    statuses: shown.map(([name, { value, unit, valid }]) => ({ name, value, unit, valid })),
  };
}
