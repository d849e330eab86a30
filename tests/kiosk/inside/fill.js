/** Fills the tablet with as many ratings as it may hold. */
(most) =>
  new Promise((resolve) => {
    const rating = { schema: 1, standing: "ready", tab: "old", questionnaire: "kiosk-5", version: 1, language: "vi" };
    const opening = indexedDB.open("feedback-kiosk");
    opening.onsuccess = () => {
      const writing = opening.result.transaction(["ratings", "device"], "readwrite");
      for (let sequence = 1; sequence <= most; sequence += 1) {
        const given = { id: crypto.randomUUID(), answered_at: new Date().toISOString(), answers: { satisfaction: 5 } };
        writing.objectStore("ratings").put({ ...rating, ...given, sequence });
      }
      writing.objectStore("device").put(most, "sequence");
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
