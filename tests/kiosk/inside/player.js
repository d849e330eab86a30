/** A player that writes down what it is told to play. */
() => {
  globalThis.played = [];
  globalThis.Audio = class {
    constructor(address) {
      played.push(address);
    }
    play() {
      queueMicrotask(() => this.onended?.());
      return Promise.resolve();
    }
    pause() {
      this.onended = null;
    }
  };
};
