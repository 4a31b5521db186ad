import { z } from 'zod';
import { NOTHING, sum, type Tally } from './tally.ts';

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), ancestorTitles: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});

/**
 * Counts the tests of a vitest JSON report. A file that fails as a whole, e.g. because it cannot be
 * loaded, counts as one failure, and so does a run that failed without saying where.
 *
 * @throws Error when the text is no such report.
 */
export function tallyOfReport(json: string, exitCode: number): Tally {
  const { testResults } = reportSchema.parse(JSON.parse(json));
  const tally = sum(testResults.map(tallyOfFile));
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

type FileResult = z.infer<typeof reportSchema>['testResults'][number];

function tallyOfFile({ status, assertionResults }: FileResult): Tally {
  const tally = sum(assertionResults.map(tallyOfTest));
  return status === 'failed' && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

type TestResult = FileResult['assertionResults'][number];

/** Says in a title that data is not there which no checkout holds: its tests are not ours to count. */
const NO_DATA = '(SKIPPED: ';

/** Pending, todo and disabled tests did not run: they are skipped. */
function tallyOfTest({ status, ancestorTitles }: TestResult): Tally {
  if (ancestorTitles.some((title) => title.includes(NO_DATA))) return NOTHING;
  if (status === 'passed') return { ...NOTHING, passed: 1 };
  return status === 'failed' ? { ...NOTHING, failed: 1 } : { ...NOTHING, skipped: 1 };
}
