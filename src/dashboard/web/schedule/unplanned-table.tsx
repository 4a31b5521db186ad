import { useState } from 'react';
import type { UnplannedRow } from '../../tonight.ts';
import { capital, count } from '../format/quantity.ts';
import { Section } from '../parts/section.tsx';
import { Shape } from '../parts/shape.tsx';
import { closed, codeWords, typeset, whyText } from './plan-words.ts';
import { matches } from './row-layout.ts';
import type { Choice } from './use-choice.ts';

interface UnplannedProps {
  readonly rows: readonly UnplannedRow[];
  readonly isPlanned: boolean;
  /** Words that the chart above is filtered by. */
  readonly filter: string;
  readonly choice: Choice;
}

/** More are shown when asked for: a thousand rows at once would make a phone stall. */
const STEP = 15;

/** What found no place: the kind of reason, the sentence, the remedy. */
export function UnplannedTable({ rows, isPlanned, filter, choice }: UnplannedProps) {
  const [code, setCode] = useState<string | null>(null);
  const [limit, setLimit] = useState(STEP);
  const wanted = rows.filter((row) => matches(filter, row));
  const codes = byCode(wanted);
  const isOffered = codes.some((one) => one.code === code);
  const found = isOffered ? wanted.filter((row) => row.code === code) : wanted;
  return (
    <Section
      title="Without a place"
      className="schedule-unplanned"
      testId="unplanned"
      aside={<span className="section-note">{count(found.length, 'sequence')}</span>}
    >
      {codes.length > 1 && (
        <CodeButtons codes={codes} chosen={isOffered ? code : null} choose={setCode} />
      )}
      {found.length === 0 ? (
        <p className="empty">{emptyText(rows.length > 0, isPlanned)}</p>
      ) : (
        <div className="unplanned-box">
          <ul className="unplanned-rows">
            {found.slice(0, limit).map((row) => (
              <UnplannedLine key={row.sequenceId} row={row} choice={choice} />
            ))}
          </ul>
          {found.length > limit && (
            <button type="button" className="more" onClick={() => setLimit(limit + STEP)}>
              Show {Math.min(STEP, found.length - limit)} more of {found.length}
            </button>
          )}
        </div>
      )}
    </Section>
  );
}

function emptyText(isFiltered: boolean, isPlanned: boolean): string {
  if (isFiltered) return 'None of them has these words in its name or program.';
  if (isPlanned) return 'Every accepted request has its place tonight.';
  return 'Without a plan nothing was refused yet. What finds no place is listed here with its reason.';
}

function UnplannedLine({ row, choice }: { row: UnplannedRow; choice: Choice }) {
  return (
    <li data-chosen={row.sequenceId === choice.chosenId}>
      <button
        type="button"
        className="unplanned-button"
        onClick={() => choice.choose(row.sequenceId)}
      >
        <span className="unplanned-name">
          {row.isAlert && <Shape tone="alert" size={12} />}
          <strong>{row.name}</strong>
        </span>
        <span className="unplanned-code">{capital(codeWords(row.code))}</span>
        <span className="unplanned-of faint">
          {row.program} · priority {row.priority}
        </span>
        <span className="unplanned-reason">
          {whyText('', row.reason)}
          {row.remedy && <span className="remedy">{typeset(closed(row.remedy))}</span>}
        </span>
      </button>
    </li>
  );
}

interface CodeCount {
  readonly code: string;
  readonly count: number;
}

/** The kinds of reasons, the most frequent first. */
function byCode(rows: readonly UnplannedRow[]): CodeCount[] {
  const counts = new Map<string, number>();
  for (const { code } of rows) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, n]) => ({ code, count: n })).sort((a, b) => b.count - a.count);
}

interface CodeButtonsProps {
  readonly codes: readonly CodeCount[];
  readonly chosen: string | null;
  readonly choose: (code: string | null) => void;
}

function CodeButtons({ codes, chosen, choose }: CodeButtonsProps) {
  const total = codes.reduce((sum, one) => sum + one.count, 0);
  return (
    <fieldset className="codes">
      <legend className="hidden">Kind of reason</legend>
      {[{ code: null, count: total }, ...codes].map((one) => (
        <button
          key={one.code ?? 'all'}
          type="button"
          aria-pressed={one.code === chosen}
          onClick={() => choose(one.code)}
        >
          {one.code === null ? 'All' : capital(codeWords(one.code))} <span>{one.count}</span>
        </button>
      ))}
    </fieldset>
  );
}
