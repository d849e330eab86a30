/** The ratings that are still on the tablet. */
() =>
  new Promise((resolve) => {
    const opening = indexedDB.open("feedback-kiosk");
    opening.onsuccess = () => {
      const all = opening.result.transaction("ratings").objectStore("ratings").getAll();
      all.onsuccess = () => {
        opening.result.close();
        resolve(all.result);
      };
    };
  });
