/** Sätteri visitor: every fence of a chapter that is no cell becomes `<Fence code="…" lang="…">`, highlighted like cells. */
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition } from 'satteri';
import { contentFault, formatFaults } from '../chapters/content-fault.ts';
import { languages } from '../chapters/fence-languages.ts';
import { isRun } from '../chapters/meta.ts';

/** The component is not imported: the page hands it to `<Content components={{ Fence }} />`. */
export const plainFences: MdastPluginDefinition = {
  name: 'plain-fences',
  options: { position: true },
  code(node, context) {
    if (isRun(node.meta) || context.sourceFormat !== 'mdx') return;
    const lang = node.lang ?? 'text';
    if (!languages.includes(lang)) {
      const file = context.fileURL === undefined ? 'unknown file' : fileURLToPath(context.fileURL);
      const place = { file, line: node.position?.start.line ?? 1 };
      const mend = `Use one of ${languages.join(', ')}, or leave the language out.`;
      throw new Error(
        formatFaults([contentFault(place, `a fence in "${lang}", which nothing here can highlight`, mend)]),
      );
    }
    const attributes = { code: node.value, lang };
    context.replaceNode(node, {
      type: 'mdxJsxFlowElement',
      name: 'Fence',
      children: [],
      attributes: Object.entries(attributes).map(([name, value]) => ({ type: 'mdxJsxAttribute', name, value })),
    });
  },
};
