/** Sätteri visitor: an option in a sentence, as in `python -O`, keeps its hyphen when a line ends there; WebKit would part them. */
import type { MdastPluginDefinition } from 'satteri';

/** A word that begins with a hyphen, a negative number as well. At a hyphen inside a word a line may end. */
const option = /(?<!\S)(--?\w[\w.-]*)/;

export const options: MdastPluginDefinition = {
  name: 'options',
  inlineCode(node, context) {
    if (context.sourceFormat !== 'mdx' || !option.test(node.value)) return;
    // The pattern's group makes every second piece an option.
    const pieces = node.value.split(option).map((value, index) =>
      index % 2 === 0
        ? { type: 'text' as const, value }
        : {
            type: 'mdxJsxTextElement' as const,
            name: 'span',
            attributes: [{ type: 'mdxJsxAttribute' as const, name: 'class', value: 'option' }],
            children: [{ type: 'text' as const, value }],
          },
    );
    context.replaceNode(node, { type: 'mdxJsxTextElement', name: 'code', attributes: [], children: pieces });
  },
};
