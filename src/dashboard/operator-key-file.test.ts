import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '#testing';
import { operatorKey, operatorKeyFile } from './operator-key-file.ts';

describe('the operator’s key', () => {
  it('is made at the first start, for its owner alone', () => {
    const folder = tempFolder();
    const key = operatorKey(folder);
    const file = operatorKeyFile(folder);
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(readFileSync(file, 'utf8').trim()).toBe(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(file))).toEqual(['operator.key']);
  });

  it('stays the same, and is another one elsewhere', () => {
    const folder = tempFolder();
    expect(operatorKey(folder)).toBe(operatorKey(folder));
    expect(operatorKey(tempFolder())).not.toBe(operatorKey(folder));
  });

  it('is refused when others may read it', () => {
    const folder = tempFolder();
    operatorKey(folder);
    chmodSync(operatorKeyFile(folder), 0o640);
    expect(() => operatorKey(folder)).toThrow(expect.objectContaining({ code: 'OPERATOR_KEY' }));
  });

  it('is refused when the file holds something else', () => {
    const folder = tempFolder();
    operatorKey(folder);
    writeFileSync(operatorKeyFile(folder), 'secret\n');
    expect(() => operatorKey(folder)).toThrow(/holds no key/);
  });
});
