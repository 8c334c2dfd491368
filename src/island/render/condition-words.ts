/** Under which conditions a cell runs, in words: its clock, its network, the order of its threads. */
import type { CellOptions, NetworkConditions } from '../../protocol/cell.ts';

const share = (part: number): string => `${Number((part * 100).toPrecision(3))}%`;

function bandwidthWords(bytes: number): string {
  if (bytes >= 1e6) return `${bytes / 1e6} MB/s`;
  return bytes >= 1e3 ? `${bytes / 1e3} kB/s` : `${bytes} B/s`;
}

/** For example "its network takes 50 ms one way and loses 2%". */
function networkWords(net: NetworkConditions | undefined): string | undefined {
  if (!net) return undefined;
  const { latency, bandwidth, loss, resets } = net;
  const words = [
    latency !== undefined &&
      `takes ${latency < 1 ? `${Number((latency * 1000).toPrecision(6))} ms` : `${latency} s`} one way`,
    bandwidth !== undefined && `carries ${bandwidthWords(bandwidth)}`,
    loss !== undefined && `loses ${share(loss)}`,
    resets !== undefined && `resets ${share(resets)}`,
  ].filter((part) => part !== false);
  return `its network ${new Intl.ListFormat('en').format(words)}`;
}

/** One for each that is not as usual. */
export function conditionWords({
  clock = 1,
  net,
  schedule,
}: Partial<Pick<CellOptions, 'clock' | 'net' | 'schedule'>>): readonly string[] {
  return [
    clock === 1 ? undefined : `its clock runs ${clock} times as fast`,
    networkWords(net),
    schedule === undefined ? undefined : 'its threads take turns as one schedule says',
  ].filter((words) => words !== undefined);
}
