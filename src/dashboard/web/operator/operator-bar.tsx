import { type FormEvent, useState } from 'react';
import { Shape } from '../parts/shape.tsx';
import { useOperator } from './use-operator.ts';

/** Says who may act on this page: nobody until the operator's key was given. */
export function OperatorBar() {
  const { operator, signOut } = useOperator();
  const [isAsked, setIsAsked] = useState(false);
  if (operator) {
    return (
      <div className="operator" data-testid="operator">
        <Shape tone="good" />
        <span>
          <strong>{operator.name}</strong> acts as Operator
        </span>
        <button type="button" className="quiet-button" onClick={signOut}>
          Sign out
        </button>
      </div>
    );
  }
  if (isAsked) return <KeyForm close={() => setIsAsked(false)} />;
  return (
    <div className="operator" data-testid="operator">
      <Shape tone="quiet" />
      <span>Looking only</span>
      <button type="button" className="quiet-button" onClick={() => setIsAsked(true)}>
        Act as operator
      </button>
    </div>
  );
}

function KeyForm({ close }: { close: () => void }) {
  const { signIn } = useOperator();
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    setIsAsking(true);
    const why = await signIn({ name: text('name'), key: text('key') });
    setIsAsking(false);
    setProblem(why);
    if (why === null) close();
  };
  return (
    <form className="operator operator-form" data-testid="operator" onSubmit={submit}>
      <label>
        Your name
        <input name="name" required maxLength={60} autoComplete="username" />
      </label>
      <label>
        Operator’s key
        <input name="key" type="password" required autoComplete="current-password" />
      </label>
      <button type="submit" className="button" disabled={isAsking}>
        {isAsking ? 'Asking…' : 'Use this key'}
      </button>
      <button type="button" className="quiet-button" onClick={close}>
        Cancel
      </button>
      <p className={problem ? 'problem' : 'faint'} aria-live="polite">
        {problem ?? (
          <>
            On the observatory’s computer, <code>./pyros observatory key</code> prints it.
          </>
        )}
      </p>
    </form>
  );
}
