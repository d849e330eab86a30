/** Puts what an earlier version has kept into the memory of the tablet. */
({ ratings, sequence }) =>
  new Promise((resolve) => {
    const opening = indexedDB.open("feedback-kiosk");
    opening.onsuccess = () => {
      const writing = opening.result.transaction(["ratings", "device"], "readwrite");
      for (const rating of ratings) writing.objectStore("ratings").put(rating);
      writing.objectStore("device").put(sequence, "sequence");
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
