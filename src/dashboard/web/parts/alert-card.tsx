import type { Tonight } from '../../tonight.ts';
import { declination, radius, rightAscension } from '../format/angle.ts';
import { words } from '../format/quantity.ts';
import { latency, sinceOrigin, utcOf } from '../format/time.ts';
import { useNow } from '../live/use-live.ts';
import { type LedgerLine, ledger } from './alert-ledger.ts';
import { Section } from './section.tsx';
import { Shape } from './shape.tsx';

type Alert = NonNullable<Tonight['alert']>;

/** The alert of the night, and how fast the observatory answered it. */
export function AlertCard({ alert }: { alert: Tonight['alert'] }) {
  return (
    <Section title="Alert" className="area-alert" testId="alert">
      {alert ? (
        <AlertLedger alert={alert} />
      ) : (
        <p className="empty">
          No alert tonight. When a satellite tells of a burst, the telescope leaves what it is doing
          and points there; the seconds it took are counted here.
        </p>
      )}
    </Section>
  );
}

function AlertLedger({ alert }: { alert: Alert }) {
  const now = useNow();
  return (
    <>
      <p className="alert-name">
        <Shape tone="alert" size={20} />
        <strong>
          {alert.mission} {alert.trigger}
        </strong>
        <span className="alert-state">{words(alert.state)}</span>
      </p>
      <p className="alert-place">
        {rightAscension(alert.raDeg)} {declination(alert.decDeg)}
        <span className="faint"> ± {radius(alert.errorDeg)}</span>
      </p>
      <table className="ledger">
        <caption className="hidden">How long each step took</caption>
        <tbody>
          {ledger(alert, now).map((line) => (
            <LedgerRow key={line.name} line={line} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function LedgerRow({ line }: { line: LedgerLine }) {
  return (
    <tr data-state={line.state}>
      <th scope="row">{line.name}</th>
      <td>{line.at === null ? '' : `${utcOf(line.at)}Z`}</td>
      <td className="ledger-time">{line.seconds === null ? '–' : ledgerTime(line)}</td>
    </tr>
  );
}

function ledgerTime({ seconds, state }: LedgerLine): string {
  if (seconds === null) return '–';
  return state === 'waiting' ? `${latency(seconds)} …` : sinceOrigin(seconds);
}
