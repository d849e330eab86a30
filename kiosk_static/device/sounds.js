/** Recordings of the office, kept on the tablet so that they are heard without network. */

const NAME = "office-sounds";

/**
 * Keeps the recordings that are named and forgets all others.
 * @param {CacheStorage | undefined} caches  absent without a secure context
 * @param {import('../lib/types.js').Sounds | undefined} sounds
 */
export async function keepSounds(caches, sounds) {
  const wanted = [...new Set(Object.values(sounds ?? {}).flatMap((one) => Object.values(one)))];
  if (!caches || (wanted.length === 0 && !(await caches.has(NAME)))) return;
  const cache = await caches.open(NAME);
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(kept.filter((one) => !wanted.includes(one)).map((one) => cache.delete(one)));
  await fetched(
    cache,
    wanted.filter((one) => !kept.includes(one)),
  );
}

/** What cannot be fetched now is fetched when the tablet next starts. @param {Cache} cache @param {string[]} missing */
async function fetched(cache, missing) {
  try {
    for (const address of missing) await cache.add(new Request(address, { credentials: "omit" }));
  } catch (fault) {
    if (!(fault instanceof TypeError || fault instanceof DOMException)) throw fault;
    return;
  }
}
