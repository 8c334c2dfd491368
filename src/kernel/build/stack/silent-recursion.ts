/**
 * The functions of CPython 3.14 that recur through C and do not ask how deep they are.
 *
 * Invariant: each is found by what it does or says or by the type that it belongs to, since the module names only what
 * it exports; throws where one is not to be found.
 */
import type { Code } from './code.ts';
import { Data } from './data.ts';
import { leb, signedLeb } from './wasm-module.ts';

/** Of `PyTypeObject`, and of the tables that it points to. */
const offset = {
  ...{ asNumber: 48, or: 60 },
  ...{ asSequence: 52, contains: 28 },
  ...{ asMapping: 56, length: 0, subscript: 4 },
  ...{ iter: 108, iternext: 112, getset: 124 },
};
/** Bytes of a `PyGetSetDef`: its name comes first, then its getter. */
const getterLength = 20;
/** Of `map`, `zip`, `filter`, `enumerate` and `itertools`. */
const fewestIterators = 16;
/** What the function says that copies the children of an `Element`, when it cannot. */
const noCopy = 'deepcopy helper not found';
/** What both functions say that call a `functools.partial`, when they cannot. */
const noArguments = "missing positional arguments in 'partial' call; expected at least %zd, got %zd";

const op = { callIndirect: 0x11, i32Load: 0x28, i32Const: 0x41 } as const;
const i32 = 0x7f;

export interface Silent {
  /** What it returns with an exception. */
  readonly failure: number;
  /** With how many calls of C it comes back to itself, of the size of a simple one. */
  readonly calls: number;
}

/** By their numbers in `code`. */
export function silentRecursion(code: Code, asking: ReadonlySet<number>): Map<number, Silent> {
  const data = new Data(code);
  const silent = code.bodies.flatMap((body, index) => (asking.has(index) ? [] : [{ body, index }]));
  const iterators = silent.filter(({ body, index }) => isIterator(code, index) && asksAnother(code, body));
  const saying = (text: string) => {
    const named = Buffer.from([op.i32Const, ...signedLeb(data.addressOf(text))]);
    return silent.filter(({ body }) => body.includes(named));
  };
  const copiers = saying(noCopy);
  const partials = saying(noArguments);
  if (iterators.length < fewestIterators || copiers.length !== 1 || partials.length !== 2)
    throw new TypeError(
      `CPython looks different: ${iterators.length} iterators, ${copiers.length} copiers, ${partials.length} partials found.`,
    );
  const pointer = { failure: 0, calls: 1 };
  const found: [number, Silent][] = [
    [code.named('PyObject_Hash'), { failure: -1, calls: 1 }],
    ...[...iterators, ...copiers, ...partials].map(({ index }): [number, Silent] => [index, pointer]),
    [boundMethodsCall(code), pointer],
    ...viewsOfDicts(code, data),
    ...genericTypes(code, data),
  ];
  return new Map(found.filter(([index]) => !asking.has(index)));
}

/** Whether it can be in `tp_iternext`: it takes one pointer and answers with one, and only C's pointers lead to it. */
function isIterator(code: Code, index: number): boolean {
  return code.typeNumber(index) === unary(code) && code.isPointedTo(index) && !code.isPublic(index);
}

/** Whether it asks another iterator for its next item. */
function asksAnother(code: Code, body: Buffer): boolean {
  const slot = Buffer.from([op.i32Load, 2, ...leb(offset.iternext)]);
  const call = Buffer.from([op.callIndirect, ...leb(unary(code)), 0]);
  return (body.includes(slot) && body.includes(call)) || body.includes(code.callOf(code.named('PyIter_Next')));
}

function unary(code: Code): number {
  return code.numberOfType([i32], [i32]);
}

/** What each bound method keeps as its `vectorcall`; a bound method of a bound method calls the one within. */
function boundMethodsCall(code: Code): number {
  const [call, ...others] = code.storedBy(code.named('PyMethod_New')).filter((index) => code.parameters(index) === 4);
  if (call === undefined || others.length > 0)
    throw new TypeError('CPython looks different: how a bound method is called.');
  return call;
}

/** A `mappingproxy` hands on what it is asked, to another one perhaps. */
function viewsOfDicts(code: Code, data: Data): [number, Silent][] {
  const type = data.named('PyDictProxy_Type');
  const [number, sequence, mapping] = [offset.asNumber, offset.asSequence, offset.asMapping].map((at) =>
    data.word(type + at),
  ) as [number, number, number];
  const slots = [
    [number + offset.or, 0],
    [mapping + offset.length, -1],
    [mapping + offset.subscript, 0],
    [sequence + offset.contains, -1],
    [type + offset.iter, 0],
  ] as const;
  return slots.map(([slot, failure]) => [code.pointedToBy(data.word(slot)), { failure, calls: 1 }]);
}

/** The parameters of a generic type are those of its arguments, found by looking up an attribute. */
function genericTypes(code: Code, data: Data): [number, Silent][] {
  return ['Py_GenericAliasType', '_PyUnion_Type'].map((name) => {
    let getter = data.word(data.named(name) + offset.getset);
    while (data.word(getter) !== 0 && data.text(data.word(getter)) !== '__parameters__') getter += getterLength;
    if (data.word(getter) === 0) throw new TypeError(`CPython looks different: ${name} has no __parameters__.`);
    return [code.pointedToBy(data.word(getter + 4)), { failure: 0, calls: 4 }];
  });
}
