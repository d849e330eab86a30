/** Milliseconds from a tap on something to the frame in which something else stands. */
([tapped, awaited]) =>
  new Promise((resolve) => {
    const begun = performance.now();
    const look = () => {
      if (document.querySelector(awaited)) requestAnimationFrame(() => resolve(performance.now() - begun));
      else requestAnimationFrame(look);
    };
    document.querySelector(tapped).click();
    look();
  });
