/** One request to a deployed copy; an address that does not answer is data, too. */

export interface Answer {
  readonly address: string;
  /** 0 when nothing answers. */
  readonly status: number;
  /** After redirects. */
  readonly landed: string;
  /** The media type without its parameters, in lower case. */
  readonly type: string;
  readonly headers: Headers;
  /** Without the encoding that the host declares. */
  readonly body: Uint8Array;
  /** Why nothing answers. */
  readonly why: string;
}

export async function ask(address: string): Promise<Answer> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
    const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const body = new Uint8Array(await response.arrayBuffer());
    const { status, headers, url } = response;
    return { address, status, landed: url, type, headers, body, why: '' };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    return { address, status: 0, landed: address, type: '', headers: new Headers(), body: new Uint8Array(), why };
  }
}

export const textOf = ({ body }: Answer): string => new TextDecoder().decode(body);

/** How long a copy may be used without asking again, in seconds. */
export function keptFor({ headers }: Answer): number {
  const control = headers.get('cache-control') ?? '';
  if (/no-cache|no-store|max-age=0/.test(control)) return 0;
  return Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0);
}
