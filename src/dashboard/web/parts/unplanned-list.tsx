import type { Tonight } from '../../tonight.ts';
import { count } from '../format/quantity.ts';

/** What was asked for and found no place tonight, with the reason. */
export function UnplannedList({ tonight }: { tonight: Tonight }) {
  const { plan, unplanned, unplannedCount } = tonight;
  const allPlaced = plan.length > 0 ? 'Every accepted request has its place tonight.' : '';
  if (unplanned.length === 0) return <p className="unplanned faint">{allPlaced}</p>;
  return (
    <details className="unplanned">
      <summary>{count(unplannedCount, 'sequence')} without a place tonight, and why</summary>
      <ul>
        {unplanned.map((sequence) => (
          <li key={`${sequence.program}/${sequence.name}`}>
            <strong>{sequence.name}</strong> <span className="faint">{sequence.program}</span>
            <span>{sequence.reason}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href="/schedule">All reasons and remedies</a>
      </p>
    </details>
  );
}
