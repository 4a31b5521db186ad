import { Section } from '../parts/section.tsx';
import { parts } from './report-figures.ts';

interface BarTableProps {
  readonly title: string;
  /** What to say when there is no row. */
  readonly empty: string;
  readonly rows: readonly { name: string; value: number; text: string }[];
}

/** Amounts by name, each with a bar. */
export function BarTable({ title, empty, rows }: BarTableProps) {
  const widths = parts(rows.map((row) => row.value));
  return (
    <Section title={title} className="bar-table">
      {rows.length === 0 ? (
        <p className="empty">{empty}</p>
      ) : (
        <table>
          <caption className="hidden">{title}</caption>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td className="bar-cell">
                  <svg width="100%" height="8" aria-hidden="true">
                    <rect
                      className="amount"
                      width={`${(widths[i] ?? 0) * 100}%`}
                      height="8"
                      rx="1"
                    />
                  </svg>
                </td>
                <td className="bar-amount">{row.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
