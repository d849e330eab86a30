/** Every screen that is not needed before the first tap. */
export * as choices from "./choices.js";
export * as closed from "./closed.js";
export * as comment from "./comment.js";
export * as idle from "./idle.js";
export * as language from "./language.js";
export * as number from "./number.js";
export * as rate from "./rate.js";
export * as scale from "./scale.js";
export * as slip from "./slip.js";
export * as starting from "./starting.js";
export * as stopped from "./stopped.js";
export * as thanks from "./thanks.js";
export * as unsaved from "./unsaved.js";
