/** Keeps the application on the tablet: whole versions only, and a new one never takes over by itself. */
import { files, version } from "./precache.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const NAME = `kiosk-${version}`;
const HOME = "/kiosk/";

worker.addEventListener("install", (event) => event.waitUntil(fetched()));
worker.addEventListener("activate", (event) => event.waitUntil(tidied()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== worker.location.origin) return;
  if (mode === "navigate") event.respondWith(kept(HOME, event.request));
  else if (files.includes(pathname)) event.respondWith(kept(pathname, event.request));
  else if (pathname.startsWith("/kiosk/sounds/")) event.respondWith(spoken(pathname, event.request));
});

/** All files or none: a missing one leaves the version before in force. */
async function fetched() {
  const cache = await caches.open(NAME);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
}

async function tidied() {
  const old = (await caches.keys()).filter((name) => name.startsWith("kiosk-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Recordings of the office are kept beside every version: device/sounds.js brings them. @param {string} sound @param {Request} request @returns {Promise<Response>} */
async function spoken(sound, request) {
  return (await caches.match(sound)) ?? fetch(request);
}

/** @param {string} file @param {Request} request @returns {Promise<Response>} */
async function kept(file, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(file)) ?? fetch(request);
}
