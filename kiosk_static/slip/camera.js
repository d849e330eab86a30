/** Reads the code of a slip with the machine's camera. No picture is kept: each is looked at once and forgotten. */
import { codeOf } from "./code.js";

/** @typedef {{detect: (picture: HTMLVideoElement) => Promise<{rawValue: string}[]>}} Detector */
/** @typedef {{BarcodeDetector?: {new (): Detector, getSupportedFormats: () => Promise<string[]>}, navigator: Navigator}} Browser */

const LOOK_MS = 250;

/** Tells whether this browser reads codes, has a camera and may use it. @param {Browser} browser @returns {Promise<boolean>} */
export async function canLook({ BarcodeDetector, navigator }) {
  if (!BarcodeDetector || !navigator.mediaDevices) return false;
  const [formats, devices, right] = await Promise.all([
    BarcodeDetector.getSupportedFormats(),
    navigator.mediaDevices.enumerateDevices(),
    navigator.permissions?.query({ name: /** @type {PermissionName} */ ("camera") }),
  ]);
  return formats.length > 0 && devices.some(({ kind }) => kind === "videoinput") && right?.state !== "denied";
}

/**
 * Looks until a code is found; the result stops the camera at once.
 * @param {{browser: Browser, video: HTMLVideoElement, found: (code: string) => void, failed: () => void}} parts
 */
export function look({ browser, video, found, failed }) {
  /** @type {MediaStream | null} */
  let stream = null;
  let wanted = true;
  const stop = () => {
    wanted = false;
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
  };
  const read = async () => {
    stream = await browser.navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
    if (!wanted) return stop();
    video.srcObject = stream;
    const code = await seen(browser, video, () => wanted);
    if (code === null) return;
    stop();
    found(code);
  };
  read().catch((fault) => {
    if (!(fault instanceof DOMException)) throw fault;
    if (wanted) failed();
    stop();
  });
  return stop;
}

/** Gives the first code that the camera sees, or null when nobody wants it any more. @param {Browser} browser @param {HTMLVideoElement} video @param {() => boolean} wanted */
async function seen({ BarcodeDetector }, video, wanted) {
  const detector = BarcodeDetector && new BarcodeDetector();
  while (detector && wanted()) {
    const all = video.readyState >= video.HAVE_CURRENT_DATA ? await detector.detect(video) : [];
    const code = all.map(({ rawValue }) => codeOf(rawValue)).find((one) => one !== null);
    if (code && wanted()) return code;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return null;
}
