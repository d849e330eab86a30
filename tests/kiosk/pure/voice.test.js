/** What is heard: the recordings of the office first, else the voice of the browser, one after the other. */
import assert from "node:assert/strict";
import test from "node:test";
import { keepBelongings } from "../../../kiosk_static/device/belongings.js";
import { createVoice } from "../../../kiosk_static/voice/voice.js";

const SOUNDS = { vi: { "Bỏ qua": "/kiosk/sounds/skip" }, bru: { Veh: "/kiosk/sounds/veh" } };

/** A browser whose voice and player write down what they are given and end when they are told. */
function browserWith(voices, heard) {
  const ends = [];
  return {
    end: () => ends.shift()?.(),
    SpeechSynthesisUtterance: class {
      constructor(text) {
        this.text = text;
      }
    },
    speechSynthesis: {
      speaking: false,
      getVoices: () => voices.map((lang) => ({ lang })),
      cancel: () => undefined,
      speak: ({ text, onend }) => {
        heard.push(text);
        ends.push(onend);
      },
    },
    Audio: class {
      constructor(address) {
        this.address = address;
      }
      play() {
        heard.push(this.address);
        ends.push(() => this.onended());
        return Promise.resolve();
      }
      pause() {
        heard.push("(paused)");
      }
    },
  };
}

function voiceWith({ voices = ["vi-VN"], sounds = SOUNDS } = {}) {
  const heard = [];
  const browser = browserWith(voices, heard);
  return { heard, end: browser.end, voice: createVoice({ browser, mono: () => 0, sounds: () => sounds }) };
}

test("a recording is played in the place of its sentence, the rest is read", () => {
  const { heard, end, voice } = voiceWith();

  voice.say(["Rất hài lòng", "Bỏ qua", "Quay lại"], "vi");
  end();
  end();

  assert.deepEqual(heard, ["Rất hài lòng", "/kiosk/sounds/skip", "Quay lại"]);
});

test("without a voice only the recordings are heard, and without either the machine says so", () => {
  const { heard, voice } = voiceWith({ voices: [] });

  voice.say(["Amoi", "Veh"], "bru");

  assert.deepEqual(heard, ["/kiosk/sounds/veh"]);
  assert.deepEqual([voice.speaks("bru"), voice.speaks("pac")], [true, false]);
});

test("what is stopped goes on nowhere", () => {
  const { heard, end, voice } = voiceWith();

  voice.say(["Bỏ qua", "Quay lại"], "vi");
  voice.hush();
  end();

  assert.deepEqual(heard, ["/kiosk/sounds/skip", "(paused)"]);
});

test("the tablet keeps the recordings and pictures that are named and forgets the others", async () => {
  const kept = new Map([["/kiosk/sounds/old", 1]]);
  const cache = {
    keys: async () => [...kept.keys()].map((address) => ({ url: `https://example.vn${address}` })),
    delete: async (address) => kept.delete(address),
    add: async ({ url }) => kept.set(new URL(url).pathname, 1),
  };
  const caches = { open: async () => cache, has: async () => true };
  globalThis.Request = class {
    constructor(address) {
      this.url = `https://example.vn${address}`;
    }
  };

  const office = { name: "Phường", logo: "/office/logos/a" };
  await keepBelongings(caches, { sounds: SOUNDS, office, officer: { name: "An", photo: "/kiosk/photos/b" } });
  assert.deepEqual([...kept.keys()], ["/kiosk/sounds/skip", "/kiosk/sounds/veh", "/office/logos/a", "/kiosk/photos/b"]);
  await keepBelongings(caches, { sounds: {}, office, officer: { name: "Bình", photo: null } });
  assert.deepEqual([...kept.keys()], ["/office/logos/a"]);
  await keepBelongings(caches, null);

  assert.deepEqual([...kept.keys()], []);
});

test("a recording that cannot be fetched now disturbs nobody", async () => {
  const cache = { keys: async () => [], add: () => Promise.reject(new TypeError("no network")) };

  await keepBelongings({ open: async () => cache, has: async () => true }, { sounds: SOUNDS });
  await keepBelongings(undefined, { sounds: SOUNDS });
});
