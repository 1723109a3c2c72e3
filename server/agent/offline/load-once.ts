/** Loads what is needed when it is first asked for, and keeps it. */

/** What failed is tried again by the next who asks: files may have been fetched meanwhile. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    }));
}
