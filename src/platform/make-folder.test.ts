import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '#testing';
import { codeOf } from './errors.ts';
import { makeFolder } from './make-folder.ts';

function codeFor(folder: string): string {
  try {
    makeFolder(folder);
    return 'made';
  } catch (error) {
    return codeOf(error);
  }
}

describe('a folder that is made', () => {
  it('comes with those around it, and may be asked for twice', () => {
    const folder = join(tempFolder(), 'a', 'b', 'c');
    makeFolder(folder);
    makeFolder(folder);
    expect(existsSync(folder)).toBe(true);
  });

  it('is refused where a file stands in the way', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(codeFor(join(folder, 'file', 'x'))).toBe('FOLDER_REFUSED');
  });

  it.runIf(existsSync('/proc/self'))('is refused where nothing can be made', () => {
    expect(codeFor('/proc/nowhere/at/all')).toBe('FOLDER_REFUSED');
  });
});
