/** Words that are cut off at the side or stand outside the glass. */
() =>
  [...document.querySelectorAll("h1, p, button, td, th, li")]
    .filter((part) => part.checkVisibility() && !part.matches(".visually-hidden"))
    .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.textContent);
