// Joins a passkey's button to allauth's script, and says beside it what went wrong.
// Without scripts, or in a browser without passkeys, the button stays hidden; the page names the other ways.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll("[data-passkey-failed]")) {
    words.hidden = false;
  }
});
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) {
    part.hidden = false;
  }
  for (const one of document.querySelectorAll("[data-passkey]")) {
    window.allauth.webauthn.forms[one.dataset.passkey]({ ids: JSON.parse(one.dataset.ids) });
  }
}
