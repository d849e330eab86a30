/** A camera before which somebody holds a slip, and a browser that reads codes. */
(code) => {
  globalThis.BarcodeDetector = class {
    static getSupportedFormats() {
      return Promise.resolve(["qr_code"]);
    }
    detect() {
      return Promise.resolve(globalThis.held ? [{ rawValue: code }] : []);
    }
  };
  globalThis.tracks = [];
  Object.assign(navigator.mediaDevices, {
    enumerateDevices: () => Promise.resolve([{ kind: "videoinput" }]),
    getUserMedia: () => {
      if (globalThis.broken) return Promise.reject(new DOMException("", "NotReadableError"));
      const glass = document.createElement("canvas");
      glass.getContext("2d").fillRect(0, 0, 10, 10);
      const stream = glass.captureStream(10);
      tracks.push(...stream.getTracks());
      return Promise.resolve(stream);
    },
  });
};
