/** What the office has recorded and drawn, kept on the tablet so that it is heard and seen without network. */

/** @typedef {import('../lib/types.js').Configuration} Configuration */

const NAME = "office";

/**
 * Keeps the recordings and pictures that are named and forgets all others.
 * @param {CacheStorage | undefined} caches  absent without a secure context
 * @param {Pick<Configuration, "sounds"> & Partial<Pick<Configuration, "office" | "officer">> | null} configuration
 */
export async function keepBelongings(caches, configuration) {
  const wanted = addresses(configuration);
  if (!caches || (wanted.length === 0 && !(await caches.has(NAME)))) return;
  const cache = await caches.open(NAME);
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(kept.filter((one) => !wanted.includes(one)).map((one) => cache.delete(one)));
  for (const one of wanted) if (!kept.includes(one)) await fetched(cache, one);
}

/** @param {Parameters<typeof keepBelongings>[1]} configuration @returns {string[]} */
function addresses(configuration) {
  const { sounds = {}, office, officer } = configuration ?? {};
  const named = [...Object.values(sounds).flatMap((one) => Object.values(one)), office?.logo, officer?.photo];
  return [...new Set(named.filter((one) => typeof one === "string"))];
}

/** What cannot be fetched now is fetched when the tablet next starts. @param {Cache} cache @param {string} address */
async function fetched(cache, address) {
  try {
    await cache.add(new Request(address, { credentials: "omit" }));
  } catch (fault) {
    if (!(fault instanceof TypeError || fault instanceof DOMException)) throw fault;
    return;
  }
}
