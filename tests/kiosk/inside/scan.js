/** A scanner that types like a keyboard; tells whether its last key, Enter, was kept from pressing anything. */
(text) => {
  const pressed = (key) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    return !(document.activeElement ?? document.body).dispatchEvent(event);
  };
  return [...text, "Enter"].map(pressed).at(-1);
};
