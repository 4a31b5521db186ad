import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that what CI says of a change is about the
 * change. `PYROS_TEST_SEED=7 npx vitest run …` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.PYROS_TEST_SEED ?? 1) });
