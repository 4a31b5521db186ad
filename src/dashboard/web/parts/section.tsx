import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly className: string;
  readonly testId?: string;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled region of the page. */
export function Section({ title, className, testId, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section className={className} aria-labelledby={id} data-testid={testId}>
      <header className="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
