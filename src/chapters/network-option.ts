/** Reads `net=`: how good the network of a cell is, as a list of conditions between commas. */
import type { NetworkConditions } from '../protocol/cell.ts';
import type { Value } from './option-values.ts';

const expected =
  'a latency, a bandwidth, or shares that are lost or reset, between commas, as in net=50ms or net=50ms,1MB/s,loss=2%,resets=1%,seed=7';

/** Seconds one way; a stream would make no progress in any cell beyond it. */
const maxLatency = 60;
const maxBandwidth = 1e12;

const powers: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

type Read = (condition: string) => NetworkConditions | undefined;

const latency: Read = (condition) => {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(condition) ?? [];
  const seconds = unit === 'ms' ? Number(digits) / 1000 : Number(digits);
  return seconds > 0 && seconds <= maxLatency ? { latency: seconds } : undefined;
};

const bandwidth: Read = (condition) => {
  const [, digits, prefix = ''] = /^(\d+(?:\.\d+)?)([kMG]?)B\/s$/.exec(condition) ?? [];
  const bytes = Number(digits) * (powers[prefix] ?? NaN);
  return bytes > 0 && bytes <= maxBandwidth ? { bandwidth: bytes } : undefined;
};

const share: Read = (condition) => {
  const [, name = '', digits] = /^(loss|resets)=(\d+(?:\.\d+)?)%$/.exec(condition) ?? [];
  const percent = Number(digits);
  return percent > 0 && percent <= 100 ? { [name]: percent / 100 } : undefined;
};

const seed: Read = (condition) => {
  const [, digits] = /^seed=(\d{1,9})$/.exec(condition) ?? [];
  return digits === undefined ? undefined : { seed: Number(digits) };
};

const readers = [latency, bandwidth, share, seed];

export function readNetwork(text: string): Value<NetworkConditions> {
  const bad = { ok: false, expected } as const;
  let value: NetworkConditions = {};
  for (const condition of text.split(',')) {
    const read = readers.map((reader) => reader(condition.trim())).find((found) => found !== undefined);
    if (!read || Object.keys(read).some((name) => name in value)) return bad;
    value = { ...value, ...read };
  }
  if (Object.keys(value).every((name) => name === 'seed')) return bad;
  if (value.seed !== undefined && value.loss === undefined && value.resets === undefined)
    return { ok: false, expected: 'seed= only beside loss= or resets=, whose chances it fixes' };
  return { ok: true, value };
}
