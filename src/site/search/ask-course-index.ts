/**
 * Makes Pagefind's elements ask our index in place of one that they load. Their instance (@pagefind/component-ui 1.5.2) has no
 * public way to be given one: it takes what stands in `__pagefind__` for loaded.
 */
import type { Instance } from '@pagefind/component-ui';
import type { CourseIndex } from './course-index.ts';

/** `filters` holds the elements by which a search is narrowed; what they need is read when a reader first goes to them. */
export function askCourseIndex(instance: Instance, index: CourseIndex, filters: HTMLElement): void {
  const showCounts = (): void => {
    const counts = index.counts(instance.searchFilters);
    if (counts !== undefined) instance.__dispatch__('filters', counts);
  };
  instance['__pagefind__'] = index;
  // Pagefind's own would read the filters here.
  instance.__clear__ = () => {
    instance.__dispatch__('results', { results: [], unfilteredTotalCount: 0 });
    index.clear();
    showCounts();
    return Promise.resolve();
  };
  filters.addEventListener('focusin', () => {
    // What cannot be read leaves the filters as they are, and the next visit tries again.
    index.readPlaces().then(showCounts, () => undefined);
  });
}
