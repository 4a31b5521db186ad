import { useState } from 'react';
import type { ButtonView, ObservatoryPage } from '../../tonight.ts';
import { capital } from '../format/quantity.ts';
import { useOperator } from '../operator/use-operator.ts';
import { Section } from '../parts/section.tsx';
import { Shape, type Tone } from '../parts/shape.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { ACTION_WORDS, awaited } from './confirmation.ts';
import { type ActionState, useAction } from './use-action.ts';

interface ControlProps {
  readonly page: ObservatoryPage;
  /** The page is too old to act on. */
  readonly stale: boolean;
}

/** The buttons of the guide, each with its reason when it cannot be pressed. */
export function ControlPanel({ page, stale }: ControlProps) {
  const { operator } = useOperator();
  const { last, send } = useAction(page);
  const [asked, setAsked] = useState<ButtonView['action'] | null>(null);
  const seen = { isSignedIn: operator !== null, stale, isBusy: last?.stage === 'sent' };
  const refusalOf = (button: ButtonView) => whyNot(button, seen);
  const press = (button: ButtonView) => {
    if (ACTION_WORDS[button.action].confirms) setAsked(button.action);
    else void send(button.action, { reason: 'closed by hand on the page' });
  };
  const open = page.buttons.find(({ action }) => action === asked);
  return (
    <Section title="Control" className="area-control" testId="control">
      <ul className="controls">
        {page.buttons.map((button) => (
          <Control
            key={button.action}
            button={button}
            refusal={refusalOf(button)}
            press={() => press(button)}
          />
        ))}
      </ul>
      <LastAction last={last} />
      {open && (
        <ActionDialog
          button={open}
          page={page}
          refusal={refusalOf(open)}
          send={(body) => void send(open.action, body)}
          close={() => setAsked(null)}
        />
      )}
    </Section>
  );
}

/** Why a button cannot be pressed on this page; null when it can. */
function whyNot(
  { action, refusal }: ButtonView,
  seen: { isSignedIn: boolean; stale: boolean; isBusy: boolean },
): string | null {
  if (!seen.isSignedIn) return 'needs the operator’s key';
  // Closing waits for nothing, not even for fresh news.
  if (action === 'lock') return refusal;
  if (seen.stale) return 'the page is too old to act on';
  return seen.isBusy ? 'another action is on its way' : refusal;
}

interface ButtonProps {
  readonly button: ButtonView;
  readonly refusal: string | null;
  readonly press: () => void;
}

function Control({ button, refusal, press }: ButtonProps) {
  const { action, label } = button;
  return (
    <li className="control" data-action={action}>
      <button
        type="button"
        className={action === 'lock' ? 'button button-close' : 'button'}
        title={label}
        disabled={refusal !== null}
        onClick={press}
      >
        {ACTION_WORDS[action].title}
      </button>
      <span className="control-reason">{refusal === null ? label : capital(refusal)}</span>
    </li>
  );
}

const STAGES: Readonly<Record<ActionState['stage'], { tone: Tone; word: string }>> = {
  sent: { tone: 'busy', word: 'Sent' },
  accepted: { tone: 'busy', word: 'Accepted' },
  confirmed: { tone: 'good', word: 'Confirmed' },
  refused: { tone: 'bad', word: 'Not done' },
};

/** Sent, accepted, confirmed by the device itself; or refused, and why. */
function LastAction({ last }: { last: ActionState | null }) {
  const { tone, word } = last ? STAGES[last.stage] : { tone: 'quiet' as const, word: '' };
  const waits = last?.stage === 'accepted' ? ` · ${awaited(last.action)}` : '';
  return (
    <p className="last-action" data-tone={tone} data-testid="last-action" aria-live="polite">
      {last && (
        <>
          <Shape tone={tone} />
          <span>
            <strong>{ACTION_WORDS[last.action].title}</strong>: {word}
            {waits}
            {last.sentence === '' ? '' : ` · ${last.sentence}`}
          </span>
        </>
      )}
    </p>
  );
}
