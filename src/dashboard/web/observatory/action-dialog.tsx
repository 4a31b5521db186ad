import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ButtonView, ObservatoryPage } from '../../tonight.ts';
import { words } from '../format/quantity.ts';
import { ACTION_WORDS, type ActionWords } from './confirmation.ts';

interface DialogProps {
  readonly button: ButtonView;
  readonly page: ObservatoryPage;
  /** Why it can no longer be sent; null when it can. */
  readonly refusal: string | null;
  readonly send: (body: object) => void;
  readonly close: () => void;
}

const USUAL_MINUTES = 30;

/** Says what will happen, asks why, and sends it with the state that was seen when it was opened. */
export function ActionDialog({ button, page, refusal, send, close }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [version] = useState(page.version);
  useEffect(() => ref.current?.showModal(), []);
  const actionWords = ACTION_WORDS[button.action];
  const { title, what } = actionWords;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send({ version, ...said(new FormData(event.currentTarget), actionWords) });
    close();
  };
  return (
    <dialog ref={ref} className="dialog" aria-label={title} onClose={close}>
      <form onSubmit={submit}>
        <h2>{title}?</h2>
        <p>{what}</p>
        <p className="faint">
          Now: {words(page.mode.name)}, {page.values.effective.word}, dome {page.dome.shutter}.
        </p>
        <Fields needs={actionWords} />
        <p className="problem" aria-live="polite">
          {refusal ?? ''}
        </p>
        <div className="dialog-buttons">
          <button type="submit" className="button" disabled={refusal !== null}>
            {title}
          </button>
          <button type="button" className="quiet-button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

function said(data: FormData, { needsReason, needsMinutes }: ActionWords): object {
  return {
    ...(needsReason ? { reason: String(data.get('reason') ?? '').trim() } : {}),
    ...(needsMinutes ? { minutes: Number(data.get('minutes')) } : {}),
  };
}

/** What must be said before it is sent. */
function Fields({ needs }: { needs: ActionWords }) {
  return (
    <>
      {needs.needsReason && (
        <label>
          Why
          <input name="reason" required minLength={3} maxLength={300} autoComplete="off" />
        </label>
      )}
      {needs.needsMinutes && (
        <label>
          For how many minutes
          <input
            name="minutes"
            type="number"
            required
            min={1}
            max={720}
            defaultValue={USUAL_MINUTES}
          />
        </label>
      )}
    </>
  );
}
