/** A voice that writes down what it is told to say. */
() => {
  globalThis.said = [];
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  const speech = {
    speaking: false,
    getVoices: () => [{ lang: "vi-VN" }],
    cancel: () => said.push("(hush)"),
    speak: ({ text }) => said.push(text),
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
};
