import { useState } from 'react';
import type { ChangeKind, PlanChange, Span } from '../../tonight.ts';
import { capital } from '../format/quantity.ts';
import { utcMinutes } from '../format/time.ts';
import { Shape, type Tone } from '../parts/shape.tsx';
import { toldChanges } from './change-layout.ts';
import { closed, shift, typeset, whyText } from './plan-words.ts';
import type { Choice } from './use-choice.ts';

const TONES: Readonly<Record<ChangeKind, Tone>> = {
  same: 'quiet',
  moved: 'active',
  added: 'good',
  gone: 'quiet',
  unplanned: 'warning',
};
const STEP = 15;

/** Each change in words. */
export function ChangeTable({
  changes,
  choice,
}: {
  changes: readonly PlanChange[];
  choice: Choice;
}) {
  const [limit, setLimit] = useState(STEP);
  const told = toldChanges(changes);
  if (told.length === 0) return null;
  return (
    <>
      <table className="changes">
        <caption className="hidden">What changed, sequence by sequence</caption>
        <thead>
          <tr>
            <th scope="col">Sequence</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {told.slice(0, limit).map((change) => (
            <ChangeRow key={change.sequenceId} change={change} choice={choice} />
          ))}
        </tbody>
      </table>
      {told.length > limit && (
        <button type="button" className="more" onClick={() => setLimit(limit + STEP)}>
          Show {Math.min(STEP, told.length - limit)} more of {told.length}
        </button>
      )}
    </>
  );
}

function ChangeRow({ change, choice }: { change: PlanChange; choice: Choice }) {
  return (
    <tr data-tone={TONES[change.kind]}>
      <th scope="row">
        <button
          type="button"
          className="change-name"
          onClick={() => choice.choose(change.sequenceId)}
        >
          {change.name}
        </button>
      </th>
      <td>{spanText(change.before)}</td>
      <td>{spanText(change.after)}</td>
      <td>
        <span className="outcome">
          <Shape tone={TONES[change.kind]} size={12} /> {happened(change)}
        </span>{' '}
        {why(change)}
      </td>
    </tr>
  );
}

function happened({ kind, movedSeconds, before }: PlanChange): string {
  if (kind === 'moved') return capital(shift(movedSeconds));
  if (kind === 'added') return 'Added';
  if (kind === 'gone') return 'Left the plan';
  return before ? 'Lost its place' : 'Found no place';
}

function why({ kind, code, reason, remedy }: PlanChange): string {
  if (reason === '') return '';
  return `${whyText(kind === 'unplanned' ? code : '', reason)} ${typeset(closed(remedy))}`.trim();
}

function spanText(span: Span | null): string {
  if (!span) return '–';
  return `${utcMinutes(Date.parse(span.start))}–${utcMinutes(Date.parse(span.end))}Z`;
}
