/** A gzip file of the site as text. Not named .gz: some hosts would declare it as an encoding, and the page would get it inflated. */
export async function inflated(address: URL): Promise<string> {
  const response = await fetch(address);
  if (!response.ok || response.body === null) throw new Error(`${address.pathname} answered ${response.status}`);
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
}
