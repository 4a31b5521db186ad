import type { NightReport } from '../../tonight.ts';
import { words } from '../format/quantity.ts';
import { Section } from '../parts/section.tsx';
import { Shape, type Tone } from '../parts/shape.tsx';
import { isDone } from './report-figures.ts';

export function SequenceTable({ sequences }: { sequences: NightReport['sequences'] }) {
  return (
    <Section title="Sequences" className="report-sequences">
      {sequences.length === 0 ? (
        <p className="empty">No sequence was started this night.</p>
      ) : (
        <table className="sequences">
          <thead>
            <tr>
              <th scope="col">Sequence</th>
              <th scope="col">Program</th>
              <th scope="col">Outcome</th>
              <th scope="col" className="number">
                Images
              </th>
            </tr>
          </thead>
          <tbody>
            {sequences.map((sequence, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
              <SequenceRow key={place} sequence={sequence} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function SequenceRow({ sequence }: { sequence: NightReport['sequences'][number] }) {
  const tone = outcomeTone(sequence.outcome);
  return (
    <tr data-tone={tone}>
      <th scope="row">{sequence.name}</th>
      <td>{sequence.program}</td>
      <td>
        <span className="outcome">
          <Shape tone={tone} size={12} /> {words(sequence.outcome)}
        </span>
        {sequence.reason && <span className="faint"> {sequence.reason}</span>}
      </td>
      <td className="number">{sequence.images}</td>
    </tr>
  );
}

function outcomeTone(outcome: string): Tone {
  if (isDone(outcome)) return 'good';
  return /fail/i.test(outcome) ? 'bad' : 'warning';
}
