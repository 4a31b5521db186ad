import type { ReactNode } from 'react';
import { span } from '../format/time.ts';
import { type Age, useAge, useLinkFreshness } from '../live/use-live.ts';
import { Shape, type Tone } from './shape.tsx';

interface StateCellProps {
  readonly label: string;
  readonly testId: string;
  readonly tone: Tone;
  readonly word: string;
  /** When the value was read; its age is shown once it is old, or always with `alwaysAge`. */
  readonly at: string | null;
  readonly alwaysAge?: boolean;
  /** It comes from no reading, so that it has no age of its own. */
  readonly isAgeless?: boolean;
  readonly children?: ReactNode;
}

/** One state as shape, word and up to two lines of detail. */
export function StateCell(props: StateCellProps) {
  const age = useAge(props.at);
  const link = useLinkFreshness();
  const fresh = props.isAgeless ? link : age.freshness;
  const isShown = !props.isAgeless && (props.alwaysAge || fresh !== 'fresh');
  return (
    <div className="cell" data-testid={props.testId} data-tone={props.tone} data-fresh={fresh}>
      <dt className="cell-label">
        {props.label}
        <span className="age">{isShown ? ageText(age) : ''}</span>
      </dt>
      <dd className="cell-word value">
        <Shape tone={props.tone} />
        <span>{props.word}</span>
      </dd>
      <dd className="cell-detail value">{props.children}</dd>
    </div>
  );
}

function ageText({ seconds }: Age): string {
  return seconds === null ? 'no reading' : `${span(seconds)} ago`;
}
