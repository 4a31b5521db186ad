import type { Tonight } from '../../tonight.ts';
import { utcOf } from '../format/time.ts';
import { Section } from './section.tsx';
import { Shape } from './shape.tsx';
import { factTone } from './state-tones.ts';

/** The latest facts, newest first. */
export function FactList({ facts }: { facts: Tonight['facts'] }) {
  const newestFirst = [...facts].sort((a, b) => b.id - a.id);
  return (
    <Section title="What happened" className="area-facts" testId="facts">
      {newestFirst.length === 0 ? (
        <p className="empty">
          Nothing yet. Every decision of the observatory is written here as it is taken.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
        <ol className="facts" tabIndex={0} aria-label="Facts, newest first">
          {newestFirst.map((fact) => (
            <li key={fact.id} data-tone={factTone(fact.tone)}>
              <time dateTime={fact.at}>{utcOf(fact.at)}</time>
              <Shape tone={factTone(fact.tone)} size={12} />
              <span>{fact.sentence}</span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
