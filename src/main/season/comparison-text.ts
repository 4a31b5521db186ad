import { type SeasonReport, uses } from '../../planning/season/index.ts';
import { useNames } from './season-text.ts';
import { hours, percent, signed, tableText } from './table-text.ts';

/** What changes with other settings, on the same nights, program by program. */
export function comparisonText(
  usual: SeasonReport,
  changed: SeasonReport,
  settings: readonly string[],
): string {
  return [
    `WHAT IF  ${settings.join('  ')}  (same weather, alerts and failures)`,
    ...differentNights(usual, changed),
    ...tableText([
      ['Program', 'asked', 'done', 'change', 'charged h', 'change', 'of quota', 'before'],
      ...programRows(usual, changed),
      totalRow(usual, changed),
    ]),
    '',
    ...tableText([['Dark time', 'h', 'change'], ...timeRows(usual, changed)]),
    '',
    verdict(usual, changed),
    '',
  ].join('\n');
}

function differentNights(usual: SeasonReport, changed: SeasonReport): string[] {
  const [before, after] = [usual.nights.length, changed.nights.length];
  return before === after
    ? []
    : [`PARTIAL: ${before} nights are compared with ${after}; differences mean little.`];
}

function programRows(usual: SeasonReport, changed: SeasonReport): string[][] {
  const before = new Map(usual.programs.map((program) => [program.name, program]));
  return changed.programs.map((after) => {
    const was = before.get(after.name);
    return [
      after.name,
      String(after.asked),
      String(after.done),
      signed(String(after.done - (was?.done ?? 0))),
      hours(after.chargedSeconds),
      signed(hours(after.chargedSeconds - (was?.chargedSeconds ?? 0))),
      after.served === null ? '–' : percent(after.served),
      was?.served == null ? '–' : percent(was.served),
    ];
  });
}

function totalRow(usual: SeasonReport, changed: SeasonReport): string[] {
  const charged = (report: SeasonReport): number =>
    report.programs.reduce((sum, { chargedSeconds }) => sum + chargedSeconds, 0);
  return [
    'All',
    String(changed.programs.reduce((sum, { asked }) => sum + asked, 0)),
    String(changed.total.done),
    signed(String(changed.total.done - usual.total.done)),
    hours(charged(changed)),
    signed(hours(charged(changed) - charged(usual))),
    servedText(changed),
    servedText(usual),
  ];
}

function servedText({ programs }: SeasonReport): string {
  const limited = programs.filter(({ quotaSeconds }) => quotaSeconds !== null);
  const quota = limited.reduce((sum, { quotaSeconds }) => sum + (quotaSeconds ?? 0), 0);
  const used = limited.reduce((sum, { chargedSeconds }) => sum + chargedSeconds, 0);
  return quota === 0 ? '–' : percent(used / quota);
}

function timeRows(usual: SeasonReport, changed: SeasonReport): string[][] {
  return uses.map((use) => {
    const [before, after] = [usual.total.timeMs[use] / 1000, changed.total.timeMs[use] / 1000];
    return [useNames[use], hours(after), signed(hours(after - before))];
  });
}

function verdict(usual: SeasonReport, changed: SeasonReport): string {
  const [before, after] = [usual.total, changed.total];
  const gain = before.value === 0 ? 0 : (after.value - before.value) / before.value;
  const completion = (report: SeasonReport): number => {
    const asked = report.programs.reduce((sum, program) => sum + program.asked, 0);
    return asked === 0 ? 0 : report.total.done / asked;
  };
  const fairness = ({ fairness: index }: SeasonReport): string =>
    index === null ? '–' : index.toFixed(3);
  return [
    `Completion ${percent(completion(usual))} → ${percent(completion(changed))};`,
    `weighted minutes ${signed((gain * 100).toFixed(1))} %;`,
    `fairness ${fairness(usual)} → ${fairness(changed)};`,
    `alerts observed ${usual.alerts.observed} → ${changed.alerts.observed}.`,
  ].join(' ');
}
