/** Made by `src/build/exercise-ids.ts`. */
declare module 'virtual:exercises' {
  /** By slug, in the order of the chapter; chapters without exercises have an empty list. */
  const ids: Readonly<Record<string, readonly string[]>>;
  export default ids;
}
