/* The CSRF token changes at each sign-in, also at one in another window. A form that was opened before would be
   refused with all that was typed in it, so it takes the present token from the cookie as it is sent. */
export function refresh(form) {
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  if (field && cookie) field.value = cookie.slice("csrftoken=".length);
}
