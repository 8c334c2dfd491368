/**
 * Whether a frame is silent: it was refused, by the page's policy or by its own host, or does not come. Browsers tell a page
 * no more than that.
 */

/** Milliseconds from the `load` event, which many refused frames have as well; and from when the frame is in the window. */
const patience = { afterLoad: 5000, inSight: 15_000 };

/** Calls `silent` at most once, unless `heard` is called before; never after `signal` is aborted. */
export function watchSilence(frame: HTMLIFrameElement, silent: () => void, signal: AbortSignal): { heard(): void } {
  const timers: ReturnType<typeof setTimeout>[] = [];
  const listening = new AbortController();
  const end = (): void => {
    listening.abort();
    inSight.disconnect();
    for (const timer of timers) clearTimeout(timer);
  };
  const give = (): void => {
    end();
    silent();
  };
  // Frames far below the window are not loaded yet.
  const inSight = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting !== true) return;
    inSight.disconnect();
    timers.push(setTimeout(give, patience.inSight));
  });
  inSight.observe(frame);
  frame.addEventListener('load', () => timers.push(setTimeout(give, patience.afterLoad)), { signal: listening.signal });
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI }) => {
      if (effectiveDirective === 'frame-src' && frame.src.startsWith(blockedURI)) give();
    },
    { signal: listening.signal },
  );
  signal.addEventListener('abort', end, { signal: listening.signal });
  return { heard: end };
}
