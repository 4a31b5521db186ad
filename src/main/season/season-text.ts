import {
  type NightReport,
  type ProgramReport,
  type SeasonInput,
  type SeasonReport,
  type Use,
  uses,
} from '../../planning/season/index.ts';
import { delayText, hours, percent, tableText } from './table-text.ts';

/** What the time of a season goes to, for people. */
export const useNames: Readonly<Record<Use, string>> = {
  observed: 'observed',
  overheads: 'slews and setup',
  weather: 'bad weather',
  quotas: 'quotas spent',
  noTarget: 'no target',
  gaps: 'short gaps',
  failures: 'failed attempts',
  interrupted: 'interrupted attempts',
  overruns: 'overruns',
};

const BAR_CELLS = 40;
/** A quota of which this share is served is as good as spent: the rest fits no sequence. */
const NEARLY_ALL = 0.95;
const LEVELS = '▁▂▃▄▅▆▇█';

/** The report of a season for the terminal. */
export function seasonText(report: SeasonReport, input: SeasonInput, title: string): string {
  return [
    '',
    `SEASON  ${report.fromNight} to ${report.untilNight}  ${title}`,
    ...(report.isPartial ? [partialLine(report)] : []),
    headline(report),
    '',
    ...programLines(report),
    '',
    ...countryLines(report),
    ...timeLines(report),
    '',
    ...stripLines(report.nights),
    '',
    ...fairnessLines(report),
    alertLine(report),
    ...roomLines(report),
    assumptions(input),
    '',
  ].join('\n');
}

function partialLine({ nights, nightsInAll }: SeasonReport): string {
  return `PARTIAL: ended after ${nights.length} of ${nightsInAll} nights; all figures are of these nights.`;
}

function headline({ total, programs }: SeasonReport): string {
  const observed = programs.reduce((sum, { chargedSeconds }) => sum + chargedSeconds, 0);
  const share = percent(total.darkMs === 0 ? 0 : total.timeMs.observed / total.darkMs);
  return `${total.done} observations in ${hours(observed)} h of telescope time; ${hours(total.askedSeconds)} h were asked for. ${share} of the dark time was observed.`;
}

function programLines({ programs }: SeasonReport): string[] {
  const head = [
    'Program',
    'asked',
    'asked h',
    'quota h',
    'done',
    'of asked',
    'charged h',
    'of quota',
  ];
  return tableText([[...head, 'window over'], ...programs.map(programRow), totalRow(programs)]);
}

function programRow(program: ProgramReport): string[] {
  const { asked, askedSeconds, quotaSeconds, done, chargedSeconds, served, expired } = program;
  const country = program.country === null ? '' : ` (${program.country})`;
  return [
    program.name + country,
    String(asked),
    hours(askedSeconds),
    quotaSeconds === null ? '–' : hours(quotaSeconds),
    String(done),
    asked === 0 ? '–' : percent(done / asked),
    hours(chargedSeconds),
    served === null ? '–' : percent(served),
    String(expired),
  ];
}

function totalRow(programs: readonly ProgramReport[]): string[] {
  const sum = (of: (program: ProgramReport) => number): number =>
    programs.reduce((total, program) => total + of(program), 0);
  const limited = programs.filter(({ quotaSeconds }) => quotaSeconds !== null);
  const quota = limited.reduce((total, { quotaSeconds }) => total + (quotaSeconds ?? 0), 0);
  const used = limited.reduce((total, { chargedSeconds }) => total + chargedSeconds, 0);
  const asked = sum((program) => program.asked);
  const done = sum((program) => program.done);
  return [
    'All',
    String(asked),
    hours(sum((program) => program.askedSeconds)),
    quota === 0 ? '–' : hours(quota),
    String(done),
    asked === 0 ? '–' : percent(done / asked),
    hours(sum((program) => program.chargedSeconds)),
    quota === 0 ? '–' : percent(used / quota),
    String(sum((program) => program.expired)),
  ];
}

function countryLines({ countries }: SeasonReport): string[] {
  if (countries.length === 0) return [];
  const rows = countries.map(({ name, quotaSeconds, chargedSeconds }) => [
    name,
    quotaSeconds === null ? '–' : hours(quotaSeconds),
    hours(chargedSeconds),
    quotaSeconds ? percent(chargedSeconds / quotaSeconds) : '–',
  ]);
  return [...tableText([['Country', 'quota h', 'charged h', 'of quota'], ...rows]), ''];
}

