/** The button that opens the outline on small screens; the dialog's own code comes when it is first pressed. */
import { explain } from '../search/failure.ts';

document.querySelector('[data-outline-open]')?.addEventListener('click', () => {
  import('./dialog.ts').then(
    ({ openOutline }) => {
      openOutline();
    },
    (error: unknown) => {
      explain('The outline', error);
    },
  );
});
