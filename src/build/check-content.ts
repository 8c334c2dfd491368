/** Integration: a build with a fault in any chapter ends before it begins, with all faults; `astro dev` tells them and goes on. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import { checkCourse } from '../chapters/check-course.ts';
import { formatFaults } from '../chapters/content-fault.ts';
import type { ContentFault } from '../chapters/content-fault.ts';
import { readChapters } from '../chapters/read-chapters.ts';
import { exerciseIds } from './exercise-ids.ts';
import { withFaults } from './fault-page.ts';
import { toldAsWritten } from './told-as-written.ts';
import { wholePages } from './whole-page.ts';

function count(number: number): string {
  return number === 1 ? 'one fault' : `${number} faults`;
}

/** While files come and go one of them may be missing between two looks: then the next change tells. */
function faultsNow(root: string, logger: AstroIntegrationLogger): readonly ContentFault[] | undefined {
  try {
    return checkCourse(root).faults;
  } catch (error) {
    logger.warn(`content/ cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/**
 * Writing goes on with faults: those of snapshots are only warnings until the chapter is recorded. What was told last is
 * given and returned, so that a chapter being recorded does not repeat its list at every file.
 */
function tell(faults: readonly ContentFault[], logger: AstroIntegrationLogger, told: string): string {
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
      'astro:config:setup': ({ command, config, updateConfig, logger }) => {
        root = fileURLToPath(config.root).replace(/[\\/]$/, '');
        if (command !== 'build') {
          updateConfig({ vite: { plugins: [exerciseIds(() => readChapters(root).chapters, root)] } });
          return;
        }
        const { chapters, faults } = checkCourse(root);
        updateConfig({ vite: { plugins: [exerciseIds(() => chapters, root)] } });
        if (faults.length === 0) return;
        throw toldAsWritten(
          logger,
          `${count(faults.length)} in content/\n\n${formatFaults(faults)}`,
          'npm run check tells the same without building.',
        );
      },
      'astro:server:setup': ({ server, logger }) => {
        let faults: readonly ContentFault[] = [];
        let told = '';
        let waiting: NodeJS.Timeout | undefined;
        const look = (reload: boolean): void => {
          const before = told;
          faults = faultsNow(root, logger) ?? faults;
          told = tell(faults, logger, told);
          if (reload || before !== told) server.ws.send({ type: 'full-reload' });
        };
        look(false);
        server.middlewares.use(wholePages((address, page, whole) => withFaults(address, page, whole, faults)));
        let reload = false;
        server.watcher.on('all', (_event, path) => {
          const file = path.replaceAll('\\', '/');
          if (!file.startsWith(`${root.replaceAll('\\', '/')}/content`)) return;
          // Pages read snapshots when they are rendered: Vite does not know that they depend on them.
          reload ||= file.endsWith('.json');
          clearTimeout(waiting);
          // A folder that is copied or deleted is many changes: one look is for all of them.
          waiting = setTimeout(() => {
            look(reload);
            reload = false;
          }, 50);
        });
      },
    },
  };
}
