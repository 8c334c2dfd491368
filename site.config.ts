/** What a publisher of the site may set; it is complete with nothing set. What the course is called stands in `content/course.yaml`. */
export interface SiteConfig {
  /** Where the site will be served, for example `https://course.example.org/python/`. Turns on canonical links and a sitemap. */
  readonly address: string | undefined;
  /** Where the sources are edited: the address of a file is this plus its path. Turns on "Edit this page". */
  readonly editRoot: string | undefined;
}

/** Addresses end in a slash, so that paths can be appended. */
const fromEnvironment = (name: string): string | undefined =>
  process.env[name]?.trim().replace(/\/*$/u, '/').replace(/^\/$/u, '') || undefined;

export const siteConfig: SiteConfig = {
  address: fromEnvironment('SITE_ADDRESS'),
  editRoot: fromEnvironment('SITE_EDIT_ROOT'),
};
