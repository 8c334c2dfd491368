/**
 * What an expression of the text leads to, as paths of names that the interpreter can follow without running anything.
 *
 * The editor's parser bears half-written code, where Python's own would refuse it.
 */
import type { EditorState } from '@codemirror/state';
import { syntaxTree } from '@codemirror/language';
import type { SyntaxNode } from '@lezer/common';

export type Path = readonly string[];

/** An instance of what stands before it in the path. */
const called = '()';
const literals: Readonly<Partial<Record<string, string>>> = {
  String: 'str',
  ContinuedString: 'str',
  FormatString: 'str',
  ArrayExpression: 'list',
  ArrayComprehensionExpression: 'list',
  DictionaryExpression: 'dict',
  DictionaryComprehensionExpression: 'dict',
  SetExpression: 'set',
  SetComprehensionExpression: 'set',
  TupleExpression: 'tuple',
};
/** Assignments that are followed one to the other. */
const depth = 4;

function pathOf(node: SyntaxNode | null, state: EditorState): Path | undefined {
  if (!node) return undefined;
  const literal = literals[node.name];
  if (literal !== undefined) return [literal, called];
  switch (node.name) {
    case 'VariableName':
      return [state.sliceDoc(node.from, node.to)];
    case 'CallExpression': {
      const callee = pathOf(node.firstChild, state);
      return callee && [...callee, called];
    }
    case 'MemberExpression': {
      const object = pathOf(node.firstChild, state);
      const property = node.getChild('PropertyName');
      return object && property ? [...object, state.sliceDoc(property.from, property.to)] : undefined;
    }
    default:
      return undefined;
  }
}

/** `import a.b as c, d` and `from a import (b as c, d)`: what each name stands for. */
function imported(statement: string): readonly (readonly [name: string, path: Path])[] {
  const from = /^from\s+([\w.]+)\s+import\s+\(?([^)]*)/.exec(statement);
  const list = from ? (from[2] ?? '') : statement.replace(/^import\s+/, '');
  const module = from?.[1]?.split('.') ?? [];
  return list.split(',').flatMap((part): (readonly [string, Path])[] => {
    const [, name, alias] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
    if (name === undefined) return [];
    const names = name.split('.');
    if (alias !== undefined) return [[alias, [...module, ...names]]];
    return [[names[0] ?? '', from ? [...module, ...names] : names.slice(0, 1)]];
  });
}

/** What the names that the text binds before `pos` stand for, the latest of each. */
function bindings(state: EditorState, pos: number): ReadonlyMap<string, Path> {
  const found = new Map<string, Path>();
  const bind = (target: SyntaxNode | null | undefined, path: Path | undefined): void => {
    if (target?.name === 'VariableName' && path) found.set(state.sliceDoc(target.from, target.to), path);
  };
  syntaxTree(state).iterate({
    to: pos,
    enter: ({ node }) => {
      if (node.to > pos && node.name !== 'WithStatement') return;
      if (node.name === 'ImportStatement') {
        for (const [name, path] of imported(state.sliceDoc(node.from, node.to))) found.set(name, path);
      } else if (node.name === 'AssignStatement') {
        bind(node.firstChild, pathOf(node.getChild('AssignOp')?.nextSibling ?? null, state));
      } else if (node.name === 'WithStatement') {
        for (const as of node.getChildren('as')) bind(as.nextSibling, pathOf(as.prevSibling, state));
      }
    },
  });
  return found;
}

/** The ways to the object of `node`: as it is written, then as the text defines its first name. */
export function waysTo(node: SyntaxNode | null, state: EditorState): readonly Path[] {
  const ways: Path[] = [];
  const written = pathOf(node, state);
  if (!written || !node) return [];
  const known = bindings(state, node.from);
  let path = written;
  for (let step = 0; step < depth; step += 1) {
    ways.push(path);
    const [first = '', ...rest] = path;
    const meant = known.get(first);
    if (!meant || meant[0] === first) break;
    path = [...meant, ...rest];
  }
  return ways;
}

export interface Call {
  /** Where the bracket opens. */
  readonly from: number;
  readonly callee: SyntaxNode;
  /** Arguments before the cursor. */
  readonly index: number;
  /** The keyword of the argument at the cursor. */
  readonly keyword: string | undefined;
}

/** The innermost call whose brackets hold `pos`. */
export function callAt(state: EditorState, pos: number): Call | undefined {
  for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(pos, -1); node; node = node.parent) {
    if (node.name === 'Body' || node.name === 'LambdaExpression') return undefined;
    const callee = node.parent?.name === 'CallExpression' ? node.parent.firstChild : null;
    if (node.name !== 'ArgList' || !callee || pos <= node.from) continue;
    if (node.lastChild?.name === ')' && pos >= node.to) continue;
    const commas = node.getChildren(',').filter((comma) => comma.to <= pos);
    const assigned = node
      .getChildren('AssignOp')
      .findLast((operator) => operator.to <= pos && operator.from >= (commas.at(-1)?.to ?? node.from));
    const keyword = assigned?.prevSibling;
    return {
      from: node.from,
      callee,
      index: commas.length,
      keyword: keyword ? state.sliceDoc(keyword.from, keyword.to) : undefined,
    };
  }
  return undefined;
}
