/** Lines of an order dragged by their grip, with any pointer; the list follows the pointer line by line. */
import { moved } from './order.ts';

/** Does nothing when the pointer went down elsewhere. */
export function startDrag(event: PointerEvent): void {
  const grip = (event.target as Element).closest<HTMLElement>('.order-grip');
  const line = grip?.closest('li');
  const list = line?.parentElement;
  if (!grip || !line || !list || !event.isPrimary) return;
  event.preventDefault();
  line.dataset['dragged'] = '';
  const follow = ({ clientY }: PointerEvent): void => {
    const middle = (other: Element): number => {
      const { top, height } = other.getBoundingClientRect();
      return top + height / 2;
    };
    const [before, after] = [line.previousElementSibling, line.nextElementSibling];
    if (before && clientY < middle(before)) before.before(line);
    else if (after && clientY > middle(after)) after.after(line);
    else return;
    moved(list);
  };
  const end = (): void => {
    delete line.dataset['dragged'];
    document.removeEventListener('pointermove', follow);
    document.removeEventListener('pointerup', end);
    document.removeEventListener('pointercancel', end);
  };
  // On the document: a line that is moved in the tree loses a captured pointer.
  document.addEventListener('pointermove', follow);
  document.addEventListener('pointerup', end);
  document.addEventListener('pointercancel', end);
}
