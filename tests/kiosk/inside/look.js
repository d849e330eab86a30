/** Turns letters, contrast and layout by the switches of the lower bar, and lets no colour be on its way. */
(look) => {
  const now = document.documentElement.dataset;
  const sizes = ["normal", "large", "largest"];
  const press = (name) => document.querySelector(`.utility-bar [data-name=${name}]`).click();
  const steps = sizes.indexOf(look.text) - sizes.indexOf(now.text);
  if (now.contrast !== look.contrast) press("contrast");
  if (now.reach !== look.reach) press("reach");
  for (let step = 0; step < Math.abs(steps); step++) press(steps > 0 ? "bigger" : "smaller");
  for (const one of document.getAnimations()) one.finish();
};
