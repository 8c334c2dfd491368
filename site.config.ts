/** What a publisher of the course may set; the site is complete with nothing set. */
export interface SiteConfig {
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  /** Where the site will be served, for example `https://course.example.org/python/`. Turns on canonical links and a sitemap. */
  readonly address: string | undefined;
  /** Where the sources are edited: the address of a file is this plus its path. Turns on "Edit this page". */
  readonly editRoot: string | undefined;
}

/** Addresses end in a slash, so that paths can be appended. */
const fromEnvironment = (name: string): string | undefined =>
  process.env[name]?.trim().replace(/\/*$/u, '/').replace(/^\/$/u, '') || undefined;

export const siteConfig: SiteConfig = {
  title: 'Advanced Python',
  subtitle: 'Building Scalable Applications',
  description:
    'Threads, processes and coroutines in Python, for experienced programmers. Every sample shows its recorded output and runs in the page.',
  address: fromEnvironment('SITE_ADDRESS'),
  editRoot: fromEnvironment('SITE_EDIT_ROOT'),
};
