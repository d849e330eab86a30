/** Whether this tablet belongs to a counter: the token, kept on the disk; several windows share it. */

/** @typedef {import('../outbox/store.js').Store} Store */
/** @typedef {ReturnType<typeof createMembership>} Membership */

/**
 * Gives the membership; it is empty until it is read.
 * @param {{store: Store, lost: () => void}} parts  lost is called when the office has withdrawn the token
 */
export function createMembership({ store, lost }) {
  /** @type {string | null} */
  let token = null;
  return {
    token: () => token,
    /** Reads what an earlier start has stored. */
    read: async () => {
      token = (await store.read("token")) ?? null;
      return { enrolled: token !== null, revoked: (await store.read("revoked")) === true };
    },
    /** Stores a new token; what another counter had configured is forgotten. @param {string} given @param {string} kioskId */
    join: async (given, kioskId) => {
      await store.write({ token: given, kiosk_id: kioskId, revoked: false, configuration: null, etag: null });
      token = given;
    },
    /** Notes that the server no longer knows the token, unless another window has got a new one. */
    leave: async () => {
      const stored = await store.read("token");
      if (stored && stored !== token) {
        token = stored;
        return;
      }
      token = null;
      await store.write({ token: null, revoked: true });
      lost();
    },
  };
}
