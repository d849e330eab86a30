/** Every button that can be seen, with its width and height. */
() =>
  [...document.querySelectorAll("button")]
    .filter((button) => button.checkVisibility())
    .map((button) => {
      const { width, height } = button.getBoundingClientRect();
      return [button.className, width, height];
    });
