/* Where a photo of the camera was taken, for the evidence; only where the person allows it, and never for long. */
const LONGEST = 5_000;
const canLocate = Boolean(navigator.geolocation) && window.isSecureContext;

/* Says beside the camera that the position is noted. */
export function announce(sheet) {
  for (const words of sheet.querySelectorAll("[data-locating]")) words.hidden = !canLocate;
}

/* Fills the hidden position of the form; resolves also where there is none. */
export async function locate(form) {
  if (!canLocate) return;
  const fix = await new Promise((resolve) => {
    const options = { enableHighAccuracy: true, maximumAge: 60_000, timeout: LONGEST };
    navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), options);
  });
  if (!fix) return;
  form.elements.namedItem("latitude").value = fix.coords.latitude.toFixed(6);
  form.elements.namedItem("longitude").value = fix.coords.longitude.toFixed(6);
}

/* The next files of the form were taken somewhere else. */
export function forget(form) {
  for (const name of ["latitude", "longitude"]) {
    const field = form.elements.namedItem(name);
    if (field) field.value = "";
  }
}
