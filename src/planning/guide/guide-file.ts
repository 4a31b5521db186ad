import { readdirSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import {
  type GuideCase,
  type GuideSchedule,
  guideAnswer,
  guideCase,
  guideSteps,
  type ReplanningCase,
  replanningCase,
} from './guide-case.ts';

/** For tests: a case and the schedules it may give, any of which will do. */
export interface CaseAndAnswer {
  readonly name: string;
  readonly asked: GuideCase;
  readonly answers: readonly GuideSchedule[];
}

/** For tests: plannings one after another, and the schedule of each. */
export interface ReplanningAndAnswers {
  readonly name: string;
  readonly asked: ReplanningCase;
  readonly answers: readonly GuideSchedule[];
}

/** Every file of `cases`, with the file of `schedules` that has its name. */
export function casesAndAnswers(): CaseAndAnswer[] {
  return namesIn('cases').map((name) => ({
    name,
    asked: read(guideCase, `cases/${name}`),
    answers: read(guideAnswer, `schedules/${name}`),
  }));
}

/** Every file of `replanning`, likewise. */
export function replanningsAndAnswers(): ReplanningAndAnswers[] {
  return namesIn('replanning').map((name) => ({
    name,
    asked: read(replanningCase, `replanning/${name}`),
    answers: read(guideSteps, `schedules/${name}`).steps,
  }));
}

function namesIn(folder: string): string[] {
  return readdirSync(new URL(folder, import.meta.url)).sort();
}

function read<Schema extends z.ZodType>(schema: Schema, path: string): z.infer<Schema> {
  return schema.parse(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')));
}
