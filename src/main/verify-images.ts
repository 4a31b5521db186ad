import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFits, verifyChecksums } from '#fits';
import { sentenceOf } from '#platform';

/** What became of the images of a night. */
export interface ImageCheck {
  readonly good: number;
  /** One sentence for each file that is not what was written. */
  readonly bad: readonly string[];
}

/** Reads every image below a folder again: its layout, and the sums in its header. */
export function verifyImages(folder: string): ImageCheck {
  const files = globSync('**/*.fits', { cwd: folder });
  const verdicts = files.map((file) => ({ file, problem: problemOf(join(folder, file)) }));
  const bad = verdicts.flatMap(({ file, problem }) => (problem ? [`${file}: ${problem}`] : []));
  return { good: files.length - bad.length, bad };
}

function problemOf(file: string): string | undefined {
  try {
    const bytes = readFileSync(file);
    decodeFits(bytes);
    const { data, unit } = verifyChecksums(bytes);
    return data && unit ? undefined : 'its checksums do not agree';
  } catch (error) {
    return sentenceOf(error);
  }
}
