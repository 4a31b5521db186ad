import { leastTransitionSeconds } from '../transition.ts';
import { AccountBook } from './account-book.ts';
import { AlertBook } from './alert-book.ts';
import { candidatesOf } from './candidates.ts';
import { type NightOutcome, NightRun, type SeasonBooks } from './night-run.ts';
import { nothing } from './night-time.ts';
import { reportOf, type SeasonNightOutcome } from './report-of-season.ts';
import { type SeasonInput, type SeasonWatch, usualEffort } from './season.ts';
import { seasonAlerts } from './season-alerts.ts';
import { type SeasonNight, seasonNights } from './season-night.ts';
import type { SeasonReport } from './season-report.ts';
import { SequenceBook } from './sequence-book.ts';

/**
 * Plans and observes every night of a season, one after the other. Weather, alerts, failures and
 * overruns come as their seeds decide and the plans do not know them beforehand; what is not done
 * waits for the next night until its window ends. Throws `BAD_NIGHT` for dates that are none.
 */
export function simulateSeason(input: SeasonInput, goOn: SeasonWatch = () => true): SeasonReport {
  const nights = seasonNights(input);
  const book = new SequenceBook(input.sequences, input.constraints, nights);
  const setupSeconds = leastTransitionSeconds(input.transition);
  const books: SeasonBooks = {
    input,
    effort: input.effort ?? usualEffort,
    accounts: new AccountBook(input),
    alerts: new AlertBook(seasonAlerts(input, nights, setupSeconds)),
    tryOnce: (id) => book.tryOnce(id),
  };
  const outcomes: SeasonNightOutcome[] = [];
  for (const [row, night] of nights.entries()) {
    if (!goOn(row, nights.length)) break;
    const outcome = observeNight({ row, night }, book, books);
    for (const { sequenceId } of outcome.done) book.finish(sequenceId);
    outcomes.push({ night, outcome });
  }
  if (outcomes.length === nights.length) goOn(nights.length, nights.length);
  return reportOf(books, outcomes, nights.length);
}

function observeNight(
  { row, night }: { readonly row: number; readonly night: SeasonNight },
  book: SequenceBook,
  books: SeasonBooks,
): NightOutcome {
  if (night.endMs <= night.startMs) {
    return { done: [], time: nothing(), plans: 0, failures: 0, interruptions: 0 };
  }
  const candidates = candidatesOf({ row, night }, book, {
    accounts: books.accounts,
    programs: books.input.programs,
    most: books.effort.candidates,
    oversubscription: books.effort.oversubscription,
  });
  return new NightRun(books, night, candidates).run();
}
