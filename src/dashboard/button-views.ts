import { type ButtonName, buttons, OPERATOR, observatoryView } from '#execution';
import type { ButtonView, ObservatoryAction } from './observatory-page.ts';
import type { ObservatorySources } from './observatory-sources.ts';

/** The Majordome's command for each button. */
export const COMMANDS: Readonly<Record<ObservatoryAction, ButtonName>> = {
  lock: 'lock',
  unlock: 'unlock',
  bypass: 'bypass',
  'stop-bypass': 'stop_bypass',
  remote: 'go_remote',
  scheduler: 'go_scheduler',
};

const ACTIONS = Object.keys(COMMANDS) as ObservatoryAction[];

/**
 * Every button of the guide. One that the guide hides is greyed with the reason, so
 * that nothing moves under the pointer. Who holds the key is the operator.
 */
export function buttonViews(sources: ObservatorySources): ButtonView[] {
  const { observatory: row } = sources;
  if (!row) {
    return ACTIONS.map((action) => ({ action, label: action, refusal: 'no mode is known yet' }));
  }
  const all = buttons(OPERATOR, observatoryView({ ...sources, row }).state);
  return ACTIONS.flatMap((action) => {
    const found = all.find(({ name }) => name === COMMANDS[action]);
    if (!found) return [];
    return [{ action, label: found.label, refusal: found.enabled ? null : found.reason }];
  });
}
