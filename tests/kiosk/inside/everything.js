/** Everything that the browser keeps for this address, as one text. */
async () => {
  const asked = (request) =>
    new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  const all = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      all.push(await asked(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return JSON.stringify(all);
};
