import { type ESTree, parseSync, Visitor } from 'vite';

/** What the code says of one table and its columns, by the names of the properties. */
export interface EntityComments {
  readonly about: string;
  readonly properties: ReadonlyMap<string, string>;
}

interface Comment {
  readonly end: number;
  readonly text: string;
}

type CommentBefore = (node: { readonly start: number }) => string;

/** Reads the docstrings of an entity file: entity name to what is said of it. */
export function readEntityComments(path: string, text: string): Map<string, EntityComments> {
  const { program, comments } = parseSync(path, text);
  const docs = comments.flatMap(({ type, value, end }) =>
    type === 'Block' && value.startsWith('*') ? [{ end, text: plain(value.slice(1)) }] : [],
  );
  const before: CommentBefore = (node) => commentBefore(docs, text, node.start);
  const entities = new Map<string, EntityComments>();
  const shared = new Map<string, ReadonlyMap<string, string>>();
  new Visitor({
    VariableDeclaration(declaration) {
      for (const { id, init } of declaration.declarations) {
        const body = sharedColumns(init);
        if (id.type === 'Identifier' && body) shared.set(id.name, columnsOf(body, before, shared));
        const definition = definitionOf(init);
        if (!definition) continue;
        const { name, properties } = definition;
        const columns = columnsOf(properties, before, shared);
        entities.set(name, { about: before(declaration), properties: columns });
      }
    },
  }).visit(program);
  return entities;
}

/** The comment that ends just before, an `export` aside. */
function commentBefore(docs: readonly Comment[], text: string, start: number): string {
  const near = docs.findLast(({ end }) => end <= start);
  return near && /^\s*(?:export\s*)?$/.test(text.slice(near.end, start)) ? near.text : '';
}

/** One line, without stars, tags of the requirements and links of the editor. */
function plain(comment: string): string {
  return comment
    .replaceAll(/^\s*\*/gm, ' ')
    .replaceAll(/\s*\(R-[^)]*\)/g, '')
    .replaceAll(/\{@link ([^}]*)\}/g, '`$1`')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

type Node = ESTree.Expression | null | undefined;

/** `defineEntity({ name, properties })`. */
function definitionOf(init: Node): { name: string; properties: ESTree.ObjectExpression } | null {
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier') return null;
  const [terms] = init.arguments;
  if (init.callee.name !== 'defineEntity' || terms?.type !== 'ObjectExpression') return null;
  const name = propertyOf(terms, 'name');
  const properties = propertyOf(terms, 'properties');
  if (name?.type !== 'Literal' || properties?.type !== 'ObjectExpression') return null;
  return { name: String(name.value), properties };
}

/** `const site = () => ({ … })`: columns that several tables share. */
function sharedColumns(init: Node): ESTree.ObjectExpression | null {
  if (init?.type !== 'ArrowFunctionExpression') return null;
  const { body } = init;
  const inner = body.type === 'ParenthesizedExpression' ? body.expression : body;
  return inner.type === 'ObjectExpression' ? inner : null;
}

function propertyOf(object: ESTree.ObjectExpression, name: string): ESTree.Expression | undefined {
  for (const property of object.properties) {
    if (property.type === 'Property' && nameOf(property) === name) return property.value;
  }
  return undefined;
}

function nameOf(property: ESTree.ObjectProperty): string {
  return property.key.type === 'Identifier' ? property.key.name : '';
}

function columnsOf(
  object: ESTree.ObjectExpression,
  before: CommentBefore,
  shared: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Map<string, string> {
  const columns = new Map<string, string>();
  for (const property of object.properties) {
    if (property.type === 'Property') {
      columns.set(nameOf(property), before(property));
    } else if (property.argument.type === 'CallExpression') {
      const { callee } = property.argument;
      const others = callee.type === 'Identifier' ? shared.get(callee.name) : undefined;
      for (const [name, comment] of others ?? []) columns.set(name, comment);
    }
  }
  return columns;
}
