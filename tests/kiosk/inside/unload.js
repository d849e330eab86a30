/** Takes the ballast away again. */
() =>
  new Promise((resolve) => {
    indexedDB.deleteDatabase("ballast").onsuccess = () => resolve();
  });
