/**
 * Any portal may load this file: it makes <feedback-poll slug="..."> a frame that takes the height that it needs.
 * It keeps nothing, sends nothing, and touches nothing of the page around it.
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || customElements.get("feedback-poll")) return;
  const { origin } = new URL(script.src);
  const FIRST_HEIGHT = 720;
  const MOST_HEIGHT = 4000;

  class FeedbackPoll extends HTMLElement {
    connectedCallback() {
      const slug = this.getAttribute("slug") ?? "";
      if (this.querySelector("iframe") || !/^[a-z0-9-]{1,80}$/.test(slug)) return;
      const frame = document.createElement("iframe");
      const spoken = this.getAttribute("lang");
      frame.src = `${origin}/embed/polls/${slug}${spoken === "en" ? "?lang=en" : ""}`;
      frame.title = this.getAttribute("title") ?? slug;
      frame.width = "100%";
      frame.height = String(FIRST_HEIGHT);
      frame.style.border = "0";
      this.style.display = "block";
      this.append(frame);
      this.frame = frame;
      addEventListener("message", this);
    }

    disconnectedCallback() {
      removeEventListener("message", this);
    }

    /** Takes the height that our own frame asks for, and nothing else. @param {MessageEvent} message */
    handleEvent(message) {
      const frame = this.frame;
      if (!frame || message.origin !== origin || message.source !== frame.contentWindow) return;
      const height = message.data?.feedbackPollHeight;
      if (typeof height === "number" && height > 0 && height <= MOST_HEIGHT) frame.height = String(Math.ceil(height));
    }
  }

  customElements.define("feedback-poll", FeedbackPoll);
})();
