import type { NightReport } from '#execution';

/** The night report for the terminal. */
export function printReport(report: NightReport, file: string): void {
  const lines = [
    '',
    `NIGHT REPORT  ${report.night}  ${report.unit} at ${report.site}`,
    report.headline,
    '',
    'Time line',
    ...report.timeline.map(({ at, text }) => `  ${at.slice(11, 19)}  ${text}`),
    '',
    'Sequences',
    ...report.sequences.map(({ name, program, outcome, images, reason }) => {
      const why = reason ? `  ${reason}` : '';
      return `  ${outcome.padEnd(9)} ${String(images).padStart(3)} images  ${name} (${program})${why}`;
    }),
    '',
    ...efficiencyLines(report),
    ...accountingLines(report),
    ...personLines(report),
    ...report.alerts.flatMap(({ mission, trigger, stages }) => [
      `Alert ${mission} ${trigger}`,
      ...stages.map(
        ({ name, seconds }) => `  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(8)} s`,
      ),
    ]),
    ...report.restarts.map(
      ({ agent, at, reason }) => `${at.slice(11, 19)}  ${agent} restarted: ${reason}`,
    ),
    '',
    `Written to ${file}`,
  ];
  console.log(lines.join('\n'));
}

function efficiencyLines({ efficiency, lost, images }: NightReport): string[] {
  const hours = (seconds: number) => `${(seconds / 3600).toFixed(2)} h`;
  const { darkSeconds, openSeconds, exposingSeconds } = efficiency;
  const share = darkSeconds > 0 ? Math.round((100 * exposingSeconds) / darkSeconds) : 0;
  return [
    `Dark ${hours(darkSeconds)}, open ${hours(openSeconds)}, exposing ${hours(exposingSeconds)} (${share} % of the dark time)`,
    ...lost.map(
      ({ cause, seconds }) =>
        `  dome closed ${(seconds / 60).toFixed(0).padStart(4)} min  ${cause}`,
    ),
    `Images ${images.count}: ${images.byFilter.map(({ filter, count }) => `${count} ${filter}`).join(', ')}`,
  ];
}

/** Where the dark went, greatest part first. */
function accountingLines({ accounting }: NightReport): string[] {
  const { exposing, overhead, paused, nothing, unexplained } = accounting;
  const parts = [
    { words: 'exposing', seconds: exposing },
    ...overhead.map(({ kind, seconds }) => ({ words: `overhead: ${kind}`, seconds })),
    ...paused.map(({ kind, key, seconds }) => {
      return { words: `paused: ${kind === key ? kind : `${kind}, ${key}`}`, seconds };
    }),
    { words: 'nothing to observe', seconds: nothing },
    { words: 'UNEXPLAINED', seconds: unexplained },
  ].filter(({ seconds }) => seconds > 0);
  return parts
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ words, seconds }) => `  ${(seconds / 60).toFixed(1).padStart(7)} min  ${words}`);
}

function personLines({ bypasses, locks, alarms, calibrations }: NightReport): string[] {
  const time = (at: string) => at.slice(11, 19);
  return [
    ...[...bypasses, ...locks].map(
      ({ at, what, by, reason }) => `${time(at)}  ${what} by ${by}: ${reason}`,
    ),
    ...alarms.map(
      ({ at, severity, sentence, times }) => `${time(at)}  ${severity} (${times}×) ${sentence}`,
    ),
    ...calibrations.map(
      ({ moment, startAt, images, reason }) =>
        `${time(startAt)}  calibrations at ${moment}: ${images} images${reason ? `, ${reason}` : ''}`,
    ),
  ];
}

/**
 * The exit code of a demonstration: 0 when the burst was observed, the dome closed for rain and opened
 * again, and every sequence has its outcome; otherwise 1, with what is missing.
 */
export function reportIsComplete(
  report: NightReport,
  expected: { burst: boolean; rain: boolean },
): number {
  const texts = report.timeline.map(({ text }) => text);
  const closing = texts.findIndex(
    (text) => text.startsWith('Dome closing') && text.includes('rain'),
  );
  const reopened = closing !== -1 && texts.slice(closing).includes('Dome open');
  const observed = report.alerts.some(({ stages }) =>
    stages.some(({ name }) => name === 'first image'),
  );
  const missing = [
    ...(expected.burst && !observed ? ['the burst was not observed'] : []),
    ...(expected.rain && closing === -1 ? ['the dome did not close for rain'] : []),
    ...(expected.rain && closing !== -1 && !reopened
      ? ['the dome did not open again after the rain']
      : []),
    ...report.sequences
      .filter(({ outcome }) => !outcome)
      .map(({ name }) => `${name} has no outcome`),
  ];
  for (const what of missing) console.error(`MISSING: ${what}`);
  return missing.length === 0 ? 0 : 1;
}
