import type { NightReport } from '../../tonight.ts';
import { capital, count } from '../format/quantity.ts';
import { sinceOrigin, span, utcOf } from '../format/time.ts';
import { Section } from '../parts/section.tsx';
import { BarTable } from './bar-table.tsx';
import { darkParts, reportFigures } from './report-figures.ts';
import { SequenceTable } from './sequence-table.tsx';

export function ReportBody({ report }: { report: NightReport }) {
  return (
    <>
      <title>{`Night ${report.night} — PyROS`}</title>
      <p className="report-night">
        Night of {report.night} · {report.unit} · {report.site}
      </p>
      <h1>{report.headline}</h1>
      <Figures report={report} />
      <div className="report-pair">
        <BarTable
          title="Where the dark went"
          empty="The night had no dark."
          rows={darkParts(report).map(({ name, seconds }) => ({
            name: capital(name),
            value: seconds,
            text: span(seconds),
          }))}
        />
        <BarTable
          title="Images by filter"
          empty="No image was taken."
          rows={report.images.byFilter.map(({ filter, count: taken }) => ({
            name: filter,
            value: taken,
            text: String(taken),
          }))}
        />
      </div>
      <Acts report={report} />
      <SequenceTable sequences={report.sequences} />
      <Alerts alerts={report.alerts} />
      <Restarts restarts={report.restarts} />
      <TimedList title="Timeline" lines={report.timeline} />
    </>
  );
}

function Figures({ report }: { report: NightReport }) {
  const { done, sequences, lostSeconds, openShutter } = reportFigures(report);
  const { darkSeconds, openSeconds, exposingSeconds } = report.efficiency;
  const figures = [
    { name: 'Sequences done', value: `${done} of ${sequences}`, note: '' },
    { name: 'Images', value: String(report.images.count), note: '' },
    { name: 'Time lost', value: span(lostSeconds), note: `dome open ${span(openSeconds)}` },
    {
      name: 'Shutter open',
      value: openShutter === null ? '–' : `${Math.round(openShutter * 100)} %`,
      note: `${span(exposingSeconds)} of ${span(darkSeconds)} dark`,
    },
  ];
  return (
    <dl className="figures">
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            <small>{note}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Alerts({ alerts }: { alerts: NightReport['alerts'] }) {
  return (
    <Section title="Alerts" className="report-alerts">
      {alerts.length === 0 && <p className="empty">No alert came this night.</p>}
      {alerts.map((alert) => (
        <div key={`${alert.mission}${alert.trigger}`}>
          <h3>
            {alert.mission} {alert.trigger}
          </h3>
          <table className="ledger">
            <caption className="hidden">
              {count(alert.stages.length, 'stage')}, from the notice
            </caption>
            <tbody>
              {alert.stages.map((stage) => (
                <tr key={stage.name}>
                  <th scope="row">{capital(stage.name)}</th>
                  <td>{`${utcOf(stage.at)}Z`}</td>
                  <td className="ledger-time">{sinceOrigin(stage.seconds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </Section>
  );
}

/** Alarms, what people did by hand, and calibrations; nothing on a night that had none. */
function Acts({ report }: { report: NightReport }) {
  const { alarms, bypasses, locks, calibrations } = report;
  const lines = [
    ...alarms.map(({ at, severity, sentence, times }) => {
      return { at, text: `${severity}: ${sentence}${times > 1 ? ` (told ${times} times)` : ''}` };
    }),
    ...[...bypasses, ...locks].map(({ at, what, by, reason }) => {
      return { at, text: `${capital(what)} by ${by}: ${reason}` };
    }),
    ...calibrations.map(({ moment, startAt, images, reason }) => {
      const why = reason ? `: ${reason}` : '';
      return { at: startAt, text: `Calibrations at ${moment}, ${count(images, 'image')}${why}` };
    }),
  ].sort((a, b) => a.at.localeCompare(b.at));
  if (lines.length === 0) return null;
  return <TimedList title="Alarms, people, calibrations" lines={lines} />;
}

/** Nothing on a night in which every program lived. */
function Restarts({ restarts }: { restarts: NightReport['restarts'] }) {
  if (restarts.length === 0) return null;
  const lines = restarts.map(({ agent, at, reason }) => ({ at, text: `${agent}: ${reason}` }));
  return <TimedList title="Agents restarted" lines={lines} />;
}

function TimedList({ title, lines }: { title: string; lines: NightReport['timeline'] }) {
  return (
    <Section title={title} className="report-timeline">
      <ol className="timeline">
        {lines.map(({ at, text }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={place}>
            <time dateTime={at}>{utcOf(at)}Z</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
