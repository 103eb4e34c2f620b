// A passkey's button appears where the browser knows passkeys, and what went wrong is said beside it.
// Without scripts the button stays hidden; the page names the other ways.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) {
    part.hidden = false;
  }
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll("[data-passkey-failed]")) {
    words.hidden = false;
  }
});