function timeLines({ total, nights }: SeasonReport): string[] {
  const { darkMs, timeMs } = total;
  const rows = uses.map((use) => {
    const share = darkMs === 0 ? 0 : timeMs[use] / darkMs;
    return [useNames[use], hours(timeMs[use] / 1000), `${(share * 100).toFixed(1)} %`, bar(share)];
  });
  const title = `Dark time: ${hours(darkMs / 1000)} h in ${nights.length} nights`;
  const widest = Math.max(...rows.map(([name = '']) => name.length));
  return [
    title,
    ...rows.map(([name = '', time = '', share = '', cells = '']) =>
      `  ${name.padEnd(widest)}  ${time.padStart(8)} h  ${share.padStart(6)}  ${cells}`.trimEnd(),
    ),
  ];
}

function bar(share: number): string {
  return '█'.repeat(Math.round(share * BAR_CELLS));
}

/** A line for each month, a character for each night: how much of its dark time was observed. */
function stripLines(nights: readonly NightReport[]): string[] {
  const months = Map.groupBy(nights, ({ night }) => night.slice(0, 7));
  const lines = [...months].map(([month, own]) => {
    const first = Number(own[0]?.night.slice(8) ?? 1);
    const observed = own.reduce((sum, { timeMs }) => sum + timeMs.observed, 0);
    const cells = ' '.repeat(first - 1) + own.map(cellOf).join('');
    return `  ${month}  ${cells.padEnd(31)}  ${hours(observed / 1000).padStart(6)} h`;
  });
  const legend = `Each night: ▁ to █ the share observed, · closed all night, ∘ clear but nothing observed, ' ' no dark`;
  return [legend, `           ${'1234567890'.repeat(3)}1`, ...lines];
}

function cellOf({ darkMs, timeMs }: NightReport): string {
  if (darkMs === 0) return ' ';
  if (timeMs.observed === 0) return timeMs.weather >= 0.95 * darkMs ? '·' : '∘';
  const level = Math.floor((timeMs.observed / darkMs) * LEVELS.length);
  return LEVELS[Math.min(LEVELS.length - 1, level)] ?? '█';
}

function fairnessLines({ fairness, programs }: SeasonReport): string[] {
  if (fairness === null) return [];
  const served = programs.filter((each) => each.served !== null);
  const sorted = served.toSorted((a, b) => (a.served ?? 0) - (b.served ?? 0));
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return [];
  const ends = `least ${least.name} ${percent(least.served ?? 0)}, most ${most.name} ${percent(most.served ?? 0)}`;
  return [`Fairness of quotas served (Jain, 1 = all alike): ${fairness.toFixed(3)}; ${ends}.`];
}

function alertLine({ alerts, total }: SeasonReport): string {
  const { received, visible, observed, medianDelaySeconds, p95DelaySeconds } = alerts;
  const delays =
    medianDelaySeconds === null || p95DelaySeconds === null
      ? ''
      : `, half of them within ${delayText(medianDelaySeconds)} of their arrival, 95 % within ${delayText(p95DelaySeconds)}`;
  return [
    `Alerts: ${received} received, ${visible} above the limit in the dark while valid, ${observed} observed${delays}.`,
    `Planned ${total.plans} times; ${total.failures} attempts failed and ${total.interruptions} were interrupted, refunded and tried again.`,
  ].join('\n');
}

/** What a time allocation committee asks first: was there too much, or too little? */
function roomLines({ total, programs }: SeasonReport): string[] {
  const idle = (total.timeMs.noTarget + total.timeMs.gaps) / 1000;
  const forbidden = total.timeMs.quotas / 1000;
  const limited = programs.filter(({ quotaSeconds }) => quotaSeconds !== null);
  const unserved = limited.reduce(
    (sum, { quotaSeconds, askedSeconds, chargedSeconds }) =>
      sum + Math.max(0, Math.min(quotaSeconds ?? 0, askedSeconds) - chargedSeconds),
    0,
  );
  const spent = limited.filter(({ served }) => served !== null && served >= NEARLY_ALL).length;
  return [
    `Room: in ${hours(idle)} h of clear dark time there was nothing to observe, in ${hours(forbidden)} h only what no quota pays for.`,
    `Quotas: ${spent} of ${limited.length} are spent (95 % or more); ${hours(unserved)} h of the others had demand and were not served.`,
  ];
}

function assumptions({ weather, troubles, alerts }: SeasonInput): string {
  const { loss, swing, spellHours, seeingArcsec } = weather;
  return [
    `Assumed: weather takes ${percent(loss)} of the time (${percent(Math.min(1, loss + swing))} in the worst month), closed spells of ${spellHours} h, seeing ${seeingArcsec}″;`,
    `  ${percent(troubles.failureShare)} of attempts fail, ${percent(troubles.overrunShare)} overrun, ${alerts.perNight} alerts a night.`,
  ].join('\n');
}
