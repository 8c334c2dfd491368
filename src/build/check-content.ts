/** Integration: a build with a fault in any chapter ends before it begins, with all faults; `astro dev` tells them and goes on. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import { checkCourse } from '../chapters/check-course.ts';
import { formatFaults } from '../chapters/content-fault.ts';
import { readChapters } from '../chapters/read-chapters.ts';
import { exerciseIds } from './exercise-ids.ts';
import { toldAsWritten } from './told-as-written.ts';

function count(number: number): string {
  return number === 1 ? 'one fault' : `${number} faults`;
}

/**
 * Writing goes on with faults: those of snapshots are only warnings until the chapter is recorded. What was told last is
 * given and returned, so that a chapter being recorded does not repeat its list at every file.
 */
function tell(root: string, logger: AstroIntegrationLogger, told: string): string {
  const { faults } = checkCourse(root);
  const all = formatFaults(faults);
  if (all === told) return told;
  const content = faults.filter(({ about }) => about === 'content');
  const snapshots = faults.filter(({ about }) => about === 'snapshot');
  if (content.length > 0) logger.error(`\n${formatFaults(content)}`);
  if (snapshots.length > 0) logger.warn(`\n${formatFaults(snapshots)}`);
  if (faults.length === 0) logger.info('no faults in content/');
  return all;
}

export function checkContent(): AstroIntegration {
  let root = '';
  return {
    name: 'check-content',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        root = fileURLToPath(config.root).replace(/[\\/]$/, '');
        if (command !== 'build') {
          updateConfig({ vite: { plugins: [exerciseIds(() => readChapters(root).chapters)] } });
          return;
        }
        const { chapters, faults } = checkCourse(root);
        updateConfig({ vite: { plugins: [exerciseIds(() => chapters)] } });
        if (faults.length === 0) return;
        throw toldAsWritten(
          `${count(faults.length)} in content/\n\n${formatFaults(faults)}`,
          'npm run check tells the same without building.',
        );
      },
      'astro:server:setup': ({ server, logger }) => {
        let told = tell(root, logger, '');
        server.watcher.on('all', (_event, path) => {
          const file = path.replaceAll('\\', '/');
          if (!file.includes('/content/')) return;
          told = tell(root, logger, told);
          // Pages read snapshots when they are rendered: Vite does not know that they depend on them.
          if (file.endsWith('.json')) server.ws.send({ type: 'full-reload' });
        });
      },
    },
  };
}
