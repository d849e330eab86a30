/** Builds elements. Text goes in as text: there is no way to pass markup. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Property */
/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an HTML element. A property that starts with "on" listens; true is an empty attribute; null, undefined and false are left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Property>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, properties = {}, ...children) {
  return furnish(document.createElement(name), properties, children);
}

/**
 * Makes an SVG element.
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Property>} [properties]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Name]}
 */
export function draw(name, properties = {}, ...children) {
  return furnish(document.createElementNS(SVG, name), properties, children);
}

/** Makes the icon of that name; it always stands beside words. @param {string} name @param {string} [className] */
export function icon(name, className = "icon") {
  return draw(
    "svg",
    { class: className, "aria-hidden": "true" },
    draw("use", { href: `/static/art/icons.svg#${name}` }),
  );
}

/** Makes one of the five drawn faces. @param {number} level  5 is the happiest */
export function face(level) {
  return draw(
    "svg",
    { class: "face-art", "aria-hidden": "true" },
    draw("use", { href: `/static/art/faces.svg#face-${level}` }),
  );
}

/** Makes the one ornament of a still screen. */
export function rings() {
  return make("div", { class: "rings" });
}

/**
 * Makes a button.
 * @param {string} className
 * @param {Record<string, Property>} properties
 * @param {...Child} children
 */
export function button(className, properties, ...children) {
  return make("button", { class: className, type: "button", ...properties }, ...children);
}

/** Adds a stylesheet and waits until it is in force. @param {string} href @returns {Promise<void>} */
export function styled(href) {
  return new Promise((resolve, reject) => {
    document.head.append(make("link", { rel: "stylesheet", href, onload: () => resolve(), onerror: reject }));
  });
}

/**
 * @template {Element} Made
 * @param {Made} element
 * @param {Record<string, Property>} properties
 * @param {Child[]} children
 * @returns {Made}
 */
function furnish(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
