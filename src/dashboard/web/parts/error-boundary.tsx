import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
}

/** Says what went wrong instead of leaving a blank page at night. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="report report-none" role="alert">
        <h1>This page cannot be drawn.</h1>
        <p>
          The observatory itself goes on. <a href={location.pathname}>Load the page again</a>; if it
          comes back, report this: {error.message}
        </p>
      </main>
    );
  }
}
