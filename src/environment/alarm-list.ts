import type { FactPayloads } from '#agent';

/** Something that a person should know. */
export interface Alarm {
  readonly key: string;
  readonly severity: FactPayloads['AlarmRaised']['severity'];
  readonly sentence: string;
  /** Worth telling only once it has lasted so long, seconds. */
  readonly afterSeconds: number;
}

interface Standing extends Alarm {
  readonly sinceMono: number;
  /** How often it was told. */
  readonly count: number;
}

/** Every alarm that stands, told or not yet, by its key. */
export type AlarmList = Readonly<Record<string, Standing>>;

export interface AlarmNews {
  readonly list: AlarmList;
  readonly raised: readonly FactPayloads['AlarmRaised'][];
  readonly cleared: readonly FactPayloads['AlarmCleared'][];
}

/** Told again after so many minutes, and then each hour. */
const AGAIN_MINUTES = [1, 10, 60];

/** Alarms come and go: each is told once, again while it lasts, and once that it is over. */
export function nextAlarms(
  before: AlarmList,
  standing: readonly Alarm[],
  atMono: number,
): AlarmNews {
  const list: Record<string, Standing> = {};
  const raised: FactPayloads['AlarmRaised'][] = [];
  for (const alarm of standing) {
    const { sinceMono = atMono, count: told = 0 } = before[alarm.key] ?? {};
    const count = Math.max(told, timesDue((atMono - sinceMono) / 1000 - alarm.afterSeconds));
    list[alarm.key] = { ...alarm, sinceMono, count };
    const { key, severity, sentence } = alarm;
    if (count > told) raised.push({ key, severity, sentence, count });
  }
  const cleared = Object.values(before)
    .filter(({ key, count }) => count > 0 && !(key in list))
    .map(({ key, sentence }) => ({ key, sentence }));
  return { list, raised, cleared };
}

/** How often it should have been told by now. */
function timesDue(seconds: number): number {
  if (seconds < 0) return 0;
  const minutes = seconds / 60;
  const firsts = 1 + AGAIN_MINUTES.filter((one) => minutes >= one).length;
  return firsts + Math.max(0, Math.floor(minutes / 60) - 1);
}
