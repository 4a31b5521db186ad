import { useState } from 'react';
import type { PlanChanges, PlanVersion } from '../../tonight.ts';
import { count } from '../format/quantity.ts';
import { utcOf } from '../format/time.ts';
import { useJson } from '../live/use-json.ts';
import { Section } from '../parts/section.tsx';
import { ChangeStrips } from './change-strips.tsx';
import { ChangeTable } from './change-table.tsx';
import { kindWord, points, typeset } from './plan-words.ts';
import type { ChartProps } from './use-choice.ts';

/** The plans of the night, and what changed between any two of them. */
export function PlanHistory(charts: ChartProps) {
  const { versions } = charts.page;
  const [byHand, setByHand] = useState<{ from: number | null; to: number | null }>(UNTOUCHED);
  const to = versions.find(({ id }) => id === byHand.to) ?? versions[0];
  const older = versions.filter(({ id }) => to !== undefined && id < to.id);
  const from = versions.find(({ id }) => id === byHand.from && id !== to?.id) ?? older[0];
  return (
    <>
      <PlanList
        versions={versions}
        shownId={to?.id ?? null}
        show={(id) => setByHand({ from: null, to: id })}
      />
      <Section title="What changed" className="schedule-changes" testId="changes">
        {from && to ? (
          <>
            <FromChoice
              versions={versions}
              from={from}
              to={to}
              choose={(id) => setByHand({ from: id, to: to.id })}
            />
            <Compared charts={charts} from={from} to={to} />
          </>
        ) : (
          <p className="empty">
            Two plans can be compared once the night has been planned twice: after each request,
            alert or end of a sequence there is a new one.
          </p>
        )}
      </Section>
    </>
  );
}

const UNTOUCHED = { from: null, to: null };

interface PlanListProps {
  readonly versions: readonly PlanVersion[];
  readonly shownId: number | null;
  readonly show: (id: number) => void;
}

function PlanList({ versions, shownId, show }: PlanListProps) {
  return (
    <Section
      title="Plans of this night"
      className="schedule-plans"
      testId="plans"
      aside={<span className="section-note">{count(versions.length, 'plan')}</span>}
    >
      {versions.length === 0 ? (
        <p className="empty">None yet. Each plan stays here with its cause and its worth.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
        <ol className="plans" tabIndex={0} aria-label="Plans, newest first">
          {versions.map((version) => (
            <li key={version.id}>
              <button
                type="button"
                className="plan-button"
                aria-pressed={version.id === shownId}
                onClick={() => show(version.id)}
              >
                <time dateTime={version.created}>{utcOf(version.created)}Z</time>
                <span className="plan-cause">{version.cause}</span>
                <span className="plan-kind">{kindWord(version.kind)}</span>
                <span className="plan-numbers faint">{planNumbers(version)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function planNumbers({ planned, unplanned, value, bound, gap }: PlanVersion): string {
  const counts = `${planned} planned, ${unplanned} not`;
  if (!(bound > 0)) return counts;
  return typeset(`${counts} · value ${points(value)}, gap ${(gap * 100).toFixed(1)} %`);
}

interface FromChoiceProps {
  readonly versions: readonly PlanVersion[];
  readonly from: PlanVersion;
  readonly to: PlanVersion;
  readonly choose: (id: number) => void;
}

function FromChoice({ versions, from, to, choose }: FromChoiceProps) {
  return (
    <label className="from-choice">
      <span>
        Plan of <strong>{utcOf(to.created)}Z</strong> compared with that of
      </span>
      <select value={from.id} onChange={(event) => choose(Number(event.target.value))}>
        {versions
          .filter(({ id }) => id !== to.id)
          .map((version) => (
            <option key={version.id} value={version.id}>
              {utcOf(version.created)}Z – {version.cause}
            </option>
          ))}
      </select>
    </label>
  );
}

interface ComparedProps {
  readonly charts: ChartProps;
  readonly from: PlanVersion;
  readonly to: PlanVersion;
}

function Compared({ charts, from, to }: ComparedProps) {
  const url = `/api/schedule/changes?from=${from.id}&to=${to.id}`;
  const { value, error } = useJson<PlanChanges>(url, url);
  if (!value) return <p className="empty">{error ?? 'Comparing …'}</p>;
  return (
    <>
      <p className="change-sentence" aria-live="polite">
        {value.sentence}
      </p>
      <ChangeStrips {...charts} changes={value} />
      <ChangeTable changes={value.changes} choice={charts.choice} />
    </>
  );
}
