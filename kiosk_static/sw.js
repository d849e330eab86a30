/** Keeps the application on the tablet: whole versions only, and a new one never takes over by itself. */
import { files, version } from "./precache.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const NAME = `kiosk-${version}`;
const HOME = "/kiosk/";
const OFFICE = /^\/(kiosk\/(sounds|photos)|office\/logos)\//;

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
  else if (OFFICE.test(pathname)) event.respondWith(belonging(pathname, event.request));
});

/** All files or none: a missing one leaves the version before in force. */
async function fetched() {
  const cache = await caches.open(NAME);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
}

async function tidied() {
  const old = (await caches.keys()).filter((name) => name !== NAME && name !== "office");
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** What is the office's is kept beside every version: device/belongings.js brings it. @param {string} name @param {Request} request @returns {Promise<Response>} */
async function belonging(name, request) {
  return (await caches.match(name)) ?? fetch(request);
}

/** @param {string} file @param {Request} request @returns {Promise<Response>} */
async function kept(file, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(file)) ?? fetch(request);
}
