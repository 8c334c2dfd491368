/** What a failed comparison says in sentences: what the tested code gave, and what it should have given. */
import { make } from '../make.ts';
import { shown } from '../render/visible.ts';
import { itemsOf } from './tuples.ts';

/** Characters of a value that still fits into a sentence. */
const longest = 80;

const isShort = (value: string): boolean => value.length <= longest && !value.includes('\n');

const code = (text: string): HTMLElement => make('code', '', shown(text));

/** As the kernel tells it (`raises` in src/kernel/python/_kernel/assertions.py). */
const noException = 'no exception';

function one(source: string, actual: string, expected: string): HTMLElement {
  if (actual === noException)
    return make('p', '', code(source), ' raised no exception, and should have raised ', code(expected), '.');
  const none = actual === 'None' && source.endsWith(')') ? ' A function that ends without a value returns None.' : '';
  return make('p', '', code(source), ' is ', code(actual), ', and should be ', code(expected), `.${none}`);
}

/** Undefined where a value is too long for a sentence. Of two tuples it says which items differ, and then the others. */
export function differenceNodes(source: string, actual: string, expected: string): readonly HTMLElement[] | undefined {
  const [sources, actuals, expecteds] = [source, actual, expected].map(itemsOf);
  if (sources && actuals && expecteds && sources.length === actuals.length && actuals.length === expecteds.length) {
    const items = sources.map((item, at) => ({ item, is: actuals[at] ?? '', due: expecteds[at] ?? '' }));
    const differing = items.filter(({ is, due }) => is !== due);
    if (differing.length > 0 && items.every(({ is, due }) => isShort(is) && isShort(due))) {
      const same = items.filter(({ item, is, due }) => is === due && item !== is);
      const rest = same.flatMap(({ item, is }, at) => [
        at === 0 ? 'That is so where ' : ' and ',
        code(item),
        ' is ',
        code(is),
      ]);
      return [
        ...differing.map(({ item, is, due }) => one(item, is, due)),
        ...(rest.length > 0 ? [make('p', '', ...rest, '.')] : []),
      ];
    }
  }
  return isShort(actual) && isShort(expected) ? [one(source, actual, expected)] : undefined;
}
