import type { Breach } from './breach.ts';
import {
  GENERATED,
  isTest,
  LARGEST_FILE_LINES,
  LARGEST_FUNCTION_LINES,
  MOST_PARAMETERS,
  startsWithAny,
} from './house.ts';
import type { SourceFile } from './source-file.ts';

/** How large a file and its functions may get. */
export function sizeBreaches(file: SourceFile): Breach[] {
  if (startsWithAny(file.path, GENERATED)) return [];
  if (isTest(file.path)) return fileSize(file);
  return [...fileSize(file), ...functionSizes(file), ...parameterCounts(file)];
}

function fileSize({ path, lines }: SourceFile): Breach[] {
  if (lines <= LARGEST_FILE_LINES) return [];
  const what = `the file has ${lines} lines, ${LARGEST_FILE_LINES} at most`;
  return [{ path, line: lines, rule: 'size', what, remedy: 'split it by what it is about' }];
}

function functionSizes({ path, functions }: SourceFile): Breach[] {
  return functions
    .filter((span) => span.lines > LARGEST_FUNCTION_LINES)
    .map((span) => ({
      path,
      line: span.line,
      rule: 'size',
      what: `${span.name} has ${span.lines} lines, ${LARGEST_FUNCTION_LINES} at most`,
      remedy: 'give its steps names',
    }));
}

function parameterCounts({ path, functions }: SourceFile): Breach[] {
  return functions
    .filter((span) => span.parameters > MOST_PARAMETERS)
    .map((span) => ({
      path,
      line: span.line,
      rule: 'size',
      what: `${span.name} takes ${span.parameters} parameters, ${MOST_PARAMETERS} at most`,
      remedy: 'pass one named object',
    }));
}
