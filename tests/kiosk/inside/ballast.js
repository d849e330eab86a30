/** Fills the disk to the last byte that the browser allows. */
async () => {
  const asked = (request) =>
    new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  const opening = indexedDB.open("ballast", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("stones", { autoIncrement: true });
  const database = await asked(opening);
  const fits = (bytes) =>
    new Promise((resolve) => {
      const writing = database.transaction("stones", "readwrite");
      const stone = new Uint8Array(bytes);
      for (let start = 0; start < bytes; start += 65_536) crypto.getRandomValues(stone.subarray(start, start + 65_536));
      writing.objectStore("stones").put(stone);
      writing.oncomplete = () => resolve(true);
      writing.onabort = () => resolve(false);
    });
  for (let bytes = 524_288; bytes >= 16; bytes /= 2) while (await fits(bytes));
  database.close();
};
