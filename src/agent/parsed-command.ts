/** What a text asks for, or a sentence that says why it asks for nothing and what to write. */
export type ParsedCommand =
  | { readonly ok: true; readonly order: { readonly name: string; readonly payload: unknown } }
  | { readonly ok: false; readonly error: string };

export function understood(name: string, payload: unknown): ParsedCommand {
  return { ok: true, order: { name, payload } };
}

export function refuse(error: string): ParsedCommand {
  return { ok: false, error };
}

/** The first word of a text without blanks around it, and what follows. */
export function splitWord(text: string): { word: string; rest: string } {
  const [word = ''] = text.split(/\s/, 1);
  return { word, rest: text.slice(word.length).trimStart() };
}
