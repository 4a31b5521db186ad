import type { ReactNode } from 'react';
import type { SchedulePage, ScheduleRow, SequenceSight, UnplannedRow } from '../../tonight.ts';
import { angle, declination, rightAscension } from '../format/angle.ts';
import { capital } from '../format/quantity.ts';
import { span, utcMinutes } from '../format/time.ts';
import { Section } from '../parts/section.tsx';
import { Shape } from '../parts/shape.tsx';
import { closed, typeset, whyText } from './plan-words.ts';
import type { Choice } from './use-choice.ts';

/** The chosen sequence in words: its place or why it has none, and when it could be seen. */
export function ChosenPanel({ page, choice }: { page: SchedulePage; choice: Choice }) {
  const row = page.rows.find((one) => one.sequenceId === choice.chosenId);
  const none = page.unplanned.find((one) => one.sequenceId === choice.chosenId);
  const named = row ?? none;
  return (
    <Section title="Chosen sequence" className="schedule-chosen" testId="chosen">
      {named ? (
        <>
          <p className="chosen-name">
            {named.isAlert && <Shape tone="alert" size={16} />}
            <strong>{named.name}</strong>
          </p>
          <p className="faint">
            {named.program} · priority {named.priority}
            {row ? ` · ${row.state}` : ' · no place'}
          </p>
          {none && <Reason row={none} />}
          <dl className="chosen-facts">
            {row && <Place row={row} />}
            {choice.sight && <Sight sight={choice.sight} />}
          </dl>
          {choice.sight && <Steps sight={choice.sight} />}
        </>
      ) : (
        <p className="empty">
          Choose a sequence in the chart or in the list to see when it could be observed.
        </p>
      )}
    </Section>
  );
}

function Reason({ row }: { row: UnplannedRow }) {
  return (
    <div className="chosen-reason">
      <p>{whyText(row.code, row.reason)}</p>
      {row.remedy && <p className="remedy">{typeset(closed(row.remedy))}</p>}
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Place({ row }: { row: ScheduleRow }) {
  const { slot } = row;
  return (
    <>
      {row.bars.map((bar) => (
        <Line key={bar.start} name={capital(bar.state)}>
          {range(bar)}
          {slot?.isShortened && slot.start === bar.start && ', shortened to its useful part'}
        </Line>
      ))}
      {row.state === 'planned' && slot && (
        <>
          <Line name="Before it">{span(slot.overheadSeconds)} of slew and setup</Line>
          <Line name="Slack">
            {span(slot.slackLeftSeconds)} earlier, {span(slot.slackRightSeconds)} later
          </Line>
          <Line name="Elevation">{angle(slot.altDeg, 0)} at the start</Line>
        </>
      )}
    </>
  );
}

function Sight({ sight }: { sight: SequenceSight }) {
  const { highest, raDeg, decDeg } = sight;
  return (
    <>
      <Line name="Highest">
        {highest
          ? `${angle(highest.altDeg)} at ${utcMinutes(Date.parse(highest.at))}Z in the dark`
          : 'never in the dark'}
      </Line>
      <Line name="Target">
        {sight.target}
        {raDeg !== null && decDeg !== null && (
          <span className="faint">
            {' '}
            {rightAscension(raDeg)} {declination(decDeg)}
          </span>
        )}
      </Line>
      <Line name="Window">
        {instantText(sight.window.start)} to {instantText(sight.window.end)}
      </Line>
      <Line name="Takes">
        {span(sight.durationSeconds)},{' '}
        {sight.startMode === 'BESTELEV' ? 'at its best elevation' : 'as soon as possible'}
      </Line>
    </>
  );
}

/** The visibility line in words, for those who cannot see it and those who want the minute. */
function Steps({ sight }: { sight: SequenceSight }) {
  const told = sight.steps.filter(
    ({ start, end }) => Date.parse(end) - Date.parse(start) >= 60_000,
  );
  return (
    <>
      <h3 className="chosen-steps-title">Through the night</h3>
      <ol className="chosen-steps">
        {told.map((step) => (
          <li key={step.start} className="chosen-step" data-visible={step.against.length === 0}>
            <span className="faint">{range(step, false)}</span>
            <span>
              {step.against.length === 0
                ? 'visible'
                : step.against.map(({ text }) => text).join(', ')}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function range({ start, end }: { start: string; end: string }, hasLength = true): string {
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const length = hasLength ? ` (${span((to - from) / 1000)})` : '';
  return `${utcMinutes(from)}–${utcMinutes(to)}Z${length}`;
}

function instantText(at: string | null): string {
  if (at === null) return 'not a date';
  return `${at.slice(0, 10)} ${at.slice(11, 16)}Z`;
}
