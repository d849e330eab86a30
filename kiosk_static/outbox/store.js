/** The tablet's own memory: ratings until the server has them, and what the device knows of itself. Every write waits for the disk. */
import { openDB } from "../vendor/idb/index.js";
import { hasRoom } from "./policy.js";

/** @typedef {import('../lib/types.js').StoredRating} StoredRating */
/** @typedef {import('../lib/types.js').Standing} Standing */
/** @typedef {import('../lib/types.js').Counts} Counts */
/** @typedef {Pick<StoredRating, 'id' | 'questionnaire' | 'version' | 'language' | 'answers' | 'comment' | 'ballot'>} Rated */
/** @typedef {ReturnType<typeof createStore>} Store */

const STRICT = /** @type {const} */ ({ durability: "strict" });
const SCHEMA = 1;

/** The tablet holds as many ratings as it may. */
export class Full extends Error {}

/**
 * Opens the memory when it is first needed, and again after the browser has closed it.
 * @param {{tab: string, name?: string}} facts  tab names this window among several
 */
export function createStore({ tab, name = "feedback-kiosk" }) {
  /** @type {Promise<import('../vendor/idb/index.js').IDBPDatabase> | null} */
  let opening = null;
  const forget = () => {
    opening = null;
  };
  const opened = () => {
    opening ??= openDB(name, SCHEMA, {
      upgrade,
      terminated: forget,
      blocking: (_from, _to, event) => closed(event, forget),
    });
    return opening;
  };

  /** @param {string[]} stores @param {(writing: import('../vendor/idb/index.js').IDBPTransaction<any, string[], 'readwrite'>) => Promise<any>} work */
  const write = async (stores, work) => {
    const database = await opened().catch((fault) => {
      forget();
      throw fault;
    });
    const writing = database.transaction(stores, "readwrite", STRICT);
    const [result] = await Promise.all([work(writing).catch((fault) => undone(writing, fault)), writing.done]);
    return result;
  };

  return {
    /** Stores a rating, or what changed in it; the first time it gets the next number. Throws Full. @param {Rated} rated @param {string} answeredAt */
    keep: (rated, answeredAt) => write(["ratings", "device"], (writing) => keep(writing, rated, answeredAt, tab)),
    /** Declares a rating complete, so that it may be sent. @param {string} id */
    finish: (id) => write(["ratings"], (writing) => move(writing, id, "open", { standing: "ready" })),
    /** Completes what windows that no longer live have left open. @param {(tab: string) => Promise<boolean>} lives */
    recover: async (lives) => {
      for (const record of await listed(await opened(), "open", Number.POSITIVE_INFINITY)) {
        if (record.tab !== tab && !(await lives(record.tab)))
          await write(["ratings"], (writing) => move(writing, record.id, "open", { standing: "ready" }));
      }
    },
    /** Gives the first complete ratings in the order in which they were given. @param {number} limit */
    ready: async (limit) => listed(await opened(), "ready", limit),
    /** Removes what the server has, sets aside what it refused. @param {{stored: string[], parked: {id: string, problem: unknown}[]}} verdicts */
    settle: ({ stored, parked }) =>
      write(["ratings"], async (writing) => {
        for (const id of stored) await writing.objectStore("ratings").delete(id);
        for (const { id, problem } of parked) await move(writing, id, "ready", { standing: "parked", problem });
      }),
    /** @returns {Promise<Counts>} */
    counts: async () => counted((await opened()).transaction(["ratings", "device"])),
    /** Reads a fact of the device. @param {string} key */
    read: async (key) => (await opened()).get("device", key),
    /** Stores facts of the device, all or none. @param {Record<string, unknown>} facts */
    write: (facts) =>
      write(["device"], async (writing) => {
        for (const [key, value] of Object.entries(facts)) await writing.objectStore("device").put(value, key);
      }),
  };
}

/** @param {import('../vendor/idb/index.js').IDBPDatabase} database */
function upgrade(database) {
  database.createObjectStore("device");
  database.createObjectStore("ratings", { keyPath: "id" }).createIndex("standing", ["standing", "sequence"]);
}

/** @param {IDBVersionChangeEvent} event @param {() => void} forget */
function closed(event, forget) {
  /** @type {IDBDatabase} */ (event.target).close();
  forget();
}

/** @param {any} writing @param {unknown} fault @returns {never} */
function undone(writing, fault) {
  if (!(fault instanceof DOMException)) writing.abort();
  throw fault;
}

/** Two trips to the disk: what is there, then what is new. @param {any} writing @param {Rated} rated @param {string} answeredAt @param {string} tab @returns {Promise<number>} */
async function keep(writing, rated, answeredAt, tab) {
  const [ratings, device] = [writing.objectStore("ratings"), writing.objectStore("device")];
  /** @type {[StoredRating | undefined, number, number | undefined]} */
  const [before, held, last] = await Promise.all([ratings.get(rated.id), ratings.count(), device.get("sequence")]);
  if (before && before.standing !== "open") return before.sequence;
  if (!before && !hasRoom(held)) throw new Full();
  const sequence = before?.sequence ?? (last ?? 0) + 1;
  const answered_at = before?.answered_at ?? answeredAt;
  const writes = [ratings.put({ schema: SCHEMA, ...rated, sequence, answered_at, tab, standing: "open" })];
  if (!before) writes.push(device.put(sequence, "sequence"));
  await Promise.all(writes);
  return sequence;
}

/** @param {any} writing @param {string} id @param {Standing} from @param {Partial<StoredRating>} change */
async function move(writing, id, from, change) {
  const record = await writing.objectStore("ratings").get(id);
  if (record?.standing === from) await writing.objectStore("ratings").put({ ...record, ...change });
}

/** @param {import('../vendor/idb/index.js').IDBPDatabase} database @param {Standing} standing @param {number} limit @returns {Promise<StoredRating[]>} */
function listed(database, standing, limit) {
  return database.getAllFromIndex(
    "ratings",
    "standing",
    span(standing),
    limit === Number.POSITIVE_INFINITY ? undefined : limit,
  );
}

/** @param {any} reading @returns {Promise<Counts>} */
async function counted(reading) {
  const index = reading.objectStore("ratings").index("standing");
  const [open, ready, parked, lastSequence] = await Promise.all([
    index.count(span("open")),
    index.count(span("ready")),
    index.count(span("parked")),
    reading.objectStore("device").get("sequence"),
  ]);
  return { open, ready, parked, lastSequence: lastSequence ?? 0 };
}

/** @param {Standing} standing */
function span(standing) {
  return IDBKeyRange.bound([standing, 0], [standing, Number.POSITIVE_INFINITY]);
}
