import type { ObservatoryPage, ObservatoryValue } from '../../tonight.ts';
import { StateCell } from '../parts/state-cell.tsx';

/** The four values apart: what the PLC says, who overruled it, who locked, and what counts. */
export function ValueRow({ values }: { values: ObservatoryPage['values'] }) {
  return (
    <section className="states" aria-label="The four values of safety">
      <dl className="cells cells-values">
        <ValueCell label="PLC, raw" testId="value-raw" value={values.raw} />
        <ValueCell label="Bypass" testId="value-bypass" value={values.bypass} />
        <ValueCell label="Lock" testId="value-lock" value={values.lock} />
        <ValueCell label="Effective" testId="value-effective" value={values.effective} />
      </dl>
    </section>
  );
}

interface ValueCellProps {
  readonly label: string;
  readonly testId: string;
  readonly value: ObservatoryValue;
}

function ValueCell({ label, testId, value }: ValueCellProps) {
  const { tone, word, lines, at } = value;
  const text = lines.join(' · ');
  return (
    <StateCell
      label={label}
      testId={testId}
      tone={tone}
      word={word}
      at={at}
      isAgeless={at === null}
    >
      <span className="lines" title={text}>
        {text}
      </span>
    </StateCell>
  );
}
