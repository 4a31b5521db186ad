import { expect, test } from 'vitest';
import { sum, tallyText } from './tally.ts';
import { tallyOfReport } from './vitest-report.ts';

const report = (...files: [status: string, ...tests: string[]][]): string =>
  JSON.stringify({
    testResults: files.map(([status, ...tests]) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  });

test('tests are counted over all files', () => {
  const json = report(['passed', 'passed', 'passed'], ['failed', 'failed', 'passed']);
  expect(tallyOfReport(json, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test('a test that did not run is skipped, whatever the reason', () => {
  const json = report(['passed', 'pending', 'todo', 'disabled', 'skipped']);
  expect(tallyOfReport(json, 0)).toEqual({ passed: 0, failed: 0, skipped: 4 });
});

test('a test of data that no checkout holds is not counted', () => {
  const ancestorTitles = ['real packets (SKIPPED: ../shared is not there)'];
  const assertionResults = [{ status: 'skipped', ancestorTitles }, { status: 'passed' }];
  const json = JSON.stringify({ testResults: [{ status: 'passed', assertionResults }] });
  expect(tallyOfReport(json, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
});

test('a file that cannot be loaded is one failure', () => {
  expect(tallyOfReport(report(['failed']), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a run that fails though all its tests pass is one failure', () => {
  const json = report(['passed', 'passed']);
  expect(tallyOfReport(json, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a text that is no report is refused', () => {
  expect(() => tallyOfReport('{"numPassedTests": 3}', 0)).toThrow('testResults');
});

test('the closing line adds the steps up', () => {
  const steps = [
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 20, failed: 3, skipped: 4 },
  ];
  expect(tallyText(sum(steps))).toBe('21 passed, 3 failed, 4 skipped');
});
